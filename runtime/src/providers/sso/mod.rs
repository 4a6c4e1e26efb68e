//! The credentials of a role of IAM Identity Center (SSO): reads the token of the AWS CLI,
//! refreshes it, and exchanges it for credentials.

mod cached_token;
mod provider;
mod refresh;

pub(super) use provider::SsoProvider;
