/// Where a registry keeps its content.
package enum RegistryStorage: Sendable {
    /// In memory, which is right unless a test moves big blobs.
    ///
    /// The time grows with the square of a blob's size: 60 MB take half a minute.
    case memory
    /// In files, which is right unless a test writes the same content to one repository twice at once.
    ///
    /// docker-registry 2.8 does not write its links atomically, so such a test fails at times, with "digest invalid" or
    /// status 500.
    case disk
}
