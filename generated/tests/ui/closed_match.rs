//! A service can add a value at any time.

use longshore::ecr::types::TagStatus;

fn main() {
    match TagStatus::from("TAGGED") {
        TagStatus::Tagged | TagStatus::Untagged | TagStatus::Any => {}
        TagStatus::Unrecognized(_) => {}
    }
}
