import ArgumentParser
import Hummingbird
import Logging

/// The ceiling of what a server on Hummingbird can answer: a route that returns a constant.
@main
struct BareHummingbird: AsyncParsableCommand {
    @Argument(help: "The port to listen on.")
    var port: Int

    func run() async throws {
        let answer = Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: #"{"predictions":[1]}"#))
        )
        let router = Router()
        router.post("/") { _, _ in answer }
        var logger = Logger(label: "bare-hummingbird")
        logger.logLevel = .error
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        )
        try await application.runService()
    }
}
