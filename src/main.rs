//! The program: arguments to a mode, errors to exit codes.

fn main() {}
