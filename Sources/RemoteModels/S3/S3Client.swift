import FoundationEssentials
import ModelStore
import Outbound
import Synchronization

/// Asks an S3 service (Amazon S3 API Reference, version 2006-03-01).
///
/// What a service corrects once is remembered: the region of a bucket, and a clock that is wrong.
final class S3Client: Sendable {
    private struct Corrections {
        /// Added to this machine's clock, in seconds.
        var clockOffset = 0.0
        var region: String
    }

    /// How far apart two clocks are before a service refuses a signature (15 minutes at Amazon's, less elsewhere).
    private static let maximumClockSkew = 240.0
    /// The longest error that is read, in bytes.
    private static let maximumErrorBytes = 64 << 10

    let settings: S3Settings
    private let outbound: OutboundClient
    private let corrections: Mutex<Corrections>

    init(_ settings: S3Settings) throws(StoreError) {
        self.settings = settings
        corrections = Mutex(Corrections(region: settings.region))
        guard settings.isAnonymous || settings.credentials != nil else {
            throw StoreError(
                .denied,
                """
                no credentials for S3: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or \
                awsAnonymousCredential=true for a public bucket
                """)
        }
        do throws(OutboundError) { outbound = try OutboundClient(settings.outbound) } catch { throw StoreError(error) }
    }

    /// The whole answer to a request.
    ///
    /// - Throws: ``StoreError`` with the service's own reason if it does not answer 2xx.
    func answer(to request: S3Request) async throws(StoreError) -> OutboundAnswer {
        try await corrected(request) { outbound throws(OutboundError) in
            let answer = try await self.outbound.answer(to: outbound)
            return (answer, answer.head, answer.head.isSuccess ? [] : answer.body)
        }
    }

    /// The answer to a request, to be read part by part.
    ///
    /// - Throws: ``StoreError`` with the service's own reason if it does not answer 2xx.
    func open(_ request: S3Request) async throws(StoreError) -> OutboundStream {
        try await corrected(request) { outbound throws(OutboundError) in
            var stream = try await self.outbound.open(outbound)
            let error = stream.head.isSuccess ? [] : try await stream.collect(upTo: Self.maximumErrorBytes)
            return (stream, stream.head, error)
        }
    }

    /// Makes a request, and once more each time the service says what was wrong with it.
    private func corrected<Result>(
        _ request: S3Request,
        _ ask: (OutboundRequest) async throws(OutboundError) -> (Result, OutboundHead, error: [UInt8])
    ) async throws(StoreError) -> Result {
        var seen: Set<S3Failure.Correction> = []
        while true {
            let before = corrections.withLock { $0 }
            let answer: (Result, OutboundHead, error: [UInt8])
            do throws(OutboundError) { answer = try await ask(try signed(request, before)) } catch {
                throw StoreError(error)
            }
            guard !answer.1.isSuccess else { return answer.0 }
            let failure = S3Failure(answer.1, answer.error)
            guard let correction = failure.correction, seen.insert(correction).inserted,
                apply(correction, failure, before)
            else { throw failure.error(request, settings) }
        }
    }

    private func signed(_ request: S3Request, _ corrections: Corrections) throws(OutboundError) -> OutboundRequest {
        let endpoint =
            settings.endpoint ?? (settings.isAccelerated ? .accelerated : .amazon(region: corrections.region))
        // A point in a bucket's name is one too many for the certificate of Amazon's hosts.
        let isUsuallyVirtual = settings.endpoint == nil && (settings.isAccelerated || !request.bucket.contains("."))
        let place = endpoint.place(
            bucket: request.bucket, key: request.key, isVirtualHosted: settings.isVirtualHosted ?? isUsuallyVirtual)
        let query = request.query.map { (PercentEncoding.encode($0.0), PercentEncoding.encode($0.1)) }
        var headers = request.headers
        headers["Host"] = place.host
        if let credentials = settings.credentials, !settings.isAnonymous {
            headers = SignatureV4(credentials: credentials, region: corrections.region, service: "s3").headers(
                request.method.rawValue, path: place.path, query: query, headers: headers,
                payloadHash: SignatureV4.sha256(request.body ?? []),
                time: Date.now.timeIntervalSince1970 + corrections.clockOffset)
        }
        let queryText = query.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        var outbound = try OutboundRequest(
            request.method,
            "\(endpoint.scheme)://\(place.host)\(place.path)\(queryText.isEmpty ? "" : "?\(queryText)")",
            headers: headers, body: request.body)
        outbound.isRepeatable = request.isRepeatable
        return outbound
    }

    /// Takes note of a correction; returns whether another attempt may succeed.
    private func apply(_ correction: S3Failure.Correction, _ failure: S3Failure, _ before: Corrections) -> Bool {
        switch correction {
        case .clock:
            guard let date = failure.date else { return false }
            let offset = date - Date.now.timeIntervalSince1970
            guard abs(offset - before.clockOffset) > Self.maximumClockSkew else { return false }
            corrections.withLock { $0.clockOffset = offset }
            return true
        case .region(let region):
            // Elsewhere than at Amazon's the region is a part of the signature alone.
            guard region != before.region, !region.isEmpty, region.utf8.count <= 64,
                region.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            else { return false }
            corrections.withLock { $0.region = region }
            return true
        }
    }
}

extension OutboundHead {
    /// Whether the status is 2xx.
    var isSuccess: Bool { 200...299 ~= status }
}
