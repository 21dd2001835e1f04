package import Changes
import Tagging

extension ForgeLinks {
    /// The web site of a git remote: of any URL that git takes, without the credentials in it.
    ///
    /// - Parameters:
    ///   - remote: the remote's URL.
    ///   - forge: what runs there; nil to go by the host's name.
    package init?(remote: String, forge: Forge? = nil) {
        guard let location = SourceLocation(remote: remote) else { return nil }
        self.init(webAddress: location.url, forge: forge)
    }
}
