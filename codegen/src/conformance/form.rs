//! The form of a case file: what it says, and where it does not say what it must.
//!
//! An optional field may be absent or `null`. Nothing here knows a type of the model: `params`,
//! `result` and `members` stay as they are.

use serde_json::{Map, Value};

use crate::{
    error::{Problem, Problems},
    read::json::{Fields, Node},
};

/// A case file.
pub(super) struct CaseFile<'a> {
    /// The model, in one of its formats.
    pub(super) model: Node<'a>,
    /// The cases that send.
    pub(super) inputs: Vec<Case<Input>>,
    /// The cases that receive.
    pub(super) outputs: Vec<Case<Output>>,
    /// Fields that nobody looks at.
    pub(super) unknown: Vec<Problem>,
}

/// What all cases have.
pub(super) struct Case<T> {
    /// Its name.
    pub(super) id: String,
    /// The operation's name in the model.
    pub(super) operation: String,
    /// The endpoint that the client is given.
    pub(super) endpoint: Option<String>,
    /// What it is about.
    pub(super) content: T,
}

/// A request and what must be sent for it.
pub(super) struct Input {
    pub(super) params: Value,
    pub(super) method: Option<String>,
    pub(super) uri: Option<String>,
    pub(super) host: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) required: Vec<String>,
    pub(super) forbidden: Vec<String>,
    pub(super) body: Body,
}

/// What the body must be.
pub(super) enum Body {
    Any,
    Json(String),
    Text(String),
}

/// An answer and what must come of it.
pub(super) struct Output {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
    pub(super) expected: Expected,
}

/// What must come of an answer.
pub(super) enum Expected {
    /// A success with these members.
    Result(Value),
    /// An error.
    Error(Failure),
}

/// An error. The outer `Option` of code and message is whether the case says anything of them.
pub(super) struct Failure {
    pub(super) code: Option<Option<String>>,
    pub(super) message: Option<Option<String>>,
    pub(super) members: Map<String, Value>,
}

/// Reads a case file; every case that is wrong is a problem of its own.
pub(super) fn read<'a>(root: Node<'a>, problems: &mut Problems) -> Option<CaseFile<'a>> {
    let mut unknown = Vec::new();
    let mut fields = problems.keep(Form::of(root, "the case file".to_owned(), String::new()))?;
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
    content: impl FnOnce(&mut Form<'_>, &mut Vec<Problem>) -> Result<T, Problem>,
    unknown: &mut Vec<Problem>,
) -> Result<Case<T>, Problem> {
    let mut form = Form::of(node, name, String::new())?;
    let id = form.need_text("id")?;
    form.case = format!("{} `{id}`", form.case);
    let operation = form.need_text("operation")?;
    let endpoint = form.text("client_endpoint")?;
    let content = content(&mut form, unknown)?;
    form.finish(unknown);
    Ok(Case { id, operation, endpoint, content })
}

fn input(form: &mut Form<'_>, unknown: &mut Vec<Problem>) -> Result<Input, Problem> {
    let params = form.members("params")?;
    let mut expect = form.need_object("expect")?;
    let (text, compare) = (expect.text("body")?, expect.text("body_compare")?);
    let body = match (text, compare.as_deref()) {
        (None, _) | (_, Some("none")) => Body::Any,
        (Some(text), None | Some("json")) => Body::Json(text),
        (Some(text), Some(_)) => Body::Text(text),
    };
    let input = Input {
        params: Value::Object(params),
        method: expect.text("method")?,
        uri: expect.text("uri")?,
        host: expect.text("host")?,
        headers: expect.headers("headers")?,
        required: expect.names("require_headers")?,
        forbidden: expect.names("forbid_headers")?,
        body,
    };
    expect.finish(unknown);
    Ok(input)
}

fn output(form: &mut Form<'_>, unknown: &mut Vec<Problem>) -> Result<Output, Problem> {
    let mut response = form.need_object("response")?;
    let status = response.need("status")?;
    let number = status.value().ok().and_then(|value| value.as_u64());
    let number = number.and_then(|number| u16::try_from(number).ok());
    let Some(number) = number.filter(|number| (100..1000).contains(number)) else {
        return Err(
            response.problem("status", status.problem("expected an HTTP status. Correct it."))
        );
    };
    let (headers, body) = (response.headers("headers")?, response.text("body")?);
    response.finish(unknown);
    let mut expect = form.need_object("expect")?;
    let has_result = expect.has("result");
    let is_said = expect.fields.iter().any(|(key, node)| key == "result" && !node.is_null());
    let error = expect.object("error")?;
    let result = expect.members("result")?;
    let expected = match error {
        Some(_) if is_said => {
            return Err(expect.wrong("it has a `result` and an `error`. Keep one of them."));
        }
        Some(error) => Expected::Error(failure(error, unknown)?),
        None if has_result => Expected::Result(Value::Object(result)),
        None => return Err(expect.wrong("it has neither `result` nor `error`. Add one of them.")),
    };
    expect.finish(unknown);
    Ok(Output { status: number, headers, body: body.unwrap_or_default(), expected })
}

