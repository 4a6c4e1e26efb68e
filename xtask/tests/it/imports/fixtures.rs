//! Tests the rules on small crates.

use std::fs;

use super::{
    crate_files::Crate,
    rules::{Layers, violations},
};

/// The violations in a crate of these files, with paths from its root.
fn check(layers: &Layers<'_>, files: &[(&str, &str)]) -> Vec<String> {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().canonicalize().unwrap();
    for (name, text) in files {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let found = violations(&Crate::read(&folder), layers);
    let root = format!("{}/", folder.display());
    found.iter().map(|violation| violation.replace(&root, "")).collect()
}

const LAYERS: &Layers<'_> = &[&["top"], &["left", "right"], &["low"]];

/// A crate with the four layers, in which `low` has this text.
fn with_low(low: &str) -> Vec<String> {
    let root = "mod left;\nmod low;\nmod right;\nmod top;\npub use top::Deep;\n\
                #[doc(hidden)]\npub mod private { pub use crate::top::deep::work; }\n";
    let top = "pub mod deep;\npub use self::deep::{Deep, work as run};\npub use deep::*;\n";
    let deep = "pub struct Deep;\npub fn work() {}\npub use crate::low::Low as Again;\n";
    check(
        LAYERS,
        &[
            ("lib.rs", root),
            ("top/mod.rs", top),
            ("top/deep.rs", deep),
            ("left.rs", "use crate::low::Low;\n"),
            ("right.rs", ""),
            ("low/mod.rs", low),
        ],
    )
}

#[test]
fn downward_imports_and_other_crates_pass() {
    let low =
        "pub struct Low;\nuse std::fmt;\nuse ::top::Deep;\nfn f() { Self::x(); fmt::write(); }\n";
    assert_eq!(with_low(low), [""; 0]);
}

#[test]
fn every_kind_of_upward_import_is_detected() {
    let upward = [
        "use crate::top;",
        "use crate::top::deep::Deep;",
        "use crate::top::deep::*;",
        "use crate::{left, top::{deep::{self, Deep}}};",
        "use super::top::deep::Deep as Other;",
        "pub use crate::top::run;",
        "fn f() { use crate::top::Deep; }",
        "fn f() { let x = crate::top::work(); }",
        "fn f(x: super::top::Deep) {}",
        "mod inner { fn f(x: super::super::top::Deep) {} }",
        "mod inner { use super::super::top::Deep; }",
        "impl crate::top::Trait for Low {}",
        "fn f() { println!(\"{}\", crate::top::deep::work()); }",
        "macro_rules! m { () => { $crate::top::deep::work() } }",
        "#[cfg(not(test))] use crate::top::Deep;",
        "#[cfg(any(test, feature = \"x\"))] use crate::top::Deep;",
    ];
    for text in upward {
        let found = with_low(&format!("pub struct Low;\n{text}\n"));
        assert!(!found.is_empty(), "{text}");
        for violation in found {
            assert!(violation.starts_with("low/mod.rs:2: `"), "{text}: {violation}");
            assert!(violation.contains(" is above `low` in the list of layers"), "{violation}");
        }
    }
}

#[test]
fn re_exports_are_followed_to_the_definition() {
    for text in ["use crate::Deep;", "use crate::private::work;", "use crate::top::Deep;"] {
        let found = with_low(&format!("pub struct Low;\n{text}\n"));
        let path = &text[4..text.len() - 1];
        let expected =
            format!("low/mod.rs:2: `{path}`: `top` is above `low` in the list of layers");
        assert_eq!(found, [expected]);
    }
    // The item that it names is in `low` itself, regardless of the modules that the path leads
    // through.
    assert_eq!(with_low("pub struct Low;\nuse crate::top::Again;\n"), [""; 0]);
    assert_eq!(with_low("pub struct Low;\nuse crate::top::deep::Again;\n"), [""; 0]);
}

#[test]
fn code_for_tests_is_ignored() {
    let tests = [
        "#[cfg(test)] mod tests { use crate::top::Deep; }",
        "#[cfg(test)] #[path = \"nowhere.rs\"] mod tests;",
        "#[cfg(test)] use crate::top::Deep;",
        "#[cfg(all(test, unix))] fn f() { crate::top::work(); }",
        "impl Low { #[cfg(test)] fn f() { crate::top::work(); } }",
    ];
    for text in tests {
        assert_eq!(with_low(&format!("pub struct Low;\n{text}\n")), [""; 0], "{text}");
    }
}

#[test]
fn a_module_may_have_a_file_of_another_name() {
    let root = "mod low;\nmod top;\n";
    let low = "#[path = \"../shared/file.rs\"]\nmod renamed;\n";
    let files = [
        ("lib.rs", root),
        ("top.rs", ""),
        ("low/mod.rs", low),
        ("shared/file.rs", "use crate::top;"),
    ];
    let found = check(LAYERS, &files);
    assert_eq!(
        found,
        ["shared/file.rs:1: `crate::top`: `top` is above `low` in the list of layers"]
    );
}

#[test]
fn comments_strings_and_visibility_are_not_imports() {
    let text = "pub struct Low;\n/// `crate::top::Deep`\npub(in crate::low) const X: &str = \"crate::top::Deep\";\n";
    assert_eq!(with_low(text), [""; 0]);
}

#[test]
fn quoted_code_and_paths_with_variables_are_not_imports() {
    let text = "pub struct Low;\nfn f() { quote::quote! { crate::top::Deep } }\n\
                macro_rules! m { ($name:ident) => { $crate::top::$name } }\n";
    assert_eq!(with_low(text), [""; 0]);
}

#[test]
fn layers_of_a_line_may_import_each_other_in_one_direction() {
    let crate_of = |left, right| {
        let root = "mod left;\nmod right;\n";
        check(LAYERS, &[("main.rs", root), ("left.rs", left), ("right.rs", right)])
    };
    let (left, right) = ("\nuse crate::right::Right;\n", "use crate::left::Left;\n");
    assert_eq!(crate_of(left, ""), [""; 0]);
    let found = crate_of(left, right);
    let expected = [
        "left.rs:2: `crate::right::Right`: layers import each other: left, right",
        "right.rs:1: `crate::left::Left`: layers import each other: left, right",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_cycle_of_four_files_is_found_and_one_of_three_passes() {
    let cycle = |count: usize| {
        let names = ["a", "b", "c", "d"];
        let declared: String = names[..count].iter().map(|name| format!("mod {name};\n")).collect();
        let mut files = vec![("lib.rs".to_owned(), "mod low;\n".to_owned())];
        files.push(("low/mod.rs".to_owned(), declared));
        for index in 0..count {
            let next = names[(index + 1) % count];
            let text = format!("pub struct X;\nuse super::{next}::X as Next;\n");
            files.push((format!("low/{}.rs", names[index]), text));
        }
        let files: Vec<_> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        check(LAYERS, &files)
    };
    assert_eq!(cycle(3), [""; 0]);
    let found = cycle(4);
    assert_eq!(found.len(), 4);
    assert_eq!(found[0], "low/a.rs:2: `super::b::X`: imports low/b.rs in a cycle of 4 files");
}

#[test]
fn a_module_that_is_not_listed_is_found() {
    let root = "pub struct Own;\nmod low;\nmod other;\nmod inline { pub struct A; }\n";
    let found = check(LAYERS, &[("lib.rs", root), ("low.rs", ""), ("other.rs", "")]);
    assert_eq!(found, ["lib.rs:3: the list of layers has no `other`"]);
}

#[test]
fn layers_must_not_import_definitions_of_the_root() {
    let root = "pub struct Own;\nmod low;\nmod inline { pub struct A; }\n";
    let low = "use crate::Own;\nuse crate::inline::A;\n";
    let found = check(LAYERS, &[("lib.rs", root), ("low.rs", low)]);
    let expected = [
        "low.rs:1: `crate::Own` is defined in the root of the crate",
        "low.rs:2: `crate::inline::A` is defined in the root of the crate",
    ];
    assert_eq!(found, expected);
}

#[test]
fn macros_are_imports_of_the_file_that_defines_them() {
    let root = "extern crate self as own;\n#[macro_use]\nmod top;\nmod low;\n";
    let top =
        "macro_rules! plain { () => {} }\n#[macro_export]\nmacro_rules! exported { () => {} }\n";
    let low = "fn f() { plain!(); crate::exported!(); own::exported!(); println!(); }\n";
    let found = check(LAYERS, &[("lib.rs", root), ("top.rs", top), ("low.rs", low)]);
    let shown: Vec<_> = found.iter().map(|text| text.split('`').nth(1).unwrap()).collect();
    assert_eq!(shown, ["crate::exported", "own::exported", "plain!"]);
}
