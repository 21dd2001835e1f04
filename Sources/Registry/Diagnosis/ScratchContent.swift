import FoundationEssentials
import OCI

/// What is put into a scratch repository: the smallest image that every registry takes, in several variations.
struct ScratchContent {
    /// What every tag of ours begins with.
    static let tagPrefix = "tagboat-doctor-"

    /// What tells this run's content from any other's, so that nothing is there already.
    let run: String

    /// The tag of this run with a name.
    func tag(_ name: String) -> String { "\(Self.tagPrefix)\(run)-\(name)" }

    /// The configuration of the image.
    var configuration: [UInt8] {
        Array(
            """
            {"architecture":"amd64","os":"linux","config":{"Labels":{"tagboat.doctor":"\(run)"}},\
            "rootfs":{"type":"layers","diff_ids":["\(Digest(of: layer))"]},\
            "history":[{"created_by":"tagboat doctor"}]}
            """.utf8
        )
    }

    /// A tar archive without files: two blocks of zeros.
    var layer: [UInt8] { Array(repeating: 0, count: 1024) }

    /// A text that no image needs, of any length.
    func text(length: Int) -> [UInt8] {
        let line = Array("tagboat doctor \(run)\n".utf8)
        return (0..<length).map { line[$0 % line.count] }
    }

    static let mediaType = MediaType.ociManifest.rawValue
    static let artifactType = "application/vnd.tagboat.doctor"

    /// An image's manifest; each name gives another one.
    func manifest(_ name: String) -> [UInt8] {
        Array(
            """
            {"schemaVersion":2,"mediaType":"\(Self.mediaType)",\(parts),\
            "annotations":{"tagboat.doctor":"\(run)-\(name)"}}
            """.utf8
        )
    }

    /// A manifest that refers to another one.
    func referrer(to subject: [UInt8]) -> [UInt8] {
        Array(
            """
            {"schemaVersion":2,"mediaType":"\(Self.mediaType)","artifactType":"\(Self.artifactType)",\(parts),\
            "subject":\(descriptor(Self.mediaType, subject)),"annotations":{"tagboat.doctor":"\(run)-referrer"}}
            """.utf8
        )
    }

    private var parts: String {
        """
        "config":\(descriptor(MediaType.ociConfiguration.rawValue, configuration)),\
        "layers":[\(descriptor("application/vnd.oci.image.layer.v1.tar", layer))]
        """
    }

    private func descriptor(_ mediaType: String, _ content: [UInt8]) -> String {
        #"{"mediaType":"\#(mediaType)","digest":"\#(Digest(of: content))","size":\#(content.count)}"#
    }
}
