//! Resolves model names in cases to generated names.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::case_file::{Case, CaseFile, Expected, Failure, Input, Output};
use crate::{
    ir::{
        ErrorVariant, Exception, Operation, Service,
        value::{StructureValue, ValueModule},
    },
    lower::{Missing, Values},
    names::Ident,
};

/// A case that can be emitted.
pub(super) struct Replay<'c> {
    /// Whether it sends or receives.
    pub(super) kind: CaseKind,
    /// Its name in the file.
    pub(super) id: &'c str,
    /// The operation's name in the model.
    pub(super) operation: &'c str,
    /// What the case does.
    pub(super) action: Result<Action<'c>, Unusable>,
}

/// Why a case does nothing.
pub(super) enum Unusable {
    /// Its operation is not generated, because it streams.
    Streams,
    /// The case does not fit the model, for this reason.
    Unfit(String),
}

impl From<String> for Unusable {
    fn from(reason: String) -> Self {
        Self::Unfit(reason)
    }
}

/// The kind of a case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CaseKind {
    Input,
    Output,
}

/// What a case does.
pub(super) enum Action<'c> {
    /// A request is sent.
    Sends { request: StructureValue, case: &'c Case<Input> },
    /// A successful response is received; the result is `None` if the operation returns nothing.
    Succeeds { request: &'c Ident, result: Option<StructureValue>, case: &'c Case<Output> },
    /// A response is decoded and serialized again.
    Returns { request: &'c Ident, case: &'c Case<Output> },
    /// An exception is received that the operation lists.
    Fails { operation: &'c Operation, listed: Listed<'c>, case: &'c Case<Output> },
    /// Any other error is received.
    FailsUnmodeled { operation: &'c Operation, failure: &'c Failure, case: &'c Case<Output> },
}

/// An exception that a case expects.
pub(super) struct Listed<'c> {
    /// The variant of the operation's error.
    pub(super) variant: &'c Ident,
    /// Its name.
    pub(super) name: &'c Ident,
    /// Its members.
    pub(super) exception: StructureValue,
    /// The expected code of the error.
    pub(super) code: Option<Option<&'c str>>,
    /// The expected message of the error.
    pub(super) message: Option<Option<&'c str>>,
    /// The member with the message, if the case omits it.
    pub(super) message_member: Option<&'c str>,
}

/// Lowers the cases of a file whose operations belong to the service, in order.
///
/// `streaming` contains the names of the operations that are not generated because they stream.
pub(super) fn lower<'c>(
    streaming: &BTreeSet<String>,
    service: &'c Service,
    file: &'c CaseFile<'_>,
    own: impl Fn(&str) -> bool,
) -> Vec<Replay<'c>> {
    let inputs = file.inputs.iter().filter(|case| own(&case.operation)).map(|case| Replay {
        kind: CaseKind::Input,
        id: &case.id,
        operation: &case.operation,
        action: find(streaming, service, &case.operation)
            .and_then(|found| input(service, found, case)),
    });
    let outputs = file.outputs.iter().filter(|case| own(&case.operation)).map(|case| Replay {
        kind: CaseKind::Output,
        id: &case.id,
        operation: &case.operation,
        action: find(streaming, service, &case.operation)
            .and_then(|found| output(service, found, case)),
    });
    inputs.chain(outputs).collect()
}

fn find<'s>(
    streaming: &BTreeSet<String>,
    service: &'s Service,
    name: &str,
) -> Result<&'s Operation, Unusable> {
    let found = service.operations.iter().find(|operation| operation.name == name);
    found.ok_or_else(|| match streaming.contains(name) {
        true => Unusable::Streams,
        false => Unusable::Unfit("the service has no operation of this name".to_owned()),
    })
}

fn input<'c>(
    service: &Service,
    operation: &Operation,
    case: &'c Case<Input>,
) -> Result<Action<'c>, Unusable> {
    let values = Values::of(&service.types, Missing::Refused);
    let request =
        values.structure(ValueModule::Operation, &operation.request, &case.content.params);
    let request = request.map_err(|mismatch| format!("params {mismatch}"))?;
    Ok(Action::Sends { request, case })
}

