import Estimators
import Foundation
import PickleCodec
import TestSupport

/// Writes the models of a manifest again, and lets scikit-learn load and ask them.
struct WrittenModels {
    /// What a run of `reload.py` found.
    struct Report {
        var models = 0
        var answers = 0
        var findings: [String] = []

        /// The counts in one line.
        var summary: String { "\(models) files loaded, \(answers) answers compared, \(findings.count) findings" }

        mutating func add(_ other: Report) {
            models += other.models
            answers += other.answers
            findings += other.findings
        }
    }

    /// The releases that estimators are written for, each model for one of them in turn.
    private static let targets = ["1.3.2", "1.5.2", "1.9.1"]

    let folder: URL
    let manifest: Manifest

    /// Writes every model as it was read, and every estimator that can be encoded; asks the release that fitted them,
    /// and all that estimators are written for.
    func check() throws -> Report {
        var jobs: [String: [Job]] = [:]
        for (index, modelCase) in manifest.cases.enumerated() {
            let original = try PickleReader.read([UInt8](Data(contentsOf: path(modelCase.model))))
            let format = PickleFormat.allCases[index % PickleFormat.allCases.count]
            let file = try write(original, format, "\(modelCase.name).again")
            jobs[manifest.version, default: []].append(
                job(modelCase, file, version: manifest.version, isOriginalKnown: true))
            for (release, job) in try encodings(of: original, modelCase, index) {
                jobs[release, default: []].append(job)
            }
        }
        var report = Report()
        for (release, jobs) in jobs.sorted(by: { $0.key < $1.key }) { report.add(try ask(release, jobs)) }
        return report
    }

    /// The jobs of one estimator, written for a release in turn and for the one that fitted it.
    private func encodings(
        of graph: PickleGraph, _ modelCase: Manifest.Case, _ index: Int
    ) throws -> [(release: String, job: Job)] {
        let estimator = try EstimatorRegistry.decode(graph)
        var jobs: [(String, Job)] = []
        for target in Set([Self.targets[index % Self.targets.count], manifest.version])
        where Self.targets.contains(target) {
            guard let encoded = try encode(estimator, for: target) else { return [] }
            let format = PickleFormat.allCases[(index / Self.targets.count) % PickleFormat.allCases.count]
            let file = try write(encoded, format, "\(modelCase.name).\(target)")
            // Up to 1.3 classifiers hold counts, which later releases take for probabilities.
            let holdsCounts = target == "1.3.2" && manifest.version < "1.4" && graph.holdsClassifier
            for release in Self.targets where release == target || !holdsCounts {
                let isOriginalKnown = release == target && target == manifest.version
                jobs.append((release, job(modelCase, file, version: target, isOriginalKnown: isOriginalKnown)))
            }
        }
        return jobs
    }

    /// The graph of an estimator; nil if its class is not written.
    private func encode(_ estimator: any Estimator, for target: String) throws -> PickleGraph? {
        do throws(EstimatorError) {
            return try EstimatorRegistry.encode(estimator, for: ScikitLearnVersion(target))
        } catch {
            if error.code == .unsupportedClass { return nil }
            throw error
        }
    }

    private func write(_ graph: PickleGraph, _ format: PickleFormat, _ name: String) throws -> String {
        let file = "\(name).\(format)"
        try Data(PickleWriter.write(graph, as: format)).write(to: path(file))
        return path(file).path
    }

    private func path(_ name: String) -> URL { folder.appending(path: name) }
}

// MARK: - Asking

extension WrittenModels {
    /// What `reload.py` is asked to do with one file.
    private struct Job: Encodable {
        let name: String
        let file: String
        let version: String
        let original: String?
        let parameters: [String: String]?
        let questions: [Question]

        struct Question: Encodable {
            let method: String
            let rows: String
            let answers: [Array]
        }

        struct Array: Encodable {
            let kind: String
            let shape: [Int]
            let file: String?
            let labels: [String]?
        }
    }

    /// A line that `reload.py` prints.
    private struct Line: Decodable {
        let name: String?
        let about: String?
        let example: String?
        let models: Int?
        let answers: Int?
    }

    private func job(_ modelCase: Manifest.Case, _ file: String, version: String, isOriginalKnown: Bool) -> Job {
        let questions = modelCase.questions.compactMap { question -> Job.Question? in
            guard question.about == "rows", let answers = question.answers else { return nil }
            let arrays = answers.map { array in
                Job.Array(
                    kind: array.kind, shape: array.shape, file: array.file.map { path($0).path }, labels: array.labels)
            }
            return Job.Question(method: question.method, rows: path(question.rows).path, answers: arrays)
        }
        return Job(
            name: modelCase.estimator, file: file, version: version,
            original: isOriginalKnown ? path(modelCase.model).path : nil, parameters: modelCase.parameters,
            questions: questions)
    }

    private func ask(_ release: String, _ jobs: [Job]) throws -> Report {
        let file = path("jobs-\(release).json")
        try JSONEncoder().encode(jobs).write(to: file)
        let output = try PythonEnvironment(scikitLearn: release).run(ScikitLearn.script("reload.py"), [file.path])
        var report = Report()
        for text in output.split(separator: "\n") {
            let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
            if let name = line.name {
                let words = "\(name), \(line.about ?? "") in scikit-learn \(release): \(line.example ?? "")"
                report.findings.append(words)
            }
            report.models += line.models ?? 0
            report.answers += line.answers ?? 0
        }
        return report
    }
}

extension PickleGraph {
    /// Whether some object is a tree that answers labels.
    fileprivate var holdsClassifier: Bool {
        values.contains { if case .global(let name) = $0 { name.name.hasSuffix("TreeClassifier") } else { false } }
    }
}
