//! The macro `aws_query!`.

/// Implements encoding and decoding of an [`Operation`](crate::Operation) with awsQuery, inside its
/// `impl`. The argument is the name of the element that contains the members of the output. Add
/// `empty` if the output has no members; services may then omit the element.
///
/// ```
/// use longshore_runtime::{Operation, Protocol, Service, Unmodeled};
///
/// const SERVICE: Service =
///     Service::new("Shop").api_version("2020-01-08").protocol(Protocol::AWS_QUERY);
///
/// #[derive(Clone)]
/// struct ListItemsRequest {
///     kinds: Option<Vec<String>>,
/// }
///
/// longshore_runtime::structure!(ListItemsRequest, { "Kinds" => some(kinds) });
///
/// enum ListItemsError {
///     Unmodeled(Unmodeled),
/// }
/// longshore_runtime::operation_error!(ListItemsError, Unmodeled, {});
///
/// impl Operation for ListItemsRequest {
///     const NAME: &'static str = "ListItems";
///     const SERVICE: &'static Service = &SERVICE;
///     type Output = ();
///     type Error = ListItemsError;
///
///     longshore_runtime::aws_query!("ListItemsResult", empty);
/// }
///
/// let request = ListItemsRequest { kinds: Some(vec!["a b".into()]) };
/// let form = "Action=ListItems&Version=2020-01-08&Kinds.member.1=a%20b";
/// assert_eq!(request.encode()?.body.into_bytes(), form);
/// # Ok::<(), longshore_runtime::wire::EncodeError>(())
/// ```
#[macro_export]
macro_rules! aws_query {
    ($wrapper:literal) => {
        $crate::aws_query!(@methods $wrapper decode);
    };
    ($wrapper:literal, empty) => {
        $crate::aws_query!(@methods $wrapper decode_empty);
    };
    (@methods $wrapper:literal $decode:ident) => {
        const FRAMING: $crate::wire::Framing =
            $crate::wire::Framing::AwsQuery { wrapper: $wrapper };

        fn encode(
            &self,
        ) -> ::core::result::Result<$crate::wire::WireRequest, $crate::wire::EncodeError> {
            $crate::private::aws_query::encode(self)
        }

        fn decode(
            response: &$crate::wire::WireResponse<'_>,
        ) -> ::core::result::Result<Self::Output, $crate::wire::DecodeProblem> {
            $crate::private::aws_query::$decode::<Self>(response, $wrapper)
        }

        fn decode_error(
            code: &::core::primitive::str,
            response: &$crate::wire::WireResponse<'_>,
        ) -> ::core::option::Option<Self::Error> {
            <Self::Error as $crate::OperationError>::read::<$crate::wire::AwsQuery>(code, response)
        }
    };
}
