import Glibc

/// The system's clocks, as plain nanoseconds.
package enum Clocks {
    /// Nanoseconds of a clock that only runs forward.
    package static func monotonicNanoseconds() -> Int64 { nanoseconds(CLOCK_MONOTONIC) }

    /// Nanoseconds since 1970.
    package static func wallNanoseconds() -> Int64 { nanoseconds(CLOCK_REALTIME) }

    /// Seconds from a monotonic time until now.
    static func seconds(since start: Int64) -> Double { Double(monotonicNanoseconds() - start) * 1e-9 }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
