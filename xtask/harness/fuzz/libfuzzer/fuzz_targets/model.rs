//! See `fuzz::model`.

#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    match fuzz::model::model(&mut Unstructured::new(data)) {
        Ok(()) => Corpus::Keep,
        // It needs more bytes.
        Err(_) => Corpus::Reject,
    }
});
