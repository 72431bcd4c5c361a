import ModelStore
import Outbound

/// A file on a web server.
struct WebSource: RemoteSource {
    /// The ends of names of files that hold several files.
    private static let archives = [".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".zip"]

    private let client: OutboundClient
    private let url: String
    private let shown: String

    /// - Throws: ``StoreError/Code/unsupported`` if the URL names an archive.
    init(_ client: OutboundClient, url: String) throws(StoreError) {
        self.client = client
        self.url = url
        shown = ModelURI.web(url).description
        guard !Self.archives.contains(where: shown.lowercased().hasSuffix) else {
            throw StoreError(.unsupported, "\(shown) is an archive, which Apus does not unpack: name the model's file")
        }
    }

    func list() async throws(StoreError) -> RemoteListing {
        var head = try await head(.head)
        // Servers that do not know HEAD are asked for the file, and left.
        if [405, 501].contains(head.status) { head = try await self.head(.get) }
        guard head.isSuccess else {
            throw StoreError(status: head.status, shown, "the server answered \(head.status)")
        }
        let type = head.header("Content-Type")?.prefix { $0 != ";" }.lowercased()
        guard type != "text/html" else {
            throw StoreError(.malformed, "\(shown) is a web page (text/html), not a model's file")
        }
        let name = shown.split(separator: "/").last.map(String.init) ?? ""
        let file = RemoteFile(
            path: StoreLayout.isModelFile(name) ? name : StoreLayout.modelFile, location: url,
            size: head.contentLength, validator: Self.validator(head),
            isRanged: head.header("Accept-Ranges")?.lowercased() == "bytes")
        return RemoteListing(files: [file])
    }

    func open(_ file: RemoteFile, from offset: Int, to end: Int?) async throws(StoreError) -> any RemoteContent {
        let stream: OutboundStream
        do throws(OutboundError) {
            var request = try OutboundRequest(.get, file.location)
            request.headers["Range"] = OutboundContent.range(from: offset, to: end)
            stream = try await client.open(request)
        } catch {
            throw StoreError(error)
        }
        guard stream.head.isSuccess else {
            throw StoreError(status: stream.head.status, shown, "the server answered \(stream.head.status)")
        }
        guard Self.validator(stream.head) == file.validator else { throw .changed(shown) }
        return try OutboundContent(stream, from: offset)
    }

    private func head(_ method: OutboundRequest.Method) async throws(StoreError) -> OutboundHead {
        do throws(OutboundError) { return try await client.open(try OutboundRequest(method, url)).head } catch {
            throw StoreError(error)
        }
    }

    /// What changes with the content: the entity tag, else when the file was last changed.
    private static func validator(_ head: OutboundHead) -> String? {
        head.header("ETag") ?? head.header("Last-Modified")
    }
}
