//! Loads the region.

use crate::settings::profile::Profile;
use crate::settings::region::Region;
use crate::settings::setting::{Setting, Sources};

/// The region from the environment, or else from the profile.
pub(super) fn load(sources: &Sources<'_>) -> Option<Region> {
    let found = sources.find(&["AWS_REGION", "AWS_DEFAULT_REGION"], "region")?;
    let Setting { value, origin } = found;
    Some(Region::new(value, origin))
}

/// Where a region is searched for, for error messages.
pub(super) fn searched(profile: &Profile) -> String {
    format!(
        "the configuration in code, the variables AWS_REGION and AWS_DEFAULT_REGION, {} in {}",
        profile.description(),
        profile.searched
    )
}
