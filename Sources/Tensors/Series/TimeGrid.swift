/// Evenly spaced points in time, in whole seconds since 1970-01-01 00:00 UTC.
public struct TimeGrid: Hashable, Sendable {
    /// The first point.
    public let start: Int
    /// The seconds from one point to the next, at least 1.
    public let step: Int
    /// The number of points.
    public let count: Int

    /// A grid of `count` points; all of them, and the one after the last, must be times that an `Int` holds.
    public init(start: Int, step: Int, count: Int) {
        precondition(step > 0 && count >= 0, "a grid has a step and no negative number of points")
        let (length, isTooLong) = step.multipliedReportingOverflow(by: count)
        precondition(!isTooLong && !start.addingReportingOverflow(length).overflow, "a grid ends before time does")
        self.start = start
        self.step = step
        self.count = count
    }

    /// The last `count` multiples of the step that are not after a moment.
    ///
    /// Grids of one step that are made at different moments share their points.
    public init(endingAt moment: Int, step: Int, count: Int) {
        precondition(step > 0 && count >= 0, "a grid has a step and no negative number of points")
        let last = moment - ((moment % step) + step) % step
        self.init(start: last - step * (count - 1), step: step, count: count)
    }

    /// The time of a point, counted from 0.
    public func time(_ index: Int) -> Int { start + step * index }

    /// The point at a time; nil if there is none.
    public func index(of time: Int) -> Int? {
        let (offset, isTooFar) = time.subtractingReportingOverflow(start)
        guard !isTooFar, offset >= 0, offset % step == 0, offset / step < count else { return nil }
        return offset / step
    }

    /// The points of a range.
    public func points(_ range: Range<Int>) -> TimeGrid {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "points of the grid")
        return TimeGrid(start: time(range.lowerBound), step: step, count: range.count)
    }
}
