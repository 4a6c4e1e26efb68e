//! Searches a text for a match of a program. It follows all alternatives at once, so each character
//! is read once, and the time is at most proportional to the length of the text times that of the
//! program.

use super::program::Instruction;
use super::set::Set;

/// The texts before which `$` matches if they end the text: nothing and, because Java and Python
/// allow a final line terminator, those of Java.
const LINE_ENDS: [&str; 7] = ["", "\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"];

/// Returns true if the program matches somewhere in the text.
pub(super) fn search(program: &[Instruction], sets: &[Set], text: &str) -> bool {
    let mut search = Search {
        program,
        sets: Vec::new(),
        reached: vec![0; program.len()],
        position: 0,
        rest: text,
    };
    let mut pending = Vec::new();
    let mut chars = text.chars();
    loop {
        search.rest = chars.as_str();
        let next = chars.next();
        search.position += 1;
        search.sets.clear();
        // A match may start at every position.
        pending.push(0);
        if search.reach(&mut pending) {
            return true;
        }
        let Some(c) = next else { return false };
        let accepting = search.sets.iter().filter(|(_, set)| sets[*set].accepts(c));
        pending.extend(accepting.map(|(instruction, _)| instruction + 1));
    }
}

/// The state between two characters.
struct Search<'a> {
    program: &'a [Instruction],
    /// The instructions that read the next character, and their sets.
    sets: Vec<(usize, usize)>,
    /// The last position at which each instruction was reached.
    reached: Vec<usize>,
    /// The number of characters before this position, plus one.
    position: usize,
    /// The text after this position.
    rest: &'a str,
}

impl Search<'_> {
    /// Executes the pending instructions up to those that read a character. Returns true if the
    /// pattern matches.
    fn reach(&mut self, pending: &mut Vec<usize>) -> bool {
        while let Some(index) = pending.pop() {
            if std::mem::replace(&mut self.reached[index], self.position) == self.position {
                continue;
            }
            match self.program[index] {
                Instruction::Match => return true,
                Instruction::Set(set) => self.sets.push((index, set)),
                Instruction::Start if self.position > 1 => {}
                Instruction::End if !LINE_ENDS.contains(&self.rest) => {}
                Instruction::AbsoluteEnd if !self.rest.is_empty() => {}
                Instruction::Start | Instruction::End | Instruction::AbsoluteEnd => {
                    pending.push(index + 1);
                }
                Instruction::Jump(target) => pending.push(target),
                Instruction::Fork(target) => pending.extend([index + 1, target]),
            }
        }
        false
    }
}
