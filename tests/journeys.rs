//! Journeys: a string of keys, then what the screen shows. One test for each thing an operator does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use ratatui::style::Modifier;
use rolescope::app::event::{Effect, Event};
use rolescope::app::summary_rows::RowKind;
use rolescope::say::Language;
use rolescope::ui::theme::{Kind, Theme};
use support::Journey;

#[test]
fn the_start_shows_the_way() {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        j.at("rolescope › ApsaraMQ for Kafka");
        for seen in ["Products 5", "ApsaraMQ for MQTT", "Roles 5", "Alikafka", "? keys", "q quit"] {
            j.sees(seen);
        }
        j.sees("AliyunServiceRoleForAlikafka").sees("Elastic Compute Service");
    }
}

#[test]
fn large_screens_show_lists_summary_and_policy_together() {
    for (columns, rows) in [(120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        for seen in ["Products", "Roles", "Permissions of Alikafka", "\"Version\": \"1\""] {
            j.sees(seen);
        }
    }
}

#[test]
fn products_then_roles_then_permissions_then_policy_and_back() {
    for (columns, rows) in [(40, 16), (80, 24), (120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        j.keys("j").sees("MQTT").keys("<enter>");
        assert!(j.crumbs().ends_with("MqttCoreRuleEngine"), "{}", j.screen());
        j.keys("j<enter>").sees("MqttTunnel");
        j.keys("<enter>").sees("\"privatelink:");
        assert!(j.crumbs().ends_with("Policy"), "{}", j.screen());
        j.keys("<esc><esc><esc>");
        assert!(j.crumbs().ends_with("ApsaraMQ for MQTT"), "{}", j.screen());
        j.keys("<esc><esc>").sees("This is the start");
        assert!(!j.ended, "Esc must never quit");
        j.keys("q");
        assert!(j.ended);
    }
}

#[test]
fn arrows_and_letters_move_alike() {
    let mut arrows = Journey::new(120, 40);
    let mut letters = Journey::new(120, 40);
    for (a, l) in [
        ("<down>", "j"),
        ("<right>", "l"),
        ("<end>", "G"),
        ("<up>", "k"),
        ("<home>", "g"),
        ("<enter>", "l"),
        ("<pagedown>", "<ctrl-f>"),
        ("<pageup>", "<ctrl-b>"),
        ("<left>", "h"),
    ] {
        arrows.keys(a);
        letters.keys(l);
        assert_eq!(arrows.screen(), letters.screen(), "{a} and {l}");
    }
}

#[test]
fn roles_show_feature_and_wholeness() {
    let mut j = Journey::new(120, 40);
    j.sees("AlikafkaConnector").sees("Connectors").sees("◐ policy not whole");
    let whole =
        j.screen().lines().filter(|line| line.contains('◐') && !line.contains("whole")).count();
    assert_eq!(whole, 2, "two roles of Kafka have a policy that is not whole\n{}", j.screen());
}

#[test]
fn the_summary_says_levels_limits_and_conditions() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>jj<enter>");
    j.sees("Key Management Service").sees("Decrypt").sees("Turn ciphertext back into plaintext");
    j.sees("only with keys tagged acs:alikafka:instance-encryption = true");
    j.sees("tagging").sees("read");
}

#[test]
fn an_action_on_the_resources_of_another_service_is_seen_under_both() {
    let mut j = Journey::new(200, 60);
    j.keys("j<enter>j<enter>");
    j.sees("PrivateLink").sees("CreateVpcEndpoint");
    j.keys("G").sees("of other services on its resources").sees("privatelink:CreateVpcEndpoint");
}

#[test]
fn the_policy_follows_the_summary() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>jj<enter>");
    let row =
        j.app.summary.iter().position(|row| row.key.ends_with("/kms:Decrypt")).expect("a row");
    while j.app.summary_at.at < row {
        j.keys("j");
    }
    j.sees("\"kms:Decrypt\"").sees("▎");
    let marked: Vec<String> =
        j.screen().lines().filter(|line| line.contains('▎')).map(str::to_owned).collect();
    assert_eq!(marked.len(), 1, "{marked:?}");
    assert!(marked[0].contains("kms:Decrypt"), "{marked:?}");
}

