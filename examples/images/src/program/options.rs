//! The options that several programs have.

use longshore::{Config, ConfigError, Environment};

/// Which server is called, and as whom. What is not given comes from the environment and the profile files.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Connection {
    /// Work on a server inside this program: needs no account, and is gone when the program ends
    #[arg(long, conflicts_with_all = ["endpoint_url", "region", "profile"])]
    pub local: bool,
    /// Call this server instead of AWS
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// The AWS region
    #[arg(long)]
    pub region: Option<String>,
    /// The profile of the AWS configuration files
    #[arg(long)]
    pub profile: Option<String>,
}

impl Connection {
    /// The configuration for a server outside of this program.
    ///
    /// # Errors
    /// Those of [`ConfigBuilder::load`](longshore::ConfigBuilder::load).
    pub async fn config(&self, environment: &Environment) -> Result<Config, ConfigError> {
        let mut builder = Config::builder();
        if let Some(region) = &self.region {
            builder = builder.region(region);
        }
        if let Some(profile) = &self.profile {
            builder = builder.profile(profile);
        }
        if let Some(url) = &self.endpoint_url {
            builder = builder.endpoint_url(url);
        }
        builder.load(environment).await
    }

    /// What to say when Ctrl-C ends the program, where `elsewhere` is what is true of other servers.
    #[must_use]
    pub fn interrupted<'a>(&self, elsewhere: &'a str) -> &'a str {
        if self.local {
            "interrupted; the server was in this program and is gone"
        } else {
            elsewhere
        }
    }

    /// The same for ECR Public, which answers in `us-east-1` whichever region one works in.
    #[must_use]
    pub fn public(mut self) -> Self {
        self.region.get_or_insert_with(|| "us-east-1".to_owned());
        self
    }
}

/// How many blobs are moved at a time.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Jobs {
    /// How many layers to move at a time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub jobs: u16,
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Options {
        #[command(flatten)]
        connection: Connection,
        #[command(flatten)]
        jobs: Jobs,
    }

    fn connection(arguments: &[&str]) -> Connection {
        Options::parse_from([&["test"], arguments].concat()).connection
    }

    async fn region(connection: &Connection) -> Option<String> {
        let environment = [("AWS_REGION", "eu-west-1")].into_iter().collect();
        let config = connection.config(&environment).await.expect("the settings are right");
        config.region().map(str::to_owned)
    }

    #[tokio::test]
    async fn the_region_is_that_of_the_option_else_of_the_environment() {
        assert_eq!(region(&connection(&[])).await.as_deref(), Some("eu-west-1"));
        let given = connection(&["--region", "eu-central-1"]);
        assert_eq!(region(&given).await.as_deref(), Some("eu-central-1"));
    }

    #[tokio::test]
    async fn the_public_registry_is_in_one_region_unless_another_is_named() {
        assert_eq!(region(&connection(&[]).public()).await.as_deref(), Some("us-east-1"));
        let given = connection(&["--region", "us-west-2"]).public();
        assert_eq!(region(&given).await.as_deref(), Some("us-west-2"));
    }

    #[tokio::test]
    async fn a_profile_that_is_not_there_is_an_error() {
        let given = connection(&["--profile", "nobody"]);
        assert!(given.config(&Environment::default()).await.is_err());
    }

    #[test]
    fn what_goes_on_elsewhere_is_gone_here() {
        assert_eq!(connection(&[]).interrupted("goes on"), "goes on");
        assert!(connection(&["--local"]).interrupted("goes on").ends_with("is gone"));
    }

    #[test]
    fn jobs_are_four_unless_said_otherwise() {
        assert_eq!(Options::parse_from(["test"]).jobs.jobs, 4);
        assert!(Options::try_parse_from(["test", "--jobs", "65"]).is_err());
    }
}
