import PickleCodec
import Tensors
import Testing

@testable import Estimators

@Suite("ClassLabels")
struct ClassLabelsTests {
    @Test(
        "Taking indices keeps the kind of label",
        arguments: [
            (ClassLabels.int64([-1, 1]), ClassLabels.Values.int64([1, -1, 1])),
            (.float64([0.5, 2]), .float64([2, 0.5, 2])),
            (.bool([false, true]), .bool([true, false, true])),
            (.string(["idle", "busy"]), .string(["busy", "idle", "busy"])),
        ]
    )
    func take(labels: ClassLabels, taken: ClassLabels.Values) {
        #expect(labels.count == 2)
        #expect(labels.take([1, 0, 1]) == taken)
    }

    @Test(
        "Objects of one kind are labels of that kind",
        arguments: [
            ([PickleValue.string("a"), .string("b")], ClassLabels.Values.string(["a", "b"])),
            ([.integer(3), .integer(-4)], .int64([3, -4])),
            ([.bool(false), .bool(true)], .bool([false, true])),
            ([.float(0.5), .integer(2)], .float64([0.5, 2])),
        ]
    )
    func objects(values: [PickleValue], labels: ClassLabels.Values) throws {
        let value = objectArray(values)
        #expect(try ClassLabels(from: value) == ClassLabels(labels, elementType: .object))
        #expect(try ClassLabels.perTarget(from: value) == [ClassLabels(labels, elementType: .object)])
    }

    @Test("A list holds the labels of each target")
    func perTarget() throws {
        let values: [PickleValue] = [
            .string("a"), .string("b"), .objectArray(shape: [2], elements: [0, 1].map(PickleReference.init)),
            .integer(7), .objectArray(shape: [1], elements: [PickleReference(3)]),
            .list([2, 4].map(PickleReference.init)),
        ]
        let targets = try ClassLabels.perTarget(from: root(values))
        #expect(targets.map(\.values) == [.string(["a", "b"]), .int64([7])])
    }

    @Test("Labels of several kinds are refused at the one that differs")
    func mixed() {
        let error = #expect(throws: EstimatorError.self) {
            try ClassLabels(from: objectArray([.string("a"), .integer(1)]))
        }
        #expect(error?.code == .malformed)
        #expect(error?.path == "pickle[1]")
    }

    @Test(
        "What is no label is refused",
        arguments: [PickleValue.none, .bytes([1, 2]), .complex(real: 0, imaginary: 1)]
    )
    func noLabel(value: PickleValue) {
        #expect(throws: EstimatorError.self) { try ClassLabels(from: objectArray([value])) }
        #expect(throws: EstimatorError.self) { try ClassLabels(from: root([value])) }
    }

    private func objectArray(_ values: [PickleValue]) -> GraphValue {
        root(values + [.objectArray(shape: [values.count], elements: values.indices.map(PickleReference.init))])
    }

    /// The last value, as the pickle's root.
    private func root(_ values: [PickleValue]) -> GraphValue {
        GraphValue(
            root: PickleGraph(
                values: values,
                root: PickleReference(values.count - 1),
                protocolVersion: 5,
                compression: .none
            )
        )
    }
}
