/// A day of the Gregorian calendar, also before its introduction; the year before 1 is 0.
struct CivilDate {
    let daysSinceEpoch: Int
    let year: Int
    /// From 1 to 12.
    let month: Int
    let day: Int

    init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
        // Counted from 0000-03-01: then a leap day is the last of its year, and every 400 years are alike.
        let (era, dayOfEra) = (daysSinceEpoch + 719_468).dividedDown(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthSinceMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthSinceMarch + 2) / 5 + 1
        month = monthSinceMarch < 10 ? monthSinceMarch + 3 : monthSinceMarch - 9
        year = 400 * era + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// From 0 for Sunday to 6.
    var weekday: Int { (daysSinceEpoch + 4).dividedDown(by: 7).remainder }

    /// From 1 for Monday to 7.
    var isoWeekday: Int { weekday == 0 ? 7 : weekday }

    /// From 1 to 366.
    var dayOfYear: Int {
        let daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        return daysBefore[month - 1] + day + (month > 2 && isLeapYear ? 1 : 0)
    }

    private var isLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// The week of ISO 8601: from Monday, in the year that holds its Thursday.
    var isoWeek: Week { Week(holding: CivilDate(daysSinceEpoch: daysSinceEpoch - isoWeekday + 4)) }

    /// The week as counted in the USA: from Sunday, in the year that holds its Saturday.
    var americanWeek: Week { Week(holding: CivilDate(daysSinceEpoch: daysSinceEpoch - weekday + 6)) }

    /// A week by its number in a year.
    struct Week {
        let year: Int
        let number: Int

        /// The week in which a given day is the one that decides on the year.
        fileprivate init(holding day: CivilDate) {
            year = day.year
            number = (day.dayOfYear - 1) / 7 + 1
        }
    }
}

extension Int {
    /// Division with a remainder that is never negative.
    func dividedDown(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
