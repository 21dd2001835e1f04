/// What a file that carries the version is: how it is read, where the version stands, and how it is written there.
package enum VersionFileKind: String, CaseIterable, Sendable {
    case versionFile = "version"
    case json
    case packageJSON = "package-json"
    case packageLock = "package-lock"
    case composer
    case toml
    case cargo
    case cargoLock = "cargo-lock"
    case pyproject
    case setupConfiguration = "setup-cfg"
    case python
    case maven
    case gradle
    case properties
    case yaml
    case chart
    case pubspec
    case plist
    case msbuild
    case dockerfile
    case swift
    case mix
    case ruby
    case podspec
    case regex

    /// The kind of a file by its name; nil for a name that says nothing.
    package init?(fileName name: String) {
        if let kind = Self.names[name] {
            self = kind
        } else if name.hasPrefix("Dockerfile.") || name.hasSuffix(".Dockerfile") || name.hasSuffix(".dockerfile") {
            self = .dockerfile
        } else if let dot = name.lastIndex(of: "."), let kind = Self.extensions[String(name[dot...])] {
            self = kind
        } else {
            return nil
        }
    }

    private static let names: [String: VersionFileKind] = [
        "VERSION": .versionFile, "VERSION.txt": .versionFile, "version.txt": .versionFile, ".version": .versionFile,
        "package.json": .packageJSON, "package-lock.json": .packageLock, "npm-shrinkwrap.json": .packageLock,
        "composer.json": .composer, "Cargo.toml": .cargo, "Cargo.lock": .cargoLock, "pyproject.toml": .pyproject,
        "setup.cfg": .setupConfiguration, "pom.xml": .maven, "build.gradle": .gradle, "build.gradle.kts": .gradle,
        "Chart.yaml": .chart, "pubspec.yaml": .pubspec, "Directory.Build.props": .msbuild,
        "Dockerfile": .dockerfile, "Containerfile": .dockerfile, "mix.exs": .mix, "version.rb": .ruby,
    ]

    private static let extensions: [String: VersionFileKind] = [
        ".json": .json, ".toml": .toml, ".yaml": .yaml, ".yml": .yaml, ".py": .python, ".properties": .properties,
        ".plist": .plist, ".csproj": .msbuild, ".fsproj": .msbuild, ".vbproj": .msbuild, ".props": .msbuild,
        ".swift": .swift, ".gemspec": .ruby, ".podspec": .podspec,
    ]

    /// Whether `keys` may say where the version stands.
    package var takesKeys: Bool {
        switch self {
        case .versionFile, .packageLock, .regex: false
        default: true
        }
    }

    /// Whether `keys` must say where the version stands.
    package var needsKeys: Bool { self == .toml || self == .yaml }

    /// How the version is written, where no single key has another way.
    var spelling: VersionSpelling {
        switch self {
        case .versionFile, .json, .toml, .yaml, .maven, .gradle, .properties, .dockerfile, .swift, .regex: .own
        case .packageJSON, .packageLock, .composer, .cargo, .cargoLock, .chart, .msbuild, .mix, .podspec: .semantic
        case .pyproject, .setupConfiguration, .python: .python
        case .pubspec: .semanticKeepingBuild
        case .plist: .numbers
        case .ruby: .gem
        }
    }

    /// What to do where the version is not found.
    var hint: String {
        switch self {
        case .versionFile: "write one version such as 2.1.106 on a line of its own"
        case .regex: "check `pattern:`; ^ and $ are the ends of lines, and other characters stand for themselves"
        case .cargoLock: "name the packages under `keys:`"
        case .gradle:
            "write version = \"2.1.106\" at the top of the build script, or name another property under `keys:`"
        case .swift: "write let version = \"2.1.106\", or name another constant under `keys:`"
        case .python: "write __version__ = \"2.1.106\", or name another variable under `keys:`"
        case .dockerfile:
            "write ARG VERSION=2.1.106 or LABEL org.opencontainers.image.version=2.1.106, "
                + "or name another one under `keys:`"
        default: "correct the file, name where its version stands under `keys:`, or take it out of `version.files:`"
        }
    }
}
