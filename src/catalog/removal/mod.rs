//! What stands between an operator and the deletion of a role: the removal plan.
//!
//! A plan is computed from the catalogue and from the policy documents. It holds steps, reasons and commands; nothing
//! here runs a command. What blocks is guidance as far as its standing says so: the truth is the list of usages in the
//! answer of RAM ([`answer`]). [`tree`] turns a plan into lines for a screen, a text or a ticket.

pub mod answer;
mod answers;
pub mod branch;
mod order;
mod plan;
pub mod powers;
pub mod tree;
pub mod write;

pub use order::Precedence;
pub use plan::{
    Creates, ListedRole, NamedRole, Passes, RemovalPlan, RolePlan, Stage, Step, no_plan,
    no_plan_of_product,
};
