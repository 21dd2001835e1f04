/// A moment on the clocks and calendars of a zone, as the tokens of moment.js print it.
struct MomentFields {
    private let moment: Timestamp
    private let zone: NamedTimeZone
    private let offset: Int
    private let date: CivilDate
    private let hour: Int
    private let minute: Int
    private let second: Int

    init(of moment: Timestamp, in zone: NamedTimeZone) {
        self.moment = moment
        self.zone = zone
        offset = zone.offset(at: moment)
        let (days, secondOfDay) = (Int(moment.secondsSinceEpoch) + offset).dividedDown(by: 86_400)
        date = CivilDate(daysSinceEpoch: days)
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
    }

    /// The pattern that an empty one stands for.
    var defaultPattern: String { "YYYY-MM-DDTHH:mm:ss" + (offset == 0 ? "[Z]" : "Z") }

    /// What a token stands for; nil for text that is no token.
    func text(ofToken token: String) -> String? {
        dayText(token) ?? weekText(token) ?? yearText(token) ?? clockText(token) ?? zoneText(token)
    }

    private func dayText(_ token: String) -> String? {
        switch token {
        case "M", "MM": padded(date.month, to: token.count)
        case "Mo": ordinal(date.month)
        case "MMM": String(monthNames[date.month - 1].prefix(3))
        case "MMMM": monthNames[date.month - 1]
        case "Q": String(quarter)
        case "Qo": ordinal(quarter)
        case "D", "DD": padded(date.day, to: token.count)
        case "Do": ordinal(date.day)
        case "DDD": String(date.dayOfYear)
        case "DDDo": ordinal(date.dayOfYear)
        case "DDDD": padded(date.dayOfYear, to: 3)
        default: nil
        }
    }

    private func weekText(_ token: String) -> String? {
        switch token {
        case "d", "e": String(date.weekday)
        case "do": ordinal(date.weekday)
        case "dd", "ddd": String(weekdayNames[date.weekday].prefix(token.count))
        case "dddd": weekdayNames[date.weekday]
        case "E": String(date.isoWeekday)
        case "w", "ww": padded(date.americanWeek.number, to: token.count)
        case "wo": ordinal(date.americanWeek.number)
        case "W", "WW": padded(date.isoWeek.number, to: token.count)
        case "Wo": ordinal(date.isoWeek.number)
        // A slip of moment.js: it reads these as tokens and has no meaning for them.
        case "w|", "W|": token
        default: nil
        }
    }

    private func yearText(_ token: String) -> String? {
        switch token {
        case "Y": date.year > 9999 ? "+\(date.year)" : padded(date.year, to: 4)
        case "YY": padded(date.year % 100, to: 2)
        case "YYYY", "YYYYY": padded(date.year, to: token.count)
        case "YYYYYY": signed(date.year, padded(Int(date.year.magnitude), to: 6))
        case "gg": padded(date.americanWeek.year % 100, to: 2)
        case "gggg", "ggggg": padded(date.americanWeek.year, to: token.count)
        case "GG": padded(date.isoWeek.year % 100, to: 2)
        case "GGGG", "GGGGG": padded(date.isoWeek.year, to: token.count)
        case "y", "yy", "yyy", "yyyy": padded(eraYear, to: token.count)
        case "yo": ordinal(eraYear)
        case "N", "NN", "NNN", "NNNNN": date.year > 0 ? "AD" : "BC"
        case "NNNN": date.year > 0 ? "Anno Domini" : "Before Christ"
        default: nil
        }
    }

    private func clockText(_ token: String) -> String? {
        switch token {
        case "H", "HH": padded(hour, to: token.count)
        case "h", "hh": padded(hourOfHalf, to: token.count)
        case "k", "kk": padded(hour == 0 ? 24 : hour, to: token.count)
        case "hmm": "\(hourOfHalf)\(padded(minute, to: 2))"
        case "hmmss": "\(hourOfHalf)\(padded(minute, to: 2))\(padded(second, to: 2))"
        case "Hmm": "\(hour)\(padded(minute, to: 2))"
        case "Hmmss": "\(hour)\(padded(minute, to: 2))\(padded(second, to: 2))"
        case "a": hour < 12 ? "am" : "pm"
        case "A": hour < 12 ? "AM" : "PM"
        case "m", "mm": padded(minute, to: token.count)
        case "s", "ss": padded(second, to: token.count)
        // Up to nine decimals of a second, of which a timestamp has none.
        case _ where token.allSatisfy { $0 == "S" }: String(repeating: "0", count: token.count)
        default: nil
        }
    }

    private func zoneText(_ token: String) -> String? {
        switch token {
        case "z", "zz": zone.abbreviation(at: moment)
        case "Z": offsetText(separator: ":")
        case "ZZ": offsetText(separator: "")
        case "X": String(moment.secondsSinceEpoch)
        case "x": String(moment.secondsSinceEpoch * 1000)
        default: nil
        }
    }

    private var quarter: Int { (date.month + 2) / 3 }
    private var hourOfHalf: Int { hour % 12 == 0 ? 12 : hour % 12 }
    private var eraYear: Int { date.year > 0 ? date.year : 1 - date.year }

    private func offsetText(separator: String) -> String {
        let minutes = Int(offset.magnitude) / 60
        return signed(offset, padded(minutes / 60, to: 2) + separator + padded(minutes % 60, to: 2))
    }
}

private let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]

private let weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

private func ordinal(_ number: Int) -> String {
    let isTeen = number / 10 % 10 == 1
    let suffix = isTeen ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10, default: "th"]
    return "\(number)\(suffix)"
}

/// The digits filled up with zeros, behind a minus if negative.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// The text of a number's magnitude behind the number's sign.
func signed(_ number: Int, _ magnitude: String) -> String {
    (number < 0 ? "-" : "+") + magnitude
}
