/// Where tagboat itself is found: the one place that knows its addresses.
enum ProductHome {
    static let address = "https://github.com/tagboat/tagboat"

    /// Below it each release has a folder `v1.2.3` with its files and `SHA256SUMS`.
    static let downloads = address + "/releases/download"

    /// A page of the documentation, of this version.
    static func documentation(_ page: String) -> String { "\(address)/blob/v\(ProductVersion.text)/docs/\(page)" }

    /// The JSON Schema of tagboat.yaml, of this version.
    static let schema =
        "https://raw.githubusercontent.com/tagboat/tagboat/v\(ProductVersion.text)/docs/tagboat.schema.json"
}
