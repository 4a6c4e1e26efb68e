//! Parses tokens to a tree of blocks and inlines, as tolerantly as a browser: an unclosed element
//! ends with its parent, and an unmatched closing tag is ignored.

use super::{
    element::Element,
    inline::Inline,
    token::{ProseToken, is_absolute},
};

/// The maximum nesting of blocks and inlines; deeper tags are ignored and their text is kept.
const MAX_DEPTH: usize = 32;

/// A block of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; each item is blocks.
    List {
        /// Whether it is numbered.
        numbered: bool,
        /// Its items, none of which is empty.
        items: Vec<Vec<Block>>,
    },
    /// Text with significant lines and spaces.
    Verbatim(String),
    /// A table: rows of cells.
    Table(Vec<Vec<Vec<Inline>>>),
}

/// Parses tokens to blocks.
pub fn blocks(tokens: &[ProseToken]) -> Vec<Block> {
    let mut parser = TreeBuilder { tokens, at: 0, open: Vec::new() };
    let mut blocks = Vec::new();
    parser.blocks_into(&mut blocks);
    blocks
}

struct TreeBuilder<'a> {
    tokens: &'a [ProseToken],
    at: usize,
    /// The elements that enclose the current position, outermost first.
    open: Vec<Element>,
}

impl<'a> TreeBuilder<'a> {
    fn peek(&self) -> Option<&'a ProseToken> {
        self.tokens.get(self.at)
    }

    /// Reads blocks up to the end of the innermost open element, which is not consumed.
    fn blocks_into(&mut self, blocks: &mut Vec<Block>) {
        while let Some(token) = self.peek() {
            if self.ends_here(token) {
                return;
            }
            match token {
                ProseToken::Open(element, _) if !element.is_inline() => {
                    self.at += 1;
                    self.block_into(*element, blocks);
                }
                ProseToken::Close(_) => self.at += 1,
                _ => {
                    let inlines = self.inlines();
                    push_paragraph(inlines, blocks);
                }
            }
        }
    }

    /// Returns true if a token ends the innermost open element: it closes that element or an
    /// enclosing one, or it starts the next sibling of an unclosed part.
    fn ends_here(&self, token: &ProseToken) -> bool {
        match token {
            ProseToken::Close(element) => self.open.contains(element),
            ProseToken::Open(element, _) if !element.parents().is_empty() => {
                let depth = |wanted: &[Element]| self.open.iter().rposition(|e| wanted.contains(e));
                let parent = depth(element.parents());
                parent.is_some() && parent.map(|at| at + 1) != Some(self.open.len())
            }
            _ => false,
        }
    }

    fn block_into(&mut self, element: Element, blocks: &mut Vec<Block>) {
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        match element {
            Element::Bullets | Element::Numbers => {
                let items = self.parts(element, &[Element::Item]);
                let items: Vec<_> = items.into_iter().map(|(_, item)| item).collect();
                push_list(element == Element::Numbers, items, blocks);
            }
            Element::Terms => {
                let parts = self.parts(element, &[Element::Term, Element::Meaning]);
                push_list(false, terms(parts), blocks);
            }
            Element::Table => push_table(self.table(), blocks),
            Element::Verbatim | Element::Hidden => {
                let text = self.raw_text(element);
                if element == Element::Verbatim && !text.trim().is_empty() {
                    blocks.push(Block::Verbatim(text));
                }
            }
            Element::Break => {}
            _ => blocks.extend(set_off(element, self.within(element))),
        }
    }

    /// Reads the blocks of an element that was just opened, including its end.
    fn within(&mut self, element: Element) -> Vec<Block> {
        self.open.push(element);
        let mut blocks = Vec::new();
        self.blocks_into(&mut blocks);
        self.open.pop();
        if self.peek() == Some(&ProseToken::Close(element)) {
            self.at += 1;
        }
        blocks
    }

    /// Reads the parts of a list that was just opened; text between parts becomes a part.
    fn parts(&mut self, list: Element, kinds: &[Element]) -> Vec<(Element, Vec<Block>)> {
        self.open.push(list);
        let mut parts: Vec<(Element, Vec<Block>)> = Vec::new();
        while let Some(token) = self.peek() {
            let opens_part =
                matches!(token, ProseToken::Open(element, _) if kinds.contains(element));
            let part = match token {
                ProseToken::Open(element, _) if opens_part => {
                    self.at += 1;
                    (*element, self.within(*element))
                }
                token if self.ends_here(token) => break,
                _ => (kinds[kinds.len() - 1], self.stray()),
            };
            match parts.last_mut() {
                // Content between two items belongs to the first of them.
                Some((_, item)) if !opens_part && list != Element::Terms => item.extend(part.1),
                _ if part.1.is_empty() => {}
                _ => parts.push(part),
            }
        }
        self.open.pop();
        if self.peek() == Some(&ProseToken::Close(list)) {
            self.at += 1;
        }
        parts
    }

    /// Reads content of a list or table that is outside of its parts.
    fn stray(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        match self.peek() {
            Some(ProseToken::Open(element, _)) if !element.is_inline() => {
                self.at += 1;
                self.block_into(*element, &mut blocks);
            }
            Some(ProseToken::Close(_)) | None => self.at += 1,
            Some(_) => {
                let inlines = self.inlines();
                push_paragraph(inlines, &mut blocks);
            }
        }
        blocks
    }

    /// Reads the rows of a table that was just opened.
    fn table(&mut self) -> Vec<Vec<Vec<Inline>>> {
        self.open.push(Element::Table);
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        while let Some(token) = self.peek() {
            let cell = match token {
                ProseToken::Open(Element::Row, _) => {
                    self.at += 1;
                    rows.push(Vec::new());
                    continue;
                }
                ProseToken::Close(Element::Row) => {
                    self.at += 1;
                    continue;
                }
                ProseToken::Open(Element::Cell, _) => {
                    self.at += 1;
                    self.within(Element::Cell)
                }
                token if self.ends_here(token) => break,
                _ => match self.stray() {
                    blocks if blocks.is_empty() => continue,
                    blocks => blocks,
                },
            };
            if rows.is_empty() {
                rows.push(Vec::new());
            }
            if let Some(row) = rows.last_mut() {
                row.push(flat(cell));
            }
        }
        self.open.pop();
        if self.peek() == Some(&ProseToken::Close(Element::Table)) {
            self.at += 1;
        }
        rows
    }

    /// Reads the text of an element that was just opened, ignoring tags within it.
    fn raw_text(&mut self, element: Element) -> String {
        let mut text = String::new();
        while let Some(token) = self.peek() {
            self.at += 1;
            match token {
                ProseToken::Close(closed) if *closed == element => break,
                ProseToken::Text(piece) | ProseToken::Link(piece, _) => text.push_str(piece),
                ProseToken::Code(piece) => text.extend(["`", piece, "`"]),
                ProseToken::Open(Element::Break, _) => text.push('\n'),
                _ => {}
            }
        }
        text
    }

    /// Reads inlines up to a block tag or the end of the innermost open element.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some(token) = self.peek() {
            if self.ends_here(token) {
                break;
            }
            match token {
                ProseToken::Open(element, href) if element.is_inline() => {
                    self.at += 1;
                    inlines.extend(self.marked(*element, href.as_deref()));
                }
                ProseToken::Open(..) => break,
                ProseToken::Close(_) => self.at += 1,
                ProseToken::Text(text) => {
                    self.at += 1;
                    inlines.push(Inline::Text(text.clone()));
                }
                ProseToken::Code(text) => {
                    self.at += 1;
                    inlines.push(Inline::Code(text.clone()));
                }
                ProseToken::Link(text, href) => {
                    self.at += 1;
                    inlines.push(Inline::Link(href.clone(), vec![Inline::Text(text.clone())]));
                }
            }
        }
        inlines
    }

    /// Reads the inlines of an element that was just opened, and applies the element to them.
    fn marked(&mut self, element: Element, href: Option<&str>) -> Vec<Inline> {
        if self.open.len() >= MAX_DEPTH {
            return Vec::new();
        }
        self.open.push(element);
        let mut inner = self.inlines();
        self.open.pop();
        if self.peek() == Some(&ProseToken::Close(element)) {
            self.at += 1;
        }
        if let (Some(ProseToken::Text(next)), Some(Inline::Text(last))) =
            (self.peek(), inner.last_mut())
            && is_stop(next)
        {
            last.truncate(last.trim_end().len());
        }
        match (element, href.map(str::trim)) {
            (Element::Strong, _) => vec![Inline::Strong(inner)],
            (Element::Emphasis, _) => vec![Inline::Emphasis(inner)],
            (Element::Code, _) => coded(inner),
            (Element::Link, Some(href)) if is_absolute(href) => {
                vec![Inline::Link(href.to_owned(), inner)]
            }
            _ => inner,
        }
    }
}

