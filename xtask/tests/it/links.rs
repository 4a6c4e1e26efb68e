//! Checks that relative links in the Markdown files of this repository point to existing files.

use std::fs;

use crate::repository;

/// Folders that contain no documents of this repository.
const SKIPPED: [&str; 2] = [".git", "target"];

/// The targets of the inline links and images of a Markdown text outside of code blocks.
pub(crate) fn links(text: &str) -> Vec<&str> {
    let mut links = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            let rest = line.split("](").skip(1);
            links.extend(rest.filter_map(|rest| rest.split_once(')')).map(|(link, _)| link));
        }
    }
    links
}

#[test]
fn each_link_leads_to_a_file() {
    let mut found = repository::files(&repository::root(), &SKIPPED);
    found.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    assert!(found.len() > 50, "{found:?}");
    let mut broken = Vec::new();
    for document in &found {
        let text = fs::read_to_string(document).unwrap();
        for link in links(&text) {
            let file = link.split('#').next().unwrap();
            let exists = document.parent().unwrap().join(file).exists();
            if !link.contains("://") && !exists {
                broken.push(format!("{}: {link}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn links_in_code_are_ignored() {
    let text = "[a](b.md#c) and ![d](e.png)\n```md\n[f](g)\n```\n[h](i)";
    assert_eq!(links(text), ["b.md#c", "e.png", "i"]);
}
