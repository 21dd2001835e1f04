/// Elements of XML, with every text and value escaped.
enum Markup {
    /// Writes an element.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - attributes: its attributes, in order.
    ///   - content: what stands in it, as markup; nil for an element without an end tag of its own.
    /// - Returns: the markup.
    static func element(_ name: String, _ attributes: [(String, String)] = [], _ content: String? = nil) -> String {
        let start = attributes.reduce("<\(name)") { $0 + " \($1.0)=\"\(escaped($1.1))\"" }
        return content.map { "\(start)>\($0)</\(name)>" } ?? "\(start)/>"
    }

    /// Text as XML and HTML show it; what no XML document may hold is spelled out.
    static func escaped(_ text: String) -> String {
        PrintableText.escaped(text).reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
    }

    /// A coordinate with a tenth of a unit at most, written the same everywhere.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let whole = abs(tenths) / 10
        let rest = abs(tenths) % 10
        return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
    }
}
