import FoundationEssentials
import Logging
import NIOHTTP1
import Synchronization

@testable import Registry

extension FuzzTarget {
    static let headers: [FuzzTarget] = [challenge, demand, link, nextPage, retryAfter, rateLimit, warning, notices]

    private static let challenge = FuzzTarget(name: "challenge", count: 40_000) { input in
        var wanted: [Challenge] = []
        let header = input.challenges(&wanted)
        let text = input.kept(header)
        let parsed = Challenge.parse([text])
        if text == header, parsed != wanted { return "it is read as \(parsed)" }
        for challenge in parsed {
            let keys = challenge.parameters.keys
            guard challenge.scheme == challenge.scheme.lowercased(), keys.allSatisfy({ $0 == $0.lowercased() }) else {
                return "a name is in capitals"
            }
        }
        let size = parsed.reduce(0) { sum, challenge in
            challenge.parameters.reduce(sum + challenge.scheme.utf8.count) {
                $0 + $1.key.utf8.count + $1.value.unicodeScalars.count
            }
        }
        guard size <= text.utf8.count else { return "more came out than went in" }
        let printed = parsed.map { challenge in
            challenge.scheme
                + challenge.parameters.sorted { $0.key < $1.key }.map { " \($0.key)=\(FuzzInput.quoted($0.value))" }
                .joined(separator: ",")
        }
        return Challenge.parse([printed.joined(separator: ", ")]) == parsed ? nil : "it does not survive printing"
    }

    private static let demand = FuzzTarget(name: "demand", count: 15_000) { input in
        let host = input.pick([
            "auth.example.com", "127.0.0.1", "localhost", "169.254.169.254", "0x7f000001", "2130706433", "[::1]",
            "[fe80::1]", "user:pw@auth.example.com", "LOCALHOST", "127.1", "metadata.google.internal",
            "[::ffff:127.0.0.1]",
            "0177.0.0.1", "localhost.", "registry.example.com",
        ])
        let realm =
            input.pick(["https://", "http://", "//", "file://", ""]) + host + input.pick(["", "/token", ":8080/x"])
        let text = input.kept("Bearer realm=\"\(realm)\",service=\"s\",scope=\"repository:a/b:pull\"")
        guard let base = URL(string: "https://registry.example.com/v2/"),
            let demand = try? AuthenticationDemand([text], base: base)
        else { return nil }
        guard case .bearer(let server) = demand.method else { return nil }
        guard server.realm.scheme?.lowercased() == "https" else { return "credentials go to \(server.realm)" }
        let address = server.realm.host()?.lowercased() ?? ""
        let names = ["localhost", "localhost.", "0x7f000001", "2130706433", "::1", "[::1]", "fe80::1", "[fe80::1]"]
        let isNumeric = address.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
        let isLocal = isNumeric && ["127.", "169.254.", "0177."].contains(where: address.hasPrefix)
        if server.realm.user() != nil || isLocal || names.contains(address) || address.isEmpty {
            return "credentials go to \(server.realm)"
        }
        return nil
    }

    private static let link = FuzzTarget(name: "link", count: 40_000) { input in
        var wanted: String?
        var header = ""
        for index in 0...input.below(3) {
            let target =
                input.pick(["/v2/a/tags/list?n=1,2&last=", "https://r.example.com/", "?last="])
                + input.word(.tag, upTo: 8)
            let relation = input.pick(["next", "prev", "NEXT", "last next", "first"])
            header += (index > 0 ? input.pick([",", " , "]) : "") + "<\(target)>"
            if input.oneIn(3) { header += "; title=" + FuzzInput.quoted(input.word(.text, upTo: 12)) }
            header += input.pick(["; rel=", ";rel=", " ; Rel = "])
            header += relation.contains(" ") || input.oneIn(2) ? "\"\(relation)\"" : relation
            if input.oneIn(4) { header += "; title=\"a, <b>; rel=next\"" }
            if wanted == nil, relation.lowercased().hasSuffix("next") { wanted = target }
        }
        let text = input.kept(header)
        let found = LinkHeader.nextTarget(in: text)
        if text == header {
            return found == wanted ? nil : "the next page is \(found ?? "none"), not \(wanted ?? "none")"
        }
        return found.map { text.utf8.count > $0.utf8.count && !$0.contains(">") } ?? true
            ? nil : "\(found ?? "") is no target"
    }

    private static let nextPage = FuzzTarget(name: "next-page", count: 12_000) { input in
        let host = input.pick([
            "r.example.com", "r.example.com:443", "R.EXAMPLE.COM", "e.example.com", "x@r.example.com",
            "r.example.com:80",
        ])
        let text = input.kept(
            "<" + input.pick(["https://\(host)", "http://\(host)", "//\(host)", ""])
                + "/v2/a/tags/list?last=b>; rel=next"
        )
        guard let request = URL(string: "https://r.example.com/v2/a/tags/list"),
            let next = (try? LinkHeader.next(in: [text], of: request)) ?? nil
        else { return nil }
        let whole = next.absoluteString.lowercased()
        guard whole.hasPrefix("https://"), let host = next.host()?.lowercased(), host == "r.example.com" else {
            return "it goes on at \(next)"
        }
        return [nil, 443].contains(next.port) ? nil : "it goes on at \(next)"
    }

