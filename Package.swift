// swift-tools-version: 6.3
import PackageDescription

/// Every target of ours is held to the same rules; a warning fails the build.
let houseRules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
]

let package = Package(
    name: "tagboat",
    products: [
        .executable(name: "tagboat", targets: ["tagboat"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // Arrows point one way: a target depends only on targets above it.
        .systemLibrary(name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "OCI", swiftSettings: houseRules),
        .target(name: "Versioning", swiftSettings: houseRules),
        .target(name: "Changes", dependencies: ["Versioning"], swiftSettings: houseRules),
        .target(name: "Dockerfile", swiftSettings: houseRules),
        .target(name: "Tagging", dependencies: ["OCI", "Versioning"], swiftSettings: houseRules),
        .target(
            name: "Git",
            dependencies: [
                "CLibgit2", crypto, system,
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: houseRules + [.strictMemorySafety()]
        ),
        .target(
            name: "Registry",
            dependencies: [
                "OCI", "CZlib", crypto, log, system,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ] + nio,
            swiftSettings: houseRules
        ),
        .target(
            name: "Release",
            dependencies: ["OCI", "Versioning", "Changes", "Tagging", "Git", "Registry", log, system],
            swiftSettings: houseRules
        ),
        .executableTarget(
            name: "tagboat",
            dependencies: [
                "OCI", "Versioning", "Changes", "Dockerfile", "Tagging", "Git", "Registry", "Release", log, system,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Mustache", package: "swift-mustache"),
                "Yams",
            ],
            resources: [.embedInCode("VERSION"), .embedInCode("templates")],
            swiftSettings: houseRules
        ),

        .target(
            name: "TestSupport",
            dependencies: [
                crypto, system,
                .product(name: "Subprocess", package: "swift-subprocess"),
            ] + nio,
            path: "Tests/TestSupport",
            swiftSettings: houseRules
        ),
        .testTarget(name: "OCITests", dependencies: ["OCI"], swiftSettings: houseRules),
        .testTarget(name: "DockerfileTests", dependencies: ["Dockerfile"], swiftSettings: houseRules),
        .testTarget(name: "VersioningTests", dependencies: ["Versioning"], swiftSettings: houseRules),
        .testTarget(name: "ChangesTests", dependencies: ["Changes", "Versioning"], swiftSettings: houseRules),
        .testTarget(
            name: "TaggingTests",
            dependencies: ["Tagging", "OCI", "Versioning", "TestSupport"],
            swiftSettings: houseRules
        ),
        .testTarget(name: "GitTests", dependencies: ["Git", "TestSupport", system], swiftSettings: houseRules),
        .testTarget(
            name: "RegistryTests",
            dependencies: ["Registry", "Release", "OCI", "TestSupport", crypto, log, system] + nio,
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "ReleaseTests",
            dependencies: [
                "Release", "Tagging", "Versioning", "Changes", "Git", "Registry", "OCI", "TestSupport", log, system,
            ],
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "OCI", "Dockerfile", "Changes", "Registry", "Versioning", "TestSupport", log, system,
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "tagboat", "OCI", "Registry", "Release", "Tagging", "Versioning", "Changes", "TestSupport", "Yams",
                crypto, system,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Recorded"],
            swiftSettings: houseRules
        ),
        .testTarget(
            name: "DocumentationTests",
            dependencies: ["tagboat", "TestSupport", "Yams", system],
            exclude: ["StandIns", "session.sh"],
            swiftSettings: houseRules
        ),
    ]
)
