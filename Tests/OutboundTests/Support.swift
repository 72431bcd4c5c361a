import NetworkTestSupport
import Outbound

/// Settings with which a test of failures takes no time.
func hasty(attempts: Int = 3) -> OutboundSettings {
    var settings = OutboundSettings()
    settings.retries.maximumAttempts = attempts
    settings.retries.firstDelay = .milliseconds(5)
    settings.readTimeout = .seconds(20)
    return settings
}

/// Settings with which a silent server is given up on at once.
func impatient(attempts: Int = 3) -> OutboundSettings {
    var settings = hasty(attempts: attempts)
    settings.readTimeout = .milliseconds(200)
    settings.connectTimeout = .seconds(1)
    return settings
}

/// The error that a request ends with; nil if it succeeds.
func failure(
    of request: OutboundRequest, _ settings: OutboundSettings = hasty(), limit: Int? = nil
) async throws -> OutboundError? {
    do throws(OutboundError) {
        _ = try await OutboundClient(settings).answer(to: request, limit: limit)
        return nil
    } catch {
        return error
    }
}