    private static let retryAfter = FuzzTarget(name: "retry-after", count: 60_000) { input in
        let now = Date(timeIntervalSince1970: 784_111_777)  // Sun, 06 Nov 1994 08:49:37 GMT
        let second = input.below(60)
        let isDate = input.oneIn(3)
        let number = input.word(.digits, upTo: input.oneIn(20) ? 25 : 6)
        let header = isDate ? "Sun, 06 Nov 1994 08:50:\(second < 10 ? "0" : "")\(second) GMT" : number
        let text = input.kept(header)
        let wait = RetryPolicy.retryAfter(text, now: now)
        if let wait, wait < .zero { return "the wait is \(wait)" }
        guard text == header else { return nil }
        let wanted = isDate ? .seconds(23 + second) : Int64(number).map { Duration.seconds($0) }
        return wait == wanted ? nil : "the wait is \(wait.map { "\($0)" } ?? "none")"
    }

    private static let rateLimit = FuzzTarget(name: "rate-limit", count: 90_000) { input in
        let (count, window) = (input.below(1000), input.below(100_000))
        let header = input.oneIn(3) ? "\(count)" : "\(count)" + input.pick([";w=", "; w=", ";x=1; w="]) + "\(window)"
        let text = input.kept(header)
        let limit = RateLimit(text)
        if text != header { return limit.map { $0.requests >= 0 } ?? true ? nil : "there are \(text) requests" }
        return limit?.requests == count && limit?.window == (header.contains("w=") ? window : nil)
            ? nil : "it is read wrong"
    }

    private static let warning = FuzzTarget(name: "warning", count: 30_000) { input in
        let words = input.word(.text, upTo: 30)
        let header = "299 - " + FuzzInput.quoted(words)
        let text = input.kept(header)
        let found = ServerNotices.warning(in: text)
        let wanted = words.split(separator: " ").joined(separator: " ")
        if text == header, !wanted.isEmpty, found != wanted { return "it says \(found ?? "nothing"), not \(wanted)" }
        return FuzzInput.isOneLine(found ?? "") ? nil : "it has control characters"
    }

    private static let notices = FuzzTarget(name: "notices", count: 15_000) { input in
        let limit = input.kept("\(input.below(200));w=21600")
        let remaining = input.isDamaged() ? input.damaged("\(input.below(200))") : "\(input.below(200))"
        input.shown += Array(" / \(remaining)".utf8)
        let said = SaidLines()
        let notices = ServerNotices(logger: Logger(label: "fuzz") { _ in said })
        notices.read(["RateLimit-Limit": limit, "RateLimit-Remaining": remaining], from: "r")
        guard let limit = RateLimit(limit), let left = RateLimit(remaining) else {
            return said.lines.withLock(\.isEmpty) ? nil : "something is said of no limit"
        }
        let isNear = Double(left.requests) < Double(limit.requests) / 10
        return said.lines.withLock(\.isEmpty) == isNear ? "few are left: \(isNear), but not so said" : nil
    }
}

/// What is logged.
private final class SaidLines: LogHandler {
    let lines = Mutex<[String]>([])
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .info }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) { lines.withLock { $0.append("\(event.message)") } }
}

extension FuzzInput {
    static func quoted(_ text: String) -> String {
        // By scalars: a quotation mark may be the first of several that make one character.
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// Whether a text for people holds nothing that moves a terminal's cursor or colours.
    static func isOneLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }

    /// Challenges as a server writes them, and what they say.
    mutating func challenges(_ wanted: inout [Challenge]) -> String {
        var header = ""
        for index in 0...below(2) {
            let scheme = pick(["Bearer", "basic", "BASIC", "Negotiate", "Digest"])
            var parameters: [String: String] = [:]
            var written: [String] = []
            for key in ["Realm", "service", "scope"].prefix(below(4)) {
                let value = oneIn(3) ? word(.lower, upTo: 8) : word(.text, upTo: 16)
                let isToken = value.utf8.allSatisfy(ReferenceGrammar.isLower)
                written.append(key + pick(["=", " = ", "= "]) + (isToken && oneIn(2) ? value : Self.quoted(value)))
                parameters[key.lowercased()] = value
            }
            wanted.append(Challenge(scheme: scheme.lowercased(), parameters: parameters))
            header += (index > 0 ? pick([",", ", ", " ,\t"]) : "") + scheme
            if !written.isEmpty { header += pick([" ", "  "]) + written.joined(separator: pick([",", ", ", " , "])) }
        }
        return header
    }
}
