//! `--policies`: lists and questions about files of one's own.

use super::support::{Folder, Said, policy, run, run_with};

const READS: &str = r#"{"Effect": "Allow", "Action": ["oss:GetObject"], "Resource": "*"}"#;
const DECRYPTS: &str = r#"{"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": "*"}"#;

/// Two policies, the second one below, and a file that is broken.
fn files() -> Folder {
    let folder = Folder::new();
    folder.file("reader.json", policy(READS));
    folder.file("below/decrypter.json", policy(DECRYPTS));
    folder.file("broken.json", "{\"Version\": \"1\", \"Statement\": [");
    folder
}

fn names(said: &Said) -> Vec<String> {
    let json = said.json();
    let roles = json["roles"].as_array().unwrap();
    roles.iter().map(|role| role["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn lists_and_questions_are_about_ones_own_files() {
    let folder = files();
    let top = folder.top();
    let ask = |args: &[&str]| run(&[args, &["--policies", &top]].concat());
    for (args, out) in [
        (&["list"][..], &["reader", "decrypter", "below"][..]),
        (&["list", "--service", "kms"], &["decrypter"]),
        (&["show", "reader"], &["Touches  OSS", "reader.json"]),
        (&["who-can", "kms:Decrypt"], &["Can\n  decrypter\n"]),
        (&["matrix"], &["OSS read 1", "KMS read 1"]),
        (&["export"], &["# Roles and policies\n", "### reader\n"]),
        (&["export", "-f", "dot", "reader"], &["label=\"reader\""]),
        (&["find", "decrypter"], &["decrypter"]),
        (&["policy", "reader"], &["oss:GetObject"]),
        (&["explain", "decrypter"], &["kms:Decrypt"]),
        (&["summary", "reader"], &["oss:GetObject"]),
        (&["can", "reader", "--action", "oss:GetObject", "--resource", "acs:oss:*:*:a"], &["llow"]),
        (&["--plain"], &["decrypter"]),
        (&["check"], &["2 policies in 3 files"]),
    ] {
        let said = ask(args);
        let expected = i32::from(args == ["check"]);
        assert_eq!(said.code, expected, "{args:?} {said:#?}");
        for words in out {
            assert!(said.out.contains(words), "{args:?}: {words}: {said:#?}");
        }
        assert!(!said.out.contains("Alikafka"), "{args:?}: {said:#?}");
        // What is broken is told, once, and the rest still loads.
        if args != ["check"] {
            assert_eq!(said.err.matches("broken.json").count(), 1, "{args:?}: {said:#?}");
        }
    }
    assert_eq!(names(&ask(&["list", "--json"])).len(), 2);
    // No role of the catalogue answers for them.
    let nobody = ask(&["who-can", "ecs:DeleteInstance"]);
    assert_eq!(nobody.code, 1, "{nobody:#?}");
    assert!(nobody.out.starts_with("No policy of these files allows"), "{nobody:#?}");
    assert!(!nobody.out.contains("of the catalogue"), "{nobody:#?}");
    assert!(nobody.err.contains("2 policies cannot."), "{nobody:#?}");
    let chinese = ask(&["who-can", "ecs:DeleteInstance", "--lang", "zh"]);
    assert!(chinese.out.starts_with("这些文件中没有策略允许"), "{chinese:#?}");
}

#[test]
fn names_of_the_catalogue_may_be_given_beside_ones_own() {
    let folder = files();
    let top = folder.top();
    let said = run(&["diff", "reader", "Connector", "--policies", &top]);
    assert_eq!(said.code, 1, "{said:#?}");
    assert!(said.out.contains("Only in reader"), "{said:#?}");
    let said = run(&["show", "MqttTunnel", "--policies", &top]);
    assert!(said.out.starts_with("AliyunServiceRoleForMqttTunnel\n"), "{said:#?}");
    // A role of the same name is that of the files.
    let own = Folder::new();
    let file = own.file("AliyunServiceRoleForMqttTunnel.json", policy(DECRYPTS));
    for command in ["show", "export"] {
        let said = run(&[command, "MqttTunnel", "--policies", &file]);
        assert!(said.out.contains("kms") || said.out.contains("KMS"), "{said:#?}");
    }
    run(&["show", "readr", "--policies", &top]).err.contains("reader").then_some(()).unwrap();
}

#[test]
fn policies_of_one_name_are_told_apart_by_their_path() {
    let folder = Folder::new();
    for below in ["one", "two"] {
        folder.file(&format!("{below}/same.json"), policy(DECRYPTS));
    }
    let top = folder.top();
    run(&["show", "same", "--policies", &top]).is_refused("two/same");
    let said = run(&["show", "two/same", "--policies", &top]);
    assert!(said.out.contains("two/same.json"), "{said:#?}");
    let said = run(&["who-can", "kms:Decrypt", "--policies", &top]);
    assert!(said.out.contains("one/same\n") && said.out.contains("two/same\n"), "{said:#?}");
    let said = run(&["diff", "one/same", "two/same", "--policies", &top]);
    let title = said.out.lines().next().unwrap_or_default();
    assert!(title.contains("one/same compared with ") && title.ends_with("two/same"), "{said:#?}");
}

/// A file need not come from an account.
#[test]
fn the_standing_of_a_file_does_not_claim_an_account() {
    let folder = files();
    let said = run(&["list", "--lang", "zh", "--policies", &folder.top()]);
    assert!(said.out.contains("读自账号或文件") && !said.out.contains("您的账号"), "{said:#?}");
}

#[test]
fn a_policy_is_no_role() {
    let folder = files();
    let said = run(&["show", "reader", "--json", "--policies", &folder.top()]).json();
    assert_eq!(said["kind"], "policy");
    assert!(said["arn"].is_null() && said["commands"].is_null(), "{said:#}");
    assert!(said["policy"]["fetch_command"].is_null(), "{said:#}");
    assert_eq!(run(&["show", "MqttTunnel", "--json"]).json()["kind"], "service_linked_role");
}

#[test]
fn what_cannot_be_used_is_told_in_a_sentence() {
    let folder = files();
    let empty = folder.file("empty/package.json", "{\"name\": \"x\"}");
    // Who types a folder behind a command is told of the option.
    run(&["list", &folder.top()]).is_refused(&format!("`--policies {}` asks", folder.top()));
    run(&["list", "--policies", "no-such-folder"]).is_refused("It does not exist.");
    run(&["list", "--policies", &empty]).is_refused("There is no policy and no role in it.");
    folder.file("empty/other.json", "{");
    let empty = folder.path("empty");
    run(&["list", "--policies", empty.to_str().unwrap()]).is_refused("`rolescope check` tells why");
    let broken = folder.path("broken.json");
    run(&["list", "--policies", broken.to_str().unwrap()]).is_refused("broken.json:1:");
    let said = run_with(&["list", "--json", "--policies", "-"], &policy(DECRYPTS));
    assert_eq!(said.json()["roles"].as_array().unwrap().len(), 1, "{said:#?}");
}

#[test]
fn files_stand_as_people_sort_them() {
    let folder = Folder::new();
    for name in ["x10", "a-b", "x2", "a"] {
        folder.file(&format!("{name}.json"), policy(DECRYPTS));
    }
    let said = run(&["list", "--json", "--policies", &folder.top()]);
    assert_eq!(names(&said), ["a", "a-b", "x2", "x10"]);
}

/// A policy without a name of its own has that of its resource, alone and among others.
#[test]
fn policies_of_a_template_are_called_by_their_resources() {
    let bucket = |action: &str| {
        let document = policy(&DECRYPTS.replace("kms:Decrypt", action));
        format!(r#"{{"Type": "ALIYUN::OSS::Bucket", "Properties": {{"Policy": {document}}}}}"#)
    };
    let named = r#"{"Type": "ALIYUN::RAM::ManagedPolicy", "Properties": {"PolicyName": "reader",
        "PolicyDocument": DOCUMENT}}"#
        .replace("DOCUMENT", &policy(READS));
    let template = |resources: &[(&str, &str)]| {
        let resources = resources.iter().map(|(id, text)| format!("\"{id}\": {text}"));
        let resources = resources.collect::<Vec<_>>().join(", ");
        format!(r#"{{"ROSTemplateFormatVersion": "2015-09-01", "Resources": {{{resources}}}}}"#)
    };
    let folder = Folder::new();
    let (logs, web) = (bucket("oss:GetObject"), bucket("oss:PutObject"));
    let one = folder.file("ros.json", template(&[("Logs", &logs)]));
    assert_eq!(names(&run(&["list", "--json", "--policies", &one])), ["Logs"]);
    let all = folder.file("all.json", template(&[("Logs", &logs), ("Web", &web), ("P", &named)]));
    let said = run(&["list", "--json", "--policies", &all]);
    assert_eq!(names(&said), ["Logs", "Web", "reader"]);
}

#[test]
fn what_comes_through_a_pipe_has_a_name_that_reads_well() {
    let ask = |args: &[&str]| run_with(&[args, &["--policies", "-"]].concat(), &policy(DECRYPTS));
    let said = ask(&["list"]);
    assert!(said.out.starts_with("standard input "), "{said:#?}");
    let said = ask(&["list", "--lang", "zh"]);
    assert!(said.out.starts_with("标准输入 "), "{said:#?}");
    assert_eq!(names(&ask(&["list", "--lang", "zh", "--json"])), ["standard input"]);
    let said = ask(&["show", "standard input"]);
    assert!(said.out.starts_with("standard input\n"), "{said:#?}");
    // Where a path is told it is what other tools take.
    let said = run_with(&["list", "--policies", "-"], "{");
    assert!(said.err.starts_with("rolescope: -:1:"), "{said:#?}");
}

/// A page that is about something else is no fault; one with a policy that cannot be read is.
#[test]
fn pages_and_scripts_of_a_folder_that_hold_a_policy_are_read() {
    let folder = Folder::new();
    let fenced = |text: &str| format!("# Page\n\nA \"Statement\" is so:\n\n```json\n{text}\n```\n");
    folder.file("page.md", fenced(&policy(DECRYPTS)));
    folder.file("make.sh", format!("#!/bin/sh\ncat > p.json <<EOF\n{}\nEOF\n", policy(READS)));
    let terraform = format!("resource \"a\" \"p\" {{\n  x = <<EOT\n{}\nEOT\n}}\n", policy(READS));
    folder.file("main.tf", terraform);
    let quoted = serde_json::Value::from(policy(READS));
    folder.file("quoted.tf", format!("resource \"a\" \"q\" {{\n  x = {quoted}\n}}\n"));
    folder.file("README.md", "# Read me\n\nA \"Statement\" has an Effect.\n");
    folder.file("half.md", fenced("{\"Version\": \"1\", \"Statement\": [{\"Effect\""));
    folder.file("latin.md", b"# caf\xe9 \"Statement\"\n");
    let top = folder.top();
    let said = run(&["list", "--json", "--policies", &top]);
    assert_eq!(names(&said), ["main", "make", "page", "quoted"], "{said:#?}");
    assert!(said.err.contains("2 files that are not JSON were passed over"), "{said:#?}");
    assert!(said.err.contains("half.md:6:41: Found the end of the text"), "{said:#?}");
    let said = run(&["check", &top]);
    assert_eq!(said.code, 1, "{said:#?}");
    assert!(said.out.contains("4 policies in 5 files, 1 not readable: 1 error"), "{said:#?}");
}

/// RAM, "Policy versions": only the default version is in force.
#[test]
fn versions_that_are_not_in_force_say_so_and_grant_nothing() {
    let folder = Folder::new();
    let version = |id: &str, is_default: bool, document: &str| {
        let document = policy(document);
        serde_json::json!({"VersionId": id, "IsDefaultVersion": is_default, "PolicyDocument": document})
    };
    let answer = |versions: &[serde_json::Value]| {
        serde_json::json!({"PolicyVersions": {"PolicyVersion": versions}}).to_string()
    };
    let (now, before) = (version("v3", true, READS), version("v2", false, DECRYPTS));
    for versions in [[now.clone(), before.clone()], [before.clone(), now]] {
        let file = folder.file("versions.json", answer(&versions));
        let ask = |args: &[&str]| run(&[args, &["--policies", &file]].concat());
        let said = ask(&["who-can", "kms:Decrypt"]);
        assert_eq!(said.code, 1, "{said:#?}");
        assert!(said.err.contains("1 policy cannot."), "{said:#?}");
        assert!(said.err.contains("1 version that is not in force was left out."), "{said:#?}");
        let said = ask(&["who-can", "oss:GetObject"]);
        assert!(said.out.starts_with("Can\n  versions\n"), "{said:#?}");
        for args in [&["list"][..], &["matrix"], &["find", "versions"], &["--plain"]] {
            let said = ask(args);
            assert!(said.out.contains("versions v2 (not in force)"), "{args:?} {said:#?}");
        }
        let said = ask(&["list", "--lang", "zh"]);
        assert!(said.out.contains("versions v2（未生效）"), "{said:#?}");
    }
    // One that stands alone is what is asked about, as `can` takes it.
    let file = folder.file("one.json", answer(&[before]));
    let said = run(&["who-can", "kms:Decrypt", "--policies", &file]);
    assert!(said.out.starts_with("Can\n  one\n"), "{said:#?}");
}

#[cfg(unix)]
#[test]
fn a_backslash_in_the_name_of_a_file_ends_no_folder() {
    let folder = Folder::new();
    for name in ["a\tb.json", "c\\d.json", "e\u{200d}f.json"] {
        folder.file(name, policy(READS));
    }
    let said = run(&["list", "--json", "--policies", &folder.top()]);
    assert_eq!(names(&said), ["a\\u{9}b", "c\\d", "e\\u{200d}f"], "{said:#?}");
    let products = said.json()["roles"].as_array().unwrap().clone();
    let products = products.iter().map(|role| role["product"]["id"].clone());
    let products: std::collections::HashSet<_> = products.collect();
    assert_eq!(products.len(), 1, "{said:#?}");
}

#[test]
fn a_summary_says_whom_a_grant_is_for_and_counts_long_lists() {
    let statement = r#"{"Effect": "Allow", "Principal": ["1234567890123456"], "Action": "oss:GetObject",
        "Resource": ["acs:oss:*:*:a", "acs:oss:*:*:b"]}"#;
    let bucket = policy(statement);
    let said = run_with(&["summary", "-"], &bucket);
    let limit = "on acs:oss:*:*:a, acs:oss:*:*:b, for the account or user 1234567890123456\n";
    assert!(said.out.contains(limit), "{said:#?}");
    let said = run_with(&["summary", "-", "--lang", "zh"], &bucket);
    let limit = "对 acs:oss:*:*:a、acs:oss:*:*:b，授权主体为账号或用户 1234567890123456\n";
    assert!(said.out.contains(limit), "{said:#?}");

    let list = |many: usize, one: &dyn Fn(usize) -> String| {
        (0..many).map(|n| format!("\"{}\"", one(n))).collect::<Vec<_>>().join(",")
    };
    let (actions, resources) =
        (list(150, &|n| format!("a{n}:B*")), list(150, &|n| format!("acs:s{n}:*")));
    let statement =
        format!(r#"{{"Effect": "Allow", "Action": [{actions}], "Resource": [{resources}]}}"#);
    let said = run_with(&["summary", "-"], &policy(&statement));
    assert!(said.out.contains("acs:s99:*, 50 more\n"), "{}", said.out);
    let counted = "150 patterns in statement 1, too many to list under each service\n";
    assert_eq!(said.out.matches(counted).count(), 150, "{}", said.out);
    assert!(said.out.len() < 500_000, "{}", said.out.len());
    let said = run_with(&["summary", "-", "--json"], &policy(&statement));
    let service = &said.json()["policies"][0]["services"][8];
    assert_eq!(service["code"], "s7");
    assert_eq!(service["through_resources_counted"][0]["patterns"], 150, "{service:#}");
}

#[test]
fn an_answer_that_is_cut_is_never_taken_as_whole() {
    let folder = Folder::new();
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}"#;
    let role = |trust| serde_json::json!({"RoleName": "R", "Arn": "acs:ram::1:role/r", "AssumeRolePolicyDocument": trust});
    let cut = |trust| serde_json::json!({"IsTruncated": true, "Marker": "M", "Roles": {"Role": [role(trust)]}});
    let file = folder.file("roles.json", cut(Some(trust)).to_string());
    let told = "The list Roles is not whole here: more follows behind number 1, as IsTruncated tells. The rest is fetched with --Marker,";
    let said = run(&["list", "--policies", &file]);
    assert_eq!(said.code, 0, "{said:#?}");
    assert!(said.err.contains(&format!("roles.json at $.Roles: {told}")), "{said:#?}");
    let said = run(&["explain", &file]);
    assert!(said.code == 0 && said.err.contains(told), "{said:#?}");
    assert!(!said.err.contains("was left out"), "{said:#?}");
    // It may stand in another file, so it is told beside the answer.
    let said = run(&["can", "--policy", &file, "--action", "sts:AssumeRole"]);
    assert!(format!("{}{}", said.out, said.err).contains(told), "{said:#?}");
    let said = run(&["check", &file]);
    assert_eq!(said.code, 0, "{said:#?}");
    assert!(said.out.contains(&format!("note: {told}")), "{said:#?}");
    assert!(said.out.contains("[cut-answer]"), "{said:#?}");
    // Without any document both are told.
    let file = folder.file("names.json", cut(None).to_string());
    let said = run(&["check", &file]);
    assert!(said.out.contains("[cut-answer]") && said.out.contains("[no-document]"), "{said:#?}");
    let said = run(&["explain", &file]);
    assert!(said.err.contains("names roles or policies and holds no policy document"), "{said:#?}");
}

#[test]
fn standard_input_is_called_so_as_the_source_of_a_policy() {
    for (args, words) in [
        (&["show", "standard input"][..], "Source   standard input"),
        (&["show", "standard input", "-f", "markdown"], "observed, standard input"),
        (&["export"], "(observed) standard input"),
    ] {
        let args: Vec<&str> = args.iter().copied().chain(["--policies", "-"]).collect();
        let said = run_with(&args, &policy(READS));
        assert!(said.out.contains(words), "{args:?}: {}", said.out);
    }
}

#[test]
fn what_is_on_resources_of_another_kind_is_no_silent_grant() {
    let folder = Folder::new();
    let top = folder.top();
    let remark = "matches nothing: the action is checked against other resources";
    for (statement, told) in [
        (r#""Action":"oss:GetObject","Resource":"acs:oss:*:*:b""#, true),
        (r#""Action":"oss:DeleteBucket","Resource":"acs:oss:*:*:b/*""#, true),
        (r#""Action":"oss:GetObject","Resource":["acs:oss:*:*:b","acs:oss:*:*:b/*"]"#, false),
        (r#""Action":"oss:GetObject","NotResource":"acs:oss:*:*:b""#, false),
        (r#""Action":"oss:Get*","Resource":"acs:oss:*:*:b""#, false),
    ] {
        folder.file("a.json", policy(&format!(r#"{{"Effect":"Allow",{statement}}}"#)));
        let file = format!("{top}/a.json");
        // It says so where the check says so.
        let check = run(&["check", &file]);
        assert_eq!(check.out.contains("matches nothing"), told, "{check:#?}");
        let said = run(&["summary", &file]);
        assert_eq!(said.out.contains(remark), told, "{statement}: {said:#?}");
        let json = run(&["summary", &file, "--json"]).json();
        let action = &json["policies"][0]["services"][0]["levels"][0]["actions"][0];
        assert_eq!(action["matches_nothing"], told, "{json:#}");
    }
}

#[test]
fn what_is_no_role_is_neither_called_one_nor_given_a_product() {
    let folder = files();
    let top = folder.top();
    let ask = |args: &[&str]| run(&[args, &["--policies", &top]].concat());
    let shown = ask(&["show", "reader"]);
    assert!(shown.out.contains("\n  Folder ") && !shown.out.contains("Product"), "{shown:#?}");
    let listed = ask(&["list", "-f", "markdown"]);
    assert!(listed.out.starts_with("| Policy | Source | "), "{listed:#?}");
    // Nothing in an account has a trust policy of it.
    let trust = ask(&["policy", "reader", "--trust"]);
    assert_eq!(trust.code, 2, "{trust:#?}");
    assert!(
        trust.err.contains("reader is a policy document and no role: it has no trust policy")
            && !trust.err.contains("aliyun ram"),
        "{trust:#?}"
    );
    let absent = ask(&["show", "Absent"]);
    let words = "no role of the catalogue is called `Absent`, and nothing in these files";
    assert!(absent.err.contains(words), "{absent:#?}");
}
