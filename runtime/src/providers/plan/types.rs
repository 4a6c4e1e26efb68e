//! The parts of a plan.

use crate::settings::setting::Setting;

/// The source of the first credentials, and the roles that are assumed one after the other,
/// starting with these credentials. The credentials of the last role sign the calls.
pub(crate) struct Plan {
    pub(crate) source: Source,
    /// The name of the source in error messages, such as `the profile dev` or `the environment`.
    pub(crate) source_name: String,
    pub(crate) roles: Vec<Role>,
    /// Why each earlier source of the chain is not configured. Only used if no source is
    /// configured, which is only possible for [`LocalSource::Instance`] without roles.
    pub(crate) skipped: Vec<Skipped>,
}

/// Where the first credentials come from. If the source has none, no other source is tried.
pub(crate) enum Source {
    Local(LocalSource),
    Service(ServiceSource),
}

/// A source on the machine, which needs no client of a service.
#[expect(clippy::large_enum_variant, reason = "there is one value per configuration")]
pub(crate) enum LocalSource {
    Keys(Keys),
    Process(Process),
    /// The HTTP endpoint in the variables `AWS_CONTAINER_CREDENTIALS_*`.
    Container,
    /// The metadata of the EC2 instance. It is the last source of the chain.
    Instance,
}

/// A source that is an operation of a service.
pub(crate) enum ServiceSource {
    WebIdentity(WebIdentity),
    Sso(Sso),
    Login(Login),
}

/// An access key and its session token, all from the environment or all from one file.
pub(crate) struct Keys {
    pub(crate) access_key_id: Setting,
    pub(crate) secret_access_key: Setting,
    pub(crate) session_token: Option<Setting>,
    pub(crate) account_id: Option<Setting>,
    /// The text of `AWS_CREDENTIAL_EXPIRATION`. Keys in a file have none.
    pub(crate) expiration: Option<Setting>,
}

/// A role that is assumed with the credentials before it (`AssumeRole`).
pub(crate) struct Role {
    /// The profile that contains the role.
    pub(crate) profile: String,
    pub(crate) role_arn: Setting,
    pub(crate) role_session_name: Option<Setting>,
    pub(crate) external_id: Option<Setting>,
    pub(crate) duration_seconds: Option<i32>,
    pub(crate) mfa_serial: Option<Setting>,
}

/// A role that is assumed with a token in a file (`AssumeRoleWithWebIdentity`).
pub(crate) struct WebIdentity {
    pub(crate) token_file: Setting,
    pub(crate) role_arn: Setting,
    pub(crate) role_session_name: Option<Setting>,
}

/// A role of IAM Identity Center (`GetRoleCredentials`).
pub(crate) struct Sso {
    pub(crate) account_id: Setting,
    pub(crate) role_name: Setting,
    pub(crate) start_url: Setting,
    /// The region of IAM Identity Center, for SSO and SSO-OIDC.
    pub(crate) region: Setting,
    /// The name of the `sso-session` section. Its token is refreshed. Without a session, the
    /// token belongs to the start URL and is not refreshed.
    pub(crate) session: Option<Setting>,
}

/// A session of `aws login`.
pub(crate) struct Login {
    /// The value of `login_session`, which names the file of the token.
    pub(crate) session: Setting,
}

/// A program that prints credentials.
pub(crate) struct Process {
    pub(crate) command: Setting,
    /// The account to use if the program prints none.
    pub(crate) account_id: Option<Setting>,
}

/// A source that is not configured.
pub(crate) struct Skipped {
    pub(crate) name: String,
    pub(crate) reason: String,
}

/// The error of a profile or an environment that cannot be used. It names the file, the line, the
/// profile and the key, if any, and contains no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlanError {
    /// The origin of the settings, such as `the profile dev` or `the environment`.
    pub(crate) name: String,
    pub(crate) problem: String,
}

impl Plan {
    pub(super) fn of(source_name: impl Into<String>, source: impl Into<Source>) -> Self {
        let (roles, skipped) = (Vec::new(), Vec::new());
        Self { source: source.into(), source_name: source_name.into(), roles, skipped }
    }
}

impl From<LocalSource> for Source {
    fn from(source: LocalSource) -> Self {
        Self::Local(source)
    }
}

impl From<ServiceSource> for Source {
    fn from(source: ServiceSource) -> Self {
        Self::Service(source)
    }
}

impl Skipped {
    pub(super) fn new(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { name: name.into(), reason: reason.into() }
    }
}
