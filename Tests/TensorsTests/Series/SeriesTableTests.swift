import Tensors
import Testing

@Suite("Series on a grid of time")
struct SeriesTableTests {
    @Test("A point is found by its time, and no time between two points or outside is one")
    func points() {
        let grid = TimeGrid(start: -600, step: 300, count: 4)
        let times = (0..<4).map(grid.time)
        #expect(times == [-600, -300, 0, 300])
        for time in -1000...1000 { #expect(grid.index(of: time) == times.firstIndex(of: time)) }
        #expect(grid.index(of: .min) == nil)
        #expect(grid.index(of: .max) == nil)
        #expect(grid.points(1..<3) == TimeGrid(start: -300, step: 300, count: 2))
    }

    @Test("A grid that ends at a moment has multiples of its step", arguments: [-301, -300, -1, 0, 1, 299, 300, 301])
    func alignment(moment: Int) {
        let grid = TimeGrid(endingAt: moment, step: 300, count: 3)
        let last = grid.time(2)
        #expect(last <= moment && last > moment - 300)
        #expect(last.isMultiple(of: 300))
        #expect(grid.start == last - 600)
    }

    @Test("A range of rows keeps times, values and labels together")
    func rows() {
        let table = SeriesTable(
            grid: TimeGrid(start: 0, step: 60, count: 3), names: ["cpu", "memory"],
            columns: [[1, 2, 3], [4, 5, 6]], isAnomaly: [false, true, false])
        let rows = table.rows(1..<3)
        #expect(rows.grid == TimeGrid(start: 60, step: 60, count: 2))
        #expect(rows["memory"] == [5, 6])
        #expect(rows["disk"] == nil)
        #expect(rows.isAnomaly == [true, false])
    }

    @Test("Columns of another length than the grid are a mistake of the program")
    func mismatch() async {
        await #expect(processExitsWith: .failure) {
            _ = SeriesTable(grid: TimeGrid(start: 0, step: 1, count: 2), names: ["cpu"], columns: [[1]])
        }
        await #expect(processExitsWith: .failure) { _ = TimeGrid(start: .max - 1, step: 1, count: 2) }
    }
}
