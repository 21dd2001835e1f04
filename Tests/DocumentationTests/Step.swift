/// One thing that a page has its reader do, as commands of a shell, and what must come of it.
struct Step: Sendable {
    /// What must come of the commands.
    enum Expectation: Sendable {
        /// They succeed, whatever they print.
        case success
        /// They print this; they may fail only where the page shows that they do.
        case output([String], mayFail: Bool)
    }

    /// The line of the page.
    let line: Int
    let commands: String
    let expectation: Expectation
    /// The file that the commands read as `$CONTENT`.
    var content: String = ""
}

extension Page {
    /// The registries whose behaviour the page describes.
    var registries: [[String]] {
        elements.compactMap {
            if case .directive(.registry(let words), _) = $0 { return words }
            return nil
        }
    }

    /// What is run for the page, from top to bottom.
    func steps() throws -> [Step] {
        var steps: [Step] = []
        var pending: Directive?
        for element in elements {
            switch element {
            case .heading, .text: break
            case .directive(.run(let commands), let line):
                steps.append(Step(line: line, commands: commands, expectation: .success))
            case .directive(let directive, _):
                if directive.concernsNextBlock { pending = directive }
            case .block(let block):
                steps += try self.steps(for: block, pending)
                pending = nil
            }
        }
        return steps
    }

    private func steps(for block: CodeBlock, _ directive: Directive?) throws -> [Step] {
        func success(_ commands: String, _ content: String = "") -> Step {
            Step(line: block.line, commands: commands, expectation: .success, content: content)
        }
        switch (directive, block.language) {
        case (.notRun, _):
            return []
        case (.file(let name), _):
            let isOurs = name.hasSuffix("tagboat.yaml") && block.language == "yaml"
            return [success("mkdir -p \"$(dirname '\(name)')\" && cp \"$CONTENT\" '\(name)'", block.text)]
                + (isOurs ? [success("tagboat config check --config '\(name)'")] : [])
        case (.pipeline(let name), _):
            let place = success("mkdir -p \"$(dirname '\(name)')\" && cp \"$CONTENT\" '\(name)'", block.text)
            return [place] + (try PipelineSteps.commands(of: block.text, file: name).map { success($0) })
        case (_, "console"):
            let entries = try Transcript.entries(of: block, page: path)
            return entries.indices.map { index in
                let entry = entries[index]
                let tells = index + 1 < entries.count && entries[index + 1].command == "echo $?"
                let mayFail = entry.showsFailure || tells || entry.command == "echo $?"
                return Step(
                    line: entry.line,
                    commands: entry.command,
                    expectation: .output(entry.output, mayFail: mayFail)
                )
            }
        case (_, "sh"):
            return [success(block.text)]
        case (_, "yaml"):
            return [success("tagboat config check --config \"$CONTENT\"", block.text)]
        default:
            return []
        }
    }
}
