//! See `fuzz::response`.

#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    match fuzz::response::response(&mut Unstructured::new(data)) {
        Ok(()) => Corpus::Keep,
        // The input is too short.
        Err(_) => Corpus::Reject,
    }
});
