//! The environment variables.

use crate::random::Random;

type Variables = Vec<(String, String)>;

/// Generates the variables of a combination whose profile is `profile`.
pub(super) fn generate(random: &mut Random, profile: &str) -> Variables {
    let mut variables = Variables::new();
    if profile != "default" || random.chance(30) {
        let name = if random.chance(97) { "AWS_PROFILE" } else { "AWS_DEFAULT_PROFILE" };
        let missing = random.chance(2);
        add(&mut variables, name, if missing { "missing" } else { profile });
    }
    if random.chance(80) {
        let name = if random.chance(97) { "AWS_DEFAULT_REGION" } else { "AWS_REGION" };
        add(
            &mut variables,
            name,
            random.pick(&["us-east-2", "us-east-2", "ap-south-1", "ap-south-1", "sa-east-1", ""]),
        );
    }
    if random.chance(15) {
        add(&mut variables, "AWS_ACCOUNT_ID", random.pick(&["111111111111", "111111111111", ""]));
    }
    add_files(random, &mut variables);
    add_keys(random, &mut variables);
    add_web_identity(random, &mut variables);
    add_metadata(random, &mut variables);
    add_endpoints(random, &mut variables);
    if random.chance(30) {
        // Without a leading slash, the URI is appended to the host name and names a host that is
        // not allowed.
        let uri = random.pick(&["/container/relative", "/container?task=1", "container/relative"]);
        add(&mut variables, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", uri);
    }
    variables
}

fn add(variables: &mut Variables, name: &str, value: &str) {
    variables.push((name.to_owned(), value.to_owned()));
}

/// Adds the paths of the files, in forms that must be expanded.
fn add_files(random: &mut Random, to: &mut Variables) {
    if random.chance(4) {
        let paths = ["~/.aws/config", "$HOME/.aws/config", "${HOME}/.aws/$FILE", "$NONE/config"];
        add(to, "AWS_CONFIG_FILE", random.pick(&paths));
        add(to, "FILE", "config");
    }
    if random.chance(3) {
        let paths = ["~/.aws/credentials", "${AWS_FOLDER}/credentials", "~nobody/credentials"];
        add(to, "AWS_SHARED_CREDENTIALS_FILE", random.pick(&paths));
        add(to, "AWS_FOLDER", "{home}/.aws");
    }
}

fn add_keys(random: &mut Random, to: &mut Variables) {
    if !random.chance(14) {
        return;
    }
    let half = random.below(10);
    if half != 0 {
        add(to, "AWS_ACCESS_KEY_ID", random.pick(&["AKIAVARIABLE", "AKIAVARIABLE", ""]));
    }
    if half != 1 {
        add(to, "AWS_SECRET_ACCESS_KEY", "secret");
    }
    if random.chance(40) {
        add(to, "AWS_SESSION_TOKEN", random.pick(&["variable-token", ""]));
    }
    if random.chance(8) {
        let time = random.pick(&["2099-01-01T00:00:00Z", "2001-01-01T00:00:00Z", "soon"]);
        add(to, "AWS_CREDENTIAL_EXPIRATION", time);
    }
}

fn add_web_identity(random: &mut Random, to: &mut Variables) {
    if !random.chance(9) {
        return;
    }
    if random.chance(80) {
        let file = ["{home}/web-token", "{home}/web-token", "{home}/no-token"];
        add(to, "AWS_WEB_IDENTITY_TOKEN_FILE", random.pick(&file));
    }
    if random.chance(80) {
        add(to, "AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/fromvariable");
    }
    if random.chance(40) {
        add(to, "AWS_ROLE_SESSION_NAME", random.pick(&["variable-session", ""]));
    }
}

/// Adds the variables of containers and instances. Containers are frequent, because their
/// credentials show that no other source was used.
fn add_metadata(random: &mut Random, to: &mut Variables) {
    if random.chance(55) {
        add(to, "AWS_CONTAINER_CREDENTIALS_FULL_URI", "{server}/container");
        match random.below(6) {
            0 => add(to, "AWS_CONTAINER_AUTHORIZATION_TOKEN", "container-variable"),
            1 => add(to, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "{home}/container-token"),
            _ => {}
        }
    }
    if random.chance(20) {
        add(to, "AWS_EC2_METADATA_DISABLED", random.pick(&["true", "TRUE", "false", ""]));
    }
}

/// Adds endpoints. Nearly all combinations have one for the called service, because a call to
/// another host shows only the host, not the identity.
fn add_endpoints(random: &mut Random, to: &mut Variables) {
    if random.chance(94) {
        add(to, "AWS_ENDPOINT_URL", "{server}");
    } else if random.chance(50) {
        add(to, "AWS_ENDPOINT_URL", "");
    }
    if random.chance(12) {
        let name = random.pick(&[
            "AWS_ENDPOINT_URL_STS",
            "AWS_ENDPOINT_URL_ECR",
            "AWS_ENDPOINT_URL_SSO",
            "AWS_ENDPOINT_URL_SSO_OIDC",
        ]);
        add(to, name, random.pick(&["{server}/variable", "{server}/variable/", ""]));
    }
    if random.chance(5) {
        let value = random.pick(&["legacy", "legacy", "regional", "Legacy", ""]);
        add(to, "AWS_STS_REGIONAL_ENDPOINTS", value);
    }
    if random.chance(3) {
        let value = random.pick(&["true", "false", "TRUE"]);
        add(to, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", value);
    }
}
