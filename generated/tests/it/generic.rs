//! Generic code over operations, and a custom transport, using only what the crate exports.

use std::sync::{Arc, Mutex};

use longshore::{
    BoxFuture, Bytes, Client, Config, Credentials, Error, Operation, Transport, TransportError,
    ecr,
    ecr::operation::{ListImagesRequest, PutImageRequest},
    http::{Request, Response},
    lightsail,
    lightsail::operation::GetInstancesRequest,
};

/// Returns the same body for every request, and records the targets.
#[derive(Debug)]
struct Mock {
    body: &'static str,
    targets: Mutex<Vec<String>>,
}

impl Mock {
    fn returning(body: &'static str) -> Arc<Self> {
        Arc::new(Self { body, targets: Mutex::default() })
    }

    fn targets(&self) -> Vec<String> {
        self.targets.lock().unwrap().clone()
    }
}

impl Transport for Mock {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let target = request.headers()["x-amz-target"].to_str().unwrap().to_owned();
        self.targets.lock().unwrap().push(target);
        let response = Response::new(Bytes::from_static(self.body.as_bytes()));
        Box::pin(async move { Ok(response) })
    }
}

fn config(mock: &Arc<Mock>) -> Config {
    Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "not-so-secret", None, None, "test"))
        .transport(Arc::clone(mock))
        .build()
}

/// A wrapper that logs the request, and makes the call in another task.
async fn call_and_log<O: Operation>(
    client: &Client,
    request: &O,
    log: &mut Vec<String>,
) -> Result<O::Output, Error<O::Error>> {
    log.push(format!("{} {}", O::SERVICE.id, O::NAME));
    log.push(serde_json::to_string(request).unwrap());
    let (client, request) = (client.clone(), request.clone());
    let output = tokio::spawn(async move { client.call(&request).await }).await.unwrap();
    if let Ok(output) = &output {
        log.push(format!("{output:?}"));
    }
    output
}

#[tokio::test]
async fn a_generic_function_calls_operations_of_several_services() {
    let mock = Mock::returning("{}");
    let config = config(&mock);
    let mut log = Vec::new();
    let images = ListImagesRequest::new("team/app");
    let client = ecr::Client::new(&config);
    let output = call_and_log(client.as_ref(), &images, &mut log).await.unwrap();
    assert!(output.image_ids.is_empty());
    let client = lightsail::Client::new(&config);
    call_and_log(client.as_ref(), &GetInstancesRequest::new(), &mut log).await.unwrap();
    assert_eq!(
        log,
        [
            "ECR ListImages",
            r#"{"repositoryName":"team/app"}"#,
            "ListImagesResponse { image_ids: [], next_token: None }",
            "Lightsail GetInstances",
            "{}",
            "GetInstancesResult { instances: [], next_page_token: None }",
        ]
    );
    assert_eq!(
        mock.targets(),
        ["AmazonEC2ContainerRegistry_V20150921.ListImages", "Lightsail_20161128.GetInstances"]
    );
}

#[tokio::test]
async fn a_decode_error_contains_the_path_but_no_value() {
    let mock = Mock::returning(r#"{"image": {"imageManifest": ["hunter2"]}}"#);
    let client = ecr::Client::new(&config(&mock));
    let error = client.put_image(&PutImageRequest::new("a", "b")).await.unwrap_err();
    let debug = format!("{error} {error:?}");
    assert!(debug.contains("image.imageManifest") && !debug.contains("hunter2"), "{debug}");
    assert_eq!(error.kind(), longshore::ErrorKind::Decode);
}

#[test]
fn clients_requests_and_errors_are_send_and_sync() {
    fn assert_send_sync<T: Send + Sync + 'static>() {}
    assert_send_sync::<ecr::Client>();
    assert_send_sync::<PutImageRequest>();
    assert_send_sync::<Error<ecr::operation::PutImageError>>();
    fn assert_send<T: Send>(_: T) {}
    let client = ecr::Client::new(&config(&Mock::returning("{}")));
    assert_send(client.put_image(&PutImageRequest::new("a", "b")));
}
