//! The partitions of AWS: which regions belong together, and under which domain.
//!
//! They are data, `partitions.json` as botocore has it, so that a new region or partition is an
//! import and no change of code. It is parsed once in the life of a process, at its first use.
//! Nothing here knows what an endpoint is made of.

mod pattern;

use std::fmt;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use self::pattern::Pattern;

/// The partition of a region that none of the partitions claims.
const DEFAULT: &str = "aws";

/// A partition: regions that share a domain and are cut off from those of other partitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    name: String,
    dns_suffix: String,
    dual_stack_dns_suffix: String,
    implicit_global_region: String,
    supports_fips: bool,
    supports_dual_stack: bool,
}

impl Partition {
    /// The partition's name, `aws-cn`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the host names of its services end in, `amazonaws.com.cn`.
    #[must_use]
    pub fn dns_suffix(&self) -> &str {
        &self.dns_suffix
    }

    /// What the host names end in that can be reached over IPv6 as well.
    #[must_use]
    pub fn dual_stack_dns_suffix(&self) -> &str {
        &self.dual_stack_dns_suffix
    }

    /// The region that services without regions are signed for.
    #[must_use]
    pub fn implicit_global_region(&self) -> &str {
        &self.implicit_global_region
    }

    /// Whether it has endpoints whose cryptography was validated by FIPS 140.
    #[must_use]
    pub fn supports_fips(&self) -> bool {
        self.supports_fips
    }

    /// Whether it has endpoints that can be reached over IPv6 as well.
    #[must_use]
    pub fn supports_dual_stack(&self) -> bool {
        self.supports_dual_stack
    }
}

/// A table of partitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partitions {
    entries: Vec<Entry>,
    /// The entry for regions that nobody claims.
    default: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    outputs: Partition,
    regions: Vec<String>,
    pattern: Pattern,
}

impl Partitions {
    /// The table this version of the crate was published with.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static TABLE: OnceLock<Partitions> = OnceLock::new();
        TABLE.get_or_init(|| {
            // A test reads the file, so that the other table is never met.
            Self::from_json(include_str!("partitions.json"))
                .unwrap_or_else(|_| Self::only_default())
        })
    }

    /// A table from JSON of the form AWS publishes: `partitions`, each with `outputs`, `regions`
    /// and `regionRegex`.
    ///
    /// # Errors
    /// Text that is not of that form, a partition without one of the outputs, and a pattern with
    /// more in it than literals, alternatives, `\w+` and `\d+`.
    pub fn from_json(json: &str) -> Result<Self, PartitionsError> {
        let root: Value = serde_json::from_str(json).map_err(|_| "the text is not JSON")?;
        let list = root.get("partitions").and_then(Value::as_array);
        let list = list.ok_or("there is no list `partitions`")?;
        let entries = list.iter().map(Entry::read).collect::<Result<Vec<_>, _>>()?;
        if entries.is_empty() {
            return Err("there is no partition".into());
        }
        let default = entries.iter().position(|entry| entry.outputs.name == DEFAULT).unwrap_or(0);
        Ok(Self { entries, default })
    }

    /// The partition that lists `region`, else the first one whose pattern it matches, else `aws`:
    /// regions are newer than tables.
    #[must_use]
    pub fn of_region(&self, region: &str) -> &Partition {
        let listed = |entry: &&Entry| entry.regions.iter().any(|known| known == region);
        let found = self.entries.iter().find(listed);
        let found = found.or_else(|| self.entries.iter().find(|e| e.pattern.matches(region)));
        &found.unwrap_or(&self.entries[self.default]).outputs
    }

    fn only_default() -> Self {
        let outputs = Partition {
            name: DEFAULT.to_owned(),
            dns_suffix: "amazonaws.com".to_owned(),
            dual_stack_dns_suffix: "api.aws".to_owned(),
            implicit_global_region: "us-east-1".to_owned(),
            supports_fips: true,
            supports_dual_stack: true,
        };
        let entry = Entry { outputs, regions: Vec::new(), pattern: Pattern::default() };
        Self { entries: vec![entry], default: 0 }
    }
}