fn output<'c>(
    service: &'c Service,
    operation: &'c Operation,
    case: &'c Case<Output>,
) -> Result<Action<'c>, Unusable> {
    match &case.content.expected {
        Expected::Result(result) => {
            let values = Values::of(&service.types, Missing::Corrected);
            let result = match (&operation.response, result) {
                (Some(shape), result) => {
                    let built = values.structure(ValueModule::Operation, shape, result);
                    Some(built.map_err(|mismatch| format!("result {mismatch}"))?)
                }
                (None, Value::Object(members)) if members.values().any(|v| !v.is_null()) => {
                    return Err(format!("result: {} returns nothing", operation.name).into());
                }
                (None, _) => None,
            };
            Ok(Action::Succeeds { request: &operation.request.name, result, case })
        }
        Expected::Error(failure) => match exception(service, operation, &case.content, failure) {
            Some((variant, exception)) => {
                let listed = listed(service, (variant, exception), failure)?;
                Ok(Action::Fails { operation, listed, case })
            }
            None => Ok(Action::FailsUnmodeled { operation, failure, case }),
        },
    }
}

/// Returns the exception that a case expects. The code of the case is the shape name or the wire
/// code; if it is neither, because the response has an additional code, the response identifies the
/// exception.
fn exception<'s>(
    service: &'s Service,
    operation: &'s Operation,
    case: &Output,
    failure: &Failure,
) -> Option<(&'s ErrorVariant, &'s Exception)> {
    let body: Map<String, Value> = serde_json::from_slice(&case.body).unwrap_or_default();
    let header = case.headers.iter();
    let header = header.filter(|(name, _)| name.eq_ignore_ascii_case("x-amzn-errortype"));
    let codes = header.map(|(_, value)| value.as_str());
    let codes = codes.chain(["__type", "code"].iter().filter_map(|key| body.get(*key)?.as_str()));
    let code = failure.code.iter().flatten().map(String::as_str);
    code.chain(codes).map(bare).find_map(|code| {
        operation.error.variants.iter().find_map(|variant| {
            let exceptions = &service.types.exceptions;
            let exception = exceptions.iter().find(|e| e.shape.name == variant.exception)?;
            let named = exception.shape.wire == code || variant.code == code;
            let named = named || variant.aliases.iter().any(|alias| alias == code);
            named.then_some((variant, exception))
        })
    })
}

/// A code without the namespace before it and the URL after it.
fn bare(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or(code);
    code.rsplit('#').next().unwrap_or(code)
}

fn listed<'c>(
    service: &Service,
    (variant, exception): (&'c ErrorVariant, &'c Exception),
    failure: &'c Failure,
) -> Result<Listed<'c>, String> {
    let values = Values::of(&service.types, Missing::Corrected);
    // If the response also has a query code, the shape name differs from it and only identifies the
    // exception.
    let is_name = |code: &Option<String>| {
        service.query_compatible && code.as_ref() == Some(&exception.shape.wire)
    };
    let code = failure.code.as_ref().filter(|code| !is_name(code));
    let members = Value::Object(failure.members.clone());
    let built = values.structure(ValueModule::Exception, &exception.shape, &members);
    let field = exception.shape.fields.iter().find(|f| Some(&f.name) == exception.message.as_ref());
    let member = field.and_then(|field| failure.members.get(&field.member)?.as_str());
    Ok(Listed {
        variant: &variant.name,
        name: &exception.shape.name,
        exception: built.map_err(|mismatch| format!("members {mismatch}"))?,
        code: code.map(Option::as_deref),
        // A case may state the message as a member only.
        message: failure.message.as_ref().map(|message| message.as_deref().or(member)),
        message_member: field.filter(|_| member.is_none()).map(|field| field.wire.as_str()),
    })
}
