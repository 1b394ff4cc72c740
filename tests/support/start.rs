//! How the program is started for a picture: what is known, what is on.
#![allow(dead_code, unreachable_pub)]

use crate::support::{Journey, account};
use rolescope::app::App;
use rolescope::app::event::{Copied, CopyOutcome, Effect, Event};
use rolescope::catalog::Catalog;
use rolescope::catalog::import::{self, Batch, Ended, File, Importer, contents};
use rolescope::policy::json::Limits;
use rolescope::say::Language;
use rolescope::say::saying;
use std::sync::{Arc, OnceLock};

/// What is there before the first key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The built-in catalogue, and behind the first frame the roles that are known by name, as the program itself has
    /// them.
    Plain,
    /// With a snapshot of an account.
    Account,
    /// With people's own files, half read.
    Loading,
    /// And all read.
    Files,
    /// For the first time.
    First,
    /// With a tour on.
    Tour(&'static str),
    /// For an audience.
    Presenting,
    /// With a mistake in the config file.
    Mistake,
    /// The copy at the end goes through tmux.
    Copied,
    /// Without a way to the clipboard: the copy at the end fails.
    CopyFailed,
}

/// What RAM answers where a role is still in use.
pub const REFUSED: &str = r#"{"Status":"FAILED","RequestId":"1","Reason":{"Message":"Service-Linked Role acs:ram::1234567890123456:role/aliyunserviceroleforalikafka cannot be deleted as it is in use by alikafka.aliyuncs.com.",
"RoleUsages":{"RoleUsage":[
{"Region":"cn-hangzhou","Resources":{"Resource":["acs:alikafka:cn-hangzhou:1234567890123456:instance/alikafka_post-cn-1","acs:alikafka:cn-hangzhou:1234567890123456:instance/alikafka_post-cn-2"]}},
{"Region":"cn-beijing","Resources":{"Resource":["acs:alikafka:cn-beijing:1234567890123456:instance/alikafka_pre-cn-7"]}}]}}}"#;

const OWN_POLICY: &str = r#"{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["oss:GetObject", "oss:ListObjects"],
      "Resource": ["acs:oss:*:*:reports", "acs:oss:*:*:reports/*"]
    },
    {
      "Effect": "Allow",
      "Action": ["kms:Decrypt"],
      "Resource": "acs:kms:cn-hangzhou:*:key/*",
      "Condition": {"StringEquals": {"kms:tag/team": "reports"}}
    }
  ]
}
"#;

const WIDE_POLICY: &str = r#"{
  "Version": "1",
  "Statement": [{"Effect": "Allow", "Action": ["ram:*", "ecs:Describe*"], "Resource": "*"}]
}
"#;

/// What follows the first frame: the same for every catalogue here, and a large part of the work.
static OTHERS: OnceLock<Batch> = OnceLock::new();

impl Start {
    /// The program on a screen of this size.
    pub fn journey(self, columns: u16, rows: u16, language: Language) -> Journey {
        let catalog = match self {
            Self::Account => in_account(),
            _ => Arc::new(Catalog::builtin().unwrap()),
        };
        let mut app = match self {
            Self::Loading | Self::Files => {
                App::opening(rolescope::say::Language::English, &catalog, columns, rows)
            }
            _ => App::new(catalog.clone(), columns, rows),
        };
        app.set_language(language);
        match self {
            Self::First => app.offer_tour(true),
            Self::Tour(id) => app.start_tour(id).unwrap(),
            Self::Presenting => app.present = true,
            Self::Mistake => app.note_mistakes(
                "config.toml:3:1: there is no command `fnd`; did you mean `find`?",
                1,
            ),
            _ => {}
        }
        let mut journey = Journey::of(app, columns, rows);
        // The size is told before the first frame.
        journey.event(Event::Resize(columns, rows));
        match self {
            Self::Loading => {
                journey.event(Event::Loaded(Box::new(files(&catalog, None))));
                // The others follow when the files are read.
                return journey;
            }
            Self::Files => {
                journey.event(Event::Loaded(Box::new(files(&catalog, Some(Ended::Complete)))));
            }
            _ => {}
        }
        let others = OTHERS.get_or_init(|| import::others(&catalog)).clone();
        journey.event(Event::Loaded(Box::new(others)));
        journey
    }

    /// What happens after the last key.
    pub fn end(self, journey: &mut Journey) {
        let outcome = match self {
            Self::Copied => CopyOutcome::Tmux,
            Self::CopyFailed => {
                let why = saying("{} is not installed").with("xclip");
                CopyOutcome::Failed(why)
            }
            _ => return,
        };
        let what = journey.effects.iter().rev().find_map(|effect| match effect {
            Effect::Copy { what, .. } => Some(what.clone()),
            _ => None,
        });
        let what = what.expect("something is copied");
        journey.event(Event::Copied(Copied { what, outcome }));
    }
}

/// A folder of people's own files; without an end it is still being read.
fn files(catalog: &Arc<Catalog>, ended: Option<Ended>) -> Batch {
    let mut importer =
        Importer::speaking(Language::English, catalog.clone(), &["policies".to_owned()]);
    let files = [
        ("policies/team/reports-reader.json", OWN_POLICY),
        ("policies/team/wide.json", WIDE_POLICY),
        (
            "policies/broken.json",
            "{\n  \"Version\": \"1\",\n  \"Statement\": [{\"Effect\" \"Allow\"}]\n}\n",
        ),
        ("policies/package.json", "{\"name\": \"app\", \"version\": \"1.0.0\"}\n"),
    ];
    for (path, text) in files {
        let found = contents(
            &rolescope::policy::source::Source::from(text),
            &Limits::default(),
            &**catalog,
        );
        importer.add(File { path, given: 0, direct: false }, found);
    }
    let mut batch = importer.take();
    let (whole, some) = (files.len(), ended.is_none());
    batch.progress.found = if some { 40 } else { whole };
    batch.progress.files = whole;
    batch.progress.roles = 2;
    batch.progress.bytes = if some { 3_482 } else { 907 };
    batch.progress.ended = ended;
    batch
}

/// The built-in catalogue beside what an account holds.
fn in_account() -> Arc<Catalog> {
    let names =
        ["Alikafka", "AlikafkaETL", "MqttTunnel"].map(|n| format!("AliyunServiceRoleFor{n}"));
    let document = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["vpc:DescribeVpcs"],"Resource":"*"}]}"#;
    account(&names.each_ref().map(String::as_str), "v3", document)
}
