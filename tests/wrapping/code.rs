//! Policies in scripts, pages and templates: comments, here-documents, code blocks, and what is filled in.

use super::find;
use rolescope::policy::document::Statement;
use rolescope::policy::json::{self, Limits};
use rolescope::policy::print;
use rolescope::policy::wrapper::{SkipReason, find_in};
use serde_json::json;

/// A policy of one action.
fn of(action: &str) -> String {
    format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"*"}}]}}"#
    )
}

/// The same in a string of JSON.
fn packed(action: &str) -> String {
    json!(of(action)).to_string()
}

/// What the policies of a text allow, in their order.
fn allowed(text: &str) -> Vec<String> {
    let found = find(text);
    let told = found.skipped.iter().filter(|one| one.reason != SkipReason::Comment);
    assert_eq!(told.count(), 0, "{text}: {:?}", found.skipped);
    let read = found.documents.iter().map(|document| document.read().unwrap().document);
    let action = |statement: &Statement| statement.action.as_ref().unwrap().values[0].clone();
    read.map(|document| action(&document.statements[0]).value.to_string()).collect()
}

/// The opening and closing line of a here-document around a policy.
fn here(opening: &str, action: &str) -> String {
    format!("{opening}\n{}\nEOF\n", of(action))
}

#[test]
fn what_stands_in_a_comment_is_no_policy() {
    let live = here("policy_document = <<EOF", "live:A");
    let last = here("  policy_document = <<EOF", "live:B");
    let commented = here("policy_document = <<EOF", "old:A");
    let lines = |mark: &str| {
        let lines: Vec<_> = commented.lines().map(|line| format!("  {mark} {line}\n")).collect();
        lines.concat()
    };
    for old in [
        lines("#"),
        lines("//"),
        format!("/*\n{commented}*/\n"),
        format!("a = 1 /* {commented} */ \n"),
        format!("<!--\n```json\n{}\n```\n-->\n", of("old:A")),
        format!("# aliyun ram CreatePolicy --PolicyDocument '{}'\n", of("old:A")),
        format!("a = 1 # policy = {}\n", packed("old:A")),
        format!("// policy_document = {}\n", packed("old:A")),
        format!(": <<'EOF'\n{}\nEOF\n", of("old:A")),
        "# policy_document = jsonencode({\n".to_owned(),
        // What opens a block elsewhere opens none in a comment.
        "# cat <<EOF\n".to_owned(),
        "/* ```json */\n".to_owned(),
    ] {
        assert_eq!(allowed(&format!("{live}{old}{last}")), ["live:A", "live:B"], "{old}");
    }
    // These are no comments: a place on the net, an ARN, a heading before a block, the text of a block.
    for text in [
        format!("See https://example.com/#x\n{live}"),
        format!("curl https://example.com/x '{}'\n", of("live:A")),
        format!("# Title\n```json\n{}\n```\n", of("live:A")),
        format!("acs:oss:*:*:bucket/* and\n\n{live}\n*/\n"),
        format!("It isn't /* closed\n{live}"),
        format!("policy = <<EOF\n# why\n// and /* so */\n{}\nEOF\n", of("live:A")),
        format!("x = \"a # b\" '{}'\n", of("live:A")),
    ] {
        assert_eq!(allowed(&text), ["live:A"], "{text}");
    }
}

#[test]
fn a_file_with_policies_in_comments_only_is_told_so() {
    for comment in [
        format!("  # policy_document = {}\n", packed("old:A")),
        format!("  /*\n{}*/\n", here("policy_document = <<EOF", "old:A")),
        "  // policy_document = jsonencode({\n".to_owned(),
    ] {
        let text = format!("resource \"alicloud_ram_policy\" \"p\" {{\n{comment}}}\n");
        let error = find_in(&text, &Limits::default()).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("The policies in it stand in comments, which are passed over."),
            "{error}"
        );
    }
}

