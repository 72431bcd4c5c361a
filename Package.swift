// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Modules that may say `unsafe` must say it at each expression.
let strict = settings + [.strictMemorySafety()]

/// Modules with a type of their own that holds a span.
let lifetimes = settings + [.enableExperimentalFeature("Lifetimes")]

func module(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    settings: [SwiftSetting] = settings
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String,
    _ dependencies: [Target.Dependency],
    exclude: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: ["TestSupport"] + dependencies, exclude: exclude, swiftSettings: settings)
}

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")

let package = Package(
    name: "apus",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "apus", targets: ["apus"]),
        .library(name: "Inference", targets: ["Tensors", "PickleCodec", "Estimators", "Inference"]),
        .library(name: "ModelStore", targets: ["ModelStore"]),
        .library(name: "Serving", targets: ["Serving"]),
        .library(name: "ServingHTTP", targets: ["ServingHTTP"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CCompression", providers: [.apt(["zlib1g-dev", "libbz2-dev", "liblzma-dev", "liblz4-dev"])]),
        module("Tensors", settings: strict),
        module("Kernels", ["Tensors"], settings: strict),
        module("PickleCodec", ["Tensors", "CCompression", bigInt], settings: strict),
        module("Estimators", ["PickleCodec", "Tensors"]),
        module("Inference", ["Estimators", "Kernels", "Tensors"]),
        module("ModelStore", [crypto]),
        module("Serving", ["Inference", "ModelStore", "Estimators", "PickleCodec", "Tensors"], settings: lifetimes),
        module(
            "ServingHTTP",
            [
                "Serving", .product(name: "Hummingbird", package: "hummingbird"), logging,
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "apus",
            dependencies: [
                "Tensors", "PickleCodec", "Estimators", "Inference", "ModelStore", "Serving", "ServingHTTP", logging,
                bigInt,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        .target(
            name: "TestSupport", dependencies: ["Inference", "Tensors"], path: "Tests/TestSupport",
            swiftSettings: settings),
        tests("TensorsTests", ["Tensors"]),
        tests("KernelsTests", ["Kernels", "Tensors"]),
        tests("PickleCodecTests", ["PickleCodec", "Tensors", bigInt], exclude: ["Fixtures"]),
        tests("EstimatorsTests", ["Estimators", "PickleCodec", "Tensors"]),
        tests("InferenceTests", ["Inference", "Estimators", "PickleCodec", "Tensors"]),
        tests("ModelStoreTests", ["ModelStore", crypto]),
        tests("ServingTests", ["Serving", "ModelStore", "Inference", "Tensors"]),
        tests(
            "ServingHTTPTests",
            [
                "ServingHTTP", "Serving", "ModelStore", "Inference", logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        tests(
            "ParityTests", ["Inference", "Estimators", "PickleCodec", "Tensors"],
            exclude: ["generate.py", "drawing.py", "conditioning.py", "requirements"]),
        tests(
            "SystemTests", ["ModelStore", crypto],
            exclude: ["kserve_predict.py", "requirements.txt", "Store/store_models.py"]),
        tests("TidyTests", []),
    ]
)
