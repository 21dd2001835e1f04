/// The variables that `FROM` sees: the platform arguments, and what `ARG` declares before the first `FROM`.
struct GlobalScope: Sendable {
    private enum Variable {
        case value(String)
        /// Its value depends on the machine that builds and on the platform that it builds for.
        case knownToBuilderOnly
        case failure(SyntaxError)
    }

    static let platformArguments = [
        "BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT",
        "TARGETPLATFORM", "TARGETOS", "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT",
    ]

    private var variables: [String: Variable] = [:]

    /// - Parameters:
    ///   - declared: the arguments of the file, in order.
    ///   - values: the build arguments that are given; they win over defaults, and only declared ones count.
    ///   - target: the name of the stage that is built.
    ///   - escape: the file's escape character.
    init(
        declared: [Dockerfile.Argument],
        values: [String: String],
        target: String?,
        escape: Unicode.Scalar
    ) {
        for name in Self.platformArguments { variables[name] = .knownToBuilderOnly }
        variables["TARGETSTAGE"] = .value(target ?? "default")
        for name in variables.keys {
            if let value = values[name] { variables[name] = .value(value) }
        }
        for argument in declared {
            if let value = values[argument.name] {
                variables[argument.name] = .value(value)
            } else if let value = argument.value {
                variables[argument.name] = variable(value, escape)
            }
        }
    }

    /// A default that cannot be expanded is an error only where the argument is used.
    private func variable(_ text: SourceText, _ escape: Unicode.Scalar) -> Variable {
        do {
            return .value(try ShellWord(parsing: text, escape: escape).expanded(in: self))
        } catch {
            return .failure(error)
        }
    }

    /// The value of a variable; nil where it has none.
    func value(of name: String, line: Int) throws(SyntaxError) -> String? {
        switch variables[name] {
        case .value(let value): return value
        case .failure(let error): throw error
        case .knownToBuilderOnly:
            throw SyntaxError(
                line: line,
                problem: "the value of \(name) is known to the builder only; expected a build argument of that name"
            )
        case nil: return nil
        }
    }
}
