import ArgumentParser
import Inference
import Tensors
import Training

/// Measures the fit of a forest to rows, and where they have targets how well it answers others: `peers/fits.py` writes
/// the rows, and measures scikit-learn.
struct Fit: ParsableCommand {
    /// How splits are found.
    enum Splitter: String, ExpressibleByArgument {
        /// As isolation forests do.
        case random
        case exact, histogram
    }

    private static let threads = 2

    @Argument(help: "The folder of the rows.")
    var folder: String

    @Option(help: "random for an isolation forest; exact or histogram for a forecaster.")
    var splitter: Splitter

    @Option(help: "How often to fit: fit_s, in seconds.")
    var times = 1

    func run() throws {
        let rows = try matrix("rows")
        if splitter == .random {
            let seconds = try (0..<times).map { _ in try secondsOfIsolationForest(rows) }
            print(#"{"fit_s": \#(seconds)}"#)
            return
        }
        let targets = try matrix("targets")
        let fits = try (0..<times).map { _ in try fitForecaster(rows, targets) }
        guard let last = fits.last else { throw ValidationError("--times must be at least 1") }
        print(#"{"fit_s": \#(fits.map(\.seconds)), "r2": \#(try quality(of: last.fit))}"#)
    }

    private func secondsOfIsolationForest(_ rows: Matrix<Double>) throws -> Double {
        var parameters = IsolationForestParameters(seed: 42)
        parameters.treeCount = 200
        parameters.contamination = 0.05
        let start = ContinuousClock.now
        let fit = try IsolationForestFit(rows, parameters: parameters, execution: FitExecution(threads: Self.threads))
        let duration = ContinuousClock.now - start
        withExtendedLifetime(fit) {}
        return duration.microseconds / 1e6
    }

    /// The parameters are those of `models.py`.
    private func fitForecaster(
        _ rows: Matrix<Double>, _ targets: Matrix<Double>
    ) throws -> (fit: RandomForestRegressorFit, seconds: Double) {
        var parameters = RandomForestParameters(seed: 42)
        parameters.maximumDepth = 20
        parameters.minimumSamplesSplit = .count(5)
        parameters.minimumSamplesLeaf = .count(2)
        parameters.splitter = splitter == .histogram ? .histogram : .exact
        let start = ContinuousClock.now
        let fit = try RandomForestRegressorFit(
            rows, targets: targets, parameters: parameters, execution: FitExecution(threads: Self.threads))
        return (fit, (ContinuousClock.now - start).microseconds / 1e6)
    }

    /// R2 of the rows that were not fitted to.
    private func quality(of fit: RandomForestRegressorFit) throws -> Double {
        let targets = try matrix("unseen_targets")
        let answer = try Plan(fit.estimator).evaluate(.predict, on: matrix("unseen"), threads: Self.threads)
        guard case .array(let output) = answer, case .float64(let numbers) = output.values else {
            throw NotNumbers(folder: folder)
        }
        let predicted = Matrix(rowCount: targets.rowCount, columnCount: targets.columnCount, elements: numbers)
        return try RegressionScores(actual: targets, predicted: predicted).r2 ?? .nan
    }

    private func matrix(_ name: String) throws -> Matrix<Double> {
        let array = try NPY.read(File.read("\(folder)/\(name).npy"))
        guard array.shape.count == 2, let elements = array.doubles() else { throw NotNumbers(folder: folder) }
        return Matrix(rowCount: array.shape[0], columnCount: array.shape[1], elements: elements)
    }
}
