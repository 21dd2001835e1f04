extension HandlebarsProgram {
    func collectNames(into names: inout Set<String>, parameters outer: [String]) {
        let known = outer + parameters
        for statement in body {
            switch statement {
            case .content, .comment:
                break
            case .output(let expression, _, _):
                expression.collectNames(into: &names, parameters: known)
            case .block(let block):
                block.expression.collectNames(into: &names, parameters: known)
                block.program?.collectNames(into: &names, parameters: known)
                block.inverse?.collectNames(into: &names, parameters: known)
            }
        }
    }
}

extension HandlebarsExpression {
    fileprivate func collectNames(into names: inout Set<String>, parameters: [String]) {
        if !(isCall || path.isSimple) || path.parts.first.flatMap(HandlebarsBuiltin.init) == nil {
            path.collectName(into: &names, parameters: parameters)
        }
        for argument in arguments + hash.map(\.value) {
            switch argument {
            case .path(let path, _): path.collectName(into: &names, parameters: parameters)
            case .literal: break
            case .call(let expression): expression.collectNames(into: &names, parameters: parameters)
            }
        }
    }
}

extension HandlebarsPath {
    fileprivate func collectName(into names: inout Set<String>, parameters: [String]) {
        let name = isData ? (parts.first == "root" ? parts.dropFirst().first : nil) : parts.first
        guard let name, !name.isEmpty else { return }
        if depth == 0, !isScoped, let first = parts.first, parameters.contains(first) { return }
        names.insert(name)
    }
}
