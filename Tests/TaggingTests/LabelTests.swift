import Testing
import Versioning

@testable import Tagging

@Suite struct LabelTests {
    private func labels(_ custom: [String: String] = [:]) throws -> [String: String] {
        let version = try version("2.1.106+b.7")
        let set = try LabelSet(
            LabelSet.Subject(
                version: version,
                tag: version.tag(),
                commit: sampleCommit,
                remote: SourceLocation(remote: "git@github.com:acme/gallery-ui.git"),
                title: "gallery-ui"
            ),
            custom: custom,
            context: sampleContext
        )
        #expect(set.labels.map(\.key) == set.labels.map(\.key).sorted())
        return Dictionary(uniqueKeysWithValues: set.labels.map { ($0.key, $0.value) })
    }

    @Test func holdWhatTheSpecificationNames() throws {
        #expect(
            try labels() == [
                "org.opencontainers.image.version": "2.1.106+b.7",
                "org.opencontainers.image.revision": sampleCommit.hash,
                "org.opencontainers.image.created": "2026-07-10T09:30:00Z",
                "org.opencontainers.image.ref.name": "2.1.106_b.7",
                "org.opencontainers.image.source": "https://github.com/acme/gallery-ui",
                "org.opencontainers.image.url": "https://github.com/acme/gallery-ui",
                "org.opencontainers.image.title": "gallery-ui",
                "git-commit": sampleCommit.hash,
            ]
        )
    }

    @Test func theConfigurationsOwnWin() throws {
        let labels = try labels(["org.opencontainers.image.title": "Gallery", "vendor": "Acme \"& Co\""])
        #expect(labels["org.opencontainers.image.title"] == "Gallery")
        #expect(labels["vendor"] == "Acme \"& Co\"")
    }

    @Test(arguments: ["a\nb", "a\u{0}b", "a\u{1B}[31m", "tab\there", "\u{85}", "bad \u{FFFD} bytes"])
    func refuseControlCharactersAndInvalidText(value: String) {
        #expect(throws: LabelError.self) { try labels(["x": value]) }
        #expect(throws: LabelError.self) { try labels([value: "x"]) }
    }

    @Test(arguments: ["", "a b", "a=b"])
    func refuseKeysThatNoBuilderTakes(key: String) {
        #expect(throws: LabelError.self) { try labels([key: "x"]) }
    }
}

@Suite struct SourceLocationTests {
    @Test(
        arguments: [
            ("https://github.com/acme/ui.git", "https://github.com/acme/ui"),
            ("https://github.com/acme/ui/", "https://github.com/acme/ui"),
            ("https://user:secret@github.com/acme/ui.git", "https://github.com/acme/ui"),
            ("https://secret@github.com/acme/ui", "https://github.com/acme/ui"),
            ("https://x:p@ss@github.com/acme/ui", "https://github.com/acme/ui"),
            ("https://host/acme/ui.git?token=secret#x", "https://host/acme/ui"),
            ("http://host:8080/acme/ui", "http://host:8080/acme/ui"),
            ("git@github.com:acme/ui.git", "https://github.com/acme/ui"),
            ("github.com:acme/ui", "https://github.com/acme/ui"),
            ("git@host:/srv/acme/ui.git", "https://host/srv/acme/ui"),
            ("ssh://git@host:2222/acme/ui.git", "https://host/acme/ui"),
            ("git://host/acme/ui.git", "https://host/acme/ui"),
            ("git+ssh://git@host/acme/ui", "https://host/acme/ui"),
            ("/srv/git/ui.git", nil), ("../ui", nil), ("file:///srv/git/ui.git", nil), ("", nil), ("https://", nil),
            ("https://host", nil), ("https://host/", nil), ("ftp://host/x", nil),
        ] as [(String, String?)]
    )
    func isAWebAddressWithoutCredentials(remote: String, url: String?) {
        #expect(SourceLocation(remote: remote)?.url == url)
    }
}
