//! The service-linked roles of all other products: known by name, some with their policy.

use std::sync::Arc;

use super::batch::{Batch, Loaded};
use crate::catalog::commands;
use crate::catalog::known;
use crate::catalog::model::{Fact, Product, ProductId, Role, RoleId, RoleKind, Standing, Text};
use crate::catalog::names;
use crate::catalog::store::Catalog;
use crate::policy::read;
use crate::policy::summary::{Touches, touched};
use crate::sort;

/// All known roles that the catalogue does not describe, as one product, those with a policy first.
pub fn others(catalog: &Catalog) -> Batch {
    // The files are ours and a test reads them; were one broken, its roles would only be missing.
    let whole = Catalog::builtin_others().unwrap_or_default();
    let id = ProductId(Arc::from(ProductId::BY_NAME));
    let product = Product {
        id: id.clone(),
        name: Text::new("Other products, by name", "其他产品"),
        page: None,
        roles: Vec::new(),
    };
    let mut roles = Vec::new();
    for role in whole.roles() {
        if catalog.role(&role.id).is_none() {
            let document = role.policy.as_ref().and_then(|p| read::document(&p.source).ok());
            let touched = document.map(|read| touched(&read.document, catalog)).unwrap_or_default();
            let listed_under =
                known::of_name(&role.name).and_then(|known| known.listed_under(catalog));
            let role = Role { product: id.clone(), listed_under, ..role.clone() };
            roles.push(Loaded {
                role,
                touched: Some(touched.into()),
                whole_file: false,
                arn: None,
            });
        }
    }
    let roles_by_name = known::known_roles().iter().map(|k| (k.role.to_ascii_lowercase(), k));
    let mut by_name: Vec<(String, &known::KnownRole)> = roles_by_name.collect();
    sort::by(&mut by_name, |(one, _), (other, _)| one.cmp(other));
    for (_, known) in by_name {
        let role_id = RoleId::of(known.role);
        if catalog.role(&role_id).is_none() && whole.role(&role_id).is_none() {
            roles.push(Loaded {
                role: by_name_only(known, role_id, &id, catalog),
                touched: Some(Touches::default()),
                whole_file: false,
                arn: None,
            });
        }
    }
    Batch { products: vec![product], roles, ..Batch::default() }
}

fn by_name_only(
    known: &known::KnownRole,
    id: RoleId,
    product: &ProductId,
    catalog: &Catalog,
) -> Role {
    Role {
        service_name: known.service_name.map(str::to_owned),
        listed_under: known.listed_under(catalog),
        trust: known.service_name.map(|service| {
            let value = names::trust_document(service).into();
            Box::new(Fact { value, standing: Standing::Implied })
        }),
        notes: vec![policy_note(known)],
        ..Role::bare(id, RoleKind::ServiceLinked, product.clone(), known.role.to_owned())
    }
}

/// That the policy is not here, and how to get it.
fn policy_note(known: &known::KnownRole) -> Text {
    if let Some(policy) = known.policy {
        let command = commands::policy(policy);
        Text::new(
            format!("The policy is not in the catalogue. To get it: {command}"),
            format!("目录中没有该策略。获取命令：{command}"),
        )
    } else {
        let command = commands::policies(known.role);
        Text::new(
            format!(
                "The policy is not in the catalogue and its name is not established. To see it: {command}"
            ),
            format!("目录中没有该策略，策略名称也未确定。查看命令：{command}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_role_is_described_or_listed_once() {
        let catalog = Catalog::builtin().unwrap();
        let batch = others(&catalog);
        assert_eq!(batch.roles.len() + catalog.roles().len(), known::known_roles().len());
        let whole = batch.roles.iter().filter(|loaded| loaded.role.policy.is_some());
        let whole: Vec<_> = whole.collect();
        assert_eq!(whole.len(), 14);
        for loaded in whole {
            let touched = loaded.touched.as_ref().unwrap();
            assert!(!touched.is_empty(), "{}", loaded.role.name);
            let purpose = loaded.role.purpose.as_ref().unwrap();
            assert_eq!(purpose.standing, Standing::Derived, "{}", loaded.role.name);
        }
        for loaded in batch.roles.iter().filter(|loaded| loaded.role.policy.is_none()) {
            let note = &loaded.role.notes.first().unwrap().en;
            assert!(note.contains("aliyun ram "), "{}: {note}", loaded.role.name);
        }
    }
}
