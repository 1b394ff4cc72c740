//! Journeys through people's own policy files: what the screen says of them, and of the policy pane on small screens.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "own_files/denials.rs"]
mod denials;
mod support;

use std::sync::Arc;

use rolescope::app::App;
use rolescope::app::event::Event;
use rolescope::catalog::Catalog;
use rolescope::catalog::import::{Ended, File, Importer, contents};
use rolescope::policy::json::Limits;
use rolescope::policy::source::Source;
use rolescope::say::Language;
use support::Journey;

/// A screen over these files, each given itself; all are read.
fn files(all: &[(&str, &str)], columns: u16, rows: u16) -> Journey {
    files_in(Language::English, all, columns, rows)
}

fn files_in(language: Language, all: &[(&str, &str)], columns: u16, rows: u16) -> Journey {
    let catalog = Arc::new(Catalog::builtin().unwrap());
    let app = App::opening(language, &catalog, columns, rows);
    let mut journey = Journey::of(app, columns, rows);
    let given: Vec<String> = all.iter().map(|(path, _)| (*path).to_owned()).collect();
    let mut importer = Importer::speaking(Language::English, catalog.clone(), &given);
    for (given, (path, text)) in all.iter().enumerate() {
        let found = contents(&Source::from(*text), &Limits::default(), &*catalog);
        importer.add(File { path, given, direct: true }, found);
    }
    let mut batch = importer.take();
    batch.progress.ended = Some(Ended::Complete);
    journey.event(Event::Loaded(Box::new(batch)));
    journey
}

/// The lines of the policy pane have their beginning: none is cut off on the left.
#[track_caller]
fn from_the_first_column(journey: &mut Journey) {
    assert_eq!(journey.app.policy.pane.left(), 0, "\n{}", journey.screen());
}

#[test]
fn a_policy_opens_at_its_first_column_where_its_lines_fit() {
    for (columns, rows) in [(80, 24), (100, 30), (120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        j.keys("/").event(Event::Paste("DeleteServiceLinkedRole".into())).keys("<enter><enter>");
        j.sees(r#""Action": "ram:DeleteServiceLinkedRole","#);
        from_the_first_column(&mut j);
        // The statement stands there from its first line on.
        j.sees(r#""Effect": "Allow","#);
        // Away from a place that needs the columns, and back to a screen that has them.
        j.resize(40, 16).resize(columns, rows);
        from_the_first_column(&mut j);
    }
}

#[test]
fn a_place_that_needs_more_columns_is_scrolled_to_and_left_again() {
    let actions: Vec<String> = (0..12).map(|n| format!("\"ecs:DescribeKind{n:02}\"")).collect();
    let text = format!(
        "{{\n \"Version\": \"1\",\n \"Statement\": [{{\n  \"Effect\": \"Allow\",\n  \"Action\": [{}],\n  \"Resource\": \"*\"\n }}]\n}}\n",
        actions.join(", ")
    );
    let mut j = files(&[("mine.json", &text)], 80, 24);
    j.keys("<enter><enter><enter>").sees("Version");
    from_the_first_column(&mut j);
    // The last action of the line is beyond the right edge.
    j.keys("/ecs:DescribeKind11<enter><enter>").sees("DescribeKind11\"],").sees_not("\"Version\"");
    j.resize(700, 24);
    from_the_first_column(&mut j);
}

const PLAIN: &str = r#"{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["ecs:DescribeInstances", "ecs:DescribeDisks"],
      "Resource": "*"
    }
  ]
}
"#;

#[test]
fn a_policy_file_is_not_taken_for_a_service_linked_role() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut j = files(&[("mine.json", PLAIN)], columns, rows);
        j.keys("<enter>f").sees_not("DeleteServiceLinkedRole").sees_not("cannot edit");
        j.sees("There is nothing to say about this policy.");
        j.keys("d").sees("mine is a policy document and no role: there is nothing to remove.");
        j.at("rolescope › mine.json › mine");
        j.keys("<esc><esc>d").sees("There is no service-linked role here");
        j.keys("<enter>y").sees("policy JSON").sees_not("role ARN").sees_not("check, delete");
        j.sees_not("Terraform").sees_not("removal plan");
        j.keys("<esc><enter>G").sees("About this policy").sees_not("Before it can be deleted");
        j.sees_not("not documented").sees_not("ARN");
    }
}

