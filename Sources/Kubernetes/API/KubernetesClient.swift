import FoundationEssentials
import Outbound

/// Asks the API server of a cluster about the objects of one namespace.
package struct KubernetesClient: Sendable {
    /// The namespace.
    package let namespace: String
    private let access: ClusterAccess
    private let transport: any APITransport

    /// The most objects that a page of a list holds.
    private static let objectsPerPage = 250
    /// The most pages that are read: no InferenceService has as many pods.
    private static let maximumPages = 40
    /// How often a list is begun anew because its rest was no longer to be had.
    private static let maximumListings = 3

    /// A client.
    ///
    /// - Parameters:
    ///   - namespace: nil for the pod's own.
    ///   - transport: makes the requests; a client with ``ClusterAccess/outboundSettings``.
    /// - Throws: ``KubernetesError/Code/invalid`` if no namespace can have that name.
    package init(
        _ access: ClusterAccess, namespace: String? = nil, transport: any APITransport
    ) throws(KubernetesError) {
        self.access = access
        self.namespace = namespace ?? access.namespace
        self.transport = transport
        guard ObjectName.isLabel(self.namespace) else {
            throw KubernetesError(.invalid, "\(self.namespace.debugDescription) cannot be the name of a namespace")
        }
    }

    /// All objects of a kind that carry a label.
    func list<Object: APIObject>(_: Object.Type, label: String, value: String) async throws(KubernetesError) -> [Object]
    {
        for _ in 1..<Self.maximumListings {
            do throws(KubernetesError) {
                return try await listOnce(label: label, value: value)
            } catch {
                // A list that takes long outlives the version it is a list of.
                guard error.code == .gone else { throw error }
            }
        }
        return try await listOnce(label: label, value: value)
    }

    private func listOnce<Object: APIObject>(
        label: String, value: String
    ) async throws(KubernetesError) -> [Object] {
        let operation = APIOperation(verb: .list, resource: Object.resource, namespace: namespace, name: nil)
        var query = ["labelSelector": "\(label)=\(value)", "limit": "\(Self.objectsPerPage)"]
        var objects: [Object] = []
        for _ in 0..<Self.maximumPages {
            let page: APIList<Object> = try await send(.get, operation, query: query)
            objects += page.items
            guard let rest = page.metadata.continue, !rest.isEmpty else { return objects }
            query["continue"] = rest
        }
        throw KubernetesError(.malformed, "\(operation.object) make more than \(Self.maximumPages) pages")
    }

    /// One object.
    func get<Object: APIObject>(_: Object.Type, _ name: String) async throws(KubernetesError) -> Object {
        let operation = APIOperation(verb: .get, resource: Object.resource, namespace: namespace, name: name)
        return try await send(.get, operation)
    }

    /// Deletes one object if it still is the same one.
    ///
    /// - Returns: whether there was anything left to delete.
    func delete(_ object: some APIObject) async throws(KubernetesError) -> Bool {
        let metadata = object.metadata
        let resource = type(of: object).resource
        let operation = APIOperation(verb: .delete, resource: resource, namespace: namespace, name: metadata.name)
        let options = DeleteOptions(preconditions: DeleteOptions.Preconditions(uid: metadata.uid))
        do throws(KubernetesError) {
            try await request(.delete, operation, body: try Self.encode(options))
            return true
        } catch {
            // Another of that name has taken its place, or nothing has.
            guard error.code == .notFound || error.code == .conflict else { throw error }
            return false
        }
    }

    /// Changes an object by a strategic merge patch, which may be sent twice.
    func patch<Object: APIObject>(_ object: Object, _ patch: some Encodable) async throws(KubernetesError) -> Object {
        let name = object.metadata.name
        let operation = APIOperation(verb: .patch, resource: Object.resource, namespace: namespace, name: name)
        return try await send(.patch, operation, body: try Self.encode(patch))
    }

    // MARK: - Requests

    private func send<Answer: Decodable>(
        _ method: OutboundRequest.Method, _ operation: APIOperation, query: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws(KubernetesError) -> Answer {
        let bytes = try await request(method, operation, query: query, body: body)
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(bytes))
        } catch {
            throw KubernetesError(
                .malformed, "what the API server answered is not what describes \(operation.object)")
        }
    }

    @discardableResult
    private func request(
        _ method: OutboundRequest.Method, _ operation: APIOperation, query: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws(KubernetesError) -> [UInt8] {
        let token = try access.token()
        let answer: APIAnswer
        do throws(OutboundError) {
            let query = query.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.percentEncoded)" }
            let url = access.server + operation.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
            var request = try OutboundRequest(method, url, headers: ["Accept": "application/json"], body: body)
            if body != nil {
                let isPatch = method == .patch
                request.headers["Content-Type"] = "application/\(isPatch ? "strategic-merge-patch+json" : "json")"
            }
            request.isRepeatable = true
            request.authorize(token: token)
            answer = try await transport.answer(to: request)
        } catch {
            throw KubernetesError(error)
        }
        guard 200...299 ~= answer.status else { throw KubernetesError(answer, operation) }
        return answer.body
    }

    private static func encode(_ value: some Encodable) throws(KubernetesError) -> [UInt8] {
        do {
            return Array(try JSONEncoder().encode(value))
        } catch {
            throw KubernetesError(.malformed, "a request cannot be written: \(error)")
        }
    }
}

/// Which object is to be deleted (`meta/v1 DeleteOptions`).
private struct DeleteOptions: Encodable {
    struct Preconditions: Encodable { let uid: String }

    let apiVersion = "v1"
    let kind = "DeleteOptions"
    let preconditions: Preconditions
}

extension String {
    /// The text as a value in a query.
    fileprivate var percentEncoded: String {
        utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
