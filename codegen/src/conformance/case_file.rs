//! Reads case files and defines their schema.
//!
//! An optional field may be absent or `null`. This module is independent of the model's types:
//! `params`, `result` and `members` stay JSON.

use serde_json::{Map, Value};

use super::fields::CaseObject;
use crate::{
    error::{Problem, Problems},
    json::Node,
};

/// A case file.
pub(super) struct CaseFile<'a> {
    /// The model, in either format.
    pub(super) model: Node<'a>,
    /// The cases that send.
    pub(super) inputs: Vec<Case<Input>>,
    /// The cases that receive.
    pub(super) outputs: Vec<Case<Output>>,
    /// Unknown fields, which are ignored.
    pub(super) unknown: Vec<Problem>,
}

/// What all cases have in common.
pub(super) struct Case<T> {
    /// Its name.
    pub(super) id: String,
    /// The operation's name in the model.
    pub(super) operation: String,
    /// The endpoint of the client.
    pub(super) endpoint: Option<String>,
    /// Why it contradicts a specification or another case, if it does. Such a case may fail.
    pub(super) disputed: Option<String>,
    /// What is specific to the kind of case.
    pub(super) content: T,
}

/// A request and what must be sent for it.
pub(super) struct Input {
    pub(super) params: Value,
    pub(super) method: Option<String>,
    pub(super) uri: Option<String>,
    /// The decoded query. If it is absent, the query in `uri` must match exactly.
    pub(super) query: Option<Vec<(String, String)>>,
    pub(super) host: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) required: Vec<String>,
    pub(super) forbidden: Vec<String>,
    pub(super) body: Body,
    /// Whether the entries of maps in the body may be in any order.
    pub(super) any_map_order: bool,
}

/// What the body must be.
pub(super) enum Body {
    Any,
    Json(String),
    Form(String),
    Xml(String),
    Cbor(Vec<u8>),
    Text(String),
}

/// A response and its expected result.
pub(super) struct Output {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) expected: Expected,
}

/// The expected result of a response.
pub(super) enum Expected {
    /// A successful result with these members.
    Result(Value),
    /// An error.
    Error(Failure),
}

/// An expected error. The outer `Option` of code and message is `None` if the case does not state
/// them.
pub(super) struct Failure {
    pub(super) code: Option<Option<String>>,
    pub(super) message: Option<Option<String>>,
    pub(super) members: Map<String, Value>,
}

/// Reads a case file; each invalid case is reported as a separate problem.
pub(super) fn read<'a>(root: Node<'a>, problems: &mut Problems) -> Option<CaseFile<'a>> {
    let mut unknown = Vec::new();
    let mut fields =
        problems.keep(CaseObject::of(root, "the case file".to_owned(), String::new()))?;
    let model = problems.keep(fields.need("model"))?;
    let mut inputs = Vec::new();
    for (name, node) in problems.keep(fields.cases("input")).unwrap_or_default() {
        inputs.extend(problems.keep(case(node, name, input, &mut unknown)));
    }
    let mut outputs = Vec::new();
    for (name, node) in problems.keep(fields.cases("output")).unwrap_or_default() {
        outputs.extend(problems.keep(case(node, name, output, &mut unknown)));
    }
    fields.finish(&mut unknown);
    if inputs.is_empty() && outputs.is_empty() && problems.is_empty() {
        let what = "the case file has no case: `input` and `output` are absent or empty. Add one.";
        problems.push(root.problem(what));
    }
    Some(CaseFile { model, inputs, outputs, unknown })
}

fn case<T>(
    node: Node<'_>,
    name: String,
    content: impl FnOnce(&mut CaseObject<'_>, &mut Vec<Problem>) -> Result<T, Problem>,
    unknown: &mut Vec<Problem>,
) -> Result<Case<T>, Problem> {
    let mut object = CaseObject::of(node, name, String::new())?;
    let id = object.need_text("id")?;
    object.case = format!("{} `{id}`", object.case);
    let operation = object.need_text("operation")?;
    let endpoint = object.text("client_endpoint")?;
    let disputed = object.text("disputed")?;
    let content = content(&mut object, unknown)?;
    object.finish(unknown);
    Ok(Case { id, operation, endpoint, disputed, content })
}

fn input(object: &mut CaseObject<'_>, unknown: &mut Vec<Problem>) -> Result<Input, Problem> {
    let params = object.members("params")?;
    let mut expect = object.need_object("expect")?;
    let compare = expect.one_of("body_compare", &BODY_COMPARISONS)?;
    let body = match compare {
        Some("cbor") => expect.base64("body")?.map_or(Body::Any, Body::Cbor),
        compare => expect.text("body")?.map_or(Body::Any, |text| body(compare, text)),
    };
    let input = Input {
        params: Value::Object(params),
        method: expect.text("method")?,
        uri: expect.text("uri")?,
        query: expect.pairs("query")?,
        host: expect.text("host")?,
        headers: expect.headers("headers")?,
        required: expect.header_names("require_headers")?,
        forbidden: expect.header_names("forbid_headers")?,
        body,
        any_map_order: object.flag("map_order")?,
    };
    expect.finish(unknown);
    Ok(input)
}

/// The ways to compare a body.
const BODY_COMPARISONS: [&str; 7] = ["json", "none", "text", "exact", "form", "xml", "cbor"];

/// An expected body that is text.
fn body(compare: Option<&str>, text: String) -> Body {
    match compare {
        Some("none") => Body::Any,
        None | Some("json") => Body::Json(text),
        Some("form") => Body::Form(text),
        Some("xml") => Body::Xml(text),
        Some(_) => Body::Text(text),
    }
}

fn output(object: &mut CaseObject<'_>, unknown: &mut Vec<Problem>) -> Result<Output, Problem> {
    let mut response = object.need_object("response")?;
    let status = response.need("status")?;
    let number = status.value().ok().and_then(|value| value.as_u64());
    let number = number.and_then(|number| u16::try_from(number).ok());
    let Some(number) = number.filter(|number| (100..1000).contains(number)) else {
        return Err(
            response.problem("status", status.problem("expected an HTTP status. Correct it."))
        );
    };
    let headers = response.headers("headers")?;
    let body = match response.one_of("body_encoding", &["text", "base64"])? {
        Some("base64") => response.base64("body")?,
        _ => response.text("body")?.map(String::into_bytes),
    };
    response.finish(unknown);
    let mut expect = object.need_object("expect")?;
    let (has_result, has_result_value) = (expect.has("result"), expect.has_value("result"));
    let error = expect.object("error")?;
    let result = expect.members("result")?;
    let expected = match error {
        Some(_) if has_result_value => {
            return Err(expect.wrong("it has a `result` and an `error`. Keep one of them."));
        }
        Some(error) => Expected::Error(failure(error, unknown)?),
        None if has_result => Expected::Result(Value::Object(result)),
        None => return Err(expect.wrong("it has neither `result` nor `error`. Add one of them.")),
    };
    expect.finish(unknown);
    Ok(Output { status: number, headers, body: body.unwrap_or_default(), expected })
}

fn failure(mut object: CaseObject<'_>, unknown: &mut Vec<Problem>) -> Result<Failure, Problem> {
    let (has_code, has_message) = (object.has("code"), object.has("message"));
    let (code, message) = (object.text("code")?, object.text("message")?);
    let members = object.members("members")?;
    object.finish(unknown);
    let (code, message) = (has_code.then_some(code), has_message.then_some(message));
    Ok(Failure { code, message, members })
}
