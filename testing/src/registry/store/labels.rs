//! The tags of resources, called labels here: the tags of a repository are those of its images.

use std::collections::BTreeMap;

use super::refusal::Refusal;

/// How many a resource may have.
const MOST: usize = 50;

/// Keys with their values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::registry) struct Labels(BTreeMap<String, String>);

impl Labels {
    /// Adds labels, or changes their values. All of them or, if one is refused, none.
    pub(in crate::registry) fn add(
        &mut self,
        labels: Vec<(String, String)>,
    ) -> Result<(), Refusal> {
        labels.iter().try_for_each(|(key, value)| check(key, value))?;
        let mut sum = self.0.clone();
        sum.extend(labels);
        if sum.len() > MOST {
            let message =
                format!("{} tags are more than the {MOST} that a resource may have", sum.len());
            return Err(Refusal::new("TooManyTagsException", message));
        }
        self.0 = sum;
        Ok(())
    }

    /// Removes those that are there.
    pub(in crate::registry) fn remove(&mut self, keys: &[String]) {
        self.0.retain(|key, _| !keys.contains(key));
    }

    pub(in crate::registry) fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter()
    }
}

fn check(key: &str, value: &str) -> Result<(), Refusal> {
    let what = match (key.chars().count(), value.chars().count()) {
        (0 | 129.., _) => format!("the key {key:?} of a tag must have 1 to 128 characters"),
        (_, 257..) => format!("the value of the tag {key:?} must have at most 256 characters"),
        _ if key.to_ascii_lowercase().starts_with("aws:") => {
            format!("the key {key:?} of a tag begins with \"aws:\", which is not for you")
        }
        _ => return Ok(()),
    };
    Err(Refusal::new("InvalidTagParameterException", what))
}

#[cfg(test)]
mod tests {
    use super::Labels;

    #[test]
    fn labels_are_added_all_or_none() {
        let mut labels = Labels::default();
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert!(labels.add(vec![pair("a", "1"), pair("b", "2")]).is_ok());
        for bad in [
            pair("", "x"),
            pair("AWS:x", ""),
            pair(&"k".repeat(129), ""),
            pair("k", &"v".repeat(257)),
        ] {
            let refusal = labels.add(vec![pair("c", "3"), bad]).err();
            assert_eq!(refusal.map(|it| it.code), Some("InvalidTagParameterException"));
        }
        let many = (0..49).map(|n| pair(&n.to_string(), "")).collect();
        assert_eq!(labels.add(many).err().map(|it| it.code), Some("TooManyTagsException"));
        assert!(labels.add(vec![pair("a", "4")]).is_ok());
        labels.remove(&["b".to_owned(), "z".to_owned()]);
        assert_eq!(labels.iter().collect::<Vec<_>>(), [(&"a".to_owned(), &"4".to_owned())]);
    }
}
