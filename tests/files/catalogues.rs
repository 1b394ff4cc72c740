//! Folders with catalogue files of one's own.

use std::fs;

use rolescope::catalog::Catalog;
use rolescope::catalog::load;
use rolescope::catalog::model::ProductId;

/// A catalogue file with a role, for the folder of a catalogue; it orders that one before the others.
fn ordering(role: &str, note: &str, others: &[&str]) -> String {
    let order = |then: &&str| {
        format!(
            r#"{{"first":"{role}","then":"{then}","because":{{"en":"x"}},"standing":"implied"}}"#
        )
    };
    let orders: Vec<String> = others.iter().map(order).collect();
    let orders = orders.join(",");
    format!(
        r#"{{"product":{{"id":"own","name":{{"en":"{note}"}}}},"roles":[{{"name":"{role}"}}],"removal_order":[{orders}]}}"#
    )
}

#[test]
fn catalogue_files_may_order_the_roles_of_each_other() {
    for (files, used, refused) in [
        // Each names the role of the other.
        (vec![("a", "W1", vec!["W2"]), ("b", "W2", vec!["W1"])], vec!["W1", "W2"], vec![]),
        // What hangs on a refused file is refused too, and told behind it; what does not is used.
        (
            vec![
                ("a", "W1", vec!["W2"]),
                ("b", "W2", vec!["W3"]),
                ("c", "W3", vec!["W2", "None"]),
                ("d", "W4", vec!["W5"]),
                ("e", "W5", vec!["W4"]),
            ],
            vec!["W4", "W5"],
            vec![("c", "None"), ("b", "W3"), ("a", "W2")],
        ),
        // A role is known as long as one file that describes it is used.
        (
            vec![("a", "W1", vec!["W2"]), ("b", "W2", vec!["None"]), ("c", "W2", vec![])],
            vec!["W1", "W2"],
            vec![("b", "None")],
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for (file, role, others) in &files {
            let text = ordering(role, file, others);
            fs::write(folder.path().join(format!("{file}.json")), text).unwrap();
        }
        let mut catalog = Catalog::builtin().unwrap();
        let told = load::merge_folder(&mut catalog, folder.path());
        let own = catalog.product(&ProductId("own".into())).unwrap();
        let mut roles: Vec<&str> = own.roles.iter().map(|role| &*role.0).collect();
        roles.sort_unstable();
        let ids: Vec<String> = used.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(roles, ids, "{files:?}");
        assert_eq!(told.len(), refused.len(), "{told:?}");
        for (told, (file, role)) in told.iter().zip(refused) {
            assert!(told.path.ends_with(&format!("{file}.json")), "{told:?}");
            let why = told.reason.english();
            let start = format!("The order of removal names {role}, which is no role");
            assert!(why.starts_with(&start) && why.ends_with("Nothing of this file is used."));
        }
    }
}

#[test]
fn a_later_catalogue_file_replaces_an_earlier_one_whatever_they_order() {
    let folder = tempfile::tempdir().unwrap();
    for (file, role, others) in [("a", "W1", &["W3"][..]), ("b", "W2", &[]), ("c", "W3", &[])] {
        fs::write(folder.path().join(format!("{file}.json")), ordering(role, file, others))
            .unwrap();
    }
    let mut catalog = Catalog::builtin().unwrap();
    assert_eq!(load::merge_folder(&mut catalog, folder.path()), []);
    assert_eq!(catalog.product(&ProductId("own".into())).unwrap().name.en, "c");
}
