import ModelStore
import Outbound

/// Asks an MLflow tracking server ("REST API" of the MLflow documentation, version 2.0).
struct MLflowClient: Sendable {
    private let base: String
    private let client: OutboundClient
    private let user: String?
    private let password: Secret?
    private let token: Secret?

    /// The server that the environment names.
    ///
    /// - Throws: ``StoreError/Code/refused`` if `MLFLOW_TRACKING_URI` names none.
    init(_ variables: Variables, _ outbound: OutboundSettings) throws(StoreError) {
        guard let uri = variables["MLFLOW_TRACKING_URI"] else {
            throw StoreError(.refused, "set MLFLOW_TRACKING_URI to the MLflow server, e.g. http://mlflow:5000")
        }
        var settings = outbound
        if try variables.flag("MLFLOW_TRACKING_INSECURE_TLS") == true {
            settings.trust = .unverified
        } else if let path = variables["MLFLOW_TRACKING_SERVER_CERT_PATH"] {
            settings.trust = .bundle(path: path)
        }
        base = String(uri.reversed().drop { $0 == "/" }.reversed())
        user = variables["MLFLOW_TRACKING_USERNAME"]
        password = variables["MLFLOW_TRACKING_PASSWORD"].map { Secret($0) }
        token = variables["MLFLOW_TRACKING_TOKEN"].map { Secret($0) }
        do throws(OutboundError) {
            _ = try OutboundRequest(.get, base)
            client = try OutboundClient(settings)
        } catch {
            throw StoreError(.refused, "MLFLOW_TRACKING_URI: \(error)")
        }
    }

    /// The longest error that is read, in bytes.
    private static let maximumErrorBytes = 64 << 10

    /// The path under which the server's own artefacts are found.
    static let artifacts = "/api/2.0/mlflow-artifacts/artifacts"

    /// What the server answers to a question.
    ///
    /// - Parameters:
    ///   - path: below the server's address, e.g. `/api/2.0/mlflow/runs/get`.
    ///   - what: what is asked for, as people name it.
    /// - Throws: ``StoreError`` with the server's own sentence if it has one.
    func json(_ path: String, _ query: KeyValuePairs<String, String>, _ what: String) async throws(StoreError)
        -> JSONValue
    {
        let text = query.map { "\($0.key)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
        let answer: OutboundAnswer
        do throws(OutboundError) {
            answer = try await client.answer(to: try request(.get, text.isEmpty ? path : "\(path)?\(text)"))
        } catch {
            throw StoreError(error)
        }
        let json = try? JSONValue(parsing: answer.body)
        guard answer.head.isSuccess else { throw failure(answer.head, json, what) }
        guard let json, json.object != nil else {
            let type = answer.head.header("Content-Type").map { " (\($0.prefix(60).shown))" } ?? ""
            throw StoreError(
                .malformed,
                "\(what): the server did not answer in JSON\(type), as MLflow does: check MLFLOW_TRACKING_URI")
        }
        return json
    }

    /// The bytes of one of the server's own artefacts.
    func open(_ path: String, range: String?, _ what: String) async throws(StoreError) -> OutboundStream {
        var stream: OutboundStream
        do throws(OutboundError) {
            var request = try request(.get, "\(Self.artifacts)/\(PercentEncoding.encode(path, keeping: "/"))")
            request.headers["Range"] = range
            stream = try await client.open(request)
        } catch {
            throw StoreError(error)
        }
        guard !stream.head.isSuccess else { return stream }
        let body = (try? await stream.collect(upTo: Self.maximumErrorBytes)) ?? []
        throw failure(stream.head, try? JSONValue(parsing: body), what)
    }

    private func request(_ method: OutboundRequest.Method, _ path: String) throws(OutboundError) -> OutboundRequest {
        var request = try OutboundRequest(method, base + path)
        if let user {
            request.authorize(user: user, password: password ?? Secret(""))
        } else if let token {
            request.authorize(token: token)
        }
        return request
    }

    private func failure(_ head: OutboundHead, _ json: JSONValue?, _ what: String) -> StoreError {
        let reason = json?.object?["message"]?.string
        // An alias that does not exist is, to MLflow, an invalid parameter.
        let isUnknown = json?.object?["error_code"]?.string == "RESOURCE_DOES_NOT_EXIST" || head.status == 400
        let hint =
            [401, 403].contains(head.status)
            ? " (MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN)" : ""
        let sentence = "the MLflow server answered \(head.status)\(reason.map { ": \($0.shown)" } ?? "")\(hint)"
        return StoreError(status: isUnknown ? 404 : head.status, what, sentence)
    }
}
