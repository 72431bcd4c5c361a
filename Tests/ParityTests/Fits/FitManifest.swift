import Estimators
import Foundation
import Tensors
import Training

/// What `fit_cases.py` wrote; its head describes every field.
struct FitManifest: Decodable {
    let version: String
    let cases: [Case]

    /// Rows, parameters, and what scikit-learn grew or why it refused.
    struct Case: Decodable {
        let name: String
        let kind: String
        let description: String
        let parameters: [String: Parameter]
        let rows: String
        let targets: String?
        let refusal: String?
        let forest: Forest?
    }

    struct Forest: Decodable {
        let seeds: [UInt32]
        let depths: [Int]
        let nodeCounts: [Int]
        let classCounts: [Int]
        let integers: String
        let floats: String
        let values: String
        let classes: [[Int64]]?
        let importances: String?
        let isolation: Isolation?
    }

    struct Isolation: Decodable {
        let offset: String
        let maximumSamples: Int
        let features: String
        let depths: String
        let averages: String
    }

    /// A parameter as scikit-learn takes it: an integer and a float are not the same.
    enum Parameter: Decodable {
        case integer(Int)
        case float(Double)
        case bool(Bool)
        case string(String)
        case none

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .none
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(String.self) {
                self = try Parameter(text: value)
            } else {
                throw ParityFailure("a parameter of an unknown kind")
            }
        }

        /// Numbers are written as `int:3` and `float:0.5`, as JSON does not tell `1` and `1.0` apart.
        private init(text: String) throws {
            let parts = text.split(separator: ":")
            switch (parts.first, parts.last.flatMap { Int($0) }, parts.last.flatMap { Double($0) }) {
            case ("int", .some(let value), _): self = .integer(value)
            case ("float", _, .some(let value)): self = .float(value)
            default: self = .string(text)
            }
        }
    }
}

extension FitManifest.Parameter {
    /// A count or a share.
    func amount() throws -> SampleAmount {
        switch self {
        case .integer(let count): return .count(count)
        case .float(let share): return .share(share)
        default: throw ParityFailure("not an amount: \(self)")
        }
    }

    func integer() throws -> Int {
        guard case .integer(let value) = self else { throw ParityFailure("not an integer: \(self)") }
        return value
    }

    func float() throws -> Double {
        guard case .float(let value) = self else { throw ParityFailure("not a float: \(self)") }
        return value
    }

    /// What `max_features` means.
    func features() throws -> FeatureAmount {
        switch self {
        case .none: return .all
        case .string("sqrt"): return .squareRoot
        case .string("log2"): return .logarithm
        case .integer(let count): return .count(count)
        case .float(let share): return .share(share)
        default: throw ParityFailure("not an amount of features: \(self)")
        }
    }
}
