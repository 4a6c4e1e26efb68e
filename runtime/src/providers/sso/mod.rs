//! Credentials of a role of IAM Identity Center (SSO): the token of the AWS CLI, its renewal, and the
//! exchange for credentials.

mod cached_token;
mod provider;
mod renewal;

pub(super) use provider::SsoProvider;
