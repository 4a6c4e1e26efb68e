//! A layer of a sample image: a tar archive of one file, written piece by piece.

use std::fs::{self, File};
use std::io::{self, Write};

use crate::layout::{Store, partial};
use crate::{Digest, Error, Hasher};

/// Head, one block of content, and the two blocks of zeros that end an archive.
pub(super) const SMALLEST: u64 = 4 * BLOCK;
/// The most that the eleven octal digits of a size can say, with the rest around it.
pub(super) const LARGEST: u64 = 8 * 1024 * 1024 * 1024;
const BLOCK: u64 = 512;
/// How many bytes are made at once.
const PIECE: usize = 64 * 1024;

/// Writes the layer that belongs to a seed, of exactly so many bytes.
pub(super) fn write(store: &Store, seed: u64, size: u64) -> Result<Digest, Error> {
    let path = partial(&store.blob_path(Digest::of(&seed.to_le_bytes())));
    let file = File::create(&path).map_err(Error::file("write", &path))?;
    let digest = write_archive(file, seed, size).map_err(Error::file("write", &path))?;
    let blob = store.blob_path(digest);
    fs::rename(&path, &blob).map_err(Error::file("write", &blob))?;
    Ok(digest)
}

fn write_archive(file: File, seed: u64, size: u64) -> io::Result<Digest> {
    let content = size.saturating_sub(3 * BLOCK) / BLOCK * BLOCK;
    let mut archive = Archive { file, hasher: Hasher::new() };
    archive.write(&head(seed, content))?;
    archive.fill(content, &mut Chance(seed))?;
    let end = usize::try_from(size - BLOCK - content).unwrap_or_default();
    archive.write(&vec![0; end])?;
    Ok(archive.hasher.finish())
}

struct Archive {
    file: File,
    hasher: Hasher,
}

impl Archive {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.file.write_all(bytes)
    }

    fn fill(&mut self, mut left: u64, chance: &mut Chance) -> io::Result<()> {
        let mut piece = vec![0; PIECE];
        while left > 0 {
            let length = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
            let some = piece.get_mut(..length).unwrap_or_default();
            some.chunks_mut(8).for_each(|to| chance.write(to));
            self.write(some)?;
            left -= length as u64;
        }
        Ok(())
    }
}

/// Numbers that look like chance and are the same for the same seed: SplitMix64.
struct Chance(u64);

impl Chance {
    fn write(&mut self, to: &mut [u8]) {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bytes = (mixed ^ (mixed >> 31)).to_le_bytes();
        to.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
    }
}

/// The head of the only file, in the format of POSIX.1-1988 (ustar).
fn head(seed: u64, content: u64) -> [u8; 512] {
    let mut head = [0; 512];
    let members = [
        (0, format!("sample/{seed:016x}")),
        (100, "0000644".to_owned()),      // mode
        (108, "0000000".to_owned()),      // user
        (116, "0000000".to_owned()),      // group
        (124, format!("{content:011o}")), // size
        (136, "00000000000".to_owned()),  // time
        (148, "        ".to_owned()),     // the sum, which counts as spaces
        (156, "0".to_owned()),            // an ordinary file
        (257, "ustar".to_owned()),
        (263, "00".to_owned()),
    ];
    for (at, text) in members {
        place(&mut head, at, &text);
    }
    let sum: u64 = head.iter().map(|byte| u64::from(*byte)).sum();
    place(&mut head, 148, &format!("{sum:06o}\0 "));
    head
}

fn place(head: &mut [u8], at: usize, text: &str) {
    head.iter_mut().skip(at).zip(text.bytes()).for_each(|(to, from)| *to = from);
}