/// Returns true if a text starts with punctuation that takes no space before it.
fn is_stop(text: &str) -> bool {
    let mut chars = text.chars();
    let mark = chars.next().is_some_and(|c| ".,;:!?)".contains(c));
    mark && !chars.next().is_some_and(char::is_alphanumeric)
}

/// Code cannot contain emphasis, but it may be a link.
fn coded(inlines: Vec<Inline>) -> Vec<Inline> {
    let coded = inlines.into_iter().flat_map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Url(text) => vec![Inline::Code(text)],
        Inline::Strong(inner) | Inline::Emphasis(inner) => coded(inner),
        Inline::Link(href, inner) => vec![Inline::Link(href, coded(inner))],
    });
    let mut parts: Vec<Inline> = Vec::new();
    for part in coded {
        match (parts.last_mut(), part) {
            (Some(Inline::Code(last)), Inline::Code(text)) => last.push_str(&text),
            (_, part) => parts.push(part),
        }
    }
    parts
}

/// Applies the markup of a division to its blocks.
fn set_off(element: Element, mut blocks: Vec<Block>) -> Vec<Block> {
    match element {
        Element::Heading => {
            for block in &mut blocks {
                if let Block::Paragraph(inlines) = block {
                    *inlines = vec![Inline::Strong(std::mem::take(inlines))];
                }
            }
        }
        Element::Notice(word) if !blocks.is_empty() => {
            let label = Inline::Strong(vec![Inline::Text(format!("{word}:"))]);
            match blocks.first_mut() {
                Some(Block::Paragraph(inlines)) => {
                    inlines.splice(..0, [label, Inline::Text(" ".to_owned())]);
                }
                _ => blocks.insert(0, Block::Paragraph(vec![label])),
            }
        }
        _ => {}
    }
    blocks
}

