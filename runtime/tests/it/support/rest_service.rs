//! A small handwritten restJson1 service, similar to generated code.

use std::collections::BTreeMap;

use longshore_runtime::{
    Blob, Document, Operation, Protocol, Service, Timestamp, Unmodeled, codec,
};

pub const SERVICE: Service = Service::new("Test Shop")
    .api_version("2024-01-01")
    .signing_name("registry")
    .protocol(Protocol::REST_JSON_1);

/// An exception with a member in a header.
#[derive(Clone, PartialEq)]
pub struct NotFoundException {
    pub message: Option<String>,
    pub retry_in: Option<i32>,
    pub kind: Option<String>,
}

longshore_runtime::structure!(NotFoundException, {
    "message" => some_message(message),
    "retryIn" => some(retry_in as codec::Integer) at header("X-Retry-In"),
    "kind" => some(kind),
});
longshore_runtime::impl_exception!(NotFoundException, "NotFoundException" as 404, message);

pub enum ItemError {
    NotFound(NotFoundException),
    Unmodeled(Unmodeled),
}

longshore_runtime::operation_error!(ItemError, Unmodeled, {
    "NotFoundException" => NotFound,
});

macro_rules! operation {
    ($request:ty, $response:ty, $name:literal, $($rest:tt)*) => {
        impl Operation for $request {
            const NAME: &'static str = $name;
            const SERVICE: &'static Service = &SERVICE;
            type Output = $response;
            type Error = ItemError;

            longshore_runtime::rest_json!($($rest)*);
        }
    };
}

/// A request with members in every place.
#[derive(Clone, PartialEq, Default)]
pub struct PutItemRequest {
    pub shop: Option<String>,
    pub path: Option<String>,
    pub dry_run: Option<bool>,
    pub tags: Option<Vec<String>>,
    pub sort_order: Option<String>,
    pub since: Option<Timestamp>,
    pub filters: Option<BTreeMap<String, Vec<String>>>,
    pub ratio: Option<f64>,
    pub names: Option<Vec<String>>,
    pub dates: Option<Vec<Timestamp>>,
    pub attributes: Option<BTreeMap<String, String>>,
    pub title: Option<String>,
    pub data: Option<Blob>,
}

longshore_runtime::structure!(PutItemRequest, Request, {
    "shop" => some(shop) at label("shop"),
    "path" => some(path) at label("path"),
    "dryRun" => some(dry_run) at query("dry-run"),
    "tags" => some(tags) at query("tag"),
    "sortOrder" => some(sort_order) at query("sort order"),
    "since" => some(since as codec::DateTime) at query("since"),
    "filters" => some(filters) at query_params,
    "ratio" => some(ratio as codec::Float) at header("X-Ratio"),
    "names" => some(names) at header("X-Names"),
    "dates" => some(dates as codec::List<codec::HttpDate>) at header("X-Dates"),
    "attributes" => some(attributes) at prefix_headers("X-Attribute-"),
    "title" => some(title) where (length(..=10)),
    "data" => some(data),
});

/// A response with members in every place.
#[derive(Clone, PartialEq)]
pub struct PutItemResponse {
    pub status: Option<i32>,
    pub ratio: Option<f64>,
    pub names: Option<Vec<String>>,
    pub dates: Option<Vec<Timestamp>>,
    pub enabled: Option<bool>,
    pub count: Option<i32>,
    pub attributes: Option<BTreeMap<String, String>>,
    pub title: Option<String>,
}

longshore_runtime::structure!(PutItemResponse, {
    "status" => some(status as codec::Integer) at status,
    "ratio" => some(ratio as codec::Float) at header("X-Ratio"),
    "names" => some(names as codec::List) at header("X-Names"),
    "dates" => some(dates as codec::List<codec::HttpDate>) at header("X-Dates"),
    "enabled" => some(enabled) at header("X-Enabled"),
    "count" => some(count as codec::Integer) at header("X-Count"),
    "attributes" => some(attributes) at prefix_headers("X-Attribute-"),
    "title" => some(title),
});
operation!(PutItemRequest, PutItemResponse, "PutItem",
    PUT "/shops/{shop}/items/{path+}?version=2&tag&a%2Fb", request, response);

/// A request without members.
#[derive(Clone, PartialEq)]
pub struct ListItemsRequest;

longshore_runtime::structure!(ListItemsRequest, {});
operation!(ListItemsRequest, (), "ListItems", GET "/items");

macro_rules! payload {
    ($name:ident, $response:ident, $ty:ty, ($($kind:tt)*), $operation:literal) => {
        #[derive(Clone, PartialEq)]
        pub struct $name {
            pub id: Option<String>,
            pub content_type: Option<String>,
            pub payload: Option<$ty>,
        }

        longshore_runtime::structure!($name, Request, {
            "id" => some(id) at header("X-Id"),
            "contentType" => some(content_type) at header("Content-Type"),
            "payload" => some(payload) at payload($($kind)*),
        });

        #[derive(Clone, PartialEq)]
        pub struct $response {
            pub id: Option<String>,
            pub payload: Option<$ty>,
        }

        longshore_runtime::structure!($response, {
            "id" => some(id) at header("X-Id"),
            "payload" => some(payload) at payload($($kind)*),
        });
        operation!($name, $response, $operation, POST "/payload");
    };
}

/// A structure that is a payload.
#[derive(Clone, PartialEq)]
pub struct Item {
    pub name: Option<String>,
}

longshore_runtime::structure!(Item, Default, { "name" => some(name) });

payload!(PutBlobRequest, PutBlobResponse, Blob, (blob "application/octet-stream"), "PutBlob");
payload!(PutTextRequest, PutTextResponse, String, (text "text/plain"), "PutText");
payload!(PutStructureRequest, PutStructureResponse, Item, (structure), "PutStructure");
payload!(PutValueRequest, PutValueResponse, Document, (value), "PutValue");