#[test]
fn every_form_of_a_here_document_is_seen() {
    for opening in [
        "cat <<EOF > ./p.txt",
        "cat > p.json << EOF",
        "cat >p.json <<EOF;",
        "cat <<'EOF' | tee p",
        "cat <<\\EOF",
        "cat <<-\"EOF\" >p",
        "read -r -d '' POLICY <<EOF || true",
        "aliyun ram CreatePolicy --PolicyDocument \"$(cat <<EOF",
        "P=$(cat <<EOF)",
        "policy = <<EOF # the policy",
        "policy = trimspace(<<EOF",
        "echo it isn't <<EOF",
    ] {
        let text = format!("{}cat <<EOF\n{}\nEOF\n", here(opening, "one:A"), of("two:B"));
        assert_eq!(allowed(&text), ["one:A", "two:B"], "{opening}");
    }
    // Two on one line, and what only looks so.
    let two = format!("cat <<A <<B\n{}\nA\n{}\nB\n", of("one:A"), of("two:B"));
    assert_eq!(allowed(&two), ["one:A", "two:B"]);
    for other in ["x=$((1 << 2))", "std::cout << endl;", "cat <<< EOF", "a << 2\n2", "echo '<<EOF'"]
    {
        let text = format!("{other}\n{}", here("cat <<EOF", "one:A"));
        assert_eq!(allowed(&text), ["one:A"], "{other}");
    }
    // A section of another file is no list.
    let settings = format!("cat <<EOF\n[default]\nx = 1\nEOF\n{}", here("cat <<EOF", "one:A"));
    assert_eq!(allowed(&settings), ["one:A"]);
}

#[test]
fn policies_in_code_of_a_page_are_found() {
    let json = format!("```json\n{}\n```\n", of("one:A"));
    for code in [
        format!("```terraform\n{}```\n", here("policy_document = <<EOF", "two:B")),
        format!("```hcl\npolicy_document = {}\n```\n", packed("two:B")),
        format!("~~~bash\n$ aliyun ram CreatePolicy --PolicyDocument '{}'\n~~~\n", of("two:B")),
        format!("```sh\n# {}{}```\n", of("old:A"), here("\ncat <<'EOF' > p", "two:B")),
        format!("```sh\n[ -f p ] || cat <<EOF\n{}\nEOF\n```\n", of("two:B")),
        format!("```bash\n{}\n```\n", of("two:B")),
        format!("```json\n// why\n{}\n```\n", of("two:B")),
        format!("> ```json\n> {}\n> ```\n", of("two:B")),
        format!("> Text\n> > ```\n> > {}\nMore\n", of("two:B")),
    ] {
        for before in ["", "# Here's a title\n\n"] {
            let text = format!("{before}{json}\n{code}");
            assert_eq!(allowed(&text), ["one:A", "two:B"], "{text}");
        }
    }
}

#[test]
fn of_a_page_that_begins_with_its_fence_only_the_block_is_taken() {
    for text in [
        format!("```json\n{}\n```\n", of("one:A")),
        format!("\u{feff}\n~~~\n{}\n~~~\nText\n", of("one:A")),
    ] {
        let found = find(&text);
        assert_eq!(found.repairs, [], "{text}");
        assert_eq!(*found.documents[0].text, *of("one:A"), "{text}");
    }
    // What is quoted is known by its place all the same.
    let quoted = "> ```json\n> {\n>   \"Version\": \"1\", \"Statement\": []}\n> ```\n";
    let document = &find(quoted).documents[0];
    assert_eq!(&*document.text, "{\n  \"Version\": \"1\", \"Statement\": []}");
    let (inner, outer) = (document.text.find("Statement"), quoted.find("Statement"));
    assert_eq!(document.outer_offset(quoted, inner.unwrap()), outer.unwrap());
}

/// Puts a policy into other text.
type Wrap<'w> = &'w dyn Fn(&str) -> String;

