//! The partitions of AWS: groups of regions, each with its own DNS suffix.
//!
//! The data is botocore's `partitions.json`, so a new region or partition needs a data import but
//! no code change. It is parsed once per process, on first use.

mod pattern;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use self::pattern::Pattern;
use crate::Document;

/// The partition of regions that match no partition.
const DEFAULT: &str = "aws";

/// A partition: a group of regions that share a DNS suffix and are isolated from other partitions.
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
    /// Returns the name of the partition, for example `aws-cn`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the DNS suffix of the partition's endpoints, for example `amazonaws.com.cn`.
    #[must_use]
    pub fn dns_suffix(&self) -> &str {
        &self.dns_suffix
    }

    /// Returns the DNS suffix of the partition's dual-stack endpoints, which support IPv4 and IPv6.
    #[must_use]
    pub fn dual_stack_dns_suffix(&self) -> &str {
        &self.dual_stack_dns_suffix
    }

    /// Returns the signing region of services without regions.
    #[must_use]
    pub fn implicit_global_region(&self) -> &str {
        &self.implicit_global_region
    }

    /// Returns true if the partition has endpoints with FIPS 140 validated cryptography.
    #[must_use]
    pub fn supports_fips(&self) -> bool {
        self.supports_fips
    }

    /// Returns true if the partition has dual-stack endpoints, which support IPv4 and IPv6.
    #[must_use]
    pub fn supports_dual_stack(&self) -> bool {
        self.supports_dual_stack
    }
}

/// A table of partitions, in which [`of_region`](Self::of_region) finds the partition of a region.
///
/// ```
/// use longshore_runtime::Partitions;
///
/// let partition = Partitions::built_in().of_region("cn-north-1");
/// assert_eq!((partition.name(), partition.dns_suffix()), ("aws-cn", "amazonaws.com.cn"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partitions {
    entries: Vec<PartitionEntry>,
    /// The index of the partition for regions that match no entry.
    default: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct PartitionEntry {
    outputs: Partition,
    regions: Vec<String>,
    pattern: Pattern,
}

impl Partitions {
    /// Returns the table that this version of the crate includes.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static TABLE: OnceLock<Partitions> = OnceLock::new();
        TABLE.get_or_init(|| {
            // A unit test parses the file, so the fallback is never used.
            Self::from_json(include_str!("partitions.json")).unwrap_or_else(|_| Self::fallback())
        })
    }

    /// Parses a table in the JSON format that AWS publishes: a list `partitions`, whose elements
    /// have `outputs`, `regions` and `regionRegex`.
    ///
    /// # Errors
    /// Returns an error if the text does not have that format, if a partition lacks one of the
    /// outputs, or if a pattern uses anything but literals, alternatives, `\w+` and `\d+`.
    pub fn from_json(json: &str) -> Result<Self, PartitionsError> {
        let root: Document = json.parse().map_err(|_| "the text is not JSON")?;
        let list = root.get("partitions").and_then(Document::as_array);
        let list = list.ok_or("there is no list `partitions`")?;
        let entries = list.iter().map(PartitionEntry::read).collect::<Result<Vec<_>, _>>()?;
        if entries.is_empty() {
            return Err("the list `partitions` is empty".into());
        }
        let default = entries.iter().position(|entry| entry.outputs.name == DEFAULT).unwrap_or(0);
        Ok(Self { entries, default })
    }

    /// Returns the partition that lists `region`, otherwise the first partition whose pattern
    /// matches it, otherwise `aws`. The pattern covers regions that are newer than the table.
    #[must_use]
    pub fn of_region(&self, region: &str) -> &Partition {
        let listed = |entry: &&PartitionEntry| entry.regions.iter().any(|known| known == region);
        let found = self.entries.iter().find(listed);
        let found = found.or_else(|| self.entries.iter().find(|e| e.pattern.matches(region)));
        &found.unwrap_or(&self.entries[self.default]).outputs
    }

    /// Returns the partitions in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Partition> {
        self.entries.iter().map(|entry| &entry.outputs)
    }

    fn fallback() -> Self {
        let outputs = Partition {
            name: DEFAULT.to_owned(),
            dns_suffix: "amazonaws.com".to_owned(),
            dual_stack_dns_suffix: "api.aws".to_owned(),
            implicit_global_region: "us-east-1".to_owned(),
            supports_fips: true,
            supports_dual_stack: true,
        };
        let entry = PartitionEntry { outputs, regions: Vec::new(), pattern: Pattern::default() };
        Self { entries: vec![entry], default: 0 }
    }
}

impl PartitionEntry {
    fn read(value: &Document) -> Result<Self, PartitionsError> {
        let outputs = value.get("outputs").and_then(Document::as_object);
        let outputs = outputs.ok_or("a partition has no `outputs`")?;
        let regions = value.get("regions").and_then(Document::as_object);
        let pattern = value.get("regionRegex").and_then(Document::as_str);
        let pattern = pattern.ok_or("a partition has no `regionRegex`")?;
        let unsupported = || format!("the pattern {pattern:?} uses unsupported syntax");
        Ok(Self {
            outputs: Partition {
                name: string(outputs, "name")?,
                dns_suffix: string(outputs, "dnsSuffix")?,
                dual_stack_dns_suffix: string(outputs, "dualStackDnsSuffix")?,
                implicit_global_region: string(outputs, "implicitGlobalRegion")?,
                supports_fips: boolean(outputs, "supportsFIPS")?,
                supports_dual_stack: boolean(outputs, "supportsDualStack")?,
            },
            regions: regions.into_iter().flat_map(BTreeMap::keys).cloned().collect(),
            pattern: Pattern::parse(pattern).ok_or_else(unsupported)?,
        })
    }
}

fn string(outputs: &BTreeMap<String, Document>, key: &str) -> Result<String, PartitionsError> {
    let string = outputs.get(key).and_then(Document::as_str);
    Ok(string.ok_or_else(|| format!("a partition has no string `{key}`"))?.to_owned())
}

fn boolean(outputs: &BTreeMap<String, Document>, key: &str) -> Result<bool, PartitionsError> {
    let boolean = outputs.get(key).and_then(Document::as_bool);
    Ok(boolean.ok_or_else(|| format!("a partition has no boolean `{key}`"))?)
}

/// The error of an invalid table of partitions.
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
        write!(f, "invalid partitions: {}", self.0)
    }
}

impl std::error::Error for PartitionsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_found_by_name_or_by_pattern() {
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
    fn a_listed_region_takes_precedence_over_a_pattern() {
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
    fn invalid_tables_are_errors() {
        let table = [
            ("", "not JSON"),
            ("[]", "no list `partitions`"),
            (r#"{"partitions": []}"#, "is empty"),
            (r#"{"partitions": [{}]}"#, "no `outputs`"),
            (r#"{"partitions": [{"outputs": {}}]}"#, "no `regionRegex`"),
            (r#"{"partitions": [{"outputs": {}, "regionRegex": "^a$"}]}"#, "no string `name`"),
        ];
        for (json, reason) in table {
            let error = Partitions::from_json(json).expect_err("an error").to_string();
            assert!(error.contains(reason), "{json}: {error}");
        }
        assert_eq!(Partitions::fallback().of_region("cn-north-1").name(), "aws");
    }
}
