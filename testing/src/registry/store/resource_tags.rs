//! Resource tags: key-value pairs of a repository, unlike the tags of its images.

use std::collections::BTreeMap;

use super::error::ApiError;

/// The largest number of tags of a resource.
const MAX_TAGS: usize = 50;

/// The tags of one resource.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::registry) struct ResourceTags(BTreeMap<String, String>);

impl ResourceTags {
    /// Adds tags, replacing the values of existing keys. If one is invalid, none is added.
    pub(in crate::registry) fn add(&mut self, tags: Vec<(String, String)>) -> Result<(), ApiError> {
        tags.iter().try_for_each(|(key, value)| check_tag(key, value))?;
        let mut all = self.0.clone();
        all.extend(tags);
        if all.len() > MAX_TAGS {
            let message = format!("a resource can have at most {MAX_TAGS} tags, not {}", all.len());
            return Err(ApiError::new("TooManyTagsException", message));
        }
        self.0 = all;
        Ok(())
    }

    /// Removes the tags with these keys, ignoring unknown ones.
    pub(in crate::registry) fn remove(&mut self, keys: &[String]) {
        self.0.retain(|key, _| !keys.contains(key));
    }

    pub(in crate::registry) fn iter(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter()
    }
}

fn check_tag(key: &str, value: &str) -> Result<(), ApiError> {
    let what = match (key.chars().count(), value.chars().count()) {
        (0 | 129.., _) => format!("the tag key {key:?} must have 1 to 128 characters"),
        (_, 257..) => format!("the value of the tag {key:?} must have at most 256 characters"),
        _ if key.to_ascii_lowercase().starts_with("aws:") => {
            format!("the tag key {key:?} starts with the reserved prefix \"aws:\"")
        }
        _ => return Ok(()),
    };
    Err(ApiError::new("InvalidTagParameterException", what))
}

#[cfg(test)]
mod tests {
    use super::ResourceTags;

    #[test]
    fn tags_are_added_all_or_none() {
        let mut tags = ResourceTags::default();
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert!(tags.add(vec![pair("a", "1"), pair("b", "2")]).is_ok());
        for bad in [
            pair("", "x"),
            pair("AWS:x", ""),
            pair(&"k".repeat(129), ""),
            pair("k", &"v".repeat(257)),
        ] {
            let error = tags.add(vec![pair("c", "3"), bad]).err();
            assert_eq!(error.map(|it| it.code), Some("InvalidTagParameterException"));
        }
        let many = (0..49).map(|n| pair(&n.to_string(), "")).collect();
        assert_eq!(tags.add(many).err().map(|it| it.code), Some("TooManyTagsException"));
        assert!(tags.add(vec![pair("a", "4")]).is_ok());
        tags.remove(&["b".to_owned(), "z".to_owned()]);
        assert_eq!(tags.iter().collect::<Vec<_>>(), [(&"a".to_owned(), &"4".to_owned())]);
    }
}
