//! What is known of service-linked roles: products, roles, services, actions, each fact with its standing.
//!
//! May import [`crate::policy`] only. Knows no screen.

pub mod model;
pub mod search;