#[test]
fn a_file_that_names_a_service_linked_role_is_one() {
    let answer = |name: &str, kind: &str| {
        let document = serde_json::Value::from(PLAIN);
        format!(
            r#"{{"Policy":{{"PolicyName":"{name}","PolicyType":"{kind}"}},
            "DefaultPolicyVersion":{{"VersionId":"v1","PolicyDocument":{document}}}}}"#
        )
    };
    let linked = answer("AliyunServiceRolePolicyForMade", "System");
    let mut j = files(&[("linked.json", &linked)], 120, 40);
    j.keys("<enter>f").sees("No statement of this text allows ram:Delete");
    j.keys("<esc>d").sees("Removal of");
    // The name of the file tells it too.
    let mut j = files(&[("AliyunServiceRoleForMade.json", PLAIN)], 120, 40);
    j.keys("<enter>d").sees("Removal of Made");
    // A custom policy is the customer's own to edit.
    let all = PLAIN.replace("\"ecs:DescribeDisks\"", "\"*\"");
    for (kind, advice) in [("Custom", "Name the actions"), ("System", "attach a custom one")] {
        let text = answer("Mine", kind).replace(
            &serde_json::Value::from(PLAIN).to_string(),
            &serde_json::Value::from(&*all).to_string(),
        );
        let mut j = files(&[("mine.json", &text)], 120, 40);
        j.keys("<enter>f").sees_not("service-linked").sees(advice);
    }
}

#[test]
fn an_ordinary_role_has_no_removal_plan() {
    let role = r#"{"Role":{"RoleName":"Admin","AssumeRolePolicyDocument":
        "{\"Statement\":[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\"Principal\":{\"RAM\":[\"acs:ram::1:root\"]}}],\"Version\":\"1\"}"}}"#;
    let mut j = files(&[("role.json", role)], 120, 40);
    for key in ["<enter><esc>", "<enter>"] {
        j.keys(key).sees("y copy").sees_not("d removal");
    }
    j.keys("d").sees("Admin is not a service-linked role: removal plans are made for those only.");
    j.keys("y").sees("role name").sees("trust policy").sees_not("delete, poll");
    j.keys("<esc>").sees("T shows the trust policy").sees_not("may assume it");
}

#[test]
fn a_long_trust_policy_is_taken_in_to_its_end() {
    let principals: Vec<String> = (0..4_000).map(|n| format!("acs:ram::{n}:root")).collect();
    let trust = serde_json::json!({"Version": "1", "Statement": [{"Effect": "Allow",
        "Action": "sts:AssumeRole", "Principal": {"RAM": principals}}]});
    let role = serde_json::json!({"Role": {"RoleName": "Admin",
        "AssumeRolePolicyDocument": trust.to_string()}});
    let mut j = files(&[("role.json", &role.to_string())], 120, 40);
    j.keys("<enter>T").sees("Trust policy");
    assert!(j.app.policy.pane.is_complete(), "{} lines", j.app.policy.pane.lines());
}

/// Comments of both kinds and commas too many.
const ODD: &str = r#"// Ours.
{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow", # hash
      "Action": ["ecs:DescribeInstances", "ecs:DescribeDisks",],
      "Resource": "*" // slashes
    }
  ]
}
"#;

#[test]
fn what_was_repaired_in_a_file_is_told_with_its_place() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut j = files(&[("odd.json", ODD)], columns, rows);
        j.keys("<enter>f").sees("1 of 4");
        for told in [
            "1:1: A comment was passed over: JSON has none.",
            "6:26: A comment was passed over: JSON has none.",
            "7:62: A comma before the closing bracket",
            "8:23: A comment was passed over: JSON has none.",
        ] {
            j.sees(told);
        }
        j.sees("Whether RAM reads past it is not documented.").sees("Copy it as strict JSON");
        j.keys("jj<enter>").sees("Statement 1").sees(r#""ecs:DescribeDisks",]"#);
        j.keys("<esc><enter>G").sees("The text is not strict JSON: 4 repairs.");
    }
}

