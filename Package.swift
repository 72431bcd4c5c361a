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
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let grpcCore = Target.Dependency.product(name: "GRPCCore", package: "grpc-swift-2")
let grpcProtobuf = Target.Dependency.product(name: "GRPCProtobuf", package: "grpc-swift-protobuf")
let grpcTransport = Target.Dependency.product(
    name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")

let package = Package(
    name: "apus",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "apus", targets: ["apus"]),
        .library(name: "Inference", targets: ["Tensors", "PickleCodec", "Estimators", "Inference"]),
        .library(name: "Training", targets: ["Tensors", "Estimators", "Training"]),
        .library(name: "Features", targets: ["Tensors", "Features"]),
        .library(name: "ModelStore", targets: ["ModelStore"]),
        .library(name: "RemoteModels", targets: ["RemoteModels"]),
        .library(name: "Serving", targets: ["Serving"]),
        .library(name: "ServingHTTP", targets: ["ServingHTTP"]),
        .library(name: "ServingGRPC", targets: ["ServingGRPC"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
        .package(url: "https://github.com/attaswift/BigInt", exact: "6.0.1"),
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", exact: "2.4.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CCompression", providers: [.apt(["zlib1g-dev", "libbz2-dev", "liblzma-dev", "liblz4-dev"])]),
        module("JSON", settings: lifetimes),
        module("Tensors", settings: strict),
        module("CivilTime"),
        module("Kernels", ["Tensors"], settings: strict),
        module("ContentCodings", ["CCompression"], settings: strict),
        module("PickleCodec", ["Tensors", "CCompression", bigInt], settings: strict),
        module("Estimators", ["Kernels", "PickleCodec", "Tensors"]),
        module("Inference", ["Estimators", "Kernels", "Tensors"]),
        module("Training", ["Estimators", "Kernels", "Tensors"]),
        module("Features", ["Tensors"]),
        module("Schedules", ["CivilTime"]),
        module("Reports", ["CivilTime"]),
        module("ModelStore", [crypto]),
        module(
            "Outbound",
            [
                .product(name: "AsyncHTTPClient", package: "async-http-client"), logging, nioCore,
                .product(name: "NIOHTTP1", package: "swift-nio"), nioPosix, nioSSL,
            ]),
        module("DataSources", ["Features", "JSON", "Outbound", "Tensors"], settings: lifetimes),
        module(
            "Serving", ["Inference", "ModelStore", "Estimators", "JSON", "PickleCodec", "Tensors"],
            settings: lifetimes),
        module(
            "TrainingRuns",
            [
                "DataSources", "Features", "Training", "Reports", "Inference", "Estimators", "ModelStore",
                "PickleCodec", "Tensors",
            ]),
        module("Kubernetes", ["Outbound"]),
        module("RemoteModels", ["ModelStore", "Outbound", crypto, nioCore, nioPosix]),
        module(
            "Access",
            [
                "Outbound", "Serving", crypto, logging, nioPosix, nioSSL,
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        module(
            "Telemetry",
            [
                "JSON", "Outbound", "Serving", logging, nioPosix, protobuf,
                .product(name: "Instrumentation", package: "swift-distributed-tracing"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        module(
            "ServingHTTP",
            [
                "Access", "ContentCodings", "Serving", "Telemetry",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"), logging, crypto, nioCore, nioPosix,
                nioSSL,
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        module(
            "ServingGRPC",
            [
                "Access", "Inference", "Serving", "Telemetry", grpcCore, grpcProtobuf, grpcTransport, logging, nioCore,
                nioPosix,
                nioSSL, protobuf, .product(name: "NIOCertificateReloading", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "apus",
            dependencies: [
                "Access", "Telemetry", "Tensors", "PickleCodec", "Estimators", "Inference", "ModelStore",
                "RemoteModels", "Serving",
                "ServingGRPC", "ServingHTTP", "Training", "TrainingRuns", "Reports", "DataSources", "Features",
                "Schedules", "Kubernetes", "Outbound", logging, bigInt,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        .target(
            name: "TestSupport", dependencies: ["Inference", "Tensors"], path: "Tests/TestSupport",
            swiftSettings: settings),
        .target(
            name: "NetworkTestSupport", dependencies: [nioCore, nioPosix, nioSSL], path: "Tests/NetworkTestSupport",
            swiftSettings: settings),
        tests("JSONTests", ["JSON"]),
        tests("ContentCodingsTests", ["ContentCodings"]),
        tests("TensorsTests", ["Tensors"]),
        tests("CivilTimeTests", ["CivilTime"]),
        tests("KernelsTests", ["Kernels", "Tensors"]),
        tests("PickleCodecTests", ["PickleCodec", "Tensors", bigInt], exclude: ["Fixtures"]),
        tests("EstimatorsTests", ["Estimators", "PickleCodec", "Tensors"]),
        tests("InferenceTests", ["Inference", "Estimators", "PickleCodec", "Tensors"]),
        tests("FeaturesTests", ["Features", "Tensors"], exclude: ["reference.py"]),
        tests(
            "TrainingTests", ["Training", "Inference", "Estimators", "Kernels", "Tensors"],
            exclude: ["Reference/reference.py"]),
        tests("ModelStoreTests", ["ModelStore", crypto]),
        tests("OutboundTests", ["Outbound", "NetworkTestSupport", nioCore]),
        tests("DataSourcesTests", ["DataSources", "Features", "NetworkTestSupport", "Outbound", "Tensors"]),
        tests("ReportsTests", ["Reports"]),
        tests("SchedulesTests", ["Schedules", "CivilTime"], exclude: ["fires.py", "requirements.txt"]),
        tests("KubernetesTests", ["Kubernetes", "Outbound", "NetworkTestSupport"]),
        tests(
            "RemoteModelsTests", ["RemoteModels", "ModelStore", "Outbound", "NetworkTestSupport", crypto, nioCore],
            exclude: ["Python/peers.py"]),
        tests(
            "TrainingRunsTests",
            [
                "TrainingRuns", "DataSources", "Features", "Training", "Inference", "Estimators", "ModelStore",
                "PickleCodec", "Reports", "Tensors",
            ]),
        tests("ServingTests", ["Serving", "ModelStore", "Inference", "Tensors"]),
        tests(
            "AccessTests",
            ["Access", "Serving", "NetworkTestSupport", crypto, .product(name: "JWTKit", package: "jwt-kit")]),
        tests(
            "TelemetryTests",
            [
                "Telemetry", "Serving", "Outbound", "NetworkTestSupport", logging, protobuf,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        tests(
            "ServingHTTPTests",
            [
                "Access", "ContentCodings", "ServingHTTP", "Serving", "ModelStore", "Inference", logging, crypto,
                nioCore,
                .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        tests(
            "ServingGRPCTests",
            [
                "Access", "ServingGRPC", "Serving", "Inference", crypto, grpcCore, grpcProtobuf, grpcTransport, logging,
                protobuf,
                .product(name: "GRPCInProcessTransport", package: "grpc-swift-2"),
            ]),
        tests(
            "ParityTests", ["Inference", "Training", "Estimators", "PickleCodec", "Tensors"],
            exclude: [
                "generate.py", "drawing.py", "conditioning.py", "reload.py", "requirements", "Fits/random_draws.py",
                "Fits/fit_cases.py",
            ]),
        tests(
            "SystemTests", ["ModelStore", "NetworkTestSupport", crypto],
            exclude: [
                "kserve_predict.py", "kserve_infer.py", "kserve_grpc.py", "triton_infer.py", "triton_grpc.py",
                "secure_grpc.py", "tokens.py", "hostile_http2.py", "mlserver_infer.py",
                "requirements-mlserver.txt", "collected.py",
                "requirements.txt", "requirements-mlflow.txt", "requirements-openapi.txt", "Server/schemathesis.toml",
                "Store/store_models.py",
                "Remote/s3_server.py", "Remote/s3_reader.py", "Remote/mlflow_server.py",
            ]),
        tests("TidyTests", []),
    ]
)
