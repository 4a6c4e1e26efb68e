//! Loads the application ID for the user agent.

use crate::config::user_agent::warn_if_long;
use crate::settings::setting::{Setting, Sources};

/// The application ID from the environment, or else from the profile.
pub(super) fn load_app_id(sources: &Sources<'_>) -> Option<String> {
    let Setting { value, origin } = sources.find(&["AWS_SDK_UA_APP_ID"], "sdk_ua_app_id")?;
    warn_if_long(&value, &origin);
    Some(value)
}
