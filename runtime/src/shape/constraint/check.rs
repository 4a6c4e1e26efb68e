//! Checking values against the rules of a model, at all depths.
//!
//! Knows how each Rust type is looked at and where in a request it stands. What is said of a value
//! that breaks a rule, `validation` decides.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::protocol::json;
use crate::shape::constraint::rules::{Bounds, Rules};
use crate::shape::constraint::validation::{Place, Rule, Step, Violation};
use crate::{Blob, Document, Structure, Timestamp};

/// A value that may have to keep rules.
pub trait Check {
    /// The text, of what is one.
    fn text(&self) -> &str {
        ""
    }

    /// Adds to `checks` what breaks one of the rules.
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.length(rules, ["character", "characters"], self.text().chars().count());
    }

    /// The same number for equal values; different ones are found sooner where theirs differ.
    fn fingerprint(&self) -> u64 {
        hash(self.text())
    }
}

/// What was found so far, and where the search has come to.
#[derive(Debug)]
pub struct Checks<'a> {
    place: Place<'a>,
    found: &'a mut Vec<Violation>,
}

impl Checks<'_> {
    /// What in `value` breaks a rule.
    pub(crate) fn of<T: Structure>(value: &T) -> Vec<Violation> {
        let mut found = Vec::new();
        value.check(&mut Checks { place: Place::ROOT, found: &mut found });
        found
    }

    /// Checks a member of the structure that the search has come to.
    pub fn member<T: Check>(&mut self, name: &'static str, value: &T, rules: &Rules) {
        value.check(rules, &mut self.at(Step::Member(name), rules));
    }

    fn at<'b>(&'b mut self, step: Step<'b>, rules: &Rules) -> Checks<'b> {
        Checks { place: self.place.step(step, rules.secret), found: self.found }
    }

    fn length(&mut self, rules: &Rules, unit: [&str; 2], length: usize) {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if !rules.length.allow(length) {
            let [one, several] = unit;
            let unit = if rules.length.is_single(1) { one } else { several };
            self.report(Rule::Length, format!("{} {unit}", rules.length), length);
        }
    }

    fn range<T: PartialOrd + Copy + std::fmt::Debug + Display>(
        &mut self,
        bounds: &Bounds<T>,
        number: T,
    ) {
        if !bounds.allow(number) {
            self.report(Rule::Range, bounds.to_string(), number);
        }
    }

    fn report(&mut self, rule: Rule, limit: String, actual: impl Display) {
        self.found.push(self.place.violation(rule, limit, actual));
    }
}

impl Check for String {
    fn text(&self) -> &str {
        self
    }
}

impl Check for Blob {
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.length(rules, ["byte", "bytes"], self.len());
    }

    fn fingerprint(&self) -> u64 {
        hash(self)
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {
        $(impl Check for $number {
            fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
                checks.range(&rules.range, i128::from(*self));
            }

            fn fingerprint(&self) -> u64 {
                hash(self)
            }
        })*
    };
}

whole_numbers!(i8, i16, i32, i64);

impl Check for f64 {
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.range(&rules.float_range, *self);
    }

    fn fingerprint(&self) -> u64 {
        // The sum is the same for both zeros, which are equal.
        hash(&(self + 0.0).to_bits())
    }
}

/// A bound is rounded as the value was, so that the `0.1` of a model allows the `0.1` of a caller.
impl Check for f32 {
    #[allow(clippy::cast_possible_truncation)]
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.range(&rules.float_range.map(|bound| bound as Self), *self);
    }

    fn fingerprint(&self) -> u64 {
        f64::from(*self).fingerprint()
    }
}

/// There is no rule for these.
macro_rules! unruled {
    ($($free:ty),*) => {
        $(impl Check for $free {
            fn check(&self, _: &Rules, _: &mut Checks<'_>) {}

            fn fingerprint(&self) -> u64 {
                hash(self)
            }
        })*
    };
}

unruled!(bool, Document, Timestamp);

impl<T: Check> Check for Option<T> {
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        if let Some(value) = self {
            value.check(rules, checks);
        }
    }

    fn fingerprint(&self) -> u64 {
        self.as_ref().map_or(0, T::fingerprint)
    }
}

impl<T: Check + PartialEq> Check for Vec<T> {
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.length(rules, ["element", "elements"], self.len());
        if rules.unique {
            unique(self, rules, checks);
        }
        if let Some(each) = rules.each {
            for (index, element) in self.iter().enumerate() {
                element.check(each, &mut checks.at(Step::Element(index), each));
            }
        }
    }

    fn fingerprint(&self) -> u64 {
        self.iter().fold(0, |sum: u64, element| sum.rotate_left(1) ^ element.fingerprint())
    }
}

/// Equal elements have equal fingerprints, so only few need to be compared.
fn unique<T: Check + PartialEq>(list: &[T], rules: &Rules, checks: &mut Checks<'_>) {
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::with_capacity(list.len());
    for (index, element) in list.iter().enumerate() {
        let alike = seen.entry(element.fingerprint()).or_default();
        match alike.iter().find(|earlier| list[**earlier] == *element) {
            Some(earlier) => {
                let mut checks = checks.at(Step::Element(index), rules);
                checks.report(Rule::Unique, "once".to_owned(), format_args!("as [{earlier}]"));
            }
            None => alike.push(index),
        }
    }
}

impl<K: Check + AsRef<str>, V: Check> Check for BTreeMap<K, V> {
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.length(rules, ["entry", "entries"], self.len());
        for (key, value) in self {
            if let Some(rules) = rules.key {
                key.check(rules, &mut checks.at(Step::Key(key.as_ref()), rules));
            }
            if let Some(rules) = rules.each {
                value.check(rules, &mut checks.at(Step::Entry(key.as_ref()), rules));
            }
        }
    }

    fn fingerprint(&self) -> u64 {
        let sum = |sum: u64, value: u64| sum.rotate_left(1) ^ value;
        self.iter().flat_map(|(key, value)| [key.fingerprint(), value.fingerprint()]).fold(0, sum)
    }
}

impl<T: Structure> Check for T {
    fn check(&self, _: &Rules, checks: &mut Checks<'_>) {
        Structure::check(self, checks);
    }

    /// That of what is sent, where zeros of two signs are two.
    fn fingerprint(&self) -> u64 {
        json::encode(self).map_or(0, |body| hash(&body))
    }
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Point {
        x: Option<f64>,
        near: Vec<Point>,
    }

    crate::structure!(Point, {
        "X" => some(x),
        "Near" => value(near),
    });

    #[test]
    fn what_differs_has_another_fingerprint() {
        let point = |x, near| Point { x: Some(x), near };
        let points = [
            point(1.0, vec![]),
            point(2.0, vec![]),
            point(1.0, vec![point(1.0, vec![])]),
            point(1.0, vec![point(2.0, vec![])]),
        ];
        let boxed = Box::new(point(3.0, vec![])).fingerprint();
        let mut all: Vec<u64> = points.iter().map(Check::fingerprint).collect();
        all.extend([boxed, 1.5_f64.fingerprint(), 2.5_f64.fingerprint(), 3.5_f32.fingerprint()]);
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 8);
        assert_eq!(0.0_f64.fingerprint(), (-0.0_f64).fingerprint());
        assert_eq!(points[0].fingerprint(), point(1.0, vec![]).fingerprint());
    }
}
