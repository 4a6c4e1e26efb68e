//! Operations of several services that have the same method and path, or the same name and version.

use longshore_runtime::{Client, Operation, Protocol, Service, Unmodeled};
use longshore_testing::Server;

use crate::support::raw::send;
use crate::support::report::report;

pub enum AnyError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(AnyError, Unmodeled, {});

macro_rules! service {
    ($module:ident, $id:literal, $signing_name:literal) => {
        mod $module {
            use super::*;

            pub const REST: Service = Service::new($id)
                .api_version("2014-10-31")
                .signing_name($signing_name)
                .protocol(Protocol::REST_JSON_1);
            pub const QUERY: Service = REST.protocol(Protocol::AWS_QUERY);

            #[derive(Clone, PartialEq)]
            pub struct GetThing {
                pub id: Option<String>,
            }
            longshore_runtime::structure!(GetThing, Request, { "id" => some(id) at label("id") });

            impl Operation for GetThing {
                const NAME: &'static str = "GetThing";
                const SERVICE: &'static Service = &REST;
                type Output = ();
                type Error = AnyError;
                longshore_runtime::rest_json!(GET "/things/{id}");
            }

            #[derive(Clone, PartialEq)]
            pub struct Describe {
                pub name: Option<String>,
            }
            longshore_runtime::structure!(Describe, { "Name" => some(name) });

            impl Operation for Describe {
                const NAME: &'static str = "Describe";
                const SERVICE: &'static Service = &QUERY;
                type Output = ();
                type Error = AnyError;
                longshore_runtime::aws_query!("DescribeResult");
            }
        }
    };
}

service!(relational, "RDS", "rds");
// This service has the same signing name as the other one.
service!(graph, "Graph DB", "rds");
service!(other, "Other", "other");

/// A more specific path than that of `GetThing`.
#[derive(Clone, PartialEq)]
pub struct GetFirst;
longshore_runtime::structure!(GetFirst, {});

impl Operation for GetFirst {
    const NAME: &'static str = "GetFirst";
    const SERVICE: &'static Service = &other::REST;
    type Output = ();
    type Error = AnyError;
    longshore_runtime::rest_json!(GET "/things/1");
}

async fn call<O: Operation<Output = (), Error = AnyError>>(server: &Server, request: &O) {
    Client::new(&server.config()).call(request).await.expect("a response");
}

#[tokio::test]
async fn requests_of_a_client_match_operations_of_its_service() {
    let server = Server::start();
    server.on(|_: relational::GetThing| async { Ok::<_, AnyError>(()) });
    server.on(|_: graph::GetThing| async { Ok::<_, AnyError>(()) });
    server.on(|_: other::GetThing| async { Ok::<_, AnyError>(()) });
    server.on(|_: GetFirst| async { Ok::<_, AnyError>(()) });
    server.on(|_: relational::Describe| async { Ok::<_, AnyError>(()) });
    server.on(|_: graph::Describe| async { Ok::<_, AnyError>(()) });
    server.on(|_: other::Describe| async { Ok::<_, AnyError>(()) });
    let id = || Some("1".to_owned());
    call(&server, &relational::GetThing { id: id() }).await;
    call(&server, &graph::GetThing { id: id() }).await;
    call(&server, &other::GetThing { id: Some("2".to_owned()) }).await;
    call(&server, &GetFirst).await;
    call(&server, &relational::Describe { name: id() }).await;
    call(&server, &graph::Describe { name: id() }).await;
    call(&server, &other::Describe { name: id() }).await;
    let calls = server.calls();
    let called: Vec<_> = calls.iter().map(|call| (call.service(), call.operation())).collect();
    let expected = [
        ("RDS", "GetThing"),
        ("Graph DB", "GetThing"),
        ("Other", "GetThing"),
        ("Other", "GetFirst"),
        ("RDS", "Describe"),
        ("Graph DB", "Describe"),
        ("Other", "Describe"),
    ];
    assert_eq!(called, expected);
}

/// For other clients, the signing name in the signature identifies the service.
#[test]
fn signed_requests_match_operations_of_the_service_in_the_signature() {
    let server = Server::start();
    server.on(|_: relational::GetThing| async { Ok::<_, AnyError>(()) });
    server.on(|_: other::GetThing| async { Ok::<_, AnyError>(()) });
    for name in ["rds", "other"] {
        let authorization = format!(
            "authorization: AWS4-HMAC-SHA256 \
             Credential=a/b/20150830/us-east-1/{name}/aws4_request, SignedHeaders=host, Signature=0"
        );
        let head = ["GET /things/1 HTTP/1.1", authorization.as_str()];
        assert_eq!(send(server.url(), &head, b"").status, 200, "{name}");
    }
    let services: Vec<_> = server.calls().iter().map(|call| call.service().to_owned()).collect();
    assert_eq!(services, ["RDS", "Other"]);
}

#[tokio::test]
async fn a_call_of_another_service_is_not_handled() {
    let server = Server::start();
    server.on(|_: relational::GetThing| async { Ok::<_, AnyError>(()) });
    let request = other::GetThing { id: Some("1".to_owned()) };
    Client::new(&server.config()).call(&request).await.expect_err("an error");
    let report = report(&server);
    assert!(report.contains("GET \"/things/1\" was called, but it has no handler"), "{report}");
}
