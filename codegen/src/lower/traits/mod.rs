//! Checks the traits of a model: which are honored, what their values must be, and where they can
//! be applied.

mod check;
mod placement;
mod schema;
mod treatment;

pub(crate) use self::treatment::is_irrelevant;
pub(super) use self::{check::check_traits, schema::has_schema};
