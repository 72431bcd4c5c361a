import Synchronization

/// What waits to be written or sent, within bounds: who adds never waits; what finds no room is dropped and counted.
final class Outbox<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var cost = 0
        var droppedCount: UInt64 = 0
    }

    private let maximumCount: Int
    private let maximumCost: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - maximumCount: how many elements wait at most.
    ///   - maximumCost: what they cost together at most, in bytes.
    init(maximumCount: Int, maximumCost: Int = .max) {
        self.maximumCount = maximumCount
        self.maximumCost = maximumCost
    }

    /// How many found no room.
    var droppedCount: UInt64 { state.withLock { $0.droppedCount } }

    /// Adds an element, if there is room.
    ///
    /// - Parameter cost: in bytes.
    func add(_ element: Element, cost: Int = 0) {
        state.withLock { state in
            guard state.elements.count < maximumCount, cost <= maximumCost - state.cost else {
                state.droppedCount += 1
                return
            }
            state.elements.append(element)
            state.cost += cost
        }
    }

    /// Takes out all that wait, in the order in which they came.
    func takeAll() -> [Element] {
        state.withLock { state in
            defer {
                state.elements = []
                state.cost = 0
            }
            return state.elements
        }
    }
}
