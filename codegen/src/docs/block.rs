//! Writes blocks as paragraphs of Markdown.

use super::{
    inline::{self, Inline},
    tree::Block,
};

/// Returns one text per block, with several lines for a list, a table or verbatim text.
pub fn paragraphs(blocks: &[Block]) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut marks = Marks::default();
    for block in blocks {
        let text = match block {
            Block::Paragraph(inlines) => inline::line(inlines),
            Block::List { numbered, items } => list(marks.next(*numbered), items),
            Block::Verbatim(text) => verbatim(text),
            Block::Table(rows) => table(rows),
        };
        if !matches!(block, Block::List { .. }) {
            marks = Marks::default();
        }
        if !text.is_empty() {
            paragraphs.push(text);
        }
    }
    paragraphs
}

/// The mark of list items.
#[derive(Clone, Copy)]
enum Mark {
    Bullet(char),
    Number(char),
}

/// The marks of consecutive lists, which would be one list if they had the same marks.
#[derive(Default)]
struct Marks {
    /// Whether the previous list was numbered, and whether it used the alternative marks.
    last: Option<(bool, bool)>,
}

impl Marks {
    fn next(&mut self, numbered: bool) -> Mark {
        let other = self.last == Some((numbered, false));
        self.last = Some((numbered, other));
        match (numbered, other) {
            (false, false) => Mark::Bullet('-'),
            (false, true) => Mark::Bullet('*'),
            (true, false) => Mark::Number('.'),
            (true, true) => Mark::Number(')'),
        }
    }
}

fn list(mark: Mark, items: &[Vec<Block>]) -> String {
    let items: Vec<_> =
        items.iter().map(|item| paragraphs(item)).filter(|i| !i.is_empty()).collect();
    let mut lines = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mark = match mark {
            Mark::Bullet(bullet) => format!("{bullet} "),
            Mark::Number(end) => format!("{}{end} ", index + 1),
        };
        lines.extend(indented(&mark, item));
    }
    lines.join("\n")
}

/// The lines of an item after its mark.
fn indented(mark: &str, item: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, paragraph) in item.iter().enumerate() {
        // A list may directly follow its paragraph; anything else would be merged into it.
        if index > 0 && !is_list(paragraph) {
            lines.push(String::new());
        }
        lines.extend(paragraph.lines().map(str::to_owned));
    }
    let indent = " ".repeat(mark.len());
    for (index, line) in lines.iter_mut().enumerate() {
        match index {
            0 => line.insert_str(0, mark),
            _ if !line.is_empty() => line.insert_str(0, &indent),
            _ => {}
        }
    }
    lines
}

/// Returns true if a paragraph is a list that may interrupt another paragraph.
fn is_list(paragraph: &str) -> bool {
    ["- ", "* ", "1. ", "1) "].iter().any(|mark| paragraph.starts_with(mark))
}

/// A code block without a language.
fn verbatim(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| shown(line.trim_end())).collect();
    let text = lines.join("\n");
    let text = text.trim_matches('\n');
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    if text.is_empty() { String::new() } else { format!("{fence}text\n{text}\n{fence}") }
}

fn shown(line: &str) -> String {
    let hidden = |c: char| c.is_control() && c != '\t' || super::escape::is_direction(c);
    line.chars().filter(|c| !hidden(*c)).collect()
}

/// The maximum width of a table, in columns, whose rows are padded with empty cells.
const MAX_PADDED: usize = 64;

fn table(rows: &[Vec<Vec<Inline>>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let cells = row.iter().map(|cell| inline::line(cell).replace('|', "\\|"));
        // Only the first row needs all cells. Padding a table that is both wide and long could
        // exhaust memory.
        let padded = index == 0 || width <= MAX_PADDED;
        lines.push(cells_line(cells, if padded { width } else { row.len() }));
        if index == 0 {
            lines.push(cells_line(std::iter::repeat_n("---".to_owned(), width), width));
        }
    }
    lines.join("\n")
}

fn cells_line(cells: impl Iterator<Item = String>, width: usize) -> String {
    let cells: Vec<_> = cells.chain(std::iter::repeat(String::new())).take(width).collect();
    format!("| {} |", cells.join(" | "))
}
