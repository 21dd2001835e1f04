import FoundationEssentials
import Registry
import Release
import SystemPackage
import Versioning

/// What `release` does besides building and pushing.
struct ReleaseSettings {
    /// What is raised before anything else.
    enum Bump: String, CaseIterable {
        case none, auto, major, minor, patch

        var target: BumpRequest.Target? {
            switch self {
            case .none: nil
            case .auto: .automatic
            case .major: .level(.major)
            case .minor: .level(.minor)
            case .patch: .level(.patch)
            }
        }
    }

    let bump: Bump
    /// How far git goes after the image is released; nil for not at all.
    let gitExtent: BumpPlan.Extent?

    init(_ partial: PartialConfiguration) {
        bump = partial.releaseBump ?? .none
        gitExtent = partial.pushesGit == true ? .push : partial.tagsGit == true ? .tag : nil
    }
}

/// Who is told of a release, and when.
struct NotificationSettings {
    /// What is told of.
    enum Occasion: String, CaseIterable {
        /// A release, where the run changed something.
        case release
        /// Snapshots too, where the run changed something.
        case change
        /// Every run that came to its end.
        case always
        case never
    }

    let webhooks: [WebhookAddress]
    let occasion: Occasion
    private let secret: Secret?
    private let secretFile: FilePath?

    init(_ partial: PartialConfiguration) {
        webhooks = partial.webhooks ?? []
        occasion = partial.notifiesWhen ?? .release
        secret = partial.notificationSecret
        secretFile = partial.notificationSecretFile
    }

    /// What signs the messages; nil for messages without a signature.
    ///
    /// - Throws: `ConfigurationError` where the file cannot be read or is empty.
    func sharedSecret() throws(ConfigurationError) -> Secret? {
        if let secret { return secret }
        guard let secretFile else { return nil }
        guard let data = FileManager.default.contents(atPath: secretFile.string),
            let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else {
            throw ConfigurationError(
                "the secret of the webhooks cannot be read: \(secretFile) does not exist or is empty",
                hint: "write the secret into its first line, or set TAGBOAT_NOTIFY_SECRET"
            )
        }
        return Secret(String(line))
    }
}
