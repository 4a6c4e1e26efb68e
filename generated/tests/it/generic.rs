//! Code over any operation, and a transport that is no network: written with the names of the crate
//! alone, as its users do.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use longshore::{
    BoxFuture, Client, Config, Credentials, Error, Operation, Transport, TransportError, ecr,
    ecr::operation::{ListImagesRequest, PutImageRequest},
    lightsail,
    lightsail::operation::GetInstancesRequest,
};

/// Answers every request with the same body and keeps the targets that were asked for.
#[derive(Debug)]
struct Mock {
    answer: &'static str,
    targets: Mutex<Vec<String>>,
}

impl Mock {
    fn answering(answer: &'static str) -> Arc<Self> {
        Arc::new(Self { answer, targets: Mutex::default() })
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
        let answer = Response::new(Bytes::from_static(self.answer.as_bytes()));
        Box::pin(async move { Ok(answer) })
    }
}

fn config(mock: &Arc<Mock>) -> Config {
    Config::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "not-so-secret", None, None, "test"))
        .transport(Arc::clone(mock))
        .build()
}

/// What a wrapper does: log, keep a copy, call on another task, write the request down.
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
async fn one_function_serves_operations_of_several_services() {
    let mock = Mock::answering("{}");
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
async fn an_answer_that_cannot_be_read_says_where_and_not_what() {
    let mock = Mock::answering(r#"{"image": {"imageManifest": ["hunter2"]}}"#);
    let client = ecr::Client::new(&config(&mock));
    let error = client.put_image(&PutImageRequest::new("a", "b")).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("image.imageManifest") && !shown.contains("hunter2"), "{shown}");
    assert_eq!(error.kind(), longshore::ErrorKind::Decode);
}

#[test]
fn clients_requests_and_errors_cross_threads() {
    fn crosses<T: Send + Sync + 'static>() {}
    crosses::<ecr::Client>();
    crosses::<PutImageRequest>();
    crosses::<Error<ecr::operation::PutImageError>>();
    fn sends<T: Send>(_: T) {}
    let client = ecr::Client::new(&config(&Mock::answering("{}")));
    sends(client.put_image(&PutImageRequest::new("a", "b")));
}
