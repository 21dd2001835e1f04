import OCI
import Testing
import Versioning

@testable import Tagging

@Suite struct ListFilterTests {
    private static let now = Timestamp(secondsSinceEpoch: 1_800_000_000)

    private func filter(_ text: String, scheme: VersionScheme = .semantic) throws -> ListFilter {
        try ListFilter(parsing: text, scheme: scheme, now: Self.now)
    }

    struct NameCase: Sendable {
        let filter: String
        let fits: [String]
        var fitsNot: [String] = []
    }

    @Test(arguments: [
        // A version with all its numbers is compared as a whole.
        NameCase(
            filter: "version>=2.1.106",
            fits: ["2.1.106", "2.1.107", "3.0.0"],
            fitsNot: ["2.1.106-rc.1", "2.1.9"]
        ),
        NameCase(filter: "version=2.1.106", fits: ["2.1.106"], fitsNot: ["2.1.107", "main"]),
        NameCase(filter: "version!=2.1.106", fits: ["2.1.107"], fitsNot: ["2.1.106", "main"]),
        NameCase(filter: "version<v2.1.0", fits: ["2.0.9", "2.1.0-rc.1"], fitsNot: ["2.1.0"]),
        // With fewer numbers it stands for its line.
        NameCase(filter: "version=2.1", fits: ["2.1.0", "2.1.106"], fitsNot: ["2.10.0", "2.2.0"]),
        NameCase(filter: "version>2.1", fits: ["2.2.0", "3.0.0"], fitsNot: ["2.1.106"]),
        NameCase(filter: "version<=2", fits: ["2.99.0", "1.0.0"], fitsNot: ["3.0.0"]),
        NameCase(filter: "version<2.1", fits: ["2.0.0"], fitsNot: ["2.1.0-rc.1"]),
        // Tags of other houses count too.
        NameCase(filter: "version>=1", fits: ["v1.2.3"], fitsNot: ["v0.9.0", "vision"]),
        NameCase(filter: "tag=2.*", fits: ["2.1", "2.x"], fitsNot: ["12.1", "2"]),
        NameCase(filter: "tag=rc?", fits: ["rc1"], fitsNot: ["rc", "rc12"]),
        NameCase(filter: "tag=*a*b", fits: ["ab", "xaxbab"], fitsNot: ["aba"]),
        NameCase(filter: "tag!=latest", fits: ["2"], fitsNot: ["latest"]),
        NameCase(filter: "tag~^[0-9a-f]{7}$", fits: ["0a1b2c3"], fitsNot: ["0a1b2c34"]),
        NameCase(filter: "tag!~slim", fits: ["2"], fitsNot: ["2-slim"]),
        NameCase(filter: "fixed", fits: ["2.1.106"], fitsNot: ["2.1", "main"]),
        NameCase(filter: "moving", fits: ["2.1", "2", "latest"], fitsNot: ["2.1.106", "main"]),
    ])
    func namesAreChosen(item: NameCase) throws {
        let names = Set(item.fits + item.fitsNot + ["2.1.106"])
        let tags = Set(try names.map { try OCI.Tag($0) })
        let roles = try TagRoles(tags, naming: TagNaming(policy: TagPolicy(), context: .none))
        let filter = try filter(item.filter)
        for name in item.fits + item.fitsNot {
            let tag = try OCI.Tag(name)
            let fits = filter.accepts(tag) && filter.accepts(roles.listed(tag))
            #expect(fits == item.fits.contains(name), "\(item.filter) \(name)")
        }
    }

    struct ImageCase: Sendable {
        let filter: String
        let fits: Bool
    }

    /// Of an image of 1000 bytes for linux/arm64, made ten days ago.
    @Test(arguments: [
        ImageCase(filter: "platform=linux/arm64", fits: true), ImageCase(filter: "platform=linux/amd64", fits: false),
        ImageCase(filter: "platform!=linux/arm64", fits: false),
        ImageCase(filter: "age<11d", fits: true), ImageCase(filter: "age<10d", fits: false),
        ImageCase(filter: "age<=10d", fits: true), ImageCase(filter: "age>1w", fits: true),
        ImageCase(filter: "age>2w", fits: false), ImageCase(filter: "age<239h", fits: false),
        ImageCase(filter: "created>=2027-01-05", fits: true), ImageCase(filter: "created<2027-01-05", fits: false),
        ImageCase(filter: "created<2027-01-05T08:00:01Z", fits: true),
        ImageCase(filter: "size>999", fits: true), ImageCase(filter: "size>1kB", fits: false),
        ImageCase(filter: "size<=1kB", fits: true),
        ImageCase(filter: "type=image", fits: true), ImageCase(filter: "type!=image", fits: false),
    ])
    func imagesAreChosen(item: ImageCase) throws {
        let digest = try Digest(parsing: "sha256:" + String(repeating: "ab", count: 32))
        var image = ListedImage(digest: digest, tags: [ListedTag(.latest, role: .other)])
        image.kind = .image
        image.created = Timestamp(secondsSinceEpoch: Self.now.secondsSinceEpoch - 864_000)
        image.platforms = [
            .init(platform: Platform(os: "linux", architecture: "arm64"), digest: digest, size: 1000)
        ]
        let filter = try filter(item.filter)
        #expect(filter.accepts(image) == item.fits, "\(item.filter)")
        // Of what is not known nothing is claimed.
        let unknown = ListedImage(digest: digest, tags: [])
        #expect(filter.accepts(unknown) == item.filter.contains("!="), "\(item.filter)")
    }

    struct Broken: Sendable {
        let filter: String
        let problem: String
    }

    @Test(arguments: [
        Broken(filter: "", problem: "no such thing"), Broken(filter: "colour=red", problem: "no such thing"),
        Broken(filter: "version", problem: "a comparison is missing"),
        Broken(filter: "moving=yes", problem: "no such thing"),
        Broken(filter: "version~2", problem: "version cannot be compared with ~"),
        Broken(filter: "tag>2", problem: "tag cannot be compared with >"),
        Broken(filter: "version>=", problem: "\"\" is not a version"),
        Broken(filter: "version>=2.x", problem: "is not a version"),
        Broken(filter: "tag~(", problem: "is not a regular expression"),
        Broken(filter: "platform=linux", problem: "is not a platform"),
        Broken(filter: "age<30", problem: "is not an age"), Broken(filter: "age<d", problem: "is not an age"),
        Broken(filter: "age<9999999999999999y", problem: "is not an age"),
        Broken(filter: "created>=yesterday", problem: "is not a date"),
        Broken(filter: "size>3TiB", problem: "is not a size"), Broken(filter: "type=chart", problem: "not a type"),
    ])
    func saysWhatIsWrong(item: Broken) {
        let error = #expect(throws: ListFilterError.self) { try filter(item.filter) }
        #expect(error?.description.contains(item.problem) == true, "\(error?.description ?? "")")
    }

    @Test func theSchemeDecidesWhatAVersionIs() throws {
        let filter = try filter("version>=2026.07", scheme: .calendar(CalendarFormat("YYYY.0M.MICRO")))
        let roles = TagRoles(scheme: .calendar(try CalendarFormat("YYYY.0M.MICRO")))
        #expect(try filter.accepts(roles.listed(OCI.Tag("2026.07.1"))))
        #expect(try !filter.accepts(roles.listed(OCI.Tag("2026.06.9"))))
    }
}

extension RuleContext {
    /// A context that no rule of a version needs.
    static var none: RuleContext {
        let date = Timestamp(secondsSinceEpoch: 0)
        return RuleContext(build: BuildContext(system: "none"), date: date, commitDate: date, shortHashLength: 7)
    }
}
