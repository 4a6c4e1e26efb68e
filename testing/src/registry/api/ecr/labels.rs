//! The tags of repositories in the form of Amazon ECR.

use super::api::types::Tag;

pub(super) fn read(tags: Vec<Tag>) -> Vec<(String, String)> {
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

pub(super) fn write((key, value): (&String, &String)) -> Tag {
    Tag::new(key, value)
}
