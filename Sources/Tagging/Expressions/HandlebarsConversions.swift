extension HandlebarsValue {
    /// The value as JavaScript's `String` function gives it.
    ///
    /// - Throws: for a function, since JavaScript would print its source.
    func text() throws(HandlebarsError) -> String {
        switch self {
        case .undefined: return "undefined"
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .number(let value): return value.scriptText
        case .string(let value): return value
        case .list(let items): return try Self.join(items)
        case .object(_, let text): return text
        case .function: throw HandlebarsError("a function cannot be printed")
        }
    }

    /// What an expression prints: as `text()`, with nothing for undefined and null.
    func printed() throws(HandlebarsError) -> String {
        isMissing ? "" : try text()
    }

    private static func join(_ items: [HandlebarsValue]) throws(HandlebarsError) -> String {
        var result = ""
        for (index, item) in items.enumerated() {
            if index > 0 { result += "," }
            result += try item.printed()
        }
        return result
    }

    /// The number that `+` adds; nil where `+` joins texts instead.
    var addend: Double? {
        switch self {
        case .number(let value): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }

    /// Equality as `==` in JavaScript has it.
    ///
    /// Values here have no identity, so lists and objects are equal where they hold the same.
    func isLooselyEqual(to other: HandlebarsValue) -> Bool {
        switch (self, other) {
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left, _), .object(let right, _)):
            return left.count == right.count
                && zip(left, right).allSatisfy { $0.key == $1.key && $0.value.isSame(as: $1.value) }
        case (.function, .function):
            return true
        case (.list, .object), (.object, .list), (.function, _), (_, .function):
            return false
        default:
            if isMissing || other.isMissing { return isMissing && other.isMissing }
            if addend == nil, other.addend == nil { return (try? text()) == (try? other.text()) }
            return number == other.number
        }
    }

    private func isSame(as other: HandlebarsValue) -> Bool {
        kind == other.kind && isLooselyEqual(to: other)
    }

    private var kind: Int {
        switch self {
        case .undefined: 0
        case .null: 1
        case .bool: 2
        case .number: 3
        case .string: 4
        case .list: 5
        case .object: 6
        case .function: 7
        }
    }

    private var number: Double {
        if let addend { return addend }
        guard let text = try? text() else { return .nan }
        let digits = text.unicodeScalars.drop { $0.isScriptSpace }.reversed().drop { $0.isScriptSpace }.reversed()
        if digits.isEmpty { return 0 }
        // Double reads more forms than a decimal number.
        guard digits.allSatisfy({ "0123456789+-.eE".unicodeScalars.contains($0) }) else { return .nan }
        return Double(String(String.UnicodeScalarView(digits))) ?? .nan
    }
}

extension Double {
    /// The number as JavaScript prints it (ECMA-262, Number::toString).
    var scriptText: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
        if self == 0 { return "0" }
        // Swift prints the same shortest digits, in another layout.
        let parts = magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let whole = mantissa[0].drop { $0 == "0" }
        var digits = String(whole + (mantissa.count > 1 ? mantissa[1] : ""))
        var point = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.hasPrefix("0") {
            digits.removeFirst()
            point -= 1
        }
        while digits.hasSuffix("0") { digits.removeLast() }
        return (self < 0 ? "-" : "") + Self.layout(digits, point: point)
    }

    private static func layout(_ digits: String, point: Int) -> String {
        switch point {
        case digits.count...21:
            return digits + String(repeating: "0", count: point - digits.count)
        case 1...21:
            return "\(digits.prefix(point)).\(digits.dropFirst(point))"
        case -5...0:
            return "0." + String(repeating: "0", count: -point) + digits
        default:
            let fraction = digits.count > 1 ? ".\(digits.dropFirst())" : ""
            return "\(digits.prefix(1))\(fraction)e\(point > 0 ? "+" : "-")\((point - 1).magnitude)"
        }
    }
}

extension String {
    /// The index that a property name stands for; `01` and `+1` stand for none.
    var scriptIndex: Int? {
        guard let index = Int(self), index >= 0, String(index) == self else { return nil }
        return index
    }

    /// The text with the characters replaced that mean something in HTML.
    var htmlEscaped: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#x27;".unicodeScalars)
            case "`": result.append(contentsOf: "&#x60;".unicodeScalars)
            case "=": result.append(contentsOf: "&#x3D;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

extension Unicode.Scalar {
    /// Whether `\s` of a JavaScript regular expression matches it.
    var isScriptSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
        default: false
        }
    }
}
