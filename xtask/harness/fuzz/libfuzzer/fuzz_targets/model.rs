//! See `fuzz::model`.

#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    match fuzz::model::model(&mut Unstructured::new(data)) {
        Ok(()) => Corpus::Keep,
        // The input is too short.
        Err(_) => Corpus::Reject,
    }
});
