/// A reason why the context of a build cannot be found out.
package enum BuildContextError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file with the event that started the build is not JSON.
    case malformedEvent(path: String)

    package var description: String {
        switch self {
        case .malformedEvent(let path): "the event file \(path) is not valid JSON"
        }
    }

    package var hint: String {
        switch self {
        case .malformedEvent: "check the file that the variable GITHUB_EVENT_PATH names"
        }
    }
}