#[test]
fn a_file_that_is_no_strict_json_can_be_copied_as_such() {
    let mut j = files(&[("odd.json", ODD)], 120, 40);
    j.keys("<enter>y").sees("policy JSON, as written !").sees("policy JSON, as strict JSON");
    j.keys("y").sees("not strict JSON");
    assert_eq!(j.copied(), ODD);
    for keys in ["yj<enter>", "yjj<enter>"] {
        j.keys(keys);
        let copied: serde_json::Value = serde_json::from_str(j.copied()).unwrap();
        let plain: serde_json::Value = serde_json::from_str(PLAIN).unwrap();
        assert_eq!(copied, plain, "{keys}");
    }
    // Nothing of this is said of a text that is strict JSON.
    let mut j = files(&[("mine.json", PLAIN)], 120, 40);
    j.keys("<enter>y").sees_not("strict");
}

#[test]
fn where_no_trust_policy_is_nothing_looks_like_one() {
    let mut j = files(&[("AliyunServiceRoleForMade.json", PLAIN)], 80, 24);
    j.keys("<enter>T").sees("The trust policy of this role is not in the catalogue.");
    j.sees("┏ Trust policy ━━").sees_not("┃1 ");
    // A document is no role: that is said, and what is shown stays.
    let mut j = files(&[("mine.json", PLAIN)], 80, 24);
    j.keys("<enter>T").sees("This is a policy document and no role: it has no trust policy.");
    j.sees_not("Trust policy ━━");
}

/// Two statements of one text, with much that stands in no list of names.
const SEARCHED: &str = r#"{
  "Version": "1",
  "Statement": [
    {
      "Sid": "ReadReports",
      "Effect": "Allow",
      "Action": "oss:GetObject",
      "Resource": "acs:oss:*:*:reports-2024/*"
    },
    {
      "Effect": "Allow",
      "Action": ["oss:PutObject", "oss:GetBucketAcl"],
      "Resource": "acs:oss:*:*:reports/*", "Note": "Reports of others"
    }
  ]
}
"#;

#[test]
fn the_text_of_a_policy_is_searched() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut j = files(&[("mine.json", SEARCHED)], columns, rows);
        j.keys("<enter><enter><enter>").sees("\"Version\"");
        j.keys("n").sees("Nothing is searched for in this text; Ctrl-s begins.");
        j.keys("-<ctrl-s>").sees("Search in this text").sees("in any case of letters");
        // One row a line, with its number; a line with two places is listed once.
        j.keys("REPORTS").sees("\"Sid\": \"ReadReports\",").sees("line 5").sees("line 8");
        j.sees("line 13").sees_not("line 7");
        // What is folded is opened, and places of one line are gone through one by one.
        j.keys("<down><enter>").sees("REPORTS: place 2 of 4").sees("reports-2024");
        j.keys("n").sees("REPORTS: place 3 of 4").sees("\"oss:GetBucketAcl\"");
        j.keys("n").sees("place 4 of 4").keys("n").sees("place 1 of 4").sees("ReadReports");
        j.keys("NN").sees("place 3 of 4");
        // From where the cursor was moved to.
        j.keys("gn").sees("place 1 of 4");
        // Esc takes the marks away, and steps back only then.
        j.keys("<esc>n").sees("Nothing is searched for");
        j.keys("<ctrl-s>nowhere").sees("This stands nowhere in the text.");
        j.keys("<enter>").sees("Nothing matches.").keys("<esc>").sees("\"Version\"");
        // The nearest place from the cursor on is selected first.
        j.keys("G<ctrl-s>version<enter>").sees("version: place 1 of 1");
        j.keys("]]<ctrl-s>effect<enter>").sees("effect: place 2 of 2");
    }
    // A tour has these keys for itself.
    let mut j = Journey::new(120, 40);
    j.keys("t<enter>n<down><enter><enter>n<enter><ctrl-s>security<enter>");
    j.sees("security: place 1 of").sees_not("goes to the next");
    // Elsewhere it belongs to no key, and the list of commands says where it is.
    let mut j = files(&[("mine.json", SEARCHED)], 120, 40);
    j.keys("<ctrl-s>").sees("means nothing here");
    j.keys(":search-text<enter>").sees("Search the text of this policy: not here, but in policy.");
}