#[test]
fn the_policy_folds_scrolls_and_says_where() {
    let mut j = Journey::new(200, 60);
    j.keys("<enter>jj<enter><enter>").sees("Policy");
    j.keys("[").sees(" Statement 1 ┛");
    j.keys("]").sees(" Statement 2 ┛");
    j.keys("jj").sees(" Statement 2, Action 1 ┛").sees_not("Statement[").keys("kk");
    j.keys("<space>").sees("Allow, 3 actions, kms");
    j.keys("<space>").sees("\"kms:Encrypt\"");
    j.keys("-").sees_not("\"kms:Encrypt\"").keys("+").sees("\"kms:");
    j.keys("G");
    let last = j.app.policy.pane.cursor_and_top_row().0;
    assert_eq!(last + 1, j.app.policy.pane.rows());
}

#[test]
fn a_small_screen_says_the_same_in_full() {
    let mut j = Journey::new(80, 24);
    j.keys("m").sees("6+ (2): others on its resources   3* *: some, all by patterns");
    j.keys("jj")
        .sees("may only delete its own role in Resource Access")
        .sees("Management (ram:DeleteServiceLinkedRole).");
    let mut help = Journey::new(80, 24);
    help.keys("?what must be").sees("every role of the product, can").sees("be deleted");
    // Some of the levels would hide that there are others.
    Journey::new(80, 24).sees("Elastic Compute Service  ecs  14 actions");
    Journey::new(80, 24).keys("=").sees("8 actions shared · ApsaraMQ for MQTT");
}

#[test]
fn a_tour_leaves_no_blank_line_at_the_head_of_the_permissions() {
    for tour in ["kafka-roles", "mqtt-roles", "first-steps"] {
        let mut j = Journey::new(80, 24);
        j.app.start_tour(tour).unwrap();
        j.event(Event::Resize(80, 24)).keys("<f8>");
        let top = &j.app.summary[j.app.summary_at.top];
        assert_ne!(top.kind, RowKind::Blank, "{tour}\n{}", j.screen());
    }
}

#[test]
fn a_wildcard_says_once_what_it_covers() {
    let mut j = Journey::new(200, 60);
    let mut seen = 0;
    for role in j.app.catalog.clone().roles() {
        j.keys("/").event(Event::Paste(role.short_name.clone())).keys("<enter>");
        for row in &j.app.summary {
            if let RowKind::Action { name, meaning, .. } = &row.kind
                && name.contains('*')
            {
                seen += 1;
                assert!(meaning.matches("may be more").count() <= 1, "{meaning}");
                assert!(!meaning.is_empty(), "{name}");
            }
        }
    }
    assert!(seen > 0, "no wildcard");
}

#[test]
fn chinese_has_a_blank_beside_other_letters() {
    let mut j = Journey::new(120, 40);
    j.app.set_language(Language::Chinese);
    j.keys("m");
    while !j.screen().contains("不涉及私网连接 PrivateLink。") {
        j.keys("l").sees_not("这是最后一个服务。");
    }
    while !j.screen().contains("MqttTunnel 可调用") {
        j.keys("j");
    }
    j.sees("可调用私网连接 PrivateLink 的 10 个操作");
}

#[test]
fn what_changes_nothing_says_why() {
    for (keys, said) in [
        ("mx", "All services are shown already."),
        ("<enter><enter><enter>+", "Nothing is folded."),
        ("<enter><enter><enter>--", "All statements are folded already."),
        ("<enter><enter><enter><", "Nothing is cut off on the left."),
        ("<enter><enter><enter>]]]]", "There is no further statement."),
        ("<enter>=<enter><enter>", "This line leads nowhere"),
        ("<enter>=<enter>>", "by text only"),
    ] {
        Journey::new(120, 40).keys(keys).sees(said);
    }
    Journey::new(80, 24).keys("<enter><enter><enter>z").sees("has the whole screen already");
}

