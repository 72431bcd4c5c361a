import HTTPTypes

/// The fields of a request's head, however they are held.
protocol RequestFields {
    /// The value of a field; those of several, with commas between them (RFC 9110, section 5.3).
    ///
    /// - Parameter name: in lower case.
    func value(of name: String) -> String?

    /// The values of the fields whose names begin with a prefix, by the rest of their names in lower case.
    func values(withPrefix prefix: String) -> [String: String]
}

extension RequestFields {
    /// `x-request-id`, which clients and gateways set to follow a request.
    var requestID: String? { value(of: "x-request-id") }
}

extension HTTPFields: RequestFields {
    func value(of name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }

    func values(withPrefix prefix: String) -> [String: String] {
        var values: [String: String] = [:]
        for field in self where field.name.canonicalName.hasPrefix(prefix) {
            values[String(field.name.canonicalName.dropFirst(prefix.count))] = field.value
        }
        return values
    }
}
