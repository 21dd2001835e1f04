import OCI
import TestSupport
import Testing

@testable import Registry

/// What findings mean for tagboat: a sentence where it changes something, and none where all is well.
@Suite struct ConsequenceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let findings: [RegistryFeature: RegistryDiagnosis.Verdict]
        /// How the sentences begin.
        let sentences: [String]

        init(_ findings: [RegistryFeature: RegistryDiagnosis.Verdict], _ sentences: String...) {
            self.findings = findings
            self.sentences = sentences
        }

        var testDescription: String {
            findings.map { "\($0.key) \($0.value.rawValue)" }.sorted().joined(separator: ", ")
        }
    }

    @Test(arguments: [
        Case([:]),
        Case([.reading: .yes, .writing: .yes, .tagMoves: .yes, .tagDeletion: .yes, .referrers: .yes]),
        Case([.reading: .notAllowed], "nothing can be read with these credentials"),
        Case([.reading: .yes, .writing: .notAllowed], "reading works, such as `tagboat plan`"),
        Case([.severalTags: .yes], "several tags are put by one request: a push of up to 40 tags costs 1 request"),
        Case([.severalTags: .no], "each tag is put by itself: a push of K tags costs K requests"),
        Case([.severalTags: .partly], "what one request leaves out"),
        Case([.chunkedUpload: .no, .resumedUpload: .no], "an upload that breaks off starts anew"),
        Case([.mount: .no], "a layer that another repository has is sent once more"),
        Case([.mount: .notAllowed]),
        Case([.digestHeader: .partly], "digests are computed from the manifest itself"),
        Case([.exactBytes: .no], "the registry changes manifests"),
        Case([.tagMoves: .no, .conditionalMove: .unknown], "tags stay where they are"),
        Case([.tagMoves: .yes, .conditionalMove: .no], "the registry lets the last writer win"),
        Case([.tagMoves: .yes, .conditionalMove: .yes]),
        Case([.tagOrder: .no, .tagPages: .partly], "the list of tags has rules of its own"),
        Case([.tagPages: .no]),
        Case(
            [.tagDeletion: .no, .manifestDeletion: .yes],
            "a tag cannot be deleted by itself: `tagboat delete` needs"
        ),
        Case([.tagDeletion: .no, .manifestDeletion: .no], "nothing can be deleted by the registry's API"),
        Case([.tagDeletion: .notAllowed, .manifestDeletion: .notAllowed], "these credentials may not delete"),
        Case([.tagDeletion: .no, .manifestDeletion: .notAllowed], "these credentials may not delete"),
        Case([.referrers: .no], "signatures and the like are found by a tag"),
        Case([.rateLimit: .yes], "requests are counted: --max-requests-per-second"),
    ])
    func areSaid(_ example: Case) throws {
        var diagnosis = RegistryDiagnosis(of: try RepositoryName(parsing: "registry.local/scratch"), isReadOnly: false)
        for (feature, verdict) in example.findings { diagnosis.note(feature, verdict, "seen") }
        let said = diagnosis.consequences
        #expect(said.count == example.sentences.count, "\(said)")
        for (sentence, beginning) in zip(said, example.sentences) { #expect(sentence.hasPrefix(beginning)) }
    }

    @Test(arguments: [(-3600, "3600"), (61, "61"), (60, nil), (-60, nil), (0, nil)] as [(Int, String?)])
    func aClockThatIsOutOfStepIsTold(skew: Int, seconds: String?) throws {
        var diagnosis = RegistryDiagnosis(of: try RepositoryName(parsing: "registry.local/scratch"), isReadOnly: false)
        diagnosis.clockSkew = skew
        #expect(
            diagnosis.consequences.first?.hasPrefix("the clocks differ by \(seconds ?? "") s")
                == (seconds.map { _ in true })
        )
    }

    @Test func whatRemainsIsTold() throws {
        var diagnosis = RegistryDiagnosis(of: try RepositoryName(parsing: "registry.local/scratch"), isReadOnly: false)
        diagnosis.remains = ["registry.local/scratch:tagboat-doctor-x-a"]
        #expect(
            diagnosis.consequences == [
                "what the examination made could not all be deleted; it does no harm where it is"
            ]
        )
    }
}
