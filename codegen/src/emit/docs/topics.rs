//! Groups items by topic, which is the first noun of their names: `put_image` and `list_images` by
//! "Image".

use std::collections::{BTreeMap, HashSet};

/// The title of the group of items that share their topic with no other item.
const OTHERS: &str = "Others";

/// The title if no two items share a topic.
const ALL: &str = "All";

/// A topic and its items, in their original order.
pub(in crate::emit) type Topic<T> = (String, Vec<T>);

/// Groups operations by their methods' names, without the verb.
pub(in crate::emit) fn of_operations<T>(
    items: impl IntoIterator<Item = (String, T)>,
) -> Vec<Topic<T>> {
    grouped(items, |words| {
        let verbs = if words.first() == Some(&"batch") { 2 } else { 1 };
        words.get(verbs..).filter(|noun| !noun.is_empty()).unwrap_or(words)
    })
}

/// Groups types by the names of their modules.
pub(in crate::emit) fn of_types<T>(items: impl IntoIterator<Item = (String, T)>) -> Vec<Topic<T>> {
    grouped(items, |words| words)
}

/// Groups items whose nouns begin with the same word. A topic's title consists of the words that all
/// of its nouns begin with.
fn grouped<T>(
    items: impl IntoIterator<Item = (String, T)>,
    noun: impl for<'w> Fn(&'w [&'w str]) -> &'w [&'w str],
) -> Vec<Topic<T>> {
    let nouns = items.into_iter().map(|(name, item)| {
        let words: Vec<_> = name.split('_').filter(|word| !word.is_empty()).collect();
        (noun(&words).iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), item)
    });
    let nouns: Vec<_> = nouns.collect();
    let known: HashSet<String> = nouns.iter().flat_map(|(noun, _)| noun.clone()).collect();
    let mut topics: BTreeMap<String, (Vec<String>, Vec<T>)> = BTreeMap::new();
    for (noun, item) in nouns {
        let noun: Vec<_> = noun.iter().map(|word| singular(word, &known)).collect();
        let first = noun.first().cloned().unwrap_or_default();
        let (title, items) = topics.entry(first).or_insert_with(|| (noun.clone(), Vec::new()));
        let shared = title.iter().zip(&noun).take_while(|(a, b)| a == b).count();
        title.truncate(shared);
        items.push(item);
    }
    let (single, several): (Vec<_>, Vec<_>) =
        topics.into_values().partition(|(_, items)| items.len() == 1);
    let mut grouped: Vec<_> =
        several.into_iter().map(|(words, items)| (title(words), items)).collect();
    let single: Vec<_> = single.into_iter().flat_map(|(_, items)| items).collect();
    if !single.is_empty() {
        let title = if grouped.is_empty() { ALL } else { OTHERS };
        grouped.push((title.to_owned(), single));
    }
    grouped
}

/// Returns the singular of a word if it is one of the `known` words, and otherwise the word itself:
/// `images` becomes `image` only if `image` is known, and `alias` remains `alias`.
fn singular(word: &str, known: &HashSet<String>) -> String {
    let endings = [("ies", "y"), ("es", ""), ("s", "")];
    let singulars = endings.iter().filter_map(|(plural, singular)| {
        let stem = word.strip_suffix(plural).filter(|stem| stem.len() > 1)?;
        Some(format!("{stem}{singular}"))
    });
    singulars.into_iter().find(|singular| known.contains(singular)).unwrap_or(word.to_owned())
}

/// Words that are removed from the end of a title. Others, such as "on", may be part of a noun.
const PREPOSITIONS: [&str; 4] = ["by", "for", "from", "of"];

fn title(mut words: Vec<String>) -> String {
    while words.len() > 1 && words.last().is_some_and(|last| PREPOSITIONS.contains(&&**last)) {
        words.pop();
    }
    capitalized(&words.join(" "))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&'static str]) -> Vec<(String, &'static str)> {
        names.iter().map(|name| ((*name).to_owned(), *name)).collect()
    }

    #[test]
    fn operations_are_grouped_by_noun() {
        let topics = of_operations(named(&[
            "batch_get_image",
            "delete_lifecycle_policy",
            "get_lifecycle_policy_preview",
            "list_images",
            "put_image_tag_mutability",
            "sign",
            "tag_resource",
        ]));
        let expected = [
            ("Image", vec!["batch_get_image", "list_images", "put_image_tag_mutability"]),
            ("Lifecycle policy", vec!["delete_lifecycle_policy", "get_lifecycle_policy_preview"]),
            ("Others", vec!["tag_resource", "sign"]),
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(title, names)| (title.to_owned(), names)).collect();
        assert_eq!(topics, expected);
        let topics = of_operations(named(&["sign", "verify_key"]));
        assert_eq!(topics, [("All".to_owned(), vec!["verify_key", "sign"])]);
    }

    #[test]
    fn a_plural_is_a_word_whose_singular_is_the_word_of_another_name() {
        let rows = [
            ["create_alias", "list_aliases", "Alias"],
            ["get_api", "list_apis", "Api"],
            ["create_eks_cluster", "delete_eks_cluster", "Eks cluster"],
            ["get_status", "list_statuses", "Status"],
            ["get_policy", "list_policies", "Policy"],
            ["get_settings", "update_settings", "Settings"],
            ["get_key_for_a", "list_keys_for_b", "Key"],
        ];
        for [one, other, title] in rows {
            let topics = of_operations(named(&[one, other]));
            assert_eq!(topics, [(title.to_owned(), vec![one, other])]);
        }
    }

    #[test]
    fn types_are_grouped_by_their_first_word() {
        let topics = of_types(named(&[
            "dns_a",
            "dns_b",
            "image",
            "image_detail",
            "status",
            "policies",
            "policy_text",
        ]));
        let expected = [
            ("Dns", vec!["dns_a", "dns_b"]),
            ("Image", vec!["image", "image_detail"]),
            ("Policy", vec!["policies", "policy_text"]),
            ("Others", vec!["status"]),
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(title, names)| (title.to_owned(), names)).collect();
        assert_eq!(topics, expected);
    }
}
