/// A reason why a template cannot be read or rendered.
package struct HandlebarsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text of the whole template; nil until it is known.
    package private(set) var template: String?
    /// The line, from 1 on.
    package private(set) var line: Int?
    /// The column in the line, from 1 on.
    package private(set) var column: Int?
    package let problem: String

    /// An error of a function in the context; the template adds its text and the place of the call.
    package init(_ problem: String) {
        self.problem = problem
    }

    init(_ problem: String, at offset: Int, in template: String) {
        self = Self(problem).located(at: offset, in: template)
    }

    /// The same error with a place, given as a number of Unicode scalars; a place that is known already stays.
    func located(at offset: Int, in template: String) -> Self {
        guard self.template == nil else { return self }
        let before = String(template.unicodeScalars.prefix(offset))
        let lines = before.split(omittingEmptySubsequences: false) { $0.isNewline }
        var copy = self
        copy.template = template
        copy.line = lines.count
        copy.column = (lines.last?.count ?? 0) + 1
        return copy
    }

    package var description: String {
        guard let template, let line, let column else { return problem }
        let place = line == 1 ? "column \(column)" : "line \(line), column \(column)"
        return "template \"\(template)\", \(place): \(problem)"
    }
}
