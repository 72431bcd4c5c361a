import PickleCodec
import Testing

@Suite("Files that Python wrote")
struct FixtureTests {
    @Test("Every file of fixtures is there, whole")
    func present() {
        #expect(Fixture.all(in: "numpy-1.23.tsv").count == 24)
        #expect(Fixture.all(in: "numpy-1.26.tsv").count == 162)
        #expect(Fixture.all(in: "numpy-2.4.tsv").count == 318)
    }

    @Test("A graph says what Python says", arguments: Fixture.all)
    func read(_ fixture: Fixture) throws {
        let graph = try PickleReader.read(fixture.bytes)
        #expect(GraphDescription.of(graph) == fixture.words)
    }
}
