//! Resource tags in the types of Amazon ECR Public.

use super::api::types::Tag;

pub(super) fn from_api(tags: Vec<Tag>) -> Vec<(String, String)> {
    let pair = |tag: Tag| (tag.key.unwrap_or_default(), tag.value.unwrap_or_default());
    tags.into_iter().map(pair).collect()
}

pub(super) fn to_api((key, value): (&String, &String)) -> Tag {
    Tag::new().key(key).value(value)
}
