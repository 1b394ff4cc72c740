//! The files that are opened and checked, the same each time: policies in the shape of real ones.

use std::fmt::Write as _;
use std::path::Path;

/// Paths of what was written.
pub(crate) struct Files {
    /// A policy of 1 MB.
    pub(crate) small: String,
    /// A policy of 50 MB.
    pub(crate) large: String,
    /// The same on one line.
    pub(crate) line: String,
    /// A folder of 2,000 policies, 4 MB together.
    pub(crate) many: String,
}

const SERVICES: [&str; 8] = ["ecs", "vpc", "oss", "kms", "log", "alikafka", "mns", "slb"];
const VERBS: [&str; 7] = ["Describe", "List", "Create", "Delete", "Modify", "Get", "Put"];
const NOUNS: [&str; 8] =
    ["Instances", "Topic", "Bucket", "Key", "Project", "VSwitch", "Queue", "Listener"];

/// Writes all of them below a folder.
pub(crate) fn write(folder: &Path) -> std::io::Result<Files> {
    let path = |name: &str| folder.join(name).display().to_string();
    let files = Files {
        small: path("small.json"),
        large: path("large.json"),
        line: path("line.json"),
        many: path("many"),
    };
    let mut dice = Dice(1);
    std::fs::write(&files.small, policy(&mut dice, 1_000_000))?;
    let large = policy(&mut dice, 50_000_000);
    std::fs::write(&files.line, large.replace(['\n'], ""))?;
    std::fs::write(&files.large, large)?;
    std::fs::create_dir(&files.many)?;
    for n in 0..2_000 {
        std::fs::write(format!("{}/{n:04}.json", files.many), policy(&mut dice, 2_000))?;
    }
    Ok(files)
}

/// A pretty-printed policy of about so many bytes.
fn policy(dice: &mut Dice, bytes: usize) -> String {
    let mut text = String::from("{\n  \"Version\": \"1\",\n  \"Statement\": [");
    let mut comma = "";
    while text.len() < bytes {
        let service = dice.one(&SERVICES);
        let _ = write!(text, "{comma}\n    {{\n      \"Effect\": \"Allow\",\n      \"Action\": [");
        for n in 0..=dice.below(12) {
            let comma = if n == 0 { "" } else { "," };
            let (verb, noun) = (dice.one(&VERBS), dice.one(&NOUNS));
            let _ = write!(text, "{comma}\n        \"{service}:{verb}{noun}\"");
        }
        let number = dice.below(1 << 30);
        let _ = write!(
            text,
            "\n      ],\n      \"Resource\": \"acs:{service}:*:*:instance/i-{number:x}\"\n    }}"
        );
        comma = ",";
    }
    text.push_str("\n  ]\n}\n");
    text
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let at = self.below(words.len() as u64);
        usize::try_from(at).ok().and_then(|at| words.get(at)).copied().unwrap_or_default()
    }
}
