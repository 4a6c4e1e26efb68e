//! Generates a text that matches a pattern.

use super::pattern::{Alternatives, PatternNode, Set};

/// The characters that are used, if the set contains them.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "1234567890";
const HEX: &str = "4b9e1f0c6a0d4c7e9d512f1d1f0f3a11";
const OTHERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./ :+=@,()#!?*%&$";

/// The longest text that is made.
const MAX_LENGTH: usize = 256;

/// Generates a text from the pattern's first alternatives; repetitions occur `more` times than the
/// minimum.
pub(super) fn sample(pattern: &Alternatives, more: usize) -> Option<String> {
    let mut text = String::new();
    sequence(pattern.first()?, more, &mut text)?;
    Some(text)
}

fn sequence(nodes: &[PatternNode], more: usize, text: &mut String) -> Option<()> {
    nodes.iter().try_for_each(|node| self::node(node, more, text))
}

fn node(node: &PatternNode, more: usize, text: &mut String) -> Option<()> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    match node {
        PatternNode::Start | PatternNode::End => Some(()),
        PatternNode::Set(set) => {
            text.push(pick(set, text.len())?);
            Some(())
        }
        PatternNode::Group(alternatives) => sequence(alternatives.first()?, more, text),
        PatternNode::Repeat(inner, least, most) => {
            let times = least.saturating_add(more).min(*most);
            (0..times).try_for_each(|_| self::node(inner, more, text))
        }
    }
}

/// Picks a character of a set, a different one at each position: `1234` reads better than `1111`. A
/// set that ends at `f` is hexadecimal.
fn pick(set: &Set, at: usize) -> Option<char> {
    let turned = |all: &'static str| all.chars().cycle().skip(at % all.len()).take(all.len());
    let is_hex = set.has('f') && set.has('0') && !set.has('g');
    let hex = is_hex.then(|| turned(HEX)).into_iter().flatten();
    let mut nice = hex.chain(turned(LETTERS)).chain(turned(DIGITS)).chain(OTHERS.chars());
    nice.find(|c| set.has(*c)).or_else(|| set.ranges.first().map(|(first, _)| *first))
}
