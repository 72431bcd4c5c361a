import Inference

/// Why a request was not answered: what kind of failure it is, and the sentence the client reads.
public struct ServingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; compare with the constants.
    public struct Code: Hashable, Sendable {
        fileprivate enum Value {
            case malformedRequest, unacceptableRows, bodyTooLarge, unsupportedCoding, modelNotFound, modelNotReady
            case overloaded, deadlineExceeded, cancelled, unauthenticated, forbidden, notImplemented, internalError
        }
        fileprivate let value: Value

        /// The body is not JSON, or not a request: the caller's mistake, and KServe's server says so too.
        public static let malformedRequest = Code(value: .malformedRequest)
        /// The model does not take these rows: the caller's mistake, though KServe's server calls it its own.
        public static let unacceptableRows = Code(value: .unacceptableRows)
        /// The body, or the number of its rows, is more than the server takes.
        public static let bodyTooLarge = Code(value: .bodyTooLarge)
        /// The body is in a coding that the server does not know.
        public static let unsupportedCoding = Code(value: .unsupportedCoding)
        /// No model has this name.
        public static let modelNotFound = Code(value: .modelNotFound)
        /// The model has no file yet, or one that could not be loaded.
        public static let modelNotReady = Code(value: .modelNotReady)
        /// The server has as much to do as it may have: the same request may be answered a little later.
        public static let overloaded = Code(value: .overloaded)
        /// The time that the client gave the request was over before it could be answered.
        public static let deadlineExceeded = Code(value: .deadlineExceeded)
        /// The client went away before there was an answer.
        public static let cancelled = Code(value: .cancelled)
        /// The request has no key that the server knows.
        public static let unauthenticated = Code(value: .unauthenticated)
        /// The key of the request may not do this.
        public static let forbidden = Code(value: .forbidden)
        /// The server or the model cannot do this.
        public static let notImplemented = Code(value: .notImplemented)
        /// The server's own mistake.
        public static let internalError = Code(value: .internalError)
    }

    /// What kind of failure it is.
    public let code: Code
    /// What is wrong, for people; KServe's or scikit-learn's own sentence where one exists.
    public let message: String

    /// A failure with its sentence.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }

    /// The HTTP status that goes with the failure.
    ///
    /// - Parameter strictlyKServe: answer 500 where KServe's Python server does, although the client is to blame.
    public func status(strictlyKServe: Bool) -> Int {
        switch code.value {
        case .malformedRequest: 400
        case .unacceptableRows: strictlyKServe ? 500 : 400
        case .bodyTooLarge: 413
        case .unsupportedCoding: 415
        case .modelNotFound: 404
        case .modelNotReady, .overloaded: 503
        case .deadlineExceeded: 504
        case .cancelled: 499
        case .unauthenticated: 401
        case .forbidden: 403
        case .notImplemented: 501
        case .internalError: 500
        }
    }

    /// The failure as metrics name it in the label `error_type`.
    public var kind: String {
        switch code.value {
        case .malformedRequest: "malformed_request"
        case .unacceptableRows: "unacceptable_rows"
        case .bodyTooLarge: "body_too_large"
        case .unsupportedCoding: "unsupported_coding"
        case .modelNotFound: "model_not_found"
        case .modelNotReady: "model_not_ready"
        case .overloaded: "overloaded"
        case .deadlineExceeded: "deadline_exceeded"
        case .cancelled: "cancelled"
        case .unauthenticated: "unauthenticated"
        case .forbidden: "forbidden"
        case .notImplemented: "not_implemented"
        case .internalError: "internal_error"
        }
    }
}

extension ServingError {
    static func modelNotFound(_ name: String) -> ServingError {
        ServingError(.modelNotFound, "Model with name \(name) does not exist.")
    }

    static func modelNotReady(_ name: String, _ reason: String) -> ServingError {
        ServingError(.modelNotReady, "Model with name \(name) is not ready. \(reason)")
    }

    static let cancelled = ServingError(.cancelled, "The client went away before its request was answered.")

    /// What the plan refused.
    init(_ error: InferenceError) {
        switch error.code {
        case .invalidInput: self.init(.unacceptableRows, error.message)
        case .unsupportedMethod: self.init(.malformedRequest, error.message)
        default: self.init(.internalError, error.message)
        }
    }
}
