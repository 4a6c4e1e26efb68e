//! Credentials in environment variables.

use crate::Environment;
use crate::credentials::credentials::Credentials;
use crate::providers::lookup::Lookup;

const KEY_ID: &str = "AWS_ACCESS_KEY_ID";
const SECRET: &str = "AWS_SECRET_ACCESS_KEY";
const TOKEN: &str = "AWS_SESSION_TOKEN";

pub(super) fn look_up(environment: &Environment) -> Lookup {
    match (environment.get(KEY_ID), environment.get(SECRET)) {
        (Some(key_id), Some(secret)) => {
            let token = environment.get(TOKEN).map(str::to_owned);
            Lookup::Found(Credentials::new(key_id, secret, token, None, "environment"))
        }
        (Some(_), None) => Lookup::Misconfigured(format!("{KEY_ID} is set but {SECRET} is not")),
        (None, Some(_)) => Lookup::Misconfigured(format!("{SECRET} is set but {KEY_ID} is not")),
        (None, None) => {
            Lookup::NotConfigured(format!("the variables {KEY_ID} and {SECRET} are not set"))
        }
    }
}