#[test]
fn what_is_filled_in_is_not_known() {
    let with = |resource: &str| {
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Deny","Action":"oss:*","Resource":"{resource}"}}]}}"#
        )
    };
    let in_terraform = |text: &str| format!("policy = <<EOF\n{text}\nEOF\n");
    let in_shell = |text: &str| format!("cat <<EOF\n{text}\nEOF\n");
    let literal = |text: &str| format!("cat <<'EOF'\n{text}\nEOF\n");
    let string = |text: &str| format!("policy = \"{}\"\n", text.replace('"', "\\\""));
    let options = |text: &str| format!("--PolicyDocument \"{}\"\n", text.replace('"', "\\\""));
    let table: &[(Wrap<'_>, &str, &str, bool)] = &[
        (&in_terraform, "a:${var.b}/*", "a:${var.b}/*", true),
        (&in_terraform, "${join(\", \", var.b)}", "${join}", true),
        (&in_terraform, "${var.b[\"x:y\"]}-${ c ? 1 : 2 }", "${var.b}-${c}", true),
        (&in_terraform, "%{ if x }a%{ endif }", "${if}a${endif}", true),
        (&in_terraform, "$${b}", "${b}", false),
        (&in_terraform, "$b", "$b", false),
        (&in_terraform, "a-${b", "a-${b", false),
        (&in_shell, "a:${B:-c}/*", "a:${B}/*", true),
        (&in_shell, "a:$B/$(id -u)/`id`", "a:${B}/${id}/${id}", true),
        (&in_shell, "a:\\${B}", "a:${B}", false),
        (&in_shell, "a:%{b}", "a:%{b}", false),
        (&literal, "a:${B}", "a:${B}", false),
        (&string, "a:${var.b}/*", "a:${var.b}/*", true),
        (&string, "a:$${b}/*", "a:${b}/*", false),
        (&options, "a:$B", "a:${B}", true),
        (&str::to_owned, "a:${var.b}", "a:${var.b}", false),
        (&|text| format!("```json\n{text}\n```\n"), "a:${B}", "a:${B}", false),
        (&|text| format!("--PolicyDocument '{text}'\n"), "a:${B}", "a:${B}", false),
    ];
    for (wrap, resource, value, unknown) in table {
        let text = wrap(&with(resource));
        let found = find(&text);
        let read = found.documents[0].read().unwrap();
        let clause = read.document.statements[0].resource.as_ref().unwrap();
        assert_eq!((&*clause.values[0].value, clause.unknown), (*value, *unknown), "{text}");
        let told: Vec<String> = read.oddities.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), usize::from(*unknown), "{text}: {told:?}");
        for told in told {
            let hole = &value[value.find("${").unwrap()..=value.find('}').unwrap()];
            let filled = "is filled in before RAM reads it.";
            assert_eq!(told, format!("{hole} in the value of Resource {filled}"));
        }
        // Printed as strict JSON it is the same string.
        let reading = json::read(&found.documents[0].text, &Limits::default()).unwrap();
        let strict: serde_json::Value =
            serde_json::from_str(&print::pretty(&reading.root)).unwrap();
        let strict = strict["Statement"][0]["Resource"].as_str().unwrap();
        let plain = resource.replace("$${", "${").replace("\\$", "$");
        assert_eq!(strict, plain, "{text}");
    }
}

#[test]
fn very_many_blocks_are_all_read_and_broken_ones_lose_none() {
    let good = |n: usize| format!("```json\n{}\n```\n", of(&format!("good:A{n}")));
    let broken = "```json\n{\"Statement\": [}\n```\n";
    let page = format!("# Page\n{}{}{}", good(0), broken.repeat(257), good(1));
    let found = find(&page);
    assert_eq!(found.documents.len(), 2);
    assert_eq!(found.skipped.len(), 201);
    let last = found.skipped.last().unwrap();
    assert_eq!(last.span.start, page.match_indices("{\"Statement\": [}").nth(200).unwrap().0);
    let told = last.reason.sentence();
    assert!(told.contains("the first of 57 more broken blocks"), "{told}");
    let page = format!("# Page\n{}{}", good(0), broken.repeat(201));
    let told = find(&page).skipped.last().unwrap().reason.sentence();
    assert!(told.contains("1 more broken block") && !told.contains("blocks"), "{told}");
    // More than any page of examples has.
    let page = format!("# Page\n{}{}", "```json\n[0]\n```\n".repeat(10_000), good(2));
    assert_eq!(allowed(&page), ["good:A2"]);
}
