import PickleCodec
import Tensors
import Testing

@Suite("numpy and joblib")
struct NumpyTests {
    private static let files = [
        "arrays-numpy1-2.pickle", "arrays-numpy1-5.pickle", "arrays-numpy1.joblib", "arrays-numpy2-2.pickle",
        "arrays-numpy2-5.pickle", "arrays-numpy2.joblib",
    ]

    private func arrays(_ file: String) throws -> (graph: PickleGraph, values: [String: PickleValue]) {
        let graph = try PickleReader.read(fixture(file))
        return (graph, try graph.entries())
    }

    @Test("Numbers of every type", arguments: files)
    func numbers(file: String) throws {
        let (_, values) = try arrays(file)
        for code in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">i4", ">u2"] {
            #expect(try values[code]?.array().integers() == [0, 1, 2], "\(code)")
            #expect(try values[code]?.array().doubles() == [0, 1, 2], "\(code)")
        }
        for code in ["f2", "f4", "f8", ">f8"] {
            #expect(try values[code]?.array().doubles() == [0, 1, 2], "\(code)")
            #expect(try values[code]?.array().integers() == nil, "\(code)")
        }
        #expect(try values["?"]?.array().integers() == [0, 1, 1])
        #expect(try values["c16"]?.array().dtype == DType(kind: .complex, itemSize: 16))
        #expect(try values["c16"]?.array().doubles() == nil)
    }

    @Test("Shapes and orders", arguments: files)
    func shapes(file: String) throws {
        let (_, values) = try arrays(file)
        let expected: [(String, [Int], [Double])] = [
            ("fortran2", [2, 3], [0, 1, 2, 3, 4, 5]), ("fortran3", [2, 3, 4], (0..<24).map(Double.init)),
            ("strided", [3], [0, 2, 4]), ("empty", [0, 3], []), ("scalar", [], [2.5]), ("dimensionless", [], [7]),
            ("true", [], [1]),
        ]
        for (name, shape, elements) in expected {
            let array = try #require(try values[name]?.array(), "\(name)")
            #expect(array.shape == shape, "\(name)")
            #expect(array.doubles() == elements, "\(name)")
        }
        #expect(try values["fortran3"]?.array().isFortranOrder == true)
    }

    @Test("Text, bytes and dates", arguments: files)
    func text(file: String) throws {
        let (_, values) = try arrays(file)
        #expect(try values["unicode"]?.array().strings() == ["a", "ü€", ""])
        #expect(try values["unicode big"]?.array().strings() == ["ab", "c"])
        #expect(try values["text"]?.array().strings() == ["name"])
        #expect(try values["bytes"]?.array().dtype == DType(kind: .bytes, itemSize: 3))
        #expect(try values["bytes"]?.array().bytes.elementsEqual([97, 0, 0, 98, 99, 100]) == true)
        #expect(try values["datetime"]?.array().dtype.kind == .datetime(unit: "s"))
        #expect(try values["timedelta"]?.array().dtype.kind == .timedelta(unit: "10ms"))
        let date = try #require(try values["date"]?.array())
        #expect(date.dtype.kind == .datetime(unit: "D"))
        #expect(date.bytes.elementsEqual([2, 0, 0, 0, 0, 0, 0, 0]))
    }

    @Test("Records", arguments: files)
    func records(file: String) throws {
        let record = try #require(try arrays(file).values["record"]?.array())
        #expect(record.dtype.itemSize == 16)
        #expect(record.dtype.fields.map(\.name) == ["left", "share", "flag"])
        #expect(record.dtype.fields.map(\.offset) == [0, 8, 12])
        #expect(record.integers(field: "left") == [1, 3])
        #expect(record.doubles(field: "share") == [0.5, -0.5])
        #expect(record.integers(field: "flag") == [2, 4])
        #expect(record.doubles(field: "none") == nil)
    }

    @Test("Arrays of objects", arguments: files)
    func objects(file: String) throws {
        let (graph, values) = try arrays(file)
        func elements(_ name: String) -> String? {
            guard case .objectArray(let shape, let elements)? = values[name] else { return nil }
            return "\(shape) \(elements.map { String(describing: graph[$0]) })"
        }
        #expect(
            elements("object")
                == "[2, 2] [\"string(\\\"x\\\")\", \"integer(1)\", \"none\", \"float(2.5)\"]"
        )
        #expect(
            elements("object fortran")
                == "[2, 3] " + "\(["a", "b", "c", "d", "e", "f"].map { "string(\"\($0)\")" })"
        )
    }

    @Test("Random generators are records", arguments: ["random-numpy1.pickle", "random-numpy2.pickle"])
    func random(file: String) throws {
        let graph = try PickleReader.read(fixture(file))
        let names = try graph.items().map { item in
            guard case .object(let object) = graph[item] else { throw UnexpectedValue(text: graph.text) }
            return graph.name(of: object.callable)?.name
        }
        #expect(names == ["__randomstate_ctor", "__generator_ctor"])
    }

    @Test("Compressions of joblib", arguments: PickleCompression.allCases)
    func compression(compression: PickleCompression) throws {
        let graph = try PickleReader.read(
            fixture(compression == .none ? "plain.joblib" : "\(compression.rawValue).joblib")
        )
        #expect(graph.compression == compression)
        #expect(graph.text == "{\"a\": array([5], [0.0, 1.0, 2.0, 3.0, 4.0]), \"o\": array([2], \"x\", None)}")
    }

    @Test("Compressed streams that follow each other are one", arguments: ["members.gz", "streams.bz2"])
    func concatenation(file: String) throws {
        #expect(try PickleReader.read(fixture(file)).text == "\"concatenated\"")
    }

    @Test("A file cut off anywhere is refused", arguments: PickleCompression.allCases)
    func truncation(compression: PickleCompression) throws {
        let whole = try fixture(compression == .none ? "plain.joblib" : "\(compression.rawValue).joblib")
        // The checksum at the end of a stream is the one part whose absence does not matter to what is read.
        for count in 0..<whole.count - 12 { #expect(failure(Array(whole[..<count])) != nil, "\(count) bytes") }
    }

    @Test(
        "joblib's arrays in files of their own are refused by name",
        arguments: ["NDArrayWrapper", "ZNDArrayWrapper"],
        ["joblib.numpy_pickle", "sklearn.externals.joblib.numpy_pickle"]
    )
    func oldWrapper(name: String, module: String) throws {
        let pickle = bytes("c\(module)\n\(name)\n)\u{81}}(Vfilename\nVmodel.pkl_01.npy\nub.")
        let error = #expect(throws: PickleError.self) { try PickleReader.read(pickle) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("\(module).\(name)") == true)
    }
}
