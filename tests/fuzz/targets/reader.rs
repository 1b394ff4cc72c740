//! Any bytes as a policy text: read, printed, explained.
#![no_main]
#![allow(dead_code)]

#[path = "../../support/trial.rs"]
mod trial;

use rolescope::policy::vocabulary::Nothing;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    trial::reader(&String::from_utf8_lossy(bytes), &Nothing);
});