impl Entry {
    fn read(value: &Value) -> Result<Self, PartitionsError> {
        let outputs = value.get("outputs").and_then(Value::as_object);
        let outputs = outputs.ok_or("a partition has no `outputs`")?;
        let regions = value.get("regions").and_then(Value::as_object);
        let pattern = value.get("regionRegex").and_then(Value::as_str);
        let pattern = pattern.ok_or("a partition has no `regionRegex`")?;
        let unread = || format!("the pattern {pattern:?} has more in it than is understood");
        Ok(Self {
            outputs: Partition {
                name: text(outputs, "name")?,
                dns_suffix: text(outputs, "dnsSuffix")?,
                dual_stack_dns_suffix: text(outputs, "dualStackDnsSuffix")?,
                implicit_global_region: text(outputs, "implicitGlobalRegion")?,
                supports_fips: flag(outputs, "supportsFIPS")?,
                supports_dual_stack: flag(outputs, "supportsDualStack")?,
            },
            regions: regions.into_iter().flat_map(Map::keys).cloned().collect(),
            pattern: Pattern::parse(pattern).ok_or_else(unread)?,
        })
    }
}

fn text(outputs: &Map<String, Value>, key: &str) -> Result<String, PartitionsError> {
    let text = outputs.get(key).and_then(Value::as_str);
    Ok(text.ok_or_else(|| format!("a partition has no text `{key}`"))?.to_owned())
}

fn flag(outputs: &Map<String, Value>, key: &str) -> Result<bool, PartitionsError> {
    let flag = outputs.get(key).and_then(Value::as_bool);
    Ok(flag.ok_or_else(|| format!("a partition has no boolean `{key}`"))?)
}

/// Why a table of partitions cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionsError(String);

impl From<String> for PartitionsError {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for PartitionsError {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for PartitionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no table of partitions: {}", self.0)
    }
}

impl std::error::Error for PartitionsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_belongs_where_it_is_listed_or_whose_pattern_it_has() {
        let read = Partitions::from_json(include_str!("partitions.json"));
        assert_eq!(read.as_ref(), Ok(Partitions::built_in()));
        let table = [
            ("us-east-1", "aws", "amazonaws.com"),
            ("aws-global", "aws", "amazonaws.com"),
            ("eu-south-9", "aws", "amazonaws.com"),
            ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
            ("cn-somewhere-7", "aws-cn", "amazonaws.com.cn"),
            ("us-gov-west-1", "aws-us-gov", "amazonaws.com"),
            ("us-gov-north-3", "aws-us-gov", "amazonaws.com"),
            ("aws-us-gov-global", "aws-us-gov", "amazonaws.com"),
            ("us-iso-east-1", "aws-iso", "c2s.ic.gov"),
            ("us-isob-nowhere-1", "aws-iso-b", "sc2s.sgov.gov"),
            ("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"),
            ("us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"),
            ("eusc-de-east-1", "aws-eusc", "amazonaws.eu"),
            ("moon-base-1", "aws", "amazonaws.com"),
            ("", "aws", "amazonaws.com"),
            ("ä", "aws", "amazonaws.com"),
        ];
        for (region, name, suffix) in table {
            let partition = Partitions::built_in().of_region(region);
            assert_eq!((partition.name(), partition.dns_suffix()), (name, suffix), "{region}");
        }
    }

    #[test]
    fn a_listed_region_goes_before_a_pattern() {
        let outputs = |name| {
            format!(
                r#""outputs": {{"name": "{name}", "dnsSuffix": "d", "dualStackDnsSuffix": "e",
                "implicitGlobalRegion": "g", "supportsFIPS": false, "supportsDualStack": false}}"#
            )
        };
        let json = format!(
            r#"{{"partitions": [
                {{"regionRegex": "^a\\-\\d+$", "regions": {{}}, {}}},
                {{"regionRegex": "^b\\-\\d+$", "regions": {{"a-1": {{}}}}, {}}}]}}"#,
            outputs("one"),
            outputs("two")
        );
        let table = Partitions::from_json(&json).expect("a table");
        for (region, name) in [("a-1", "two"), ("a-2", "one"), ("b-2", "two"), ("c", "one")] {
            assert_eq!(table.of_region(region).name(), name, "{region}");
        }
    }

    #[test]
    fn what_is_no_table_is_refused_with_a_reason() {
        let table = [
            ("", "not JSON"),
            ("[]", "no list `partitions`"),
            (r#"{"partitions": []}"#, "no partition"),
            (r#"{"partitions": [{}]}"#, "no `outputs`"),
            (r#"{"partitions": [{"outputs": {}}]}"#, "no `regionRegex`"),
            (r#"{"partitions": [{"outputs": {}, "regionRegex": "^a$"}]}"#, "no text `name`"),
        ];
        for (json, reason) in table {
            let error = Partitions::from_json(json).expect_err("an error").to_string();
            assert!(error.contains(reason), "{json}: {error}");
        }
        assert_eq!(Partitions::only_default().of_region("cn-north-1").name(), "aws");
    }
}