fn failure(mut form: Form<'_>, unknown: &mut Vec<Problem>) -> Result<Failure, Problem> {
    let (has_code, has_message) = (form.has("code"), form.has("message"));
    let (code, message) = (form.text("code")?, form.text("message")?);
    let members = form.members("members")?;
    form.finish(unknown);
    let (code, message) = (has_code.then_some(code), has_message.then_some(message));
    Ok(Failure { code, message, members })
}

/// An object of a case, of which problems name the case and the field.
struct Form<'a> {
    node: Node<'a>,
    fields: Fields<'a>,
    /// The case, `input[3]`, with its id where that is known.
    case: String,
    /// The object's own field in the case, with a dot behind; empty for the case itself.
    path: String,
}

impl<'a> Form<'a> {
    fn of(node: Node<'a>, case: String, path: String) -> Result<Self, Problem> {
        match node.fields() {
            Ok(fields) => Ok(Self { node, fields, case, path }),
            Err(problem) if path.is_empty() => Err(named(problem, &case)),
            Err(problem) => {
                let field = path.trim_end_matches('.');
                Err(named(problem, &format!("{case}: `{field}`")))
            }
        }
    }

    /// A field, as it is there: `null` too.
    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }

    /// Takes a field; `null` is as good as none.
    fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let index = self.fields.iter().position(|(key, _)| key == name)?;
        Some(self.fields.remove(index).1).filter(|node| !node.is_null())
    }

    fn need(&mut self, name: &str) -> Result<Node<'a>, Problem> {
        let missing = self.node.problem("it is missing. Add it.");
        self.take(name).ok_or_else(|| self.problem(name, missing))
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let node = self.take(name);
        node.map(Node::string).transpose().map_err(|problem| self.problem(name, problem))
    }

    fn need_text(&mut self, name: &str) -> Result<String, Problem> {
        let node = self.need(name)?;
        node.string().map_err(|problem| self.problem(name, problem))
    }

    fn object(&mut self, name: &str) -> Result<Option<Self>, Problem> {
        let path = format!("{}{name}.", self.path);
        let node = self.take(name);
        node.map(|node| Self::of(node, self.case.clone(), path)).transpose()
    }

    fn need_object(&mut self, name: &str) -> Result<Self, Problem> {
        let path = format!("{}{name}.", self.path);
        Self::of(self.need(name)?, self.case.clone(), path)
    }

    /// The members of a structure; no field is as good as no members.
    fn members(&mut self, name: &str) -> Result<Map<String, Value>, Problem> {
        let Some(node) = self.take(name) else { return Ok(Map::new()) };
        // Keys that come twice are found here, those further in are left to the types.
        let members = node.fields().and_then(|_| node.value());
        match members.map_err(|problem| self.problem(name, problem))? {
            Value::Object(members) => Ok(members),
            _ => Ok(Map::new()),
        }
    }

    /// Header fields with their values.
    fn headers(&mut self, name: &str) -> Result<Vec<(String, String)>, Problem> {
        let Some(form) = self.object(name)? else { return Ok(Vec::new()) };
        let value = |(header, node): &(std::borrow::Cow<'_, str>, Node<'_>)| {
            let value = node.string().map_err(|problem| form.problem(header, problem))?;
            Ok((header.to_string(), value))
        };
        form.fields.iter().map(value).collect()
    }

    /// A list of names.
    fn names(&mut self, name: &str) -> Result<Vec<String>, Problem> {
        let Some(node) = self.take(name) else { return Ok(Vec::new()) };
        let names = node.elements();
        let names = names.and_then(|nodes| nodes.into_iter().map(Node::string).collect());
        names.map_err(|problem| self.problem(name, problem))
    }

    /// The cases of a list, each with its place in it.
    fn cases(&mut self, name: &str) -> Result<Vec<(String, Node<'a>)>, Problem> {
        let Some(node) = self.take(name) else { return Ok(Vec::new()) };
        let nodes = node.elements().map_err(|problem| self.problem(name, problem))?;
        let nodes = nodes.into_iter().enumerate();
        Ok(nodes.map(|(index, node)| (format!("{name}[{index}]"), node)).collect())
    }

    /// A problem of a field.
    fn problem(&self, name: &str, problem: Problem) -> Problem {
        named(problem, &format!("{}: `{}{name}`", self.case, self.path))
    }

    /// A problem of the object itself.
    fn wrong(&self, what: &str) -> Problem {
        named(
            self.node.problem(what),
            &format!("{}: `{}`", self.case, self.path.trim_end_matches('.')),
        )
    }

    /// What is left is known to nobody.
    fn finish(self, unknown: &mut Vec<Problem>) {
        for (name, node) in &self.fields {
            let what = "no field of this name is known here, and it is not looked at.";
            unknown.push(self.problem(name, node.problem(what)));
        }
    }
}

/// The problem with what it is about in front.
fn named(problem: Problem, what: &str) -> Problem {
    Problem { message: format!("{what}: {}", problem.message), ..problem }
}
