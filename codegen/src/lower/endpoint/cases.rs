//! Lowers the test cases of a model: parameters and the expected results of the rules.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    endpoints::EndpointSigning,
    json::{Fault, JsonPath, Object, array},
    parameters::Declared,
    value,
};
use crate::ir::endpoint::{Endpoint, EndpointCase, Expr};

/// The usable cases of a model, and the faults of the others.
#[derive(Default)]
pub(super) struct Cases {
    pub(super) usable: Vec<EndpointCase>,
    pub(super) faults: Vec<Fault>,
}

/// Lowers the cases. Error messages are omitted, because they are the model's own prose.
pub(super) fn lower(tests: &Value, declared: &BTreeMap<String, Declared>) -> Result<Cases, Fault> {
    let root = Object::of(tests, &JsonPath::root())?;
    root.only(&["version", "testCases"])?;
    let Some(cases) = root.get("testCases") else { return Ok(Cases::default()) };
    let location = root.location.key("testCases");
    let mut lowered = Cases::default();
    for (index, case) in array(cases, &location)?.iter().enumerate() {
        match case_of(case, &location.index(index), declared) {
            Ok(case) => lowered.usable.push(case),
            Err(fault) => lowered.faults.push(fault),
        }
    }
    Ok(lowered)
}

fn case_of(
    case: &Value,
    location: &JsonPath,
    declared: &BTreeMap<String, Declared>,
) -> Result<EndpointCase, Fault> {
    let object = Object::of(case, location)?;
    // `operationInputs` describes the source of the parameters and is redundant.
    object.only(&["params", "operationInputs", "expect"])?;
    let expected = expectation(object.need("expect")?, &location.key("expect"))?;
    let mut lowered = EndpointCase { built_ins: Vec::new(), context: Vec::new(), expected };
    let Some(parameters) = object.get("params") else { return Ok(lowered) };
    for (name, json, location) in Object::of(parameters, &location.key("params"))?.entries() {
        let Some(parameter) = declared.get(name) else {
            return Err(location.fault("the rules have no such parameter"));
        };
        let value = value::read(parameter.kind, json, &location)?;
        match parameter.built_in {
            Some(built_in) => lowered.built_ins.push((built_in, value)),
            None => lowered.context.push((name.clone(), value)),
        }
    }
    Ok(lowered)
}

fn expectation(expect: &Value, location: &JsonPath) -> Result<Option<Endpoint>, Fault> {
    let object = Object::of(expect, location)?;
    object.only(&["endpoint", "error"])?;
    let Some(endpoint) = object.get("endpoint") else {
        return object.need("error").map(|_| None);
    };
    let endpoint = Object::of(endpoint, &location.key("endpoint"))?;
    endpoint.only(&["url", "properties", "headers"])?;
    let mut expected = Endpoint {
        url: Expr::Text(endpoint.text("url")?.to_owned()),
        signing_name: None,
        signing_region: None,
        headers: Vec::new(),
    };
    if let Some(headers) = endpoint.get("headers") {
        for (name, values, location) in
            Object::of(headers, &endpoint.location.key("headers"))?.entries()
        {
            for (index, value) in array(values, &location)?.iter().enumerate() {
                expected.headers.push((name.clone(), literal((value, location.index(index)))?));
            }
        }
    }
    let Some(properties) = endpoint.get("properties") else { return Ok(Some(expected)) };
    match EndpointSigning::of(properties, &endpoint.location.key("properties"))? {
        EndpointSigning::AsUsual => {}
        // The rules return an error in that case.
        EndpointSigning::Other(_) => return Ok(None),
        EndpointSigning::SigV4 { name, region } => {
            expected.signing_name = name.map(literal).transpose()?;
            expected.signing_region = region.map(literal).transpose()?;
        }
    }
    Ok(Some(expected))
}

fn literal((value, location): (&Value, JsonPath)) -> Result<Expr, Fault> {
    let text = value.as_str().ok_or_else(|| location.fault("expected a string"))?;
    Ok(Expr::Text(text.to_owned()))
}