/// Groups a list of terms into items: each term starts one, and its descriptions follow.
fn terms(parts: Vec<(Element, Vec<Block>)>) -> Vec<Vec<Block>> {
    let mut items: Vec<Vec<Block>> = Vec::new();
    for (kind, blocks) in parts {
        match items.last_mut() {
            Some(item) if kind == Element::Meaning => item.extend(blocks),
            _ if kind == Element::Term => items.push(set_off(Element::Heading, blocks)),
            _ => items.push(blocks),
        }
    }
    items
}

/// Flattens the content of a cell to one line.
fn flat(blocks: Vec<Block>) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for block in blocks {
        inlines.push(Inline::Text(" ".to_owned()));
        match block {
            Block::Paragraph(inner) => inlines.extend(inner),
            Block::Verbatim(text) => inlines.push(Inline::Code(text)),
            Block::List { items, .. } => inlines.extend(items.into_iter().flat_map(flat)),
            Block::Table(rows) => {
                let cells = rows.into_iter().flatten();
                inlines.extend(cells.flat_map(|cell| flat(vec![Block::Paragraph(cell)])));
            }
        }
    }
    inlines
}

fn push_paragraph(inlines: Vec<Inline>, blocks: &mut Vec<Block>) {
    if !Inline::is_blank(&inlines) {
        blocks.push(Block::Paragraph(inlines));
    }
}

fn push_list(numbered: bool, items: Vec<Vec<Block>>, blocks: &mut Vec<Block>) {
    if !items.is_empty() {
        blocks.push(Block::List { numbered, items });
    }
}

fn push_table(mut rows: Vec<Vec<Vec<Inline>>>, blocks: &mut Vec<Block>) {
    rows.retain(|row| row.iter().any(|cell| !Inline::is_blank(cell)));
    if !rows.is_empty() {
        blocks.push(Block::Table(rows));
    }
}