#[test]
fn a_pane_that_was_hidden_shows_what_it_showed() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>jj<enter><enter>");
    let before = j.screen();
    j.keys("zz");
    assert_eq!(j.screen(), before);
    let mut small = Journey::new(80, 24);
    small.keys("<enter>jj<enter>jjjj");
    let before = small.screen();
    small.keys("<enter><esc>");
    assert_eq!(small.screen(), before);
}

#[test]
fn the_filter_keeps_what_touches_a_service() {
    for typed in ["KMS", "kms", "key management", "密钥"] {
        let mut j = Journey::new(120, 40);
        j.keys("s").sees("Show only what touches a service");
        j.event(Event::Paste(typed.into())).keys("<enter>");
        j.sees("service: KMS").sees("AlikafkaInstanceEncryption").sees("Products 2");
        j.sees_not("AlikafkaConnector");
        j.keys("x").sees_not("service: KMS").sees("Products 5");
    }
}

#[test]
fn a_missing_part_of_a_policy_is_not_nothing() {
    let mut j = Journey::new(120, 40);
    j.sees("the part that is missing names").sees("! cms:ListAlarm");
    j.keys("s").event(Event::Paste("cms".into())).sees("2 roles").keys("<enter>");
    j.sees("service: CMS").sees("Alikafka ").sees_not("AlikafkaConnector");
    j.keys("m<home>");
    assert_eq!(
        j.app.matrix_sentence(),
        "What is here of the policy of Alikafka does not touch CloudMonitor; the part that is missing names \
         cms:ListAlarm, cms:DescribeMetricRuleList, cms:DescribeMetricList.",
    );
    j.keys("<esc>w<c-u>").event(Event::Paste("cms:ListAlarm".into()));
    j.sees("Could, under a condition").sees("the part of the policy that is missing here");
}

#[test]
fn every_name_of_a_service_finds_it() {
    for (typed, code) in [
        ("ECS", "ecs"),
        ("ecs", "ecs"),
        ("Function Compute", "fc"),
        ("FC", "fc"),
        ("函数计算", "fc"),
        ("PrivateLink", "privatelink"),
        ("SLS", "log"),
        ("日志", "log"),
    ] {
        let mut j = Journey::new(80, 24);
        j.keys("s").event(Event::Paste(typed.into())).keys("<enter>");
        assert_eq!(j.app.filter.as_deref(), Some(code), "{typed}\n{}", j.screen());
    }
}

#[test]
fn the_filter_dims_the_rest_of_the_policy() {
    let mut j = Journey::new(200, 60);
    j.keys("s").event(Event::Paste("ram".into())).keys("<enter>");
    j.sees("service: RAM");
    let dim = j.with_modifier(Modifier::DIM);
    assert!(
        dim.contains("ecs:CreateNetworkInterface"),
        "other services stand back\n{}",
        j.screen()
    );
    assert!(!dim.contains("ram:DeleteServiceLinkedRole"), "the service itself does not");
}

#[test]
fn a_role_that_matches_through_resources_only_is_marked() {
    let mut j = Journey::new(120, 40);
    j.keys("s").event(Event::Paste("vpc".into())).keys("<enter>");
    j.sees("service: VPC");
    let catalog = j.app.catalog.clone();
    let mut marked = 0;
    for product in catalog.products() {
        for row in &j.app.roles {
            marked += usize::from(row.through_resource && row.id.0.contains(&*product.id.0));
        }
        j.keys("j");
    }
    // Whether or not a role of the catalogue is of this kind, none may be marked that calls VPC itself.
    for row in &j.app.roles {
        assert!(!row.through_resource || marked > 0, "{row:?}");
    }
}

