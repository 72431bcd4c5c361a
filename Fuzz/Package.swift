// swift-tools-version: 6.2
import PackageDescription

/// The folder that Apus lies in, by which SwiftPM names its package to the compiler.
let folder = Context.packageDirectory.split(separator: "/").dropLast().last ?? "apus"

/// Lets a target use what Apus declares `package`, by claiming to be of that package.
let insideApus = SwiftSetting.unsafeFlags([
    "-package-name", String(folder.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" }),
])

// Built by `scripts/fuzz`, which asks for libFuzzer's instrumentation of all code, that of Apus included.
let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "apus", path: "..")],
    targets: [
        .executableTarget(name: "FuzzPickle", dependencies: [.product(name: "Inference", package: "apus")]),
        .executableTarget(
            name: "FuzzV1",
            dependencies: [.product(name: "Serving", package: "apus")],
            packageAccess: false,
            swiftSettings: [insideApus]
        ),
        .executableTarget(
            name: "FuzzV2",
            dependencies: [.product(name: "Serving", package: "apus")],
            packageAccess: false,
            swiftSettings: [insideApus]
        ),
        .executableTarget(name: "FuzzMetadata", dependencies: [.product(name: "ModelStore", package: "apus")]),
        .executableTarget(name: "FuzzCanary"),
    ]
)
