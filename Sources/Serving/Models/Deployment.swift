package import ModelStore

/// The versions of a model that answer, and how requests are split between them; immutable.
package final class Deployment: Sendable {
    /// The promoted version.
    package let promoted: LoadedModel
    /// The version that answers a share of the requests.
    package let canary: LoadedModel?
    /// The version that is asked too, and whose answers are only compared.
    package let shadow: LoadedModel?
    /// How requests are split; versions it names that are not loaded get none.
    package let traffic: Traffic
    /// What is wrong with the files or the split, if something is; the deployment answers all the same.
    package let problem: String?

    package init(
        promoted: LoadedModel,
        canary: LoadedModel? = nil,
        shadow: LoadedModel? = nil,
        traffic: Traffic = Traffic(),
        problem: String? = nil
    ) {
        self.promoted = promoted
        self.canary = canary
        self.shadow = shadow
        self.traffic = traffic
        self.problem = problem
    }

    /// A version and what it is for.
    package struct Version: Sendable {
        /// `promoted`, `canary` or `shadow`.
        package let role: String
        /// The share of the requests that it answers, from 0 to 100; nil for a shadow, which answers none.
        package let percent: Double?
        /// The version.
        package let model: LoadedModel
    }

    /// The versions that answer or are compared, the promoted one first.
    package var versions: [Version] {
        let share = canary == nil ? 0 : traffic.canary?.percent ?? 0
        var versions = [Version(role: "promoted", percent: 100 - share, model: promoted)]
        if let canary { versions.append(Version(role: "canary", percent: share, model: canary)) }
        if let shadow { versions.append(Version(role: "shadow", percent: nil, model: shadow)) }
        return versions
    }

    /// The same, with something wrong.
    func with(problem: String?) -> Deployment {
        Deployment(promoted: promoted, canary: canary, shadow: shadow, traffic: traffic, problem: problem)
    }

    /// The version that answers a request.
    ///
    /// A header that names a version decides first, then the canary's share: by the value of the sticky header, on
    /// which all replicas agree, or else by chance.
    ///
    /// - Parameter header: the value of a request's header, by its name in lower case.
    /// - Throws: ``ServingError`` if the request names a version that is not served.
    package func choose(header: (String) -> String?) throws(ServingError) -> LoadedModel {
        if let name = traffic.pinHeader, let wanted = header(name) { return try pinned(wanted) }
        guard let canary, let split = traffic.canary else { return promoted }
        let draw = split.stickyHeader.flatMap(header).map(Self.draw(for:)) ?? Double.random(in: 0..<100)
        return draw < split.percent ? canary : promoted
    }

    /// The version of a number, such as `3` or `v3`.
    ///
    /// - Throws: ``ServingError`` if it is not served.
    func pinned(_ text: String) throws(ServingError) -> LoadedModel {
        let number = ModelVersion(text).map { String($0.number) } ?? text
        guard let model = [promoted, canary, shadow].lazy.compactMap(\.self).first(where: { $0.version == number })
        else {
            throw ServingError(
                .modelNotFound, "Model with name \(promoted.name) and version \(text.prefix(40)) does not exist.")
        }
        return model
    }

    /// A number from 0 up to 100 that depends on a text alone, and is as good as drawn.
    ///
    /// FNV-1a (draft-eastlake-fnv), then the finalizer of SplitMix64, since FNV's high bits hardly differ for texts
    /// that differ at the end.
    package static func draw(for text: String) -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        hash ^= hash >> 31
        return Double(hash >> 11) * 0x1p-53 * 100
    }
}
