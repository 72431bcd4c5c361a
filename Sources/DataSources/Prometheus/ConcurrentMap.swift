/// Transforms elements, at most so many at a time; the first failure cancels the others.
func concurrentMap<Element: Sendable, Value: Sendable>(
    _ elements: [Element], limit: Int,
    _ transform: @escaping @Sendable (Element) async throws(DataSourceError) -> Value
) async throws(DataSourceError) -> [Value] {
    do {
        return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var values = [Value?](repeating: nil, count: elements.count)
            for (index, element) in elements.enumerated() {
                if index >= limit, let (place, value) = try await group.next() { values[place] = value }
                group.addTask { (index, try await transform(element)) }
            }
            while let (place, value) = try await group.next() { values[place] = value }
            return values.compactMap(\.self)
        }
    } catch let error as DataSourceError {
        throw error
    } catch {
        throw DataSourceError(.cancelled, "the task was cancelled")
    }
}
