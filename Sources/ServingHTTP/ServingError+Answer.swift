import HTTPTypes
import Hummingbird
import Logging
import Serving

extension ServingError {
    /// The fields of an answer that says why there is none.
    var answerFields: HTTPFields {
        var fields = Response.jsonFields
        switch code {
        case .overloaded: fields[.retryAfter] = "1"
        case .unauthenticated: fields[.wwwAuthenticate] = "Bearer"
        default: break
        }
        return fields
    }

    /// How loudly a refusal is told. Of overload the metrics tell: a line for each would add to it.
    func logLevel(status: Int) -> Logger.Level {
        switch code {
        case .overloaded, .deadlineExceeded: .debug
        case .modelNotReady: .info
        default: status >= 500 ? .error : .info
        }
    }
}
