/// A file as a web server has it: it answers HEAD and GET, whole or in parts.
package struct ServedFile: Sendable {
    package let bytes: [UInt8]
    /// The entity tag, with its quotes; nil for none.
    package let tag: String?
    package let isRanged: Bool

    package init(_ bytes: [UInt8], tag: String? = "\"1\"", isRanged: Bool = true) {
        self.bytes = bytes
        self.tag = tag
        self.isRanged = isRanged
    }

    /// The whole answer to a request.
    package func answer(_ request: ScriptedServer.Request) -> ScriptedServer.Step { part(request).step() }

    /// An answer that ends after some bytes of its body.
    package func answer(_ request: ScriptedServer.Request, cutAfter count: Int) -> [ScriptedServer.Step] {
        [part(request).step(upTo: count), .wait(.milliseconds(20)), .cut]
    }

    private struct Part {
        let status: Int
        let headers: [(String, String)]
        let body: ArraySlice<UInt8>
        let hasBody: Bool

        func step(upTo count: Int = Int.max) -> ScriptedServer.Step {
            .answer(status, headers: headers, body: hasBody ? Array(body.prefix(count)) : [], length: body.count)
        }
    }

    private func part(_ request: ScriptedServer.Request) -> Part {
        var headers = tag.map { [("ETag", $0)] } ?? []
        if isRanged { headers.append(("Accept-Ranges", "bytes")) }
        let hasBody = request.method != "HEAD"
        guard isRanged, let range = request.headers["range"]?.dropFirst("bytes=".count) else {
            return Part(status: 200, headers: headers, body: bytes[...], hasBody: hasBody)
        }
        let bounds = range.split(separator: "-").compactMap { Int($0) }
        let end = bounds.count > 1 ? min(bounds[1] + 1, bytes.count) : bytes.count
        headers.append(("Content-Range", "bytes \(bounds[0])-\(end - 1)/\(bytes.count)"))
        return Part(status: 206, headers: headers, body: bytes[bounds[0]..<end], hasBody: hasBody)
    }
}
