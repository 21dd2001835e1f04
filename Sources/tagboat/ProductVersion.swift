/// The product's own version: the VERSION file at the top of the source, embedded when it was built.
enum ProductVersion {
    static let text = String(
        String(decoding: PackageResources.VERSION, as: UTF8.self).prefix { !$0.isWhitespace }
    )
}
