/// Why a release must not begin; nothing has been touched.
enum ReleaseRefusal: Error, Equatable, CustomStringConvertible {
    case behind(branch: String, remote: String)
    case severalComponents

    var description: String {
        switch self {
        case .behind(let branch, let remote):
            "\(remote) has commits on \(branch) that are not here, so the release commit could not be pushed"
        case .severalComponents:
            "--from names one image, and several components are released"
        }
    }

    var hint: String {
        switch self {
        case .behind(let branch, let remote): "bring them here with `git pull --rebase \(remote) \(branch)`"
        case .severalComponents: "name one with --component, or let tagboat build them"
        }
    }
}
