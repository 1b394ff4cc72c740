//! The command lines that are typed mostly, read without clap.

use std::ffi::OsString;

use super::args::{Arguments, Screen};

impl Arguments {
    /// What was typed where it is what is typed mostly: nothing, or `--fresh`. To find that out, clap would first build
    /// all commands, which takes a tenth of a start. None where clap shall read it.
    pub fn usual(mut typed: impl Iterator<Item = OsString>) -> Option<Self> {
        let fresh = match typed.next() {
            None => false,
            Some(one) if one == "--fresh" && typed.next().is_none() => true,
            Some(_) => return None,
        };
        Some(Self { screen: Screen { fresh, ..Screen::default() }, ..Self::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[test]
    fn what_is_typed_mostly_means_the_same_without_clap() {
        let usual = |typed: &[&str]| Arguments::usual(typed.iter().map(OsString::from));
        for typed in [&[][..], &["--fresh"]] {
            let read = Arguments::try_parse_from([&["rolescope"], typed].concat()).unwrap();
            assert_eq!(format!("{:?}", usual(typed).unwrap()), format!("{read:?}"), "{typed:?}");
        }
        for typed in
            [&["--fresh", "--fresh"][..], &["-V"], &["--fresh", "a.json"], &["list"], &[""]]
        {
            assert!(usual(typed).is_none(), "{typed:?}");
        }
    }
}
