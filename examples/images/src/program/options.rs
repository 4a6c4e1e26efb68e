//! Command-line options that several programs share.

use longshore::{Config, Environment};

use super::advice::explain_settings;

/// The server and the profile. Defaults come from the environment and the profile files.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Connection {
    /// Use a server inside this program, which needs no AWS account and ends with the program
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
    /// Loads the configuration for a server outside of this program.
    ///
    /// # Errors
    /// Returns the message of an error of [`ConfigBuilder::load`](longshore::ConfigBuilder::load).
    pub async fn config(&self, environment: &Environment) -> Result<Config, String> {
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
        builder.load(environment).await.map_err(|error| explain_settings(&error.to_string()))
    }

    /// The message for Ctrl-C; `remote` is the one for servers outside of this program.
    #[must_use]
    pub fn interrupt_message<'a>(&self, remote: &'a str) -> &'a str {
        if self.local {
            "interrupted; the server was part of this program and is gone"
        } else {
            remote
        }
    }

    /// Defaults to the region of Amazon ECR Public, us-east-1.
    #[must_use]
    pub fn for_public_registry(mut self) -> Self {
        self.region.get_or_insert_with(|| "us-east-1".to_owned());
        self
    }
}

/// The concurrency of a transfer.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Jobs {
    /// The number of layers to move concurrently
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
        let config = connection.config(&environment).await.expect("the settings are valid");
        config.region().map(str::to_owned)
    }

    #[tokio::test]
    async fn the_option_takes_precedence_over_the_environment() {
        assert_eq!(region(&connection(&[])).await.as_deref(), Some("eu-west-1"));
        let options = connection(&["--region", "eu-central-1"]);
        assert_eq!(region(&options).await.as_deref(), Some("eu-central-1"));
    }

    #[tokio::test]
    async fn the_public_registry_defaults_to_its_region() {
        assert_eq!(
            region(&connection(&[]).for_public_registry()).await.as_deref(),
            Some("us-east-1")
        );
        let options = connection(&["--region", "us-west-2"]).for_public_registry();
        assert_eq!(region(&options).await.as_deref(), Some("us-west-2"));
    }

    #[tokio::test]
    async fn a_missing_profile_is_an_error() {
        let options = connection(&["--profile", "missing"]);
        let error = options.config(&Environment::default()).await.map(|_| ());
        let error = error.expect_err("there are no profiles");
        assert!(
            error.starts_with("the profile \"missing\", named by the command line,"),
            "{error}"
        );
    }

    #[test]
    fn the_interrupt_message_depends_on_the_server() {
        assert_eq!(connection(&[]).interrupt_message("goes on"), "goes on");
        assert!(connection(&["--local"]).interrupt_message("goes on").ends_with("is gone"));
    }

    #[test]
    fn the_default_is_four_jobs() {
        assert_eq!(Options::parse_from(["test"]).jobs.jobs, 4);
        assert!(Options::try_parse_from(["test", "--jobs", "65"]).is_err());
    }
}
