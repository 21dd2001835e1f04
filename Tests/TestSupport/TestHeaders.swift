/// The header fields of an HTTP message: names without regard to case, order and repetitions kept.
package struct TestHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One header field.
    package struct Field: Sendable, Hashable {
        /// The name as it was written.
        package let name: String
        /// The value.
        package let value: String
    }

    /// All fields in their order.
    package private(set) var fields: [Field] = []

    /// Creates header fields, which may repeat a name.
    ///
    /// - Parameter elements: names and values.
    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map(Field.init)
    }

    /// Creates header fields from any list of them.
    ///
    /// - Parameter pairs: names and values.
    package init(_ pairs: some Sequence<(name: String, value: String)>) {
        fields = pairs.map { Field(name: $0.name, value: $0.value) }
    }

    /// The first value of a name; setting it replaces all of them, and nil removes them.
    package subscript(name: String) -> String? {
        get { self.all(name).first }
        set {
            let name = name.lowercased()
            fields.removeAll { $0.name.lowercased() == name }
            if let newValue {
                fields.append(Field(name: name, value: newValue))
            }
        }
    }

    /// All values of a name.
    ///
    /// - Parameter name: the name, in any case.
    /// - Returns: the values in their order.
    package func all(_ name: String) -> [String] {
        let name = name.lowercased()
        return fields.filter { $0.name.lowercased() == name }.map(\.value)
    }
}
