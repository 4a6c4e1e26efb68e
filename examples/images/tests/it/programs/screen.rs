//! A pseudoterminal that renders what a program prints.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::process::Command;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// What a program left on a terminal.
#[derive(Debug)]
pub(crate) struct Screen {
    /// Everything that the program printed, with escape sequences.
    pub(crate) raw: String,
    /// The lines that are visible at the end, without empty ones.
    pub(crate) lines: Vec<String>,
    pub(crate) exit_code: Option<i32>,
}

impl Screen {
    /// The visible lines as one text, because long lines are wrapped.
    pub(crate) fn text(&self) -> String {
        self.lines.concat()
    }
}

/// Runs a program whose standard output and error are a terminal of this width.
pub(crate) fn run_on_terminal(mut command: Command, columns: u16) -> Screen {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudoterminal");
    grantpt(&controller).expect("access");
    unlockpt(&controller).expect("access");
    let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&controller, size).expect("the size is set");
    let name = ptsname(&controller, Vec::new()).expect("a name").into_string().expect("Unicode");
    let user = || OpenOptions::new().read(true).write(true).open(&name).expect("a terminal");
    command.stdout(user()).stderr(user());
    let mut child = command.spawn().expect("the program starts");
    // The command keeps the terminal open, so reading would not end with the program.
    drop(command);

    let raw = read(File::from(controller));
    let exit_code = child.wait().expect("the program ends").code();
    let lines = render(&raw, usize::from(columns));
    Screen { raw, lines, exit_code }
}

/// Reads until the other side is closed, which causes a read error on Linux.
fn read(mut controller: File) -> String {
    let (mut all, mut buffer) = (Vec::new(), vec![0; 65_536]);
    while let Ok(length @ 1..) = controller.read(&mut buffer) {
        all.extend(buffer.iter().take(length));
    }
    String::from_utf8(all).expect("programs print text")
}

/// Executes the escape sequences that move the cursor and clear lines.
fn render(raw: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<Vec<char>> = vec![Vec::new()];
    let (mut row, mut column) = (0_usize, 0_usize);
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        match character {
            '\r' => column = 0,
            '\n' => row += 1,
            '\u{1b}' => {
                let sequence = sequence(&mut characters);
                let number = sequence.trim_matches(|c: char| !c.is_ascii_digit()).parse();
                let number: usize = number.unwrap_or(1);
                match sequence.chars().last() {
                    Some('A') => row = row.saturating_sub(number),
                    Some('B') => row += number,
                    Some('C') => column += number,
                    Some('D') => column = column.saturating_sub(number),
                    Some('K') => lines[row].clear(),
                    _ => {}
                }
            }
            character => {
                if column == columns {
                    (row, column) = (row + 1, 0);
                    lines.resize(lines.len().max(row + 1), Vec::new());
                }
                let line = &mut lines[row];
                line.resize(line.len().max(column + 1), ' ');
                line[column] = character;
                column += 1;
            }
        }
        lines.resize(lines.len().max(row + 1), Vec::new());
    }
    let text = lines.into_iter().map(|line| line.into_iter().collect::<String>());
    text.filter(|line| !line.trim().is_empty()).collect()
}

/// The rest of an escape sequence, which ends with a letter.
fn sequence(characters: &mut impl Iterator<Item = char>) -> String {
    let mut sequence = String::new();
    while !sequence.ends_with(|character: char| character.is_ascii_alphabetic()) {
        let Some(character) = characters.next() else { break };
        sequence.push(character);
    }
    sequence
}

#[test]
fn cursor_movements_and_cleared_lines_are_rendered() {
    assert_eq!(render("one\r\ntwo\u{1b}[1A\r\u{1b}[2KONE", 80), ["ONE", "two"]);
    assert_eq!(render("12345", 2), ["12", "34", "5"]);
}
