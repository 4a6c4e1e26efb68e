//! Compiles a syntax tree to a program, whose instructions `search` executes for all alternatives
//! at once.
//!
//! A counted repetition is compiled to copies. If there would be too many, higher counts become
//! "or more", so that more texts match.

use super::syntax::{Alternatives, Node, Repetition};

/// The maximum number of instructions.
const MAX_INSTRUCTIONS: usize = 10_000;

/// The maximum number of nodes that are visited. Nodes that match only the empty text have no
/// instructions, so `MAX_INSTRUCTIONS` does not limit them.
const MAX_VISITS: usize = 100_000;

/// The limits for the counts of repetitions, in the order in which they are tried.
const MAX_COUNTS: [usize; 3] = [4096, 64, 1];

/// An instruction. The index of the next one is its own plus one, unless stated otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) enum Instruction {
    /// Reads a character of the set with this index.
    Set(usize),
    /// Continues only at the start of the text.
    Start,
    /// Continues only at the end of the text or before a line terminator at its end.
    End,
    /// Continues only at the end of the text.
    AbsoluteEnd,
    /// Continues both at the next instruction and at this one.
    Fork(usize),
    /// Continues at this instruction.
    Jump(usize),
    /// The pattern matches.
    Match,
}

/// Compiles a pattern; `None` if it is too large.
pub(super) fn compile(pattern: &Alternatives) -> Option<Vec<Instruction>> {
    MAX_COUNTS.into_iter().find_map(|max_count| {
        let mut compiler = Compiler { program: Vec::new(), visits: 0, max_count };
        compiler.alternatives(pattern)?;
        compiler.add(Instruction::Match)?;
        Some(compiler.program)
    })
}

struct Compiler {
    program: Vec<Instruction>,
    visits: usize,
    /// The limit for the counts of repetitions.
    max_count: usize,
}

impl Compiler {
    /// Adds an instruction and returns its index.
    fn add(&mut self, instruction: Instruction) -> Option<usize> {
        let index = self.program.len();
        self.program.push(instruction);
        (index < MAX_INSTRUCTIONS).then_some(index)
    }

    /// Sets the target of forks or jumps to the next instruction.
    fn land(&mut self, origins: impl IntoIterator<Item = usize>) {
        let here = self.program.len();
        for origin in origins {
            if let Instruction::Fork(target) | Instruction::Jump(target) = &mut self.program[origin]
            {
                *target = here;
            }
        }
    }

    fn alternatives(&mut self, alternatives: &Alternatives) -> Option<()> {
        let (last, others) = alternatives.split_last()?;
        let mut ends = Vec::new();
        for sequence in others {
            let fork = self.add(Instruction::Fork(0))?;
            self.sequence(sequence)?;
            ends.push(self.add(Instruction::Jump(0))?);
            self.land([fork]);
        }
        self.sequence(last)?;
        self.land(ends);
        Some(())
    }

    fn sequence(&mut self, nodes: &[Node]) -> Option<()> {
        nodes.iter().try_for_each(|node| self.node(node))
    }

    fn node(&mut self, node: &Node) -> Option<()> {
        self.visits += 1;
        if self.visits > MAX_VISITS {
            return None;
        }
        match node {
            Node::Empty => Some(()),
            Node::Start => self.add(Instruction::Start).map(drop),
            Node::End => self.add(Instruction::End).map(drop),
            Node::AbsoluteEnd => self.add(Instruction::AbsoluteEnd).map(drop),
            Node::Set(set) => self.add(Instruction::Set(*set)).map(drop),
            Node::Group(alternatives) => self.alternatives(alternatives),
            Node::Repeat(node, repetition) => self.repeat(node, *repetition),
        }
    }

    fn repeat(&mut self, node: &Node, Repetition { least, most }: Repetition) -> Option<()> {
        let least = least.min(self.max_count);
        let most = most.filter(|most| *most <= self.max_count);
        let mut last = self.program.len();
        for _ in 0..least {
            last = self.program.len();
            self.node(node)?;
        }
        match most {
            Some(most) => self.up_to(node, most - least),
            None if least == 0 => self.any_number(node),
            // The last copy is repeated, because another copy would double the size of each level
            // of nested repetitions.
            None => self.add(Instruction::Fork(last)).map(drop),
        }
    }

    fn up_to(&mut self, node: &Node, most: usize) -> Option<()> {
        let mut forks = Vec::new();
        for _ in 0..most {
            forks.push(self.add(Instruction::Fork(0))?);
            self.node(node)?;
        }
        self.land(forks);
        Some(())
    }

    fn any_number(&mut self, node: &Node) -> Option<()> {
        let fork = self.add(Instruction::Fork(0))?;
        self.node(node)?;
        self.add(Instruction::Jump(fork))?;
        self.land([fork]);
        Some(())
    }
}
