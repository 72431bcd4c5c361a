import PickleCodec
import Tensors
import Testing

@Suite("Writing")
struct PickleWriterTests {
    @Test("What was read is written, and read the same again", arguments: Fixture.all)
    func fixtures(_ fixture: Fixture) throws { try expectSame(try PickleReader.read(fixture.bytes)) }

    @Test("What was made by hand is written, and read the same", arguments: HandMadeGraph.all)
    func handMade(_ example: HandMadeGraph) throws { try expectSame(example.graph) }

    private func expectSame(_ graph: PickleGraph) throws {
        for format in PickleFormat.allCases {
            let again = try PickleReader.read(PickleWriter.write(graph, as: format))
            let words = GraphDescription.of(again, numbersArrays: true)
            #expect(words == GraphDescription.of(graph, numbersArrays: true), "\(format)")
            #expect(again.protocolVersion == 4)
        }
    }

    @Test("Every array of a joblib file begins at a multiple of 16 bytes")
    func alignment() throws {
        var builder = PickleGraphBuilder()
        let items = (0..<40).flatMap { count in
            [builder.add(.string(String(repeating: "x", count: count))), builder.add(.array(NDArray([count])))]
        }
        let root = builder.add(.list(items))
        let graph = builder.finish(root: root)
        let again = try PickleReader.read(PickleWriter.write(graph, as: .joblib))
        let starts = again.values.compactMap { if case .array(let array) = $0 { array.bytes.startIndex } else { nil } }
        #expect(starts.count == 40)
        #expect(starts.allSatisfy { $0 % 16 == 0 })
    }

    @Test("Two hundred thousand lists within each other take no stack")
    func deep() throws {
        var values: [PickleValue] = [.list([])]
        for index in 0..<200_000 { values.append(.list([PickleReference(index)])) }
        let root = PickleReference(values.count - 1)
        let graph = PickleGraph(values: values, root: root, protocolVersion: 4, compression: .none)
        #expect(try PickleWriter.write(graph, as: .pickle).count > 400_000)
    }

    @Test("An object among its own arguments stays there", arguments: [PickledObject.Construction.new, .call])
    func objectAmongItsArguments(construction: PickledObject.Construction) throws {
        let object = PickledObject(
            construction: construction, callable: PickleReference(1), arguments: PickleReference(2))
        let values: [PickleValue] = [
            .object(object), .global(PythonName(module: "m", name: "C")), .tuple([PickleReference(3)]),
            .list([PickleReference(0)]),
        ]
        let graph = PickleGraph(values: values, root: PickleReference(0), protocolVersion: 4, compression: .none)
        let again = try PickleReader.read(PickleWriter.write(graph))
        #expect(again.part(at: again.root) == graph.part(at: graph.root))
    }

    @Test("A tuple that holds itself in very many ways is refused")
    func reentries() {
        func tuple(lists count: Int) -> PickleGraph {
            let lists = (1...count).map { PickleReference($0) }
            let values = [.tuple(lists)] + [PickleValue](repeating: .list([PickleReference(0)]), count: count)
            return PickleGraph(values: values, root: PickleReference(0), protocolVersion: 4, compression: .none)
        }
        #expect(throws: Never.self) { try PickleWriter.write(tuple(lists: 60)) }
        let error = #expect(throws: PickleError.self) { try PickleWriter.write(tuple(lists: 100)) }
        #expect(error?.code == .limitExceeded)
    }

    @Test("A tuple in nothing but itself is refused")
    func endless() {
        let graph = PickleGraph(
            values: [.tuple([PickleReference(0)])], root: PickleReference(0), protocolVersion: 4, compression: .none)
        let error = #expect(throws: PickleError.self) { try PickleWriter.write(graph) }
        #expect(error?.code == .limitExceeded)
    }

    @Test("A call with keyword arguments has no form in a pickle")
    func keywords() {
        var builder = PickleGraphBuilder()
        let callable = builder.add(.global(PythonName(module: "m", name: "f")))
        let object = PickledObject(
            construction: .call, callable: callable, arguments: builder.add(.tuple([])),
            keywordArguments: builder.addDictionary([]))
        let root = builder.add(.object(object))
        let graph = builder.finish(root: root)
        let error = #expect(throws: PickleError.self) { try PickleWriter.write(graph) }
        #expect(error?.code == .unsupported)
    }
}
