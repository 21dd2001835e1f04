import Testing

@testable import Tagging

@Suite struct NamedTimeZoneTests {
    private let summer = Timestamp(secondsSinceEpoch: 1_783_674_307)

    @Test(arguments: ["Europe/Berlin", "europe/berlin", "EUROPE/BERLIN", "europe_berlin"])
    func isFoundInAnyCase(name: String) throws {
        let zone = try NamedTimeZone(name)
        #expect(zone.name == "Europe/Berlin")
        #expect(zone.abbreviation(at: summer) == "CEST")
    }

    // The last three are names that Foundation accepts.
    @Test(arguments: ["Mars/Olympus", "", " UTC", "Europe", "UTC+2", "JST", "GMT+3", "Factory"])
    func isUnknown(name: String) {
        #expect(throws: UnknownTimeZone(name: name)) { try NamedTimeZone(name) }
    }

    @Test func errorNamesTheZone() {
        #expect(UnknownTimeZone(name: "Mars/Olympus").description == #"there is no time zone "Mars/Olympus""#)
    }

    @Test func utcIsUTC() throws {
        #expect(try NamedTimeZone("utc") == .utc)
        #expect(NamedTimeZone.utc.offset(at: summer) == 0)
        #expect(NamedTimeZone.utc.abbreviation(at: summer) == "UTC")
    }

    @Test func everyZoneOfTheTableHasRules() throws {
        #expect(ZoneAbbreviations.zonesByKey.count == 597)
        for zone in ZoneAbbreviations.zonesByKey.values {
            #expect(try NamedTimeZone(zone.name).name == zone.name)
        }
    }
}
