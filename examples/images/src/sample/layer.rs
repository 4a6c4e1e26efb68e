//! Writes a layer: a tar archive of one file with pseudo-random content.

use std::fs::{self, File};
use std::io::{self, Write};

use crate::layout::{LayoutWriter, commit, partial};
use crate::{Digest, Error, Hasher};

/// The header, one block of content, and the two blocks of zeros at the end.
pub(super) const MIN_SIZE: u64 = 4 * BLOCK;
/// Limited by the eleven octal digits of a size in the header.
pub(super) const MAX_SIZE: u64 = 8 * 1024 * 1024 * 1024;
const BLOCK: u64 = 512;
/// The size of the write buffer.
const BUFFER_SIZE: usize = 64 * 1024;

/// Writes the layer of a seed, with exactly `size` bytes. Calls `on_write` with the number of bytes of
/// each write. A failure leaves no partial file.
pub(super) fn write(
    writer: &LayoutWriter,
    seed: u64,
    size: u64,
    on_write: &mut dyn FnMut(u64),
) -> Result<Digest, Error> {
    let path = partial(&writer.blob_path(Digest::of(&seed.to_le_bytes())));
    let written = File::create(&path).and_then(|file| {
        let digest = write_archive(&file, seed, size, on_write)?;
        commit(&file, &path, &writer.blob_path(digest))?;
        Ok(digest)
    });
    written.map_err(|error| {
        // The write error is more useful than a removal error.
        let _ = fs::remove_file(&path);
        Error::file("write", &path)(error)
    })
}

fn write_archive(
    file: &File,
    seed: u64,
    size: u64,
    on_write: &mut dyn FnMut(u64),
) -> io::Result<Digest> {
    let content = size.saturating_sub(3 * BLOCK) / BLOCK * BLOCK;
    let mut archive = Archive { file, hasher: Hasher::new(), on_write };
    archive.write(&header(seed, content))?;
    archive.fill(content, &mut SplitMix64(seed))?;
    let end = usize::try_from(size - BLOCK - content).unwrap_or_default();
    archive.write(&vec![0; end])?;
    Ok(archive.hasher.finish())
}

struct Archive<'a> {
    file: &'a File,
    hasher: Hasher,
    on_write: &'a mut dyn FnMut(u64),
}

impl Archive<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.file.write_all(bytes)?;
        (self.on_write)(bytes.len() as u64);
        Ok(())
    }

    fn fill(&mut self, mut left: u64, random: &mut SplitMix64) -> io::Result<()> {
        let mut buffer = vec![0; BUFFER_SIZE];
        while left > 0 {
            let length = usize::try_from(left).map_or(BUFFER_SIZE, |left| left.min(BUFFER_SIZE));
            let chunk = buffer.get_mut(..length).unwrap_or_default();
            chunk.chunks_mut(8).for_each(|to| random.write(to));
            self.write(chunk)?;
            left -= length as u64;
        }
        Ok(())
    }
}

/// The SplitMix64 pseudo-random generator.
struct SplitMix64(u64);

impl SplitMix64 {
    fn write(&mut self, to: &mut [u8]) {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bytes = (mixed ^ (mixed >> 31)).to_le_bytes();
        to.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
    }
}

/// The header of the file, in the format of POSIX.1-1988 (ustar).
fn header(seed: u64, content: u64) -> [u8; 512] {
    let mut header = [0; 512];
    let members = [
        (0, format!("sample/{seed:016x}")),
        (100, "0000644".to_owned()),      // mode
        (108, "0000000".to_owned()),      // user
        (116, "0000000".to_owned()),      // group
        (124, format!("{content:011o}")), // size
        (136, "00000000000".to_owned()),  // time
        (148, "        ".to_owned()),     // checksum, computed with spaces in its place
        (156, "0".to_owned()),            // type: regular file
        (257, "ustar".to_owned()),
        (263, "00".to_owned()),
    ];
    for (at, text) in members {
        write_field(&mut header, at, &text);
    }
    let sum: u64 = header.iter().map(|byte| u64::from(*byte)).sum();
    write_field(&mut header, 148, &format!("{sum:06o}\0 "));
    header
}

fn write_field(header: &mut [u8], at: usize, text: &str) {
    header.iter_mut().skip(at).zip(text.bytes()).for_each(|(to, from)| *to = from);
}
