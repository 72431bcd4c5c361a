import ArgumentParser
import Estimators
import Features
import Inference
import Tensors
import Training

/// Fits a detector to the first part of one labelled series and prints how abnormal it finds each moment: what
/// `quality.py` scores.
///
/// It reads lines of `seconds,value` (an empty value is missing) on a grid of five minutes from standard input, and
/// prints lines of `seconds,is fitted,decision,feature,feature,...` under a line of names.
@main
struct Quality: ParsableCommand {
    @Option(help: "The share of the moments that is fitted to.")
    var share = 0.4

    @Option(help: "The share of the rows that the detector reports among those it is fitted to.")
    var contamination = 0.05

    @Option(help: "What all randomness starts from.")
    var seed: UInt32 = 42

    private static let schema = FeatureSchema.univariate6

    func run() throws {
        let series = try readSeries()
        let rows = try Self.schema.rows(from: series)
        let border = series.grid.time(Int(share * Double(series.rowCount)))
        let fittedCount = rows.times.prefix { $0 < border }.count
        let plan = try Plan(try fit(rows.values, count: fittedCount))
        guard case .array(let answer) = try plan.evaluate(.decisionFunction, on: rows.values),
            case .float64(let decisions) = answer.values
        else { throw ValidationError("the detector answers no numbers") }
        print((["seconds", "is_fitted", "decision"] + Self.schema.featureNames).joined(separator: ","))
        for (row, time) in rows.times.enumerated() {
            let fields = ["\(time)", row < fittedCount ? "1" : "0", "\(decisions[row])"]
            print((fields + rows.values.row(row).map { "\($0)" }).joined(separator: ","))
        }
    }

    private func readSeries() throws -> SeriesTable {
        var (times, values): ([Int], [Double]) = ([], [])
        while let line = readLine() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == 2, let time = Int(fields[0]) else { throw ValidationError("a wrong line: \(line)") }
            times.append(time)
            values.append(Double(fields[1]) ?? .nan)
        }
        guard let start = times.first else { throw ValidationError("there are no lines") }
        let grid = TimeGrid(start: start, step: Self.schema.step, count: times.count)
        guard times.indices.allSatisfy({ grid.time($0) == times[$0] }) else {
            throw ValidationError("the moments are not \(Self.schema.step) seconds apart")
        }
        return SeriesTable(grid: grid, names: Self.schema.metrics.map(\.name), columns: [values])
    }

    /// The detector of `apus train`, on other features.
    private func fit(_ rows: Matrix<Double>, count: Int) throws -> Pipeline {
        let fitting = Matrix(
            rowCount: count, columnCount: rows.columnCount,
            elements: Array(rows.elements[..<(count * rows.columnCount)]))
        let scaler = try RobustScalerFit(fitting).scaler()
        guard case .array(let scaled) = try Plan(scaler).evaluate(.transform, on: fitting),
            case .float64(let elements) = scaled.values
        else { throw ValidationError("the scaler answers no numbers") }
        var parameters = IsolationForestParameters(seed: seed)
        parameters.treeCount = 200
        parameters.contamination = contamination
        let forest = try IsolationForestFit(
            Matrix(rowCount: count, columnCount: rows.columnCount, elements: elements), parameters: parameters)
        let steps = [
            Pipeline.Step(name: "scaler", estimator: scaler),
            Pipeline.Step(name: "isolation_forest", estimator: forest.estimator),
        ]
        guard let pipeline = Pipeline(steps: steps) else { throw ValidationError("no pipeline") }
        return pipeline
    }
}
