//! Reading timestamps from text: numbers in quotes, ISO 8601 and its many variations, and the dates
//! of HTTP, email and programming languages.
//!
//! Text without a zone is in UTC. Text is rejected if it lacks a part of the date, or if other
//! parsers disagree on its meaning.

mod clock;
mod date;
mod scanner;
mod words;

use clock::Clock;
use date::{DateParts, Part};
use scanner::{Scanner, Token};
use words::Word;

use super::Timestamp;
use super::calendar::approximate_year;
use super::utc::{SECONDS_PER_DAY, YEARS_1_TO_9999};
use crate::shape::number;

/// Parses a timestamp in any known form.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let in_range = |time: &Timestamp| YEARS_1_TO_9999.contains(&time.seconds());
    let number = number::parse_digits(text).ok().filter(in_range);
    // As a number of seconds, 14 digits are out of range. They are a date and a time without
    // separators.
    number.or_else(|| Parser::new(text).parse().filter(in_range))
}

/// The parts of a text that were read so far. Each part may occur only once. The parts may be in
/// any order, except that the zone must follow the time.
struct Parser<'a> {
    scanner: Scanner<'a>,
    date: DateParts,
    clock: Option<Clock>,
    /// The seconds that the zone is ahead of UTC.
    offset: Option<i64>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self { scanner: Scanner::new(text), date: DateParts::default(), clock: None, offset: None }
    }

    fn parse(mut self) -> Option<Timestamp> {
        while let Some(token) = self.scanner.next() {
            match token {
                Token::Space | Token::Sign(',' | ';' | '.') => {}
                Token::Number(digits) => self.number(digits)?,
                Token::Word(text) => self.word(text)?,
                Token::Sign(sign @ ('+' | '-')) => self.numeric_zone(sign)?,
                Token::Sign('(') if self.offset.is_some() => self.scanner.skip_through(')')?,
                Token::Sign(_) => return None,
            }
        }
        self.timestamp()
    }

    fn number(&mut self, digits: &'a str) -> Option<()> {
        if self.scanner.take_sign(':') {
            let clock = Clock::with_colons(digits, &mut self.scanner)?;
            return self.set_clock(clock);
        }
        match digits.len() {
            12 | 14 if self.date.is_empty() => {
                self.date = DateParts::compact(digits.get(..8)?)?;
                self.compact_clock(digits.get(8..)?)
            }
            8 if self.date.is_empty() => {
                self.date = DateParts::compact(digits)?;
                Some(())
            }
            1 | 2 if self.scanner.followed_by(Word::is_half_of_day) => {
                self.set_clock(Clock::hour(digits)?)
            }
            2 | 4 if self.date.is_complete() => self.compact_clock(digits),
            6 if !self.date.is_empty() => self.compact_clock(digits),
            _ => self.date_parts(Part::number(digits)?, &['-', '/', '.']),
        }
    }

    fn word(&mut self, text: &str) -> Option<()> {
        match Word::of(text, &mut self.scanner)? {
            Word::Month(month) => self.date_parts(Part::month(month), &['-', '/']),
            Word::HalfOfDay(half) => self.clock.as_mut()?.set_half(half),
            Word::Utc => self.set_offset(0),
            Word::TimeFollows => self.date.is_complete().then_some(()),
            Word::Skipped => Some(()),
        }
    }

    /// Adds a part of the date, and the parts that follow it after a separator.
    fn date_parts(&mut self, first: Part, separators: &[char]) -> Option<()> {
        self.date.push(first)?;
        let taken = separators
            .iter()
            .find_map(|separator| Some((*separator, self.scanner.take_part(*separator)?)));
        if let Some((separator, second)) = taken {
            self.date.push(second)?;
            if let Some(third) = self.scanner.take_part(separator) {
                self.date.push(third)?;
            }
        }
        Some(())
    }

    /// Reads the offset after its sign: hours, and minutes with or without a colon.
    fn numeric_zone(&mut self, sign: char) -> Option<()> {
        let digits = self.scanner.take_number()?;
        let (hours, minutes) = match digits.len() {
            4 => digits.split_at(2),
            1 | 2 if self.scanner.take_sign(':') => (digits, self.scanner.take_number()?),
            1 | 2 => (digits, "0"),
            _ => return None,
        };
        let (hours, minutes) = (clock::below(hours, 24)?, clock::below(minutes, 60)?);
        let seconds = hours * 3600 + minutes * 60;
        self.set_offset(if sign == '-' { -seconds } else { seconds })
    }

    fn compact_clock(&mut self, digits: &str) -> Option<()> {
        let clock = Clock::compact(digits, &mut self.scanner)?;
        self.set_clock(clock)
    }

    fn set_clock(&mut self, clock: Clock) -> Option<()> {
        self.clock.replace(clock).is_none().then_some(())
    }

    /// Sets the zone. The same zone may occur twice, as in `+0000 UTC`. `GMT+1` is rejected,
    /// because some parsers add the hour and others subtract it.
    fn set_offset(&mut self, offset: i64) -> Option<()> {
        self.clock.as_ref()?;
        (*self.offset.get_or_insert(offset) == offset).then_some(())
    }

    /// Returns the timestamp. A date without a time is midnight.
    fn timestamp(self) -> Option<Timestamp> {
        let date = self.date.resolve(|| approximate_year(Timestamp::now().seconds()))?;
        let clock = self.clock.unwrap_or_default();
        let midnight = date.days_since_1970()? * SECONDS_PER_DAY - self.offset.unwrap_or(0);
        let seconds = midnight + clock.seconds_since_midnight();
        // In UTC, a leap second is at the end of an hour.
        if clock.is_leap_second() && seconds % 3600 != 0 {
            return None;
        }
        Timestamp::new(seconds, clock.nanos())
    }
}
