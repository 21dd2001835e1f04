/// The tokens inside of a tag.
extension HandlebarsLexer {
    func readOperand() throws(HandlebarsError) -> (HandlebarsToken.Kind, text: String?, end: Int) {
        switch scalars[position] {
        case "(": return (.openSubexpression, nil, position + 1)
        case ")": return (.closeSubexpression, nil, position + 1)
        case "=": return (.equals, nil, position + 1)
        case "@": return (.data, nil, position + 1)
        case "|": return (.closeBlockParameters, nil, position + 1)
        case "/": return (.separator, nil, position + 1)
        case "." where starts(with: "..", at: position): return (.identifier, nil, position + 2)
        case ".": return (isNameEnd(position + 1) ? .identifier : .separator, nil, position + 1)
        case "\"", "'":
            return try readQuoted(.string, until: scalars[position])
        case "[":
            return try readQuoted(.identifier, until: "]")
        default:
            return readNumber() ?? readBlockParameters() ?? readWord() ?? (.invalid, nil, position + 1)
        }
    }

    /// Reads up to the quote that no backslash escapes; where there is none, up to the last quote.
    private func readQuoted(
        _ kind: HandlebarsToken.Kind,
        until quote: Unicode.Scalar
    ) throws(HandlebarsError) -> (HandlebarsToken.Kind, text: String?, end: Int) {
        var index = position + 1
        var end: Int?
        while index < scalars.count {
            if scalars[index] == quote {
                end = index
                break
            }
            if scalars[index] == "\\", index + 1 < scalars.count, scalars[index + 1] == quote {
                index += 1
                end = index
            }
            index += 1
        }
        guard let end else { throw HandlebarsError("expected a closing \(quote)", at: position, in: text) }
        if kind == .string {
            return (kind, unescaped(position + 1..<end, [quote]), end + 1)
        }
        return (kind, unescaped(position..<end + 1, ["\\", "]"]), end + 1)
    }

    private func unescaped(_ range: Range<Int>, _ escapable: [Unicode.Scalar]) -> String {
        var result = String.UnicodeScalarView()
        var index = range.lowerBound
        while index < range.upperBound {
            if scalars[index] == "\\", index + 1 < range.upperBound, escapable.contains(scalars[index + 1]) {
                index += 1
            }
            result.append(scalars[index])
            index += 1
        }
        return String(result)
    }

    private func readNumber() -> (HandlebarsToken.Kind, text: String?, end: Int)? {
        let start = starts(with: "-", at: position) ? position + 1 : position
        let whole = skipDigits(start)
        guard whole > start else { return nil }
        if starts(with: ".", at: whole) {
            let fraction = skipDigits(whole + 1)
            if fraction > whole + 1, isLiteralEnd(fraction) { return (.number, nil, fraction) }
        }
        return isLiteralEnd(whole) ? (.number, nil, whole) : nil
    }

    private func skipDigits(_ start: Int) -> Int {
        var index = start
        while index < scalars.count, ("0"..."9").contains(scalars[index]) { index += 1 }
        return index
    }

    private func readBlockParameters() -> (HandlebarsToken.Kind, text: String?, end: Int)? {
        guard starts(with: "as", at: position) else { return nil }
        let bar = skipSpace(position + 2)
        return bar > position + 2 && starts(with: "|", at: bar) ? (.openBlockParameters, nil, bar + 1) : nil
    }

    private func readWord() -> (HandlebarsToken.Kind, text: String?, end: Int)? {
        let word = scalars[position...].prefix { $0.isHandlebarsName }
        let end = word.endIndex
        guard !word.isEmpty else { return nil }
        // At the end of the template the parser tells what is missing.
        guard isNameEnd(end) || end == scalars.count else { return (.invalid, nil, end + 1) }
        guard isLiteralEnd(end) else { return (.identifier, nil, end) }
        switch string(word) {
        case "true", "false": return (.bool, nil, end)
        case "undefined": return (.undefined, nil, end)
        case "null": return (.null, nil, end)
        default: return (.identifier, nil, end)
        }
    }

    private func isNameEnd(_ index: Int) -> Bool {
        guard index < scalars.count else { return false }
        return scalars[index].isScriptSpace || "=~}/.)|".unicodeScalars.contains(scalars[index])
    }

    private func isLiteralEnd(_ index: Int) -> Bool {
        guard index < scalars.count else { return false }
        return scalars[index].isScriptSpace || "~})".unicodeScalars.contains(scalars[index])
    }
}

extension Unicode.Scalar {
    /// Whether it may stand in a name without brackets.
    var isHandlebarsName: Bool {
        !isScriptSpace && !"!\"#%&'()*+,./;<=>@[\\]^`{|}~".unicodeScalars.contains(self)
    }

    /// Whether `\w` of a JavaScript regular expression matches it.
    var isWordCharacter: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }
}
