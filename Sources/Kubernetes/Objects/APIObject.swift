/// A kind of object that the API server keeps.
protocol APIObject: Decodable, Sendable {
    static var resource: APIOperation.Resource { get }
    var metadata: ObjectMetadata { get }
}

/// What every object has (`meta/v1 ObjectMeta`), as far as a restart needs it.
struct ObjectMetadata: Decodable, Hashable, Sendable {
    struct Owner: Decodable, Hashable, Sendable {
        /// Whether the owner makes the object anew when it is gone.
        let controller: Bool?
    }

    let name: String
    let uid: String
    /// Counts the changes of what is wanted of the object.
    let generation: Int?
    /// Set once the object is being deleted.
    let deletionTimestamp: String?
    let labels: [String: String]?
    let ownerReferences: [Owner]?

    /// Whether the object is being deleted.
    var isTerminating: Bool { deletionTimestamp != nil }
}

/// A page of a list of objects.
struct APIList<Object: APIObject>: Decodable {
    struct Metadata: Decodable {
        /// Asks for the next page; empty or nil on the last one.
        let `continue`: String?
    }

    let metadata: Metadata
    let items: [Object]
}
