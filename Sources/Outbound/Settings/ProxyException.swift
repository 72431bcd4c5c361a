import Glibc

/// One entry of `NO_PROXY`.
struct ProxyException: Hashable, Sendable {
    private enum Place: Hashable {
        case everything
        /// Lower case; `isBelow` leaves the domain itself out.
        case domain(String, isBelow: Bool)
        case network(NetworkAddress, bits: Int)
    }

    private let place: Place
    private let port: Int?

    init(_ text: Substring) {
        var text = text.lowercased()[...]
        var port: Int?
        // An IPv6 address has colons of its own; only in brackets can it have a port.
        if let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon || text.hasPrefix("[") {
            port = Int(text[text.index(after: colon)...])
            if port != nil { text = text[..<colon] }
        }
        if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
        self.port = port
        let parts = text.split(separator: "/", maxSplits: 1)
        if text == "*" {
            place = .everything
        } else if let address = NetworkAddress(String(parts.first ?? "")) {
            place = .network(address, bits: parts.count > 1 ? Int(parts[1]) ?? address.bitCount : address.bitCount)
        } else if text.hasPrefix("*.") {
            place = .domain(String(text.dropFirst(2)), isBelow: true)
        } else {
            place = .domain(String(text.drop { $0 == "." }), isBelow: text.hasPrefix("."))
        }
    }

    /// - Parameters:
    ///   - host: a name in lower case or an address.
    ///   - address: the same, if it is an address.
    func matches(_ host: String, _ address: NetworkAddress?, _ port: Int) -> Bool {
        guard self.port == nil || self.port == port else { return false }
        switch place {
        case .everything: return true
        case .domain(let domain, let isBelow): return host.hasSuffix(".\(domain)") || (!isBelow && host == domain)
        case .network(let network, let bits): return address?.isIn(network, bits: bits) ?? false
        }
    }
}

/// An IPv4 or IPv6 address.
struct NetworkAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    /// Reads an address; nil if the text is none.
    init?(_ text: String) {
        var address = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &address) == 1 {
            bytes = Array(address.prefix(4))
        } else if inet_pton(AF_INET6, text, &address) == 1 {
            bytes = address
        } else {
            return nil
        }
    }

    var bitCount: Int { 8 * bytes.count }

    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    /// Whether the first bits of both addresses agree.
    func isIn(_ network: NetworkAddress, bits: Int) -> Bool {
        guard bytes.count == network.bytes.count, 0...bitCount ~= bits else { return false }
        return zip(bytes, network.bytes).enumerated().allSatisfy { index, pair in
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> min(max(bits - 8 * index, 0), 8))
            return (pair.0 ^ pair.1) & mask == 0
        }
    }
}
