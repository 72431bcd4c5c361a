import Glibc

/// What the process uses of the machine, as Prometheus clients report it; what cannot be read is nil.
struct ProcessUsage {
    /// Bytes of memory that are resident.
    let residentBytes: Double?
    /// Seconds of processor time, user and system.
    let cpuSeconds: Double
    /// How many file descriptors are open.
    let openDescriptors: Int?

    /// Reads the use now.
    static func now() -> ProcessUsage {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return ProcessUsage(
            residentBytes: residentPages().map { Double($0) * Double(sysconf(Int32(_SC_PAGESIZE))) },
            cpuSeconds: Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9,
            openDescriptors: try? FilePaths.entries(ofFolder: "/proc/self/fd").count
        )
    }

    /// The second number of `/proc/self/statm` (proc(5)).
    private static func residentPages() -> Int? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let fields = text.split(separator: " ")
        return fields.count > 1 ? Int(fields[1]) : nil
    }
}
