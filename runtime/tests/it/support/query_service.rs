//! A small handwritten awsQuery service, similar to generated code.

use std::collections::BTreeMap;

use longshore_runtime::{Operation, Protocol, Service, Timestamp, Unmodeled, codec};

pub const SERVICE: Service = Service::new("Test Vault")
    .api_version("2011-06-15")
    .signing_name("registry")
    .protocol(Protocol::AWS_QUERY);

#[derive(Clone, PartialEq, Default)]
pub struct OpenVaultRequest {
    pub name: Option<String>,
    pub keys: Option<Vec<String>>,
    pub tags: Option<BTreeMap<String, String>>,
    pub until: Option<Timestamp>,
}

longshore_runtime::structure!(OpenVaultRequest, {
    "Name" => some(name),
    "Keys" => some(keys xml "flat" as codec::Same),
    "Tags" => some(tags xml "map" as codec::Same),
    "Until" => some(until as codec::DateTime),
});

#[derive(Clone, PartialEq)]
pub struct OpenVaultResponse {
    pub token: Option<String>,
    pub expires: Option<Timestamp>,
    pub drawers: Vec<i32>,
}

longshore_runtime::structure!(OpenVaultResponse, Default, {
    "Token" => some(token) where secret (),
    "Expires" => some(expires as codec::DateTime),
    "Drawers" => value(drawers xml "item Drawer" as codec::List<codec::Integer>),
});

/// An exception whose code is not the name of its shape.
#[derive(Clone, PartialEq)]
pub struct VaultClosedException {
    pub message: Option<String>,
    pub hours: Option<i32>,
}

longshore_runtime::structure!(VaultClosedException, {
    "message" => some_message(message),
    "Hours" => some(hours as codec::Integer),
});
longshore_runtime::impl_exception!(VaultClosedException, "VaultClosed" as 403, message);

pub enum OpenVaultError {
    Closed(VaultClosedException),
    Unmodeled(Unmodeled),
}

longshore_runtime::operation_error!(OpenVaultError, Unmodeled, { "VaultClosed" => Closed });

impl Operation for OpenVaultRequest {
    const NAME: &'static str = "OpenVault";
    const SERVICE: &'static Service = &SERVICE;
    type Output = OpenVaultResponse;
    type Error = OpenVaultError;

    longshore_runtime::aws_query!("OpenVaultResult");
}

/// An operation without input and output.
#[derive(Clone)]
pub struct CloseVaultRequest {}

longshore_runtime::structure!(CloseVaultRequest, {});

impl Operation for CloseVaultRequest {
    const NAME: &'static str = "CloseVault";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = OpenVaultError;

    longshore_runtime::aws_query!("CloseVaultResult", empty);
}
