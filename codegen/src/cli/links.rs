//! Prints paths as links to files if the terminal shows links.

use std::{
    io,
    path::{self, Path},
};

use anstream::{AutoStream, ColorChoice};
use anstyle_hyperlink::Hyperlink;
use supports_hyperlinks::Stream;

use crate::error::Problem;

/// Formats a path for the standard output, as a link if the terminal shows links.
pub(super) fn link(path: &Path) -> String {
    let shown = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    linked(path, &path.display().to_string(), shown && supports_hyperlinks::on(Stream::Stdout))
}

/// Formats the text of problems for the standard error. The file at the start of each line becomes
/// a link if the terminal shows links.
pub(super) fn link_files(text: &str, problems: &[Problem]) -> String {
    let shown = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
    match shown && supports_hyperlinks::on(Stream::Stderr) {
        true => text.lines().map(|line| link_line(line, problems)).collect::<Vec<_>>().join("\n"),
        false => text.to_owned(),
    }
}

fn link_line(line: &str, problems: &[Problem]) -> String {
    let files = problems.iter().filter_map(|problem| problem.file.as_deref());
    let mut found = files.filter_map(|file| {
        let name = file.display().to_string();
        line.strip_prefix(&name).map(|rest| linked(file, &name, true) + rest)
    });
    found.next().unwrap_or_else(|| line.to_owned())
}

fn linked(path: &Path, text: &str, shown: bool) -> String {
    match path::absolute(path) {
        Ok(path) if shown => {
            let link = Hyperlink::with_path(&path);
            format!("{link}{text}{link:#}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_at_the_start_of_a_line_become_links() {
        let problem = Problem::in_file(Path::new("/a b/m.json"), "odd.");
        let line = link_line("/a b/m.json:1:2: odd.", std::slice::from_ref(&problem));
        assert!(line.starts_with("\x1b]8;;file://"), "{line:?}");
        assert!(
            line.contains("/a%20b/m.json\x1b\\/a b/m.json\x1b]8;;\x1b\\:1:2: odd."),
            "{line:?}"
        );
        assert_eq!(link_line("and 3 more problems", &[problem]), "and 3 more problems");
    }
}
