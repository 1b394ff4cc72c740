//! Moments in time, as ISO 8601 writes them.

use super::{DATE, Malformed, malformed};

/// A moment: seconds since 1970 in UTC, and the fraction in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    seconds: i64,
    nanos: u32,
}

/// Reads a moment: `2019-08-12T17:00:00+08:00`, `...Z`, the date alone, or seconds since 1970.
/// Without an offset it is taken as UTC.
pub fn date(text: &str) -> Result<Moment, Malformed> {
    read(text).map_or_else(|| malformed(text, DATE), |(moment, _)| Ok(moment))
}

/// How a moment is written that RAM's pages would write otherwise: ISO 8601 with `T` and `Z` or an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loose {
    /// Whole seconds since 1970.
    Seconds,
    /// A blank between the day and the clock, with an offset.
    Blank,
    /// Without `Z` or an offset.
    NoZone,
}

/// In which of these ways a moment is written; None where it is as it should be, and for what is no moment.
pub fn loose(text: &str) -> Option<Loose> {
    read(text)?.1
}

/// A moment, and how it is written if not as it should be.
fn read(text: &str) -> Option<(Moment, Option<Loose>)> {
    let text = text.trim();
    let Some((moment, zoned)) = iso(text) else {
        return epoch(text).map(|moment| (moment, Some(Loose::Seconds)));
    };
    let loose = match (zoned, text.contains(' ')) {
        (false, _) => Some(Loose::NoZone),
        (true, true) => Some(Loose::Blank),
        (true, false) => None,
    };
    Some((moment, loose))
}

/// Is it a moment without an offset, in seconds or not?
pub fn is_without_offset(text: &str) -> bool {
    loose(text).is_some_and(|loose| loose != Loose::Blank)
}

/// Whole seconds since 1970, in nine to eleven digits.
fn epoch(text: &str) -> Option<Moment> {
    let plain = (9..=11).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten().map(|seconds| Moment { seconds, nanos: 0 })
}

/// A moment in ISO 8601, and whether it has `Z` or an offset.
fn iso(text: &str) -> Option<(Moment, bool)> {
    let (day, time) = match text.split_once(['T', 't', ' ']) {
        Some((day, time)) => (day, Some(time)),
        None => (text.strip_suffix(['Z', 'z']).unwrap_or(text), None),
    };
    let mut parts = day.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let dom = digits(parts.next()?, 2)?;
    if parts.next().is_some()
        || !(1..=12).contains(&month)
        || dom < 1
        || dom > month_days(year, month)
    {
        return None;
    }
    let midnight = days_since_1970(year, month, dom) * 86_400;
    let Some(time) = time else {
        return Some((Moment { seconds: midnight, nanos: 0 }, day.len() < text.len()));
    };
    let (clock, offset) = zone(time)?;
    let (clock, nanos) = match clock.split_once(['.', ',']) {
        Some((clock, fraction)) => (clock, nanoseconds(fraction)?),
        None => (clock, 0),
    };
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2)?;
    let minute = digits(parts.next()?, 2)?;
    let second = parts.next().map_or(Some(0), |part| digits(part, 2))?;
    // 60 is a leap second.
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = midnight + hour * 3_600 + minute * 60 + second - offset.unwrap_or(0);
    Some((Moment { seconds, nanos }, offset.is_some()))
}

/// The clock and the offset from UTC in seconds, where there is one.
fn zone(time: &str) -> Option<(&str, Option<i64>)> {
    if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        return Some((clock, Some(0)));
    }
    let Some(at) = time.rfind(['+', '-']) else {
        return Some((time, None));
    };
    let (clock, zone) = time.split_at(at);
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let zone = zone.trim_start_matches(['+', '-']);
    let (hours, minutes) = match (zone.split_once(':'), zone.len()) {
        (Some((hours, minutes)), _) => (digits(hours, 2)?, digits(minutes, 2)?),
        (None, 4) => {
            let both = digits(zone, 4)?;
            (both / 100, both % 100)
        }
        (None, _) => (digits(zone, 2)?, 0),
    };
    (hours <= 23 && minutes <= 59).then_some((clock, Some(sign * (hours * 3_600 + minutes * 60))))
}

/// Exactly `count` digits.
fn digits(text: &str, count: usize) -> Option<i64> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn nanoseconds(fraction: &str) -> Option<u32> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nine: String = fraction.chars().chain("000000000".chars()).take(9).collect();
    nine.parse().ok()
}

fn month_days(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01. Years count from March, so that the leap day is the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 153 days in every five months from March on; 719_468 days from 0000-03-01 to 1970-01-01.
    year * 365 + leaps + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_compare_as_moments() {
        // S4: ISO 8601 with Z or an offset.
        let same = |one: &str, other: &str| assert_eq!(date(one), date(other), "{one} and {other}");
        same("2019-08-12T17:00:00+08:00", "2019-08-12T09:00:00Z");
        same("2019-08-12T17:00:00+0800", "2019-08-12T17:00+08");
        same("2019-08-12", "2019-08-12T00:00:00.000Z");
        same("1970-01-01T00:00:00-01:00", "1970-01-01T01:00:00Z");
        same("2001-09-09T01:46:40Z", "1000000000");
        same("2024-02-29T23:59:60Z", "2024-03-01T00:00:00Z");
        assert!(date("2019-08-12T17:00:00.5Z").unwrap() > date("2019-08-12T17:00:00Z").unwrap());
        assert!(date("1969-12-31T23:59:59Z").unwrap() < date("1970-01-01").unwrap());
        for bad in
            ["", "2019-8-1", "2019-02-29", "2019-13-01", "2019-08-12T25:00Z", "yesterday", "12"]
        {
            assert!(date(bad).is_err(), "{bad}");
        }
        for (text, written) in [
            ("2019-08-12T17:00:00", Some(Loose::NoZone)),
            ("2019-08-12 17:00:00", Some(Loose::NoZone)),
            ("2019-08-12", Some(Loose::NoZone)),
            ("2019-08-12 17:00:00+08:00", Some(Loose::Blank)),
            ("2019-08-12 17:00:00Z", Some(Loose::Blank)),
            ("1767225600", Some(Loose::Seconds)),
            ("2019-08-12T17:00:00-03:00", None),
            ("2019-08-12Z", None),
            ("x", None),
        ] {
            assert_eq!(loose(text), written, "{text}");
        }
    }
}
