//! Turns the examples in a service's documentation into cases: for each operation, the request that
//! its documentation shows and a made-up response.
//!
//! The expected JSON uses names from the model, never generated ones.

use std::path::{Path, PathBuf};

use super::{
    Suite,
    case_file::{Body, Case, Expected, Input, Output},
    emit,
    lower::{Action, CaseKind, Replay, Unusable},
    request, response,
};
use crate::{
    emit::{Blocking, Crate},
    error::Error,
    generator::{Summary, print},
    ir::{Operation, Protocol, Service},
    lower::{Lowered, Options, lower_service},
    read,
    rust_file::RustFile,
    smithy::{Kind, Model, Shape},
    thread_pool,
};

/// Generates two cases for each operation of the given services: one sends its example, and the
/// other reads a made-up response that has every member of the output and writes it again. An
/// operation for which no case can be made has a case that fails.
///
/// Expected messages are generated only for awsJson. For a service with another protocol, there are
/// only cases that send the examples, and they accept any request.
///
/// Unlike [`generate`](super::generate), this generates no clients: the module that holds the files
/// must import those of the services, such as `ecr`.
///
/// # Errors
/// Returns every problem of the models.
pub fn examples(models: &[PathBuf]) -> Result<Suite, Error> {
    let (mut modules, mut files) = (Vec::new(), Vec::new());
    let (mut services, mut warnings, mut count) = (Vec::new(), Vec::new(), 0);
    for path in models {
        let (model, lowered) = lower(path)?;
        let service = lowered.service;
        let cases: Vec<_> =
            service.operations.iter().map(|operation| cases(&model, &service, operation)).collect();
        let replays: Vec<_> = cases.iter().flat_map(Cases::replays).collect();
        count += replays.len();
        let (module, file) = emit::emit(&service, &replays);
        modules.push(module);
        files.push(file);
        services.push(Summary::of(&service));
        warnings.extend(lowered.warnings);
    }
    // The file is mounted with `include!`, which does not allow inner comments.
    let (path, about) = ("mod.rs".to_owned(), Vec::new());
    files.push(RustFile { path, about, items: vec![emit::emit_run(&modules)] });
    let files = print(Blocking::Never, Crate::Unknown, &[], files, thread_pool::threads(None))?;
    Ok(Suite { files, services, cases: count, warnings })
}

fn lower(path: &Path) -> Result<(Model, Lowered), Error> {
    let paths = [path.to_owned()];
    let model = read::read_model(&paths)?;
    let lowered = lower_service(&model, &Options::default());
    let lowered = lowered.map_err(|error| error.in_model(&paths))?;
    Ok((model, lowered))
}

/// The two cases of an operation, or the reason why there are none.
struct Cases<'s> {
    operation: &'s Operation,
    id: String,
    input: Result<Case<Input>, String>,
    /// `None` if the protocol is not awsJson.
    output: Option<Result<Case<Output>, String>>,
}

fn cases<'s>(model: &Model, service: &Service, operation: &'s Operation) -> Cases<'s> {
    let id = format!("{} {}", service.sdk_id, operation.name);
    if !matches!(service.protocol, Protocol::AwsJson10 | Protocol::AwsJson11) {
        let input = Ok(case(&id, operation, Input::default()));
        return Cases { operation, id, input, output: None };
    }
    let shape = operation_shape(model, operation);
    let input = request::json(model, service, operation, shape)
        .ok_or_else(|| "it has no example whose JSON is known".to_owned())
        .map(|body| case(&id, operation, input(service, operation, body)));
    let output = response::json(model, shape)
        .ok_or_else(|| "no response can be made up".to_owned())
        .map(|body| case(&id, operation, output(body)));
    Cases { operation, id, input, output: Some(output) }
}

fn operation_shape<'m>(model: &'m Model, operation: &Operation) -> Option<&'m Shape> {
    let mut shapes = model.shapes.iter();
    let (_, shape) = shapes.find(|(id, shape)| {
        id.name() == operation.name && matches!(shape.kind, Kind::Operation(_))
    })?;
    Some(shape)
}

fn case<T>(id: &str, operation: &Operation, content: T) -> Case<T> {
    Case {
        id: id.to_owned(),
        operation: operation.name.clone(),
        endpoint: None,
        disputed: None,
        content,
    }
}

fn input(service: &Service, operation: &Operation, body: serde_json::Value) -> Input {
    let target = service.target_prefix.iter().map(|prefix| format!("{prefix}.{}", operation.name));
    let header = target.map(|target| ("X-Amz-Target".to_owned(), target));
    Input {
        method: Some("POST".to_owned()),
        uri: Some("/".to_owned()),
        headers: header.collect(),
        required: vec!["Authorization".to_owned()],
        body: Body::Json(body.to_string()),
        ..Input::default()
    }
}

fn output(body: serde_json::Value) -> Output {
    let expected = Expected::Result(body.clone());
    Output { status: 200, headers: Vec::new(), body: body.to_string().into_bytes(), expected }
}

impl Cases<'_> {
    fn replays(&self) -> impl Iterator<Item = Replay<'_>> {
        let replay =
            |kind, action| Replay { kind, id: &self.id, operation: &self.operation.name, action };
        let output = self.output.as_ref();
        let output = output.map(|output| (CaseKind::Output, self.returns(output)));
        let actions = std::iter::once((CaseKind::Input, self.sends())).chain(output);
        actions.map(move |(kind, action)| replay(kind, action.map_err(Unusable::from)))
    }

    fn sends(&self) -> Result<Action<'_>, String> {
        let case = self.input.as_ref().map_err(Clone::clone)?;
        let request = self.operation.example.clone().ok_or("it has no example")?;
        Ok(Action::Sends { request, case })
    }

    fn returns<'c>(
        &'c self,
        output: &'c Result<Case<Output>, String>,
    ) -> Result<Action<'c>, String> {
        let case = output.as_ref().map_err(Clone::clone)?;
        let request = &self.operation.request.name;
        Ok(match self.operation.response {
            Some(_) => Action::Returns { request, case },
            None => Action::Succeeds { request, result: None, case },
        })
    }
}
