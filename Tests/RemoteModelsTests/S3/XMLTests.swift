import ModelStore
import TestSupport
import Testing

@testable import RemoteModels

@Suite("XML as S3 answers with")
struct XMLTests {
    @Test("Elements, text, entities, comments and character data are read")
    func reading() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- before -->
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <Key>a&amp;b &lt;&#233;&#x20AC;&gt;</Key><Empty/><x:Name xmlns:x="y">n</x:Name>
              <Both>1<!-- no -->2<![CDATA[<&3]]></Both>
            </ListBucketResult><!-- after -->

            """
        let root = try XMLElement(parsing: Array(text.utf8))
        #expect(root.name == "ListBucketResult")
        #expect(root.children.map(\.name) == ["Key", "Empty", "Name", "Both"])
        #expect(root.text("Key") == "a&b <é€>")
        #expect(root.text("Empty") == "")
        #expect(root.text("Both") == "12<&3")
        #expect(root.text("None") == nil)
    }

    @Test(
        "What is not XML, or is made to harm, is refused",
        arguments: [
            "", "text", "<a>", "<a></b>", "</a>", "<a></a><b></b>", "<a>x</a>y", "x<a/>", "<a", "<>", "<a>&b;</a>",
            "<a>&#xD800;</a>", "<a>&#99999999999;</a>", "<a>&amp</a>", "<!-- <a/>", "<a><![CDATA[x</a>", "{\"a\": 1}",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<!doctype html><html></html>", "</a/>",
        ])
    func malformed(text: String) {
        let error = #expect(throws: StoreError.self) { _ = try XMLElement(parsing: Array(text.utf8)) }
        #expect(error?.code == .malformed)
    }

    @Test("Depth and number of elements have limits")
    func limits() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
        }
        _ = try XMLElement(parsing: nested(XMLReader.maximumDepth))
        #expect(throws: StoreError.self) { _ = try XMLElement(parsing: nested(XMLReader.maximumDepth + 1)) }
        let many = Array("<a>".utf8) + Array(repeatElement(Array("<b/>".utf8), count: 100_000).joined())
        #expect(throws: StoreError.self) { _ = try XMLElement(parsing: many + Array("</a>".utf8)) }
        #expect(throws: StoreError.self) {
            _ = try XMLElement(parsing: [0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E])
        }
    }

    @Test("Bytes changed at random make an error or a document, and nothing else")
    func mutations() {
        let text = "<?xml version=\"1.0\"?><L><Contents><Key>a&amp;b</Key><Size>1</Size></Contents><T>x</T></L>"
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        var readable = 0
        for _ in 0..<2_000 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: 0...255, using: &generator)
            }
            if (try? XMLElement(parsing: bytes)) != nil { readable += 1 }
        }
        print("XML: \(readable) of 2 000 changed documents are readable (seed \(seed))")
        #expect(readable > 0 && readable < 2_000)
    }

    @Test("A page of objects is read, and one that is none refused")
    func pages() throws {
        let page = try S3Page(
            Array(
                """
                <ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t+/=</NextContinuationToken>
                <EncodingType>url</EncodingType><Contents><Key>a%2Bb+c/%C3%BC</Key><ETag>&quot;e&quot;</ETag>
                <Size>7</Size></Contents></ListBucketResult>
                """.utf8))
        #expect(page.objects == [S3Object(key: "a+b c/ü", size: 7, tag: "\"e\"")])
        #expect(page.token == "t+/=")
        for text in [
            "<Error><Code>x</Code></Error>", "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
            "<ListBucketResult><Contents><Key>a</Key><Size>-1</Size></Contents></ListBucketResult>",
            "<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>",
        ] {
            #expect(throws: StoreError.self) { _ = try S3Page(Array(text.utf8)) }
        }
    }
}
