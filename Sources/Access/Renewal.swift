/// When files are to be read again: when they look otherwise than the last time, or could not be read then.
///
/// Whoever may not read a file yet does not see in its looks that it now may.
struct Renewal<Looks: Equatable> {
    private var looks: Looks
    /// Why they could not be read the last time; nil if they could.
    private(set) var failure: String?

    /// Of files that have been read, and looked so right before.
    init(looks: Looks) { self.looks = looks }

    /// Whether files that look so are to be read.
    mutating func isDue(_ now: Looks) -> Bool {
        defer { looks = now }
        return looks != now || failure != nil
    }

    /// What has come of reading them; nil if it is no news.
    ///
    /// - Parameter failure: why they could not be read; nil if they were.
    mutating func ended(_ failure: String?) -> RenewalEvent? {
        defer { self.failure = failure }
        guard let failure else { return .renewed }
        return failure == self.failure ? nil : .refused(failure)
    }
}
