/// The release of Apus that this is.
public enum ApusVersion {
    /// The version, as `--version` and the metadata of models say it.
    public static let current = "0.1.0"
}
