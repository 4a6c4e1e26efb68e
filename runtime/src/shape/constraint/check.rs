//! Checks values against the constraints of a model, recursively.
//!
//! This file defines the check of each Rust type and the path to a value. `violation` defines how
//! violations are reported.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{Debug, Display};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::format::json::writer;
use crate::shape::constraint::check_run::CheckRun;
use crate::shape::constraint::rules::{Bounds, Rules};
use crate::shape::constraint::validation_options::Validation;
use crate::shape::constraint::violation::{
    ConstraintPath, PathSegment, Rule, Violation, one_of, quote,
};
use crate::shape::structure::AsObject;
use crate::{Blob, Document, Structure, Timestamp};

/// A value that can have constraints.
pub trait Check {
    /// Returns the value, if it is a string or string enum.
    fn text(&self) -> &str {
        ""
    }

    /// Returns the values that the model lists, if the value is a string enum.
    fn values(&self) -> &'static [&'static str] {
        &[]
    }

    /// Adds the violations of `rules` to `checks`.
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.text(rules, self.text(), self.values());
    }

    /// Returns a hash that is the same for equal values. It speeds up the search for duplicates.
    fn fingerprint(&self) -> u64 {
        hash(self.text())
    }
}

/// The violations found so far, and the path of the current value.
#[derive(Debug)]
pub struct Checks<'a> {
    path: ConstraintPath<'a>,
    run: &'a mut CheckRun,
}

impl Checks<'_> {
    /// Returns all violations in `value`.
    pub(crate) fn run<T: Structure>(value: &T, validation: Validation) -> Vec<Violation> {
        let mut run = CheckRun::new(validation);
        value.check(&mut Checks { path: ConstraintPath::ROOT, run: &mut run });
        run.violations
    }

    /// Checks a member of the current structure.
    pub fn member<T: Check>(&mut self, name: &'static str, value: &T, rules: &Rules) {
        value.check(rules, &mut self.nested(PathSegment::Member(name), rules));
    }

    fn nested<'b>(&'b mut self, segment: PathSegment<'b>, rules: &Rules) -> Checks<'b> {
        Checks { path: self.path.child(segment, rules.secret), run: self.run }
    }

    /// Checks that a number is one of the values of an integer enum.
    pub fn int_enum_value(&mut self, values: &[i32], number: i32) {
        self.enum_value(values, number, |number| number.to_string());
    }

    fn text(&mut self, rules: &Rules, text: &str, values: &[&str]) {
        self.length(rules, ["character", "characters"], text.chars().count());
        #[cfg(feature = "patterns")]
        if let Some(pattern) = rules.pattern
            && self.run.mismatches(pattern, text)
        {
            self.report(Rule::Pattern, pattern.to_owned(), quote(text));
        }
        self.enum_value(values, text, quote);
    }

    /// Checks that a value is one of those in the model, if it lists any.
    fn enum_value<T: PartialEq + Copy>(
        &mut self,
        values: &[T],
        value: T,
        display: impl Fn(T) -> String,
    ) {
        if self.run.validation.enum_values && !values.is_empty() && !values.contains(&value) {
            let limit = one_of(values.iter().map(|value| display(*value)));
            self.report(Rule::EnumValue, limit, display(value));
        }
    }

    fn length(&mut self, rules: &Rules, unit: [&str; 2], length: usize) {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if !rules.length.allow(length) {
            let [one, several] = unit;
            let unit = if rules.length.is_single(1) { one } else { several };
            self.report(Rule::Length, format!("{} {unit}", rules.length), length);
        }
    }

    fn range<T: PartialOrd + Copy + Debug + Display>(&mut self, bounds: &Bounds<T>, number: T) {
        if !bounds.allow(number) {
            self.report(Rule::Range, bounds.to_string(), number);
        }
    }

    fn report(&mut self, rule: Rule, limit: String, actual: impl Display) {
        self.run.violations.push(self.path.violation(rule, limit, actual));
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

macro_rules! integers {
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

integers!(i8, i16, i32, i64);

impl Check for f64 {
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.range(&rules.float_range, *self);
    }

    fn fingerprint(&self) -> u64 {
        // Adding 0.0 maps -0.0 to 0.0, which are equal.
        hash(&(self + 0.0).to_bits())
    }
}

/// Bounds are rounded like the value, so that a value of `0.1` satisfies a bound of `0.1`.
impl Check for f32 {
    #[allow(clippy::cast_possible_truncation)]
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.range(&rules.float_range.map(|bound| bound as Self), *self);
    }

    fn fingerprint(&self) -> u64 {
        f64::from(*self).fingerprint()
    }
}

/// Types without constraints.
macro_rules! unconstrained {
    ($($name:ty),*) => {
        $(impl Check for $name {
            fn check(&self, _: &Rules, _: &mut Checks<'_>) {}

            fn fingerprint(&self) -> u64 {
                hash(self)
            }
        })*
    };
}

unconstrained!(bool, Document, Timestamp);

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
            check_unique(self, rules, checks);
        }
        if let Some(each) = rules.each {
            for (index, element) in self.iter().enumerate() {
                element.check(each, &mut checks.nested(PathSegment::Element(index), each));
            }
        }
    }

    fn fingerprint(&self) -> u64 {
        self.iter().fold(0, |sum: u64, element| sum.rotate_left(1) ^ element.fingerprint())
    }
}

/// Reports elements that equal an earlier one. Equal elements have equal fingerprints, so few
/// elements need to be compared.
fn check_unique<T: Check + PartialEq>(list: &[T], rules: &Rules, checks: &mut Checks<'_>) {
    let mut by_fingerprint: HashMap<u64, Vec<usize>> = HashMap::with_capacity(list.len());
    for (index, element) in list.iter().enumerate() {
        let candidates = by_fingerprint.entry(element.fingerprint()).or_default();
        match candidates.iter().find(|earlier| list[**earlier] == *element) {
            Some(earlier) => {
                let mut checks = checks.nested(PathSegment::Element(index), rules);
                checks.report(Rule::Unique, "unique".to_owned(), format_args!("[{earlier}]"));
            }
            None => candidates.push(index),
        }
    }
}

impl<K: Check + AsRef<str>, V: Check> Check for BTreeMap<K, V> {
    fn check(&self, rules: &Rules, checks: &mut Checks<'_>) {
        checks.length(rules, ["entry", "entries"], self.len());
        for (key, value) in self {
            if let Some(rules) = rules.key {
                key.check(rules, &mut checks.nested(PathSegment::Key(key.as_ref()), rules));
            }
            if let Some(rules) = rules.each {
                value.check(rules, &mut checks.nested(PathSegment::Entry(key.as_ref()), rules));
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

    /// Returns the hash of the JSON form, in which zeros of different sign differ.
    fn fingerprint(&self) -> u64 {
        writer::to_vec(&AsObject(self)).map_or(0, |json| hash(&json))
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
    fn different_values_have_different_fingerprints() {
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

    #[cfg(feature = "patterns")]
    #[test]
    fn the_limit_of_a_pattern_violation_is_the_pattern() {
        struct Named {
            name: String,
        }
        crate::structure!(Named, {
            "Name" => value(name) where (pattern("^[0-9]$")),
        });
        let named = Named { name: "a".to_owned() };
        let violations = Checks::run(&named, Validation::new().patterns(true));
        let limits: Vec<_> = violations.iter().map(Violation::limit).collect();
        assert_eq!(limits, ["^[0-9]$"]);
    }
}
