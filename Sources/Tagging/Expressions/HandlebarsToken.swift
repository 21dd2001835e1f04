struct HandlebarsToken: Sendable {
    let kind: Kind
    /// The text as written; for a string, a name and the end of a raw block what they stand for.
    let text: String
    /// Where it begins, in Unicode scalars.
    let offset: Int

    /// Whether a tag's first token takes away the whitespace before it.
    var stripsBefore: Bool { text.dropFirst(2).first == "~" }

    /// Whether a tag's last token takes away the whitespace after it.
    var stripsAfter: Bool { text.dropLast(2).last == "~" }

    enum Kind: Sendable {
        case content, comment
        case open, openUnescaped, close, closeUnescaped
        case openBlock, openInverse, openInverseChain, inverse, openEndBlock
        case openRawBlock, closeRawBlock, endRawBlock
        case openPartial, openPartialBlock
        case openSubexpression, closeSubexpression
        case openBlockParameters, closeBlockParameters
        case identifier, separator, equals, data
        case string, number, bool, undefined, null
        case invalid, end
    }
}

extension HandlebarsToken.Kind: CustomStringConvertible {
    var description: String {
        switch self {
        case .content: "text"
        case .comment: "a comment"
        case .open: "\"{{\""
        case .openUnescaped: "\"{{{\""
        case .close: "\"}}\""
        case .closeUnescaped: "\"}}}\""
        case .openBlock: "\"{{#\""
        case .openInverse: "\"{{^\""
        case .openInverseChain: "\"{{else …\""
        case .inverse: "\"{{else}}\""
        case .openEndBlock: "\"{{/\""
        case .openRawBlock: "\"{{{{\""
        case .closeRawBlock: "\"}}}}\""
        case .endRawBlock: "the end of the raw block"
        case .openPartial, .openPartialBlock: "a partial"
        case .openSubexpression: "\"(\""
        case .closeSubexpression: "\")\""
        case .openBlockParameters: "\"as |\""
        case .closeBlockParameters: "\"|\""
        case .identifier: "a name"
        case .separator: "\".\""
        case .equals: "\"=\""
        case .data: "\"@\""
        case .string: "a string"
        case .number: "a number"
        case .bool: "true or false"
        case .undefined: "undefined"
        case .null: "null"
        case .invalid: "another character"
        case .end: "the end of the template"
        }
    }
}
