extension ShellWord {
    /// The text with the values of its variables.
    ///
    /// BuildKit takes a variable without a value as empty text; here it is an error, because the text is to tell
    /// which image was used.
    func expanded(in scope: GlobalScope) throws(SyntaxError) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .character(let scalar): text.unicodeScalars.append(scalar)
            case .literal(let literal): text += literal
            case .quoted(let word): text += try word.expanded(in: scope)
            case .substitution(let substitution): text += try substitution.value(in: scope)
            }
        }
        return text
    }
}

extension ShellWord.Substitution {
    fileprivate func value(in scope: GlobalScope) throws(SyntaxError) -> String {
        let value = try scope.value(of: name, line: line)
        switch operation {
        case .value:
            return try required(value)
        case .fallback(let word, let replacesEmpty):
            if let value, !value.isEmpty || !replacesEmpty { return value }
            return try word.expanded(in: scope)
        case .alternative(let word, let ignoresEmpty):
            guard let value, !value.isEmpty || !ignoresEmpty else { return "" }
            return try word.expanded(in: scope)
        case .requirement(let message, let refusesEmpty):
            if let value, !value.isEmpty || !refusesEmpty { return value }
            let text = try message.expanded(in: scope)
            let missing = value == nil ? "is not allowed to be unset" : "is not allowed to be empty"
            throw SyntaxError(line: line, problem: "\(name): \(text.isEmpty ? missing : text)")
        case .removal(let pattern, let atStart):
            let value = try required(value)
            var text = Array(try pattern.expanded(in: scope).unicodeScalars)
            let longest = text.first == (atStart ? "#" : "%")
            if longest { text.removeFirst() }
            let glob = try ShellPattern(text, line: line)
            return glob.removed(from: value, atStart: atStart, longest: longest)
        case .replacement(let pattern, let replacement, let everywhere):
            let value = try required(value)
            let glob = try ShellPattern(Array(try pattern.expanded(in: scope).unicodeScalars), line: line)
            return glob.replaced(in: value, with: try replacement.expanded(in: scope), everywhere: everywhere)
        case .unsupported(let modifier):
            throw SyntaxError(
                line: line,
                problem: "${\(name)\(modifier)…} has a modifier that Dockerfiles do not have"
            )
        }
    }

    private func required(_ value: String?) throws(SyntaxError) -> String {
        if let value { return value }
        throw SyntaxError(
            line: line,
            problem: "the variable \(name) has no value here; expected ARG \(name)=… before the first FROM, "
                + "or a build argument of that name"
        )
    }
}
