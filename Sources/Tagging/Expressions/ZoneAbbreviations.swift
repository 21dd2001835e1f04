/// A group of zones that abbreviate their times alike: the abbreviations, by hours east of Greenwich, and the zones.
///
/// Asking for the offset in force lets a zone move within its group, as Cancún did from CST to EST.
struct ZoneAbbreviations: Sendable {
    static let utc = ZoneAbbreviations(standard: [0: "UTC"], zones: "UTC")

    var standard: [Double: String] = [:]
    var daylight: [Double: String] = [:]
    let zones: String

    /// The abbreviation at an offset in seconds; nil if it is the offset itself.
    func name(offset: Int, isDaylight: Bool) -> String? {
        (isDaylight ? daylight : standard)[Double(offset) / 3600]
    }

    /// The zone of a name, which may be written in any case and with an underscore for a slash.
    static func zone(named name: String) -> (name: String, abbreviations: ZoneAbbreviations)? {
        zonesByKey[key(name)]
    }

    private static func key(_ name: some StringProtocol) -> String {
        String(decoding: name.lowercased().utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }

    static let zonesByKey: [String: (name: String, abbreviations: ZoneAbbreviations)] = Dictionary(
        uniqueKeysWithValues: all.flatMap { group in
            group.zones.split { $0 == " " || $0 == "\n" }.map { (key($0), (String($0), group)) }
        }
    )

    /// The zones of the IANA database, release 2026b, with the abbreviations in use since 2007.
    private static let all = [
        // North America
        ZoneAbbreviations(
            standard: [-10: "HST", -9: "AKST", -8: "PST", -7: "MST", -6: "CST", -5: "EST", -4: "AST", -3.5: "NST"],
            daylight: [-9: "HDT", -8: "AKDT", -7: "PDT", -6: "MDT", -5: "CDT", -4: "EDT", -3: "ADT", -2.5: "NDT"],
            zones: """
                America/Adak America/Anchorage America/Anguilla America/Antigua America/Aruba America/Atikokan
                America/Atka America/Bahia_Banderas America/Barbados America/Belize America/Blanc-Sablon America/Boise
                America/Cambridge_Bay America/Cancun America/Cayman America/Chicago America/Chihuahua
                America/Ciudad_Juarez America/Coral_Harbour America/Costa_Rica America/Creston America/Curacao
                America/Dawson America/Dawson_Creek America/Denver America/Detroit America/Dominica America/Edmonton
                America/El_Salvador America/Ensenada America/Fort_Nelson America/Fort_Wayne America/Glace_Bay
                America/Goose_Bay America/Grand_Turk America/Grenada America/Guadeloupe America/Guatemala
                America/Halifax America/Hermosillo America/Indiana/Indianapolis America/Indiana/Knox
                America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Tell_City America/Indiana/Vevay
                America/Indiana/Vincennes America/Indiana/Winamac America/Indianapolis America/Inuvik America/Iqaluit
                America/Jamaica America/Juneau America/Kentucky/Louisville America/Kentucky/Monticello America/Knox_IN
                America/Kralendijk America/Los_Angeles America/Louisville America/Lower_Princes America/Managua
                America/Marigot America/Martinique America/Matamoros America/Mazatlan America/Menominee America/Merida
                America/Metlakatla America/Mexico_City America/Moncton America/Monterrey America/Montreal
                America/Montserrat America/Nassau America/New_York America/Nipigon America/Nome
                America/North_Dakota/Beulah America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga
                America/Panama America/Pangnirtung America/Phoenix America/Port-au-Prince America/Port_of_Spain
                America/Puerto_Rico America/Rainy_River America/Rankin_Inlet America/Regina America/Resolute
                America/Santa_Isabel America/Santo_Domingo America/Shiprock America/Sitka America/St_Barthelemy
                America/St_Johns America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent
                America/Swift_Current America/Tegucigalpa America/Thule America/Thunder_Bay America/Tijuana
                America/Toronto America/Tortola America/Vancouver America/Virgin America/Whitehorse America/Winnipeg
                America/Yakutat America/Yellowknife Atlantic/Bermuda CST6CDT Canada/Atlantic Canada/Central
                Canada/Eastern Canada/Mountain Canada/Newfoundland Canada/Pacific Canada/Saskatchewan Canada/Yukon EST
                EST5EDT HST Jamaica MST MST7MDT Mexico/BajaNorte Mexico/BajaSur Mexico/General Navajo PST8PDT
                Pacific/Honolulu Pacific/Johnston US/Alaska US/Aleutian US/Arizona US/Central US/East-Indiana US/Eastern
                US/Hawaii US/Indiana-Starke US/Michigan US/Mountain US/Pacific
                """
        ),
        // Cuba
        ZoneAbbreviations(standard: [-5: "CST"], daylight: [-4: "CDT"], zones: "America/Havana Cuba"),
        // Coordinated universal time
        ZoneAbbreviations(standard: [0: "UTC"], zones: "Etc/UCT Etc/UTC Etc/Universal Etc/Zulu UCT UTC Universal Zulu"),
        // Greenwich mean time all year
        ZoneAbbreviations(
            standard: [0: "GMT"],
            zones: """
                America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena Etc/GMT Etc/GMT+0 Etc/GMT-0 Etc/GMT0
                Etc/Greenwich GMT GMT+0 GMT-0 GMT0 Greenwich Iceland
                """
        ),
        // Great Britain
        ZoneAbbreviations(
            standard: [0: "GMT"],
            daylight: [1: "BST"],
            zones: "Europe/Belfast Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/London GB GB-Eire"
        ),
        // Ireland
        ZoneAbbreviations(standard: [0: "GMT"], daylight: [1: "IST"], zones: "Eire Europe/Dublin"),
        // Africa
        ZoneAbbreviations(
            standard: [0: "GMT", 1: "WAT", 2: "CAT", 3: "EAT"],
            daylight: [2: "CAT"],
            zones: """
                Africa/Abidjan Africa/Accra Africa/Addis_Ababa Africa/Asmara Africa/Asmera Africa/Bamako Africa/Bangui
                Africa/Banjul Africa/Bissau Africa/Blantyre Africa/Brazzaville Africa/Bujumbura Africa/Conakry
                Africa/Dakar Africa/Dar_es_Salaam Africa/Djibouti Africa/Douala Africa/Freetown Africa/Gaborone
                Africa/Harare Africa/Juba Africa/Kampala Africa/Khartoum Africa/Kigali Africa/Kinshasa Africa/Lagos
                Africa/Libreville Africa/Lome Africa/Luanda Africa/Lubumbashi Africa/Lusaka Africa/Malabo Africa/Maputo
                Africa/Mogadishu Africa/Monrovia Africa/Nairobi Africa/Ndjamena Africa/Niamey Africa/Nouakchott
                Africa/Ouagadougou Africa/Porto-Novo Africa/Sao_Tome Africa/Timbuktu Africa/Windhoek Indian/Antananarivo
                Indian/Comoro Indian/Mayotte
                """
        ),
        // South Africa
        ZoneAbbreviations(standard: [2: "SAST"], zones: "Africa/Johannesburg Africa/Maseru Africa/Mbabane"),
        // Europe and the Mediterranean
        ZoneAbbreviations(
            standard: [0: "WET", 1: "CET", 2: "EET"],
            daylight: [1: "WEST", 2: "CEST", 3: "EEST"],
            zones: """
                Africa/Algiers Africa/Cairo Africa/Ceuta Africa/Tripoli Africa/Tunis Arctic/Longyearbyen Asia/Amman
                Asia/Beirut Asia/Damascus Asia/Famagusta Asia/Gaza Asia/Hebron Asia/Istanbul Asia/Nicosia
                Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Jan_Mayen Atlantic/Madeira CET EET Egypt
                Europe/Amsterdam Europe/Andorra Europe/Athens Europe/Belgrade Europe/Berlin Europe/Bratislava
                Europe/Brussels Europe/Bucharest Europe/Budapest Europe/Busingen Europe/Chisinau Europe/Copenhagen
                Europe/Gibraltar Europe/Helsinki Europe/Istanbul Europe/Kaliningrad Europe/Kiev Europe/Kyiv
                Europe/Lisbon Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Mariehamn
                Europe/Minsk Europe/Monaco Europe/Nicosia Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague
                Europe/Riga Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Sofia Europe/Stockholm
                Europe/Tallinn Europe/Tirane Europe/Tiraspol Europe/Uzhgorod Europe/Vaduz Europe/Vatican Europe/Vienna
                Europe/Vilnius Europe/Warsaw Europe/Zagreb Europe/Zaporozhye Europe/Zurich Libya MET Poland Portugal
                Turkey WET
                """
        ),
        // Moscow
        ZoneAbbreviations(
            standard: [2: "EET", 3: "MSK", 4: "MSK"],
            daylight: [3: "EEST", 4: "MSD"],
            zones: "Europe/Kirov Europe/Moscow Europe/Simferopol Europe/Volgograd W-SU"
        ),
        // Israel
        ZoneAbbreviations(standard: [2: "IST"], daylight: [3: "IDT"], zones: "Asia/Jerusalem Asia/Tel_Aviv Israel"),
        // Pakistan
        ZoneAbbreviations(standard: [5: "PKT"], daylight: [6: "PKST"], zones: "Asia/Karachi"),
        // India
        ZoneAbbreviations(standard: [5.5: "IST"], zones: "Asia/Calcutta Asia/Kolkata"),
        // Indonesia
        ZoneAbbreviations(
            standard: [7: "WIB", 8: "WITA", 9: "WIT"],
            zones: "Asia/Jakarta Asia/Jayapura Asia/Makassar Asia/Pontianak Asia/Ujung_Pandang"
        ),
        // China
        ZoneAbbreviations(
            standard: [8: "CST"],
            zones: """
                Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Macao Asia/Macau Asia/Shanghai Asia/Taipei PRC ROC
                """
        ),
        // Hong Kong
        ZoneAbbreviations(standard: [8: "HKT"], zones: "Asia/Hong_Kong Hongkong"),
        // Philippines
        ZoneAbbreviations(standard: [8: "PST"], zones: "Asia/Manila"),
        // Japan
        ZoneAbbreviations(standard: [9: "JST"], zones: "Asia/Tokyo Japan"),
        // Korea
        ZoneAbbreviations(standard: [8.5: "KST", 9: "KST"], zones: "Asia/Pyongyang Asia/Seoul ROK"),
        // Australia
        ZoneAbbreviations(
            standard: [8: "AWST", 9.5: "ACST", 10: "AEST"],
            daylight: [9: "AWDT", 10.5: "ACDT", 11: "AEDT"],
            zones: """
                Antarctica/Macquarie Australia/ACT Australia/Adelaide Australia/Brisbane Australia/Broken_Hill
                Australia/Canberra Australia/Currie Australia/Darwin Australia/Hobart Australia/Lindeman
                Australia/Melbourne Australia/NSW Australia/North Australia/Perth Australia/Queensland Australia/South
                Australia/Sydney Australia/Tasmania Australia/Victoria Australia/West Australia/Yancowinna
                """
        ),
        // New Zealand
        ZoneAbbreviations(
            standard: [12: "NZST"],
            daylight: [13: "NZDT"],
            zones: "Antarctica/McMurdo Antarctica/South_Pole NZ Pacific/Auckland"
        ),
        // Marianas
        ZoneAbbreviations(standard: [10: "ChST"], zones: "Pacific/Guam Pacific/Saipan"),
        // Samoa
        ZoneAbbreviations(standard: [-11: "SST"], zones: "Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa"),
        // No abbreviation but the offset
        ZoneAbbreviations(
            zones: """
                Africa/Casablanca Africa/El_Aaiun America/Araguaina America/Argentina/Buenos_Aires
                America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Argentina/Cordoba
                America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Mendoza
                America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan
                America/Argentina/San_Luis America/Argentina/Tucuman America/Argentina/Ushuaia America/Asuncion
                America/Bahia America/Belem America/Boa_Vista America/Bogota America/Buenos_Aires America/Campo_Grande
                America/Caracas America/Catamarca America/Cayenne America/Cordoba America/Coyhaique America/Cuiaba
                America/Eirunepe America/Fortaleza America/Godthab America/Guayaquil America/Guyana America/Jujuy
                America/La_Paz America/Lima America/Maceio America/Manaus America/Mendoza America/Miquelon
                America/Montevideo America/Noronha America/Nuuk America/Paramaribo America/Porto_Acre
                America/Porto_Velho America/Punta_Arenas America/Recife America/Rio_Branco America/Rosario
                America/Santarem America/Santiago America/Sao_Paulo America/Scoresbysund Antarctica/Casey
                Antarctica/Davis Antarctica/DumontDUrville Antarctica/Mawson Antarctica/Palmer Antarctica/Rothera
                Antarctica/Syowa Antarctica/Troll Antarctica/Vostok Asia/Aden Asia/Almaty Asia/Anadyr Asia/Aqtau
                Asia/Aqtobe Asia/Ashgabat Asia/Ashkhabad Asia/Atyrau Asia/Baghdad Asia/Bahrain Asia/Baku Asia/Bangkok
                Asia/Barnaul Asia/Bishkek Asia/Brunei Asia/Chita Asia/Choibalsan Asia/Colombo Asia/Dacca Asia/Dhaka
                Asia/Dili Asia/Dubai Asia/Dushanbe Asia/Ho_Chi_Minh Asia/Hovd Asia/Irkutsk Asia/Kabul Asia/Kamchatka
                Asia/Kashgar Asia/Kathmandu Asia/Katmandu Asia/Khandyga Asia/Krasnoyarsk Asia/Kuala_Lumpur Asia/Kuching
                Asia/Kuwait Asia/Magadan Asia/Muscat Asia/Novokuznetsk Asia/Novosibirsk Asia/Omsk Asia/Oral
                Asia/Phnom_Penh Asia/Qatar Asia/Qostanay Asia/Qyzylorda Asia/Rangoon Asia/Riyadh Asia/Saigon
                Asia/Sakhalin Asia/Samarkand Asia/Singapore Asia/Srednekolymsk Asia/Tashkent Asia/Tbilisi Asia/Tehran
                Asia/Thimbu Asia/Thimphu Asia/Tomsk Asia/Ulaanbaatar Asia/Ulan_Bator Asia/Urumqi Asia/Ust-Nera
                Asia/Vientiane Asia/Vladivostok Asia/Yakutsk Asia/Yangon Asia/Yekaterinburg Asia/Yerevan Atlantic/Azores
                Atlantic/Cape_Verde Atlantic/South_Georgia Atlantic/Stanley Australia/Eucla Australia/LHI
                Australia/Lord_Howe Brazil/Acre Brazil/DeNoronha Brazil/East Brazil/West Chile/Continental
                Chile/EasterIsland Etc/GMT+1 Etc/GMT+10 Etc/GMT+11 Etc/GMT+12 Etc/GMT+2 Etc/GMT+3 Etc/GMT+4 Etc/GMT+5
                Etc/GMT+6 Etc/GMT+7 Etc/GMT+8 Etc/GMT+9 Etc/GMT-1 Etc/GMT-10 Etc/GMT-11 Etc/GMT-12 Etc/GMT-13 Etc/GMT-14
                Etc/GMT-2 Etc/GMT-3 Etc/GMT-4 Etc/GMT-5 Etc/GMT-6 Etc/GMT-7 Etc/GMT-8 Etc/GMT-9 Europe/Astrakhan
                Europe/Samara Europe/Saratov Europe/Ulyanovsk Indian/Chagos Indian/Christmas Indian/Cocos
                Indian/Kerguelen Indian/Mahe Indian/Maldives Indian/Mauritius Indian/Reunion Iran Kwajalein NZ-CHAT
                Pacific/Apia Pacific/Bougainville Pacific/Chatham Pacific/Chuuk Pacific/Easter Pacific/Efate
                Pacific/Enderbury Pacific/Fakaofo Pacific/Fiji Pacific/Funafuti Pacific/Galapagos Pacific/Gambier
                Pacific/Guadalcanal Pacific/Kanton Pacific/Kiritimati Pacific/Kosrae Pacific/Kwajalein Pacific/Majuro
                Pacific/Marquesas Pacific/Nauru Pacific/Niue Pacific/Norfolk Pacific/Noumea Pacific/Palau
                Pacific/Pitcairn Pacific/Pohnpei Pacific/Ponape Pacific/Port_Moresby Pacific/Rarotonga Pacific/Tahiti
                Pacific/Tarawa Pacific/Tongatapu Pacific/Truk Pacific/Wake Pacific/Wallis Pacific/Yap Singapore
                """
        ),
    ]
}
