//! Numbers, sizes and durations.

use super::{Language, args};

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// `-1,042`
pub(super) fn grouped(number: i64, group: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    text
}

impl Language {
    /// `1,042`
    pub fn number(&self, number: i64) -> String {
        grouped(number, self.0.source.group)
    }

    /// `3.5`: a number as the program writes it, with the sign of this language before its decimals.
    pub fn decimal(&self, written: &str) -> String {
        written.replace('.', &self.0.source.decimal.to_string())
    }

    /// `1,000+`: a count that stopped there.
    pub fn number_at_least(&self, number: i64) -> String {
        self.say("number-at-least", args![count = number])
    }

    /// `999 B`, `1.2 kB`, `210 kB`, `4 GB`: thousands, one digit of fraction below ten.
    pub fn size(&self, bytes: u64) -> String {
        const UNITS: [&str; 5] = ["size-bytes", "size-kilobytes", "size-megabytes", "size-gigabytes", "size-terabytes"];
        if bytes < 1000 {
            return self.say(UNITS[0], args![size = bytes.to_string()]);
        }
        let mut unit = 1;
        let mut scale: u128 = 1000;
        // The next unit as soon as rounding would show a thousand of this one.
        while unit + 1 < UNITS.len() && u128::from(bytes) * 2 >= scale * 1999 {
            unit += 1;
            scale *= 1000;
        }
        let tenths = (u128::from(bytes) * 10 + scale / 2) / scale;
        let size = match (tenths / 10, tenths % 10) {
            (whole @ 0..10, tenth @ 1..) => format!("{whole}{}{tenth}", self.0.source.decimal),
            (whole @ 0..10, _) => whole.to_string(),
            _ => {
                let whole = (u128::from(bytes) + scale / 2) / scale;
                self.number(i64::try_from(whole).unwrap_or(i64::MAX))
            }
        };
        self.say(UNITS[unit], args![size = size])
    }

    /// `45 s`, `4 min`, `3.2 h`, `12 d`: so many milliseconds in their largest unit, for columns; cut, with one digit of
    /// fraction of hours and days below ten.
    pub fn brief(&self, ms: i64) -> String {
        let ms = ms.max(0);
        let (word, unit) = match ms {
            DAY_MS.. => ("unit-days", DAY_MS),
            HOUR_MS.. => ("unit-hours", HOUR_MS),
            MINUTE_MS.. => ("unit-minutes", MINUTE_MS),
            _ => ("unit-seconds", SECOND_MS),
        };
        match (ms / unit, ms % unit * 10 / unit) {
            (whole @ 0..10, tenth @ 1..) if unit >= HOUR_MS => {
                self.say(word, args![count = format!("{whole}{}{tenth}", self.0.source.decimal)])
            }
            (whole, _) => self.say(word, args![count = whole]),
        }
    }

    /// `45 s`, `4 min`, `1 h 20 min`, `3 d 4 h`: the two largest units of so many milliseconds, cut, not rounded.
    pub fn duration(&self, ms: i64) -> String {
        let units =
            [("unit-days", DAY_MS), ("unit-hours", HOUR_MS), ("unit-minutes", MINUTE_MS), ("unit-seconds", SECOND_MS)];
        let ms = ms.max(0);
        let first = units.iter().position(|(_, size)| ms >= *size).unwrap_or(units.len() - 1);
        let (word, size) = units[first];
        let large = self.say(word, args![count = ms / size]);
        match units.get(first + 1) {
            Some((word, smaller)) if ms % size >= *smaller => {
                let small = self.say(word, args![count = ms % size / smaller]);
                self.say("duration-two", args![large = large, small = small])
            }
            _ => large,
        }
    }
}