#[test]
fn a_search_lists_so_many_lines_and_says_that_there_are_more() {
    let actions: Vec<String> = (0..2_000).map(|n| format!("\"ecs:Describe{n:04}\"")).collect();
    let text = PLAIN.replace("\"ecs:DescribeInstances\"", &actions.join(",\n"));
    let mut j = files(&[("mine.json", &text)], 120, 40);
    j.keys("<enter><enter><enter><ctrl-s>describe").sees("ecs:Describe0000");
    j.sees("These are the first 500 lines; more letters find fewer.");
    j.keys("1999<enter>").sees("describe1999: place 1 of 1").sees("\"ecs:Describe1999\"");
}

/// A pattern is no action: wherever a number is told with its noun, both are told apart.
#[test]
fn patterns_are_not_counted_as_actions() {
    let text = r#"{"Version":"1","Statement":[
 {"Effect":"Allow","Action":["ecs:Describe*","ecs:StartInstance","ecs:StopInstance"],"Resource":"acs:vpc:*:*:*"},
 {"Effect":"Allow","NotAction":["ecs:Run*","ecs:Start"],"Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"true"}}}
]}"#;
    let mut j = files(&[("mine.json", text)], 200, 60);
    j.keys("<enter><enter>z").sees("2 actions and 2 patterns in 1 service and of any:");
    j.sees("2 actions and 1 pattern of other services on its resources");
    let mut j = files(&[("mine.json", text)], 200, 60);
    j.keys("ml").sees("mine may call 2 actions and 1 pattern of Elastic Compute Service");
    let mut j = files_in(Language::Chinese, &[("mine.json", text)], 200, 60);
    j.keys("<enter><enter>z").sees("2 个操作和 2 个模式");
    j.keys("ml").sees("2 个操作和 1 个模式");
}

#[test]
fn what_was_left_out_is_named_with_its_reason() {
    let mut j = files(&[("mine.json", PLAIN), ("reports/broken.json", "{\"a\": 5}")], 80, 24);
    j.keys("S<enter>").sees("Left out: reports/broken.json: ");
}

#[test]
fn a_long_path_is_cut_where_all_paths_are_the_same() {
    let paths =
        ["/files/of/the/account/api/GetPolicy.json", "/files/of/the/account/old/GetPolicy.json"];
    let mut j = files(&paths.map(|path| (path, PLAIN)), 80, 24);
    j.sees("…/account/api/GetPolicy.json").sees("…/account/old/GetPolicy.json");
}

#[test]
fn of_many_actions_and_services_the_pane_tells_numbers() {
    let actions: Vec<String> = (0..100).map(|n| format!("a{n}:B")).collect();
    let resources: Vec<String> = (0..100).map(|n| format!("acs:s{n}:*")).collect();
    let statement =
        serde_json::json!({"Effect": "Allow", "Action": actions, "Resource": resources});
    let text = serde_json::json!({"Version": "1", "Statement": [statement]}).to_string();
    for (language, through, counted) in [
        (
            Language::English,
            "100 actions of other services on its resources",
            "! 100 actions in statement 1, too many to list under each service",
        ),
        (
            Language::Chinese,
            "其他服务对其资源的 100 个操作",
            "! 语句 1 中的 100 个操作，数量过多，不在各服务下逐一列出",
        ),
    ] {
        let mut j = files_in(language, &[("many.json", &text)], 120, 40);
        // The services of the resources follow that of the first action.
        j.keys("<enter><enter>").keys("<pagedown>").sees(through).sees(counted).sees("s0");
    }
}

