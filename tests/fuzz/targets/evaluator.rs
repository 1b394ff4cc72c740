//! Any bytes as policies and a request: decided in full and in part.
#![no_main]
#![allow(dead_code)]

#[path = "../../support/trial.rs"]
mod trial;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    trial::evaluator(bytes);
});
