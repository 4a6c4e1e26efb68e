//! The macro `rest_json!`.

/// Implements encoding and decoding of an [`Operation`](crate::Operation) with restJson1, inside
/// its `impl`.
///
/// After the method comes the path with its labels and, if the operation has one, the literal
/// query. Add `request`, `response` or `request, response` if the input, the output or both have
/// members without a binding, which form the JSON document in the body.
///
/// ```
/// use longshore_runtime::{Operation, Protocol, Service, Unmodeled};
///
/// const SERVICE: Service = Service::new("Shop").protocol(Protocol::REST_JSON_1);
///
/// #[derive(Clone)]
/// struct GetItemRequest {
///     id: String,
///     fields: Option<Vec<String>>,
/// }
///
/// longshore_runtime::structure!(GetItemRequest, {
///     "id" => required(id) at label("id"),
///     "fields" => some(fields) at query("field"),
/// });
///
/// enum GetItemError {
///     Unmodeled(Unmodeled),
/// }
/// longshore_runtime::operation_error!(GetItemError, Unmodeled, {});
///
/// impl Operation for GetItemRequest {
///     const NAME: &'static str = "GetItem";
///     const SERVICE: &'static Service = &SERVICE;
///     type Output = ();
///     type Error = GetItemError;
///
///     longshore_runtime::rest_json!(GET "/items/{id}?version=2");
/// }
///
/// let request = GetItemRequest { id: "a/b".into(), fields: Some(vec!["x".into(), "y".into()]) };
/// assert_eq!(request.encode()?.path_and_query, "/items/a%2Fb?version=2&field=x&field=y");
/// # Ok::<(), longshore_runtime::wire::EncodeError>(())
/// ```
///
/// Anything else after the URI is a compile error:
///
/// ```compile_fail
/// # use longshore_runtime::{Operation, Protocol, Service, Unmodeled};
/// # const SERVICE: Service = Service::new("Shop").protocol(Protocol::REST_JSON_1);
/// # #[derive(Clone)]
/// # struct GetItemRequest;
/// # longshore_runtime::structure!(GetItemRequest, {});
/// # enum GetItemError {
/// #     Unmodeled(Unmodeled),
/// # }
/// # longshore_runtime::operation_error!(GetItemError, Unmodeled, {});
/// # impl Operation for GetItemRequest {
/// #     const NAME: &'static str = "GetItem";
/// #     const SERVICE: &'static Service = &SERVICE;
/// #     type Output = ();
/// #     type Error = GetItemError;
/// longshore_runtime::rest_json!(GET "/items", response, request);
/// # }
/// ```
///
/// ```compile_fail
/// # use longshore_runtime::{Operation, Protocol, Service, Unmodeled};
/// # const SERVICE: Service = Service::new("Shop").protocol(Protocol::REST_JSON_1);
/// # #[derive(Clone)]
/// # struct GetItemRequest;
/// # longshore_runtime::structure!(GetItemRequest, {});
/// # enum GetItemError {
/// #     Unmodeled(Unmodeled),
/// # }
/// # longshore_runtime::operation_error!(GetItemError, Unmodeled, {});
/// # impl Operation for GetItemRequest {
/// #     const NAME: &'static str = "GetItem";
/// #     const SERVICE: &'static Service = &SERVICE;
/// #     type Output = ();
/// #     type Error = GetItemError;
/// longshore_runtime::rest_json!(GET "/items", requests);
/// # }
/// ```
#[macro_export]
macro_rules! rest_json {
    ($method:ident $uri:literal $(,)?) => {
        $crate::rest_json!(@methods $method $uri false false);
    };
    ($method:ident $uri:literal, request $(,)?) => {
        $crate::rest_json!(@methods $method $uri true false);
    };
    ($method:ident $uri:literal, response $(,)?) => {
        $crate::rest_json!(@methods $method $uri false true);
    };
    ($method:ident $uri:literal, request, response $(,)?) => {
        $crate::rest_json!(@methods $method $uri true true);
    };
    (@methods $method:ident $uri:literal $request:literal $response:literal) => {
        const FRAMING: $crate::wire::Framing = $crate::wire::Framing::RestJson {
            method: ::core::stringify!($method),
            uri: $uri,
            has_request_body: $request,
            has_response_body: $response,
        };

        fn encode(
            &self,
        ) -> ::core::result::Result<$crate::wire::WireRequest, $crate::wire::EncodeError> {
            $crate::private::rest_json::encode(
                self,
                $crate::transport::http::Method::$method,
                $uri,
                $request,
            )
        }

        fn decode(
            response: &$crate::wire::WireResponse<'_>,
        ) -> ::core::result::Result<Self::Output, $crate::wire::DecodeProblem> {
            $crate::private::rest_json::decode(response, $response)
        }

        fn decode_error(
            code: &::core::primitive::str,
            response: &$crate::wire::WireResponse<'_>,
        ) -> ::core::option::Option<Self::Error> {
            <Self::Error as $crate::OperationError>::read::<$crate::wire::RestJson>(code, response)
        }
    };
    ($method:ident $uri:literal $($rest:tt)*) => {
        ::core::compile_error!(
            "after the URI, only `, request`, `, response` or `, request, response` is allowed"
        );
    };
}
