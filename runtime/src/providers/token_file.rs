//! Reads and writes the token file of a session, and keeps a token in memory if it cannot be saved.
//!
//! Errors contain no part of the file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::providers::json_file;
use crate::providers::json_object::Members;

/// The refreshed tokens that could not be saved, for example because the home folder is read-only.
/// All providers of the process share them, because a refresh token can usually be used only once.
static UNSAVED: Mutex<BTreeMap<PathBuf, Unsaved>> = Mutex::new(BTreeMap::new());

struct Unsaved {
    /// The contents of the file when the token was refreshed.
    file: Members,
    token: Members,
}

/// Reads the newest token: the refreshed token in memory, if there is one and the file has not
/// changed since the refresh, or else the token in the file. A change means that another program
/// wrote a newer token. The error contains the path and the problem.
pub(super) fn read(path: &Path) -> Result<Members, String> {
    // Locked first: the file must not become older than the entry that it is compared with.
    let mut all = unsaved();
    let file = json_file::read(path)?;
    match all.get(path) {
        Some(unsaved) if unsaved.file == file => Ok(unsaved.token.clone()),
        _ => {
            all.remove(path);
            Ok(file)
        }
    }
}

/// Replaces the file with the result of refreshing the token `old`, or keeps the result in memory if
/// the file cannot be written.
pub(super) fn save(path: &Path, old: &Members, token: &Members) {
    let mut all = unsaved();
    let written = json_file::write(path, token);
    let previous = all.remove(path);
    if let Err(problem) = written {
        let file = match previous {
            Some(previous) if previous.token == *old => previous.file,
            _ => old.clone(),
        };
        all.insert(path.to_owned(), Unsaved { file, token: token.clone() });
        drop(all);
        tracing::warn!("the refreshed token is only kept in memory: {problem}");
    }
}

fn unsaved() -> MutexGuard<'static, BTreeMap<PathBuf, Unsaved>> {
    UNSAVED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn members(number: u32) -> Members {
        [("accessToken".to_owned(), number.into())].into_iter().collect()
    }

    /// A token file. Its folder can be moved away, so that saving fails.
    struct Fixture {
        home: tempfile::TempDir,
        path: PathBuf,
    }

    impl Fixture {
        fn new() -> Self {
            let home = tempfile::TempDir::new().expect("a folder");
            let path = home.path().join("cache/token.json");
            fs::create_dir(home.path().join("cache")).expect("a folder");
            let fixture = Self { home, path };
            fixture.write(0);
            fixture
        }

        fn write(&self, number: u32) {
            json_file::write(&self.path, &members(number)).expect("written");
        }

        /// Refreshes the token while the file cannot be written.
        fn refresh_without_saving(&self, number: u32) {
            let old = read(&self.path).expect("a token");
            let [cache, other] = ["cache", "other"].map(|name| self.home.path().join(name));
            fs::rename(&cache, &other).expect("moved");
            save(&self.path, &old, &members(number));
            fs::rename(&other, &cache).expect("moved");
        }

        fn read(&self) -> Members {
            read(&self.path).expect("a token")
        }
    }

    #[test]
    fn a_token_that_cannot_be_saved_is_kept() {
        let fixture = Fixture::new();
        for number in 1..4 {
            fixture.refresh_without_saving(number);
            assert_eq!(fixture.read(), members(number));
            assert_eq!(json_file::read(&fixture.path), Ok(members(0)));
        }
        save(&fixture.path, &members(3), &members(4));
        assert_eq!(fixture.read(), members(4));
        assert_eq!(json_file::read(&fixture.path), Ok(members(4)));
        // The file has its first contents again, but the token from that refresh is no longer kept.
        fixture.write(0);
        assert_eq!(fixture.read(), members(0));
    }

    #[test]
    fn a_file_that_another_program_wrote_takes_precedence() {
        let fixture = Fixture::new();
        fixture.refresh_without_saving(1);
        fixture.write(2);
        assert_eq!(fixture.read(), members(2));
        fixture.write(0);
        assert_eq!(fixture.read(), members(0));
    }

    #[test]
    fn a_removed_file_ends_the_session() {
        let fixture = Fixture::new();
        fixture.refresh_without_saving(1);
        fs::remove_file(&fixture.path).expect("removed");
        read(&fixture.path).expect_err("an error");
    }
}
