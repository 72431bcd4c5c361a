import Glibc

/// The time zone of the process, as the system's database of zones tells it.
enum ProcessTimeZone {
    /// A zone that cannot be had.
    struct Unknown: Error, CustomStringConvertible {
        let description: String
    }

    private static let utc = "UTC"

    /// Checks that the system knows a zone: with one that it does not, it would take UTC and say nothing.
    static func check(_ name: String) throws(Unknown) {
        guard name != utc else { return }
        let folder = getenv("TZDIR").map { String(cString: $0) } ?? "/usr/share/zoneinfo"
        let isName = !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
        guard isName, isZone("\(folder)/\(name)") else {
            throw Unknown(
                description:
                    "there is no time zone \(name.debugDescription) in \(folder): names are as in Europe/Berlin, "
                    + "and the package tzdata brings them")
        }
    }

    /// Makes a zone that of the process. To be called before other threads read the environment.
    static func set(_ name: String) {
        setenv("TZ", name == utc ? "UTC0" : ":\(name)", 1)
        tzset()
    }

    /// Seconds that the zone's clocks are ahead of UTC at an instant in seconds since 1970 UTC.
    static func offset(at instant: Int) -> Int {
        var (time, local) = (time_t(instant), tm())
        localtime_r(&time, &local)
        return local.tm_gmtoff
    }

    /// Whether a file begins as files of zones do (RFC 8536).
    private static func isZone(_ path: String) -> Bool {
        guard let file = fopen(path, "rb") else { return false }
        defer { fclose(file) }
        return "TZif".utf8.allSatisfy { fgetc(file) == Int32($0) }
    }
}
