/// What the names in a program mean.
struct HandlebarsScope {
    let context: HandlebarsValue
    /// The contexts that `..` goes back to, the innermost last; a program on the same context adds none.
    let contexts: [HandlebarsValue]
    /// The variables that begin with `@`.
    let data: HandlebarsValue
    private let parameters: [Parameters]

    private struct Parameters {
        let names: [String]
        /// The values in order; nil where the block gives none, so that no name may be used.
        let values: [HandlebarsValue]?
    }

    init(root: HandlebarsValue) {
        context = root
        contexts = [root]
        data = .object([("root", root)])
        parameters = []
    }

    private init(
        context: HandlebarsValue,
        contexts: [HandlebarsValue],
        data: HandlebarsValue,
        parameters: [Parameters]
    ) {
        self.context = context
        self.contexts = contexts
        self.data = data
        self.parameters = parameters
    }

    /// The scope of a block's program.
    func nested(
        _ context: HandlebarsValue,
        names: [String],
        values: [HandlebarsValue]?,
        data: HandlebarsValue?
    ) -> Self {
        let isSame = contexts.last.map { last in
            if case .null = last, case .object(let fields, _) = context, fields.isEmpty { return true }
            return context.isLooselyEqual(to: last)
        }
        return Self(
            context: context,
            contexts: isSame == true ? contexts : contexts + [context],
            data: data ?? self.data,
            parameters: parameters + [Parameters(names: names, values: values)]
        )
    }

    /// The context that a function gets, which is an empty object where there is none.
    var receiver: HandlebarsValue { context.isMissing ? .object([]) : context }

    /// The variables for the passes of `each`, which keep those around it in reach of `@../`.
    func dataFrame(key: HandlebarsValue, index: Int, isLast: Bool) -> HandlebarsValue {
        .object([
            ("root", data.property("root")),
            ("_parent", data),
            ("key", key),
            ("index", .number(Double(index))),
            ("first", .bool(index == 0)),
            ("last", .bool(isLast)),
        ])
    }

    /// The values of all block parameters, the innermost block first.
    var allParameters: [HandlebarsValue] {
        parameters.reversed().map { $0.values.map { .list($0) } ?? .undefined }
    }

    /// Whether a block around the expression gives the name to a value.
    func isParameter(_ path: HandlebarsPath) -> Bool {
        parameterPlace(path) != nil
    }

    private func parameterPlace(_ path: HandlebarsPath) -> (Parameters, Int)? {
        guard path.depth == 0, !path.isScoped, let name = path.parts.first else { return nil }
        for block in parameters.reversed() {
            if let index = block.names.firstIndex(of: name) { return (block, index) }
        }
        return nil
    }

    /// Follows a path; undefined where it leads nowhere.
    ///
    /// A path that names a function to call ends at the first value that is not true.
    ///
    /// - Throws: for a block parameter to which the block gives no value.
    func lookUp(_ path: HandlebarsPath, isCalled: Bool = false) throws(HandlebarsError) -> HandlebarsValue {
        if let (block, index) = parameterPlace(path) {
            guard let values = block.values else {
                throw HandlebarsError("the block gives no value to \"\(path.original)\"")
            }
            let value = index < values.count ? values[index] : .undefined
            return Self.follow(path.parts.dropFirst(), from: value, isCalled: false)
        }
        guard path.parts.first?.isEmpty == false else { return context(above: path.depth) }
        guard path.isData else {
            return Self.follow(path.parts[...], from: context(above: path.depth), isCalled: isCalled)
        }
        var frame = data
        for _ in 0..<path.depth { frame = frame.property("_parent") }
        return Self.follow(path.parts[...], from: frame, isCalled: true)
    }

    private func context(above depth: Int) -> HandlebarsValue {
        guard depth > 0 else { return context }
        return depth < contexts.count ? contexts[contexts.count - 1 - depth] : .undefined
    }

    private static func follow(
        _ parts: ArraySlice<String>,
        from start: HandlebarsValue,
        isCalled: Bool
    ) -> HandlebarsValue {
        var value = start
        for part in parts {
            if isCalled ? !value.isTruthy : value.isMissing { return value }
            value = value.property(part)
        }
        return value
    }
}
