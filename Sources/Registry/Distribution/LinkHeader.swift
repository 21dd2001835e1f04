import FoundationEssentials

/// The `Link` header of a paged answer (RFC 8288; distribution-spec, "Listing Tags").
enum LinkHeader {
    /// The address of the next page, resolved against the request's own; nil on the last page.
    ///
    /// - Parameters:
    ///   - headers: the values of the header.
    ///   - request: the address of this page.
    ///   - list: what is listed, for the error.
    /// - Returns: the address.
    /// - Throws: `RegistryError` where the next page would be on another scheme, host or port: our credentials go
    ///   with the request.
    static func next(
        in headers: [String],
        of request: URL,
        listing list: String = "the tag list"
    ) throws(RegistryError) -> URL? {
        for target in headers.compactMap(nextTarget) {
            guard let url = URL(string: target, relativeTo: request)?.absoluteURL, url.host() != nil else {
                throw RegistryError(
                    .invalidResponse,
                    "\(list) of \(request.host() ?? "the registry") continues at an address that cannot be read"
                )
            }
            guard url.isSameOrigin(as: request) else {
                throw RegistryError(
                    .unsafeAddress,
                    "\(list) of \(request.host() ?? "the registry") continues on another host, "
                        + "\(url.host() ?? "unknown")",
                    hint: "the registry's Link header must stay on its own host; tell the registry's operator"
                )
            }
            return url
        }
        return nil
    }

    /// The target of the link with `rel="next"` in one header, which may hold several links.
    static func nextTarget(in header: String) -> String? {
        var rest = header[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let target = rest[rest.index(after: open)..<close]
            rest = rest[rest.index(after: close)...]
            let end = rest.firstUnquoted(",") ?? rest.endIndex
            if isNext(rest[..<end]) { return String(target) }
            rest = rest[end...]
        }
        return nil
    }

    private static func isNext(_ parameters: Substring) -> Bool {
        var rest = parameters
        while !rest.isEmpty {
            let end = rest.firstUnquoted(";") ?? rest.endIndex
            let parts = rest[..<end].split(separator: "=", maxSplits: 1)
            rest = rest[end...].dropFirst()
            guard parts.count == 2, parts[0].filter({ !$0.isWhitespace }).lowercased() == "rel" else { continue }
            let relations = parts[1].filter { $0 != "\"" }.lowercased().split(whereSeparator: \.isWhitespace)
            if relations.contains("next") { return true }
        }
        return false
    }
}

extension Substring {
    /// Where a character stands outside of quoted strings and their escapes (RFC 9110, section 5.6.4).
    fileprivate func firstUnquoted(_ wanted: Character) -> Index? {
        var isQuoted = false
        var isEscaped = false
        return firstIndex { character in
            if isEscaped {
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else {
                return character == wanted && !isQuoted
            }
            return false
        }
    }
}

extension URL {
    /// Whether scheme, host and port are the same.
    func isSameOrigin(as other: URL) -> Bool {
        scheme?.lowercased() == other.scheme?.lowercased() && host()?.lowercased() == other.host()?.lowercased()
            && effectivePort == other.effectivePort
    }

    var effectivePort: Int? {
        port ?? (scheme?.lowercased() == "https" ? 443 : scheme?.lowercased() == "http" ? 80 : nil)
    }
}