#[test]
fn a_filter_without_a_match_is_said_in_words() {
    let mut j = Journey::new(80, 24);
    j.keys("szzzzzz").sees("No service of this name");
    j.keys("<enter>").sees("Nothing matches").keys("<esc>").at("rolescope › ApsaraMQ for Kafka");
}

#[test]
fn the_removal_plan_of_a_role_and_of_a_product() {
    let mut j = Journey::new(120, 40);
    j.keys("j<enter>d").sees("All rules engines").sees("documented").sees("Removal");
    j.sees("DeleteServiceLinkedRole --RoleName AliyunServiceRoleForMqttCoreRuleEngine");
    j.sees("IN_PROGRESS").sees("FAILED").sees("nothing is run");
    j.keys("<esc><esc>d").sees("ApsaraMQ for MQTT: ").sees("3 roles; 1 more known by name only");
    // No order is known, so none is claimed.
    j.sees_not("in this order").keys("G").sees("No order between these roles is known");
    j.sees("A list of role names puts these under the product too.")
        .sees("AliyunServiceRoleForMQTTLb")
        .sees_not("MQTTLb · documented");
    j.keys("<esc>").at("rolescope › ApsaraMQ for MQTT");
    assert!(j.effects.is_empty(), "a plan is shown, nothing is done: {:?}", j.effects);
}

#[test]
fn the_removal_plan_copies_its_commands() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>d");
    for _ in 0..60 {
        j.keys("j<enter>");
        if !j.effects.is_empty() {
            break;
        }
    }
    assert!(j.copied().starts_with("aliyun "), "{}", j.copied());
    j.sees("Copied with clip: command");
}

#[test]
fn find_goes_there_and_esc_comes_back() {
    let mut j = Journey::new(120, 40);
    j.keys("/").sees("Find").keys("tunnel").sees("Roles (").sees("MqttTunnel");
    j.keys("<enter>").at("rolescope › ApsaraMQ for MQTT › MqttTunnel");
    j.keys("<esc>").at("rolescope › ApsaraMQ for Kafka");
    j.keys("/kms:decrypt<enter>").sees("Decrypt");
    assert!(j.current_key().ends_with("/kms:Decrypt"), "{}", j.current_key());
    j.keys("<esc>").at("rolescope › ApsaraMQ for Kafka");
    j.keys("/").keys("<esc>").at("rolescope › ApsaraMQ for Kafka");
    // A service that is named in full, not one of the roles that have its letters.
    j.keys("/fc<enter>").sees("service: FC");
}

#[test]
fn esc_after_find_brings_the_filter_back_too() {
    let mut j = Journey::new(120, 40);
    j.keys("skms<enter>").sees("service: KMS");
    let place = |j: &Journey| (j.crumbs(), j.app.focus, j.app.role.clone(), j.current_key());
    let before = place(j.keys("k"));
    // To a role that the filter hides.
    j.keys("/tunnel<enter>")
        .sees_not("service: KMS")
        .at("rolescope › ApsaraMQ for MQTT › MqttTunnel");
    j.keys("<esc>").sees("service: KMS");
    assert_eq!(place(&j), before);
    // To another service.
    j.keys("/函数计算<enter>").sees("service: FC").keys("<esc>").sees("service: KMS");
    assert_eq!(place(&j), before);
    // To a product that the filter lets through.
    j.keys("/rabbitmq<enter>").sees("service: KMS").keys("<esc>");
    assert_eq!(place(&j), before);
}

#[test]
fn find_knows_both_languages_and_marks_what_matched() {
    let mut j = Journey::new(120, 40);
    j.keys("/").event(Event::Paste("函数计算".into())).sees("Services (");
    let marked = j.with_modifier(Modifier::UNDERLINED);
    assert!(marked.contains("函数计算"), "{marked:?}\n{}", j.screen());
    j.keys("<enter>").sees("service: FC");
}

