import ModelStore
import TestSupport
import Testing

@testable import RemoteModels

@Suite("Ranges of bytes")
struct ByteRangesTests {
    @Test("They hold what was added, and miss the rest, for all that is drawn")
    func sets() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("ranges: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let size = Int.random(in: 0...40, using: &generator)
            var ranges = ByteRanges()
            var bytes: Set<Int> = []
            for _ in 0..<Int.random(in: 0...8, using: &generator) where size > 0 {
                let start = Int.random(in: 0..<size, using: &generator)
                let range = start..<Int.random(in: start...size, using: &generator)
                ranges.insert(range)
                bytes.formUnion(range)
            }
            #expect(Set(ranges.ranges.joined()) == bytes)
            #expect(ranges.count == bytes.count)
            #expect(ranges.prefix == (0...size).first { !bytes.contains($0) })
            let piece = Int.random(in: 1...9, using: &generator)
            let missing = ranges.missing(below: size, pieceBytes: piece)
            #expect(missing.allSatisfy { !$0.isEmpty && $0.count <= piece })
            #expect(Array(missing.joined()) == (0..<size).filter { !bytes.contains($0) })
            for (range, next) in zip(ranges.ranges, ranges.ranges.dropFirst()) {
                #expect(range.upperBound < next.lowerBound)
            }
        }
    }

    @Test("A record is read as it was written, and a false one not at all")
    func records() throws {
        var record = DownloadRecord(validator: "\"a\"", size: 10)
        record.ranges.insert(2..<5)
        record.ranges.insert(7..<10)
        #expect(DownloadRecord(json: record.json) == record)
        for ranges in ["[[0]]", "[[5, 2]]", "[[-1, 2]]", "[[0, 11]]", "[3]", "{}"] {
            let text = #"{"validator": "a", "size": 10, "ranges": \#(ranges)}"#
            #expect(DownloadRecord(json: try .init(parsing: Array(text.utf8))) == nil)
        }
    }
}
