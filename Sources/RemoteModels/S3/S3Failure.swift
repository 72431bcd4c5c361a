import ModelStore
import Outbound

/// An answer of an S3 service that is an error ("Error responses" in the Amazon S3 API Reference).
struct S3Failure: Sendable {
    /// What the service says should be done otherwise.
    enum Correction: Hashable {
        /// Its clock shows another time.
        case clock
        /// The bucket is in another region.
        case region(String)
    }

    let status: Int
    /// The error's code, e.g. `NoSuchKey`; nil in an answer without a body.
    let code: String?
    private let message: String?
    /// The service's clock, in seconds since 1970.
    let date: Double?
    private let region: String?

    init(_ head: OutboundHead, _ body: [UInt8]) {
        let error = try? XMLElement(parsing: body)
        status = head.status
        code = error?.text("Code")
        message = error?.text("Message")
        date = head.date
        region = head.header("x-amz-bucket-region") ?? error?.text("Region")
    }

    init(status: Int, code: String?, message: String?) {
        self.status = status
        self.code = code
        self.message = message
        date = nil
        region = nil
    }

    /// What could be done otherwise; nil if the answer stands.
    var correction: Correction? {
        // An answer to HEAD has no body to say why; a wrong clock shows by the answer's date.
        if code == "RequestTimeTooSkewed" || (status == 403 && code == nil) { return .clock }
        let isElsewhere = [301, 307].contains(status) || code == "AuthorizationHeaderMalformed"
        return isElsewhere || (status == 400 && code == nil) ? region.map { .region($0) } : nil
    }

    /// The failure of a request.
    func error(_ request: S3Request, _ settings: S3Settings) -> StoreError {
        switch code ?? "\(status)" {
        case "NoSuchBucket": return StoreError(.notFound, "there is no bucket \(request.bucket)\(at(settings))")
        case "NoSuchKey": return StoreError(.notFound, "there is no object \(request.uri)\(at(settings))")
        case "404": return StoreError(.notFound, "there is no \(request.uri)\(at(settings))")
        case "InvalidAccessKeyId": return denied(request, "the service does not know the key in AWS_ACCESS_KEY_ID")
        case "SignatureDoesNotMatch":
            return denied(request, "the key in AWS_SECRET_ACCESS_KEY is not the one of AWS_ACCESS_KEY_ID")
        case "ExpiredToken", "InvalidToken", "TokenRefreshRequired":
            return denied(request, "the token in AWS_SESSION_TOKEN is not valid, or not any more")
        case "RequestTimeTooSkewed": return denied(request, "the clocks of this machine and the service differ")
        case "AccessDenied", "403":
            return denied(request, settings.isAnonymous ? "it is not public" : "these credentials do not permit it")
        case "PreconditionFailed", "412": return .changed(request.uri)
        default:
            let reason = [code, message].compactMap { $0 }.joined(separator: ": ")
            return StoreError(
                status: status, request.uri,
                "the service answered \(status)\(reason.isEmpty ? "" : " \(reason.shown)")")
        }
    }

    private func denied(_ request: S3Request, _ reason: String) -> StoreError {
        StoreError(.denied, "\(request.uri): access denied\(code.map { " (\($0.shown))" } ?? ""): \(reason)")
    }

    private func at(_ settings: S3Settings) -> String {
        settings.endpoint.map { " at \($0.scheme)://\($0.authority)" } ?? ""
    }
}
