import BigInt
import PickleCodec
import Tensors
import Testing

/// A graph that no fixture has, made by hand.
struct HandMadeGraph: CustomTestStringConvertible, Sendable {
    let name: String
    let graph: PickleGraph

    var testDescription: String { name }

    private init(_ name: String, _ make: (inout PickleGraphBuilder) -> PickleReference) {
        var builder = PickleGraphBuilder()
        let root = make(&builder)
        self.name = name
        graph = builder.finish(root: root)
    }

    /// A graph whose root is its first value.
    private init(_ name: String, _ values: [PickleValue]) {
        self.name = name
        graph = PickleGraph(values: values, root: PickleReference(0), protocolVersion: 4, compression: .none)
    }

    static let all = numbers + containers + arrays + cycles

    private static let numbers = [
        HandMadeGraph("integers") { builder in
            let edges = [0, 0xFF, 0x100, 0xFFFF, 0x1_0000, -1, 127, 128, -128, -129, Int(Int32.max), Int(Int32.min)]
            let numbers = edges + [Int(Int32.max) + 1, Int(Int32.min) - 1, .max, .min]
            return builder.add(.list(numbers.map { builder.add(.integer($0)) }))
        },
        HandMadeGraph("big integers") { builder in
            var numbers: [BigInt] = []
            for bits in 63...200 {
                let power = BigInt(1) << bits
                numbers += [power, -power - 1, power + 1, -power - 2]
            }
            return builder.add(.list(numbers.map { builder.add(.bigInteger($0)) }))
        },
        HandMadeGraph("text and bytes of all lengths") { builder in
            let lengths = [0, 1, 0xFF, 0x100, 0x1_0001]
            let texts = lengths.map { builder.add(.string(String(repeating: "é", count: $0))) }
            let bytes = lengths.map { builder.add(.bytes([UInt8](repeating: 7, count: $0)[...])) }
            let arrays = lengths.map { builder.add(.byteArray([UInt8](repeating: 9, count: $0)[...])) }
            return builder.add(.list(texts + bytes + arrays))
        },
    ]

    private static let containers = [
        HandMadeGraph("tuples of up to five") { builder in
            let tuples = (0...5).map { count in
                builder.add(.tuple((0..<count).map { builder.add(.integer($0)) }))
            }
            return builder.add(.list(tuples))
        },
        HandMadeGraph("a thousand memo entries") { builder in
            let texts = (0..<1_000).map { builder.add(.string("text \($0)")) }
            return builder.add(.list(texts + texts.reversed()))
        },
        HandMadeGraph("nine hundred lists within each other") { builder in
            (0..<900).reduce(builder.add(.list([]))) { inner, _ in builder.add(.list([inner])) }
        },
        HandMadeGraph("an object with items and attributes") { builder in
            let callable = builder.add(.global(PythonName(module: "fixtures", name: "Items")))
            var object = PickledObject(construction: .new, callable: callable, arguments: builder.add(.tuple([])))
            object.items = [builder.add(.integer(1)), builder.add(.float(-0.0))]
            object.state = builder.addDictionary([("note", builder.add(.string("n")))])
            return builder.add(.object(object))
        },
    ]

    private static let arrays = [
        HandMadeGraph("a shared array and an equal one") { builder in
            let shared = builder.add(.array(NDArray([1.5, -0.0])))
            return builder.add(.list([shared, builder.add(.array(NDArray([1.5, -0.0]))), shared]))
        },
        HandMadeGraph("no dimension, no element, no number") { builder in
            let scalar = builder.add(.scalar(NDArray([2.5], shape: [])))
            let zeroDimensional = builder.add(.array(NDArray([2.5], shape: [])))
            let empty = builder.add(.array(NDArray([Double](), shape: [0, 3])))
            let strange = builder.add(.array(NDArray([Double.nan, .infinity, .leastNonzeroMagnitude])))
            return builder.add(.tuple([scalar, zeroDimensional, empty, strange]))
        },
        HandMadeGraph("records within records, most significant byte first") { builder in
            let inner = DType(
                kind: .record([
                    DType.Field(name: "größe", type: DType(kind: .float, itemSize: 4, isBigEndian: true), offset: 2),
                    DType.Field(name: "flag", type: .bool, offset: 0),
                ]), itemSize: 8)
            let outer = DType(
                kind: .record([
                    DType.Field(name: "when", type: DType(kind: .datetime(unit: "25s"), itemSize: 8), offset: 0),
                    DType.Field(name: "inner", type: inner, offset: 8),
                ]), itemSize: 24)
            return builder.add(
                .list([builder.add(.dtype(outer)), builder.add(.dtype(inner)), builder.add(.dtype(outer))]))
        },
        HandMadeGraph("numbers in another order and other types") { builder in
            let types = [("i", 2), ("u", 4), ("i", 8), ("u", 1)].flatMap { letter, size in
                ["<", ">"].compactMap { DType(code: "\($0)\(letter)\(size)") }
            }
            let arrays = types.compactMap { NDArray([0, 1, 100], as: $0) }
            return builder.add(.list(arrays.map { builder.add(.array($0)) }))
        },
    ]

    private static let cycles = [
        HandMadeGraph("a tuple in its own list", [.tuple(at(1)), .list(at(0))]),
        HandMadeGraph("a tuple of four in its own list", [.tuple(at(2, 1, 2, 1)), .list(at(0)), .integer(7)]),
        HandMadeGraph("a tuple in two lists of its own", [.tuple(at(1, 2)), .list(at(0)), .list(at(0, 0))]),
        HandMadeGraph("tuples in each other's lists", [.tuple(at(1)), .list(at(2)), .tuple(at(3, 1)), .list(at(0))]),
        HandMadeGraph(
            "a frozen set that an object in it knows",
            [
                .frozenSet(at(1)), .object(point), .global(PythonName(module: "fixtures", name: "Point")), .tuple([]),
                .dictionary([PickleEntry(key: PickleReference(5), value: PickleReference(0))]), .string("me"),
            ]),
        HandMadeGraph("an array of objects in itself", [.objectArray(shape: [2], elements: at(0, 1)), .list(at(0))]),
    ]

    private static let point: PickledObject = {
        var object = PickledObject(construction: .new, callable: PickleReference(2), arguments: PickleReference(3))
        object.state = PickleReference(4)
        return object
    }()

    private static func at(_ places: Int...) -> [PickleReference] { places.map { PickleReference($0) } }
}
