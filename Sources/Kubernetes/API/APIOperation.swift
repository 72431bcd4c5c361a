/// What is done to which kind of object, in the words of role-based access control.
struct APIOperation: Hashable, Sendable {
    enum Verb: String, Sendable {
        case get, list, patch, delete
    }

    /// A kind of object.
    struct Resource: Hashable, Sendable {
        /// Its API group; empty for the core.
        let group: String
        /// What the API calls several of it.
        let plural: String
        /// What people call one of it.
        let singular: String

        static let pods = Resource(group: "", plural: "pods", singular: "pod")
        static let deployments = Resource(group: "apps", plural: "deployments", singular: "Deployment")
    }

    let verb: Verb
    let resource: Resource
    let namespace: String
    /// The object; nil for all of the namespace.
    let name: String?

    /// The path of the object or the list.
    var path: String {
        let root = resource.group.isEmpty ? "/api/v1" : "/apis/\(resource.group)/v1"
        return "\(root)/namespaces/\(namespace)/\(resource.plural)" + (name.map { "/\($0)" } ?? "")
    }

    /// The object or the list, in a sentence.
    var object: String {
        name.map { "the \(resource.singular) \($0) of the namespace \(namespace)" }
            ?? "the \(resource.plural) of the namespace \(namespace)"
    }

    /// The rule of a Role that allows it.
    var rule: String {
        "{apiGroups: [\"\(resource.group)\"], resources: [\"\(resource.plural)\"], verbs: [\"\(verb.rawValue)\"]}"
    }
}