#[test]
fn the_pane_says_whom_a_grant_is_for() {
    let bucket = r#"{"Version": "1", "Statement": [
        {"Effect": "Allow", "Principal": ["1234567890123456"], "Action": ["oss:GetObject", "oss:PutObject"],
         "Resource": ["acs:oss:*:*:a", "acs:oss:*:*:a/*"]},
        {"Effect": "Allow", "Principal": ["*"], "Action": "oss:ListObjects", "Resource": "*"},
        {"Effect": "Deny", "Principal": ["2234567890123456"], "Action": "oss:PutObject", "Resource": "acs:oss:*:*:a/x"}
    ]}"#;
    for (language, told) in [
        (
            Language::English,
            [
                "┌ on acs:oss:*:*:a, acs:oss:*:*:a/*",
                "│ for the account or user 1234567890123456",
                "┌ for anyone",
                "denied, on acs:oss:*:*:a/x, for the account or user 2234567890123456",
            ],
        ),
        (
            Language::Chinese,
            [
                "┌ 对 acs:oss:*:*:a、acs:oss:*:*:a/*",
                "│ 授权主体为账号或用户 1234567890123456",
                "┌ 授权主体为任何人",
                "拒绝，对 acs:oss:*:*:a/x，授权主体为账号或用户 2234567890123456",
            ],
        ),
    ] {
        let mut j = files_in(language, &[("bucket.json", bucket)], 120, 60);
        for words in told {
            j.sees(words);
        }
    }
}

#[test]
fn names_in_the_copied_matrix_are_no_marks_of_markdown() {
    let policy =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"my*|x:Get","Resource":"*"}]}"#;
    let mut j = files(&[("a|b_*.json", policy)], 120, 40);
    j.keys("myy");
    let copied = j.copied();
    assert!(copied.contains("\n| a\\|b\\_\\* |"), "{copied}");
    assert!(copied.contains(" | my\\*\\|x |"), "{copied}");
}

#[test]
fn policies_of_one_name_are_told_apart_in_the_copied_matrix_and_in_find() {
    let policy = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:RunInstances","Resource":"*"}]}"#;
    let all = [("pol/one.json", policy), ("pol/sub/one.json", policy), ("pol/two.json", policy)];
    let mut j = files(&all, 120, 40);
    j.keys("myy");
    for row in ["\n| one (pol/one.json) |", "\n| one (pol/sub/one.json) |", "\n| two |"] {
        assert!(j.copied().contains(row), "{row}: {}", j.copied());
    }
    j.keys("<esc>/one").sees("Policies (2)").sees("pol/sub/one.json");
    assert_eq!(j.screen().matches("Policies (").count(), 1, "{}", j.screen());
}

const ANY: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const BOTH: &str = r#"[{"Version":"1","Statement":[{"Effect":"Allow","Action":["*","ecs:Run*"],"Resource":"*"}]},
{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}]"#;

#[test]
fn patterns_of_any_service_are_counted_as_of_no_service() {
    files(&[("any.json", ANY)], 120, 40).sees("1 pattern of any service: permissions 1");
    files(&[("both.json", BOTH)], 120, 40).sees("2 patterns in 1 service and of any: ");
}

#[test]
fn a_role_without_a_policy_says_how_to_see_which_it_has() {
    let role = r#"{"Role":{"RoleName":"Admin","RoleId":"1","Arn":"acs:ram::123:role/Admin","CreateDate":"2020-01-23T12:33:18Z",
        "AssumeRolePolicyDocument":"{\"Version\":\"1\",\"Statement\":[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\"Principal\":{\"RAM\":[\"acs:ram::123:root\"]}}]}"}}"#;
    let mut j = files(&[("role.json", role)], 160, 40);
    let how = "No file that was read has a policy of Admin. To see which it has: aliyun ram";
    j.keys("<enter>f").sees(how);
    j.keys("<esc>").sees("No file that was read has a policy of Admin. To see which it");
    j.sees("acs:ram::123:role/Admin").sees("that the role was created on");
}

#[test]
fn two_documents_of_one_file_are_told_apart_wherever_they_are_named() {
    let mut j = files(&[("both.json", BOTH)], 120, 40);
    j.keys("<enter>j").sees("both #2 · observed").sees("policy    both #2");
    j.keys("T").sees("This document names a principal: it is itself a trust policy.");
    j.keys("y").sees("product: names of its policies").sees_not("names of its roles");
    let mut j = files(&[("one/reader.json", PLAIN), ("two/reader.json", ANY)], 120, 40);
    j.keys("<enter>=").event(Event::Paste("reader".into())).keys("<enter>");
    j.sees("one/reader").sees("two/reader");
}
