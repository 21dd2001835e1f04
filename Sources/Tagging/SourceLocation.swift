/// Where people can look at the source: a git remote as a web address, without anyone's credentials.
package struct SourceLocation: Hashable, Sendable {
    package let url: String

    /// Turns a remote's URL into an `https` (or `http`) address; nil for a local path and for what is none.
    ///
    /// User, password, query and fragment are dropped, since any of them may hold a token. The forms of ssh and git
    /// become `https`, and a `.git` at the end goes.
    package init?(remote: String) {
        let scheme: String
        let rest: Substring
        if let separator = remote.firstRange(of: "://") {
            scheme = remote[..<separator.lowerBound].lowercased()
            rest = remote[separator.upperBound...]
        } else if let colon = remote.firstIndex(of: ":"), !remote[..<colon].contains("/") {
            // The short form of ssh, [user@]host:path.
            scheme = "ssh"
            let path = remote[remote.index(after: colon)...]
            rest = (remote[..<colon] + "/" + path.drop { $0 == "/" })[...]
        } else {
            return nil
        }
        guard let slash = rest.firstIndex(of: "/") else { return nil }
        let authority = rest[..<slash]
        var host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        let isWeb = scheme == "https" || scheme == "http"
        guard isWeb || ["ssh", "git", "git+ssh", "ssh+git"].contains(scheme), !host.isEmpty else { return nil }
        if !isWeb, !host.hasSuffix("]"), let port = host.lastIndex(of: ":") {
            host = host[..<port]
        }
        var path = rest[slash...]
        if let end = path.firstIndex(where: { $0 == "?" || $0 == "#" }) { path = path[..<end] }
        while path.hasSuffix("/") { path = path.dropLast() }
        if path.hasSuffix(".git") { path = path.dropLast(4) }
        guard path.count > 1, !path.contains("@"), !path.contains(where: { $0.isWhitespace }) else { return nil }
        url = "\(scheme == "http" ? "http" : "https")://\(host)\(path)"
    }

    /// The last part of the address, the project's name.
    package var name: String {
        url.split(separator: "/").last.map(String.init) ?? url
    }
}
