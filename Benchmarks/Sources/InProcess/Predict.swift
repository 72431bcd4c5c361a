import ArgumentParser
import Inference
import Tensors

/// Measures predictions of one reference model, as `peers/in_process.py` does for other libraries.
struct Predict: ParsableCommand {
    @Argument(help: "The model's folder, as models.py writes it.")
    var folder: String

    @Option(help: "Passes over all rows with two threads, timed one by one: rows_per_second.")
    var passes = 0

    @Option(help: "Seconds of one row at a time, on one thread: row_us, the median.")
    var seconds = 0.0

    @Option(help: "Times to load model.pkl, from file to ready: load_ms.")
    var loads = 0

    func run() throws {
        let model = Model(path: "\(folder)/model.pkl")
        var measured: [String] = []
        if loads > 0 {
            measured.append(#""load_ms": \#(try milliseconds(ofLoading: model, times: loads))"#)
        }
        if passes > 0 || seconds > 0 {
            let plan = try model.load()
            let rows = try ReferenceRows(folder: folder)
            measured.append(#""agreement": \#(try rows.agreement(of: plan))"#)
            if passes > 0 {
                measured.append(#""rows_per_second": \#(try rows.rates(of: plan, passes: passes, threads: 2))"#)
            }
            if seconds > 0 {
                measured.append(#""row_us": \#(try rows.latency(of: plan, seconds: seconds))"#)
            }
        }
        print("{\(measured.joined(separator: ", "))}")
    }

    private func milliseconds(ofLoading model: Model, times: Int) throws -> [Double] {
        let clock = ContinuousClock()
        return try (0..<times).map { _ in
            let start = clock.now
            let plan = try model.load()
            let duration = clock.now - start
            withExtendedLifetime(plan) {}
            return duration.microseconds / 1_000
        }
    }
}