#[test]
fn copying_shows_exactly_what_will_be_copied() {
    let mut j = Journey::new(120, 40);
    j.keys("j<enter>jy").sees("Copy").sees("policy JSON").sees("bytes");
    j.keys("<enter>").sees("Copied with clip: policy JSON");
    let policy = j.app.current_role().unwrap().policy.clone().unwrap();
    assert_eq!(j.copied(), &*policy.source, "byte for byte");
    j.keys("yy");
    assert_eq!(j.copied(), &*policy.source);
}

#[test]
fn a_policy_that_is_not_whole_says_so_when_copied() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>yy").sees("Copied with clip: policy JSON");
    assert!(j.copied().contains("aliyun ram GetPolicy --PolicyType System"), "{}", j.copied());
    j.sees("CloudMonitor");
}

#[test]
fn the_copy_menu_has_everything() {
    let mut j = Journey::new(200, 60);
    j.keys("j<enter>j<enter>y");
    for entry in [
        "policy JSON, compact",
        "statement 1",
        "actions of statement 1",
        "role name",
        "role ARN",
        "service name",
        "trust policy",
        "policy that lets a RAM user create this role",
        "CLI commands",
        "Markdown summary for a ticket",
        "Terraform",
    ] {
        j.sees(entry);
    }
}

#[test]
fn printing_on_leaving() {
    let mut j = Journey::new(120, 40);
    j.keys("j<enter>jY").sees("To be printed to standard output when you leave: ").keys("q");
    assert!(
        matches!(j.effects.as_slice(), [Effect::PrintOnExit(text), Effect::Quit] if text.contains("Statement"))
    );
}

#[test]
fn help_lists_the_keys_of_this_place() {
    let mut j = Journey::new(120, 40);
    j.keys("?").sees("What can be done here").sees("Show only what touches one service");
    j.sees_not("Fold all statements").keys("<esc>");
    j.keys("<enter><enter><enter>?").sees("Fold all statements").keys("fold all<enter>");
    j.sees("Allow, 14 actions, ecs");
}

#[test]
fn a_key_that_means_nothing_says_so_once() {
    let mut j = Journey::new(80, 24);
    j.keys("X").sees("X means nothing here. ? shows the keys").keys("j").sees_not("means nothing");
}

#[test]
fn without_colours_every_state_is_still_seen() {
    let mut j = Journey::new(120, 40);
    j.theme = Theme::new(Kind::Plain);
    j.keys("<enter>j");
    j.sees("▸AlikafkaConnector").sees("›ApsaraMQ for Kafka").sees("┏ Roles");
    assert!(j.with_modifier(Modifier::REVERSED).contains("AlikafkaConnector"));
    for cell in &j.buffer().content {
        use ratatui::style::Color;
        assert!(cell.fg == Color::Reset && cell.bg == Color::Reset, "{cell:?}");
    }
}

#[test]
fn the_trust_policy_is_one_key_away() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>T")
        .sees("sts:AssumeRole")
        .sees("Trust policy")
        .keys("T")
        .sees("ecs:CreateNetworkInterface\"");
}

#[test]
fn a_new_size_keeps_the_place() {
    let mut j = Journey::new(120, 40);
    j.keys("j<enter>j<enter>jjj");
    let key = j.current_key();
    for (columns, rows) in [(80, 24), (40, 16), (20, 5), (200, 60), (1, 1), (120, 40)] {
        j.resize(columns, rows);
        assert_eq!(j.current_key(), key, "{columns}x{rows}");
    }
    assert!(j.crumbs().contains("MqttTunnel"));
    j.resize(20, 5).sees("30x8, this is 20x5");
}

impl Journey {
    fn current_key(&self) -> String {
        self.app.current_row().map(|row| row.key.clone()).unwrap_or_default()
    }
}
