import Foundation
import Glibc
import ModelStore
import TestSupport
import Testing

/// Volumes that are full or read-only, and files that may not be read or written.
@Suite("The store, its volume failing")
struct StoreVolumeTests {
    /// A command that runs a script with a mount namespace of its own; nil where that is not permitted.
    private static let namespace: String? = {
        let commands = geteuid() == 0 ? ["unshare -m"] : ["unshare -Urm"]
        return commands.first { command in
            let probe = try? BuiltTool.shell("\(command) mount -t tmpfs -o size=1m tmpfs /mnt")
            return probe?.exitCode == 0
        }
    }()

    /// The superuser may read and write everything, unless it gives that away.
    private static let mortal = geteuid() == 0 ? "setpriv --bounding-set -dac_override,-dac_read_search " : ""

    /// Runs a script over a store in the variable `store`, with `model` to save in it.
    private func run(_ test: StoreUnderTest, _ script: String, in namespace: String? = nil) throws -> BuiltTool.Outcome
    {
        let file = test.folder.path("script")
        let text = "store=\(test.store.layout.path) model=\(test.models[0].path)\nexport APUS_STORE=$store\n\(script)\n"
        test.folder.write(Array(text.utf8), to: "script")
        return try BuiltTool.shell([namespace, "bash \(file)"].compactMap(\.self).joined(separator: " "))
    }

    /// Fills a small volume by saving; where none may be mounted, the longest file is bounded instead, which fails a
    /// write in the same place with another reason.
    @Test("A full volume is told, and the old model untouched")
    func full() throws {
        let test = try StoreUnderTest()
        let size = try #require(try FileManager.default.attributesOfItem(atPath: test.models[0].path)[.size] as? Int)
        let fill = """
            apus models save forest $model || exit 9
            \(Self.namespace == nil ? "trap '' XFSZ; ulimit -f \(size / 2_048)" : "")
            for i in 1 2 3 4 5; do apus models save forest $model; echo "exit $?"; done
            sha256sum $store/forest/model.pkl; find $store -name '.tmp*'
            ulimit -f unlimited 2>/dev/null; apus models validate
            """
        let mount = "mkdir $store && mount -t tmpfs -o size=\(6 * size) tmpfs $store || exit 9\n"
        let outcome = try run(test, (Self.namespace == nil ? "" : mount) + fill, in: Self.namespace)
        print("volume: full, by \(Self.namespace == nil ? "a bound on files" : "a small volume of its own")")
        #expect(outcome.output.contains("exit 1\n"))
        let reason = Self.namespace == nil ? "File too large" : "no space is left on the volume"
        #expect(outcome.errors.contains("apus: cannot write ") && outcome.errors.contains(": \(reason)\n"))
        #expect(outcome.output.contains(test.models[0].sha256))
        #expect(!outcome.output.contains(".tmp"))
        #expect(outcome.output.hasSuffix("forest: valid\n"), "\(outcome.output)\(outcome.errors)")
    }

    /// Ways to forbid writing: permissions, and where volumes may be mounted, a read-only one.
    private enum Ban: CaseIterable {
        case permissions, volume
    }

    @Test("A store that may not be written is told, and read from")
    func readOnly() throws {
        for ban in Ban.allCases where ban == .permissions || Self.namespace != nil {
            let test = try StoreUnderTest()
            let mount = ban == .volume ? "mkdir $store && mount -t tmpfs -o size=20m tmpfs $store || exit 9" : ""
            let forbid = ban == .volume ? "mount -o remount,ro $store" : "chmod 555 $store $store/forest"
            let outcome = try run(
                test,
                """
                \(mount)
                apus models save forest $model && \(forbid) || exit 9
                \(Self.mortal) apus models save forest $model; echo "exit $?"
                \(Self.mortal) apus models save other $model; echo "exit $?"
                \(Self.mortal) apus models delete forest --all; echo "exit $?"
                \(Self.mortal) apus models rollback forest; echo "exit $?"
                sha256sum $store/forest/model.pkl; find $store -name '.tmp*'
                \(Self.mortal) apus models load forest -o \(test.folder.path("copy.pkl"))
                \(Self.mortal) apus models validate; chmod -f 755 $store $store/forest
                """,
                in: ban == .volume ? Self.namespace : nil)
            let reason =
                ban == .volume ? "the volume is read-only" : "the permissions of the file or its folder forbid it"
            #expect(outcome.output.contains("\nexit 1\nexit 1\nexit 1\nexit 2\n"), "\(outcome.output)\(outcome.errors)")
            #expect(outcome.errors.contains("cannot make \(test.path(".tmp-version-"))"))
            #expect(outcome.errors.components(separatedBy: reason).count == 4, "\(outcome.errors)")
            #expect(outcome.output.contains(test.models[0].sha256) && !outcome.output.contains(".tmp"))
            #expect(outcome.output.contains("forest: valid\n"))
            print("volume: writing forbidden by \(ban)")
        }
    }

    @Test("Files without permission to read are told")
    func unreadable() throws {
        let test = try StoreUnderTest()
        try test.apus("save", "forest", test.models[1].path)
        let outcome = try run(
            test,
            """
            chmod 000 $model $store/forest/model.pkl
            \(Self.mortal) apus models save other $model; echo "exit $?"
            \(Self.mortal) apus models load forest -o /tmp/never.pkl; echo "exit $?"
            \(Self.mortal) apus models save forest \(test.models[1].path); echo "exit $?"
            \(Self.mortal) apus models list; chmod 644 $model $store/forest/model.pkl
            """)
        #expect(outcome.output.hasPrefix("exit 1\nexit 1\nexit 1\nNAME"), "\(outcome.output)")
        #expect(outcome.errors.contains("cannot read \(test.models[0].path): the permissions of the file"))
        #expect(outcome.errors.contains("cannot read \(test.path("model.pkl")): the permissions of the file"))
        #expect(try test.state() == [[1], [], [1]])
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.store.layout.path) == ["forest"])
    }
}
