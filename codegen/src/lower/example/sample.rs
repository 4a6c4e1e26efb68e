//! A text that a pattern matches.

use super::pattern::{Alternatives, PatternNode, Set};

/// What a character is taken from, where its set has it.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "1234567890";
const HEX: &str = "4b9e1f0c6a0d4c7e9d512f1d1f0f3a11";
const OTHERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./ :+=@,()#!?*%&$";

/// The longest text that is made.
const LONGEST: usize = 256;

/// A text of the pattern's first alternatives; what may come any number of times comes `more` times
/// than it must.
pub(super) fn sample(pattern: &Alternatives, more: usize) -> Option<String> {
    let mut text = String::new();
    sequence(pattern.first()?, more, &mut text)?;
    Some(text)
}

fn sequence(nodes: &[PatternNode], more: usize, text: &mut String) -> Option<()> {
    nodes.iter().try_for_each(|node| self::node(node, more, text))
}

fn node(node: &PatternNode, more: usize, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
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

/// A character of a set, another one at each place: `1234` reads better than `1111`. What ends at `f`
/// is a number in hexadecimal.
fn pick(set: &Set, at: usize) -> Option<char> {
    let turned = |all: &'static str| all.chars().cycle().skip(at % all.len()).take(all.len());
    let is_hex = set.has('f') && set.has('0') && !set.has('g');
    let hex = is_hex.then(|| turned(HEX)).into_iter().flatten();
    let mut nice = hex.chain(turned(LETTERS)).chain(turned(DIGITS)).chain(OTHERS.chars());
    nice.find(|c| set.has(*c)).or_else(|| set.ranges.first().map(|(first, _)| *first))
}
