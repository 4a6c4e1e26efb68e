//! Resource tags in the types of Amazon ECR.

use super::api::types::Tag;

pub(super) fn from_api(tags: Vec<Tag>) -> Vec<(String, String)> {
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

pub(super) fn to_api((key, value): (&String, &String)) -> Tag {
    Tag::new(key, value)
}
