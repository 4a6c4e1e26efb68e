//! Generates from models whose text or graph would make a naive traversal run forever, or exhaust
//! memory or the stack. The tests finish only if every traversal is linear or limited.

use std::{fmt::Write, fs};

use longshore_codegen::{Error, Generated, Generator};
use serde_json::{Map, Value, json};

/// The number of characters of a long text.
const LONG: usize = 200_000;

/// The number of characters of long prose.
const PROSE: usize = 50_000;

/// The number of elements of a wide or deep graph.
const MANY: usize = 3000;

fn generate(files: &[(&str, &Value)]) -> Result<Generated, Error> {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content.to_string()).unwrap();
    }
    Generator::new().endpoint_tests(true).model(folder.path()).generate_modules()
}

/// Returns the messages of the problems, or of the warnings if there are none.
fn messages(model: &Value) -> Vec<String> {
    let problems = match generate(&[("model.json", model)]) {
        Ok(generated) => generated.warnings,
        Err(error) => error.problems().to_vec(),
    };
    problems.into_iter().map(|problem| problem.message).collect()
}

/// Asserts that a model is generated without a warning.
fn generated(name: &str, model: &Value) -> Generated {
    let generated = generate(&[("model.json", model)]);
    let generated = generated.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(generated.warnings, [], "{name}");
    generated
}

fn target(name: &str) -> Value {
    json!({"target": name})
}

fn required(name: &str) -> Value {
    json!({"target": name, "traits": {"smithy.api#required": {}}})
}

fn structure(members: impl IntoIterator<Item = (String, Value)>) -> Value {
    json!({"type": "structure", "members": members.into_iter().collect::<Map<_, _>>()})
}

/// The members `m0`, `m1` and so on.
fn members(count: usize, member: &Value) -> impl Iterator<Item = (String, Value)> {
    (0..count).map(move |number| (format!("m{number}"), member.clone()))
}

/// A service with the operation `Do`, whose input and output are these shapes; `more` contains
/// other shapes by name.
fn service(input: Value, output: Value, more: impl IntoIterator<Item = (String, Value)>) -> Value {
    let mut shapes = json!({
        "a.b#S": {"type": "service", "version": "1", "operations": [target("a.b#Do")], "traits": {
            "aws.api#service": {"sdkId": "S", "endpointPrefix": "s"},
            "aws.auth#sigv4": {"name": "s"},
            "aws.protocols#awsJson1_1": {},
        }},
        "a.b#Do": {"type": "operation", "input": target("a.b#In"), "output": target("a.b#Out")},
        "a.b#In": input,
        "a.b#Out": output,
    });
    let more = more.into_iter().map(|(name, shape)| (format!("a.b#{name}"), shape));
    shapes.as_object_mut().unwrap().extend(more);
    json!({"smithy": "2.0", "shapes": shapes})
}

/// A service whose request has one member.
fn with_member(member: Value, more: impl IntoIterator<Item = (String, Value)>) -> Value {
    service(structure([("x".to_owned(), member)]), structure([]), more)
}

/// A service with a trait on its service shape or its operation.
fn with_trait(shape: &str, id: &str, value: Value) -> Value {
    let text = || ("t".to_owned(), target("smithy.api#String"));
    let node = structure([("a".to_owned(), target("a.b#Node")), text()]);
    let output = structure([("a".to_owned(), target("a.b#Node")), text()]);
    let mut model = service(structure([text()]), output, [("Node".to_owned(), node)]);
    model["shapes"][shape]["traits"][id] = value;
    model
}

#[test]
fn patterns_end() {
    let nested = |inner: &str| format!("{}{inner}{}", "(".repeat(9), "){999}".repeat(9));
    let too_long =
        ["clients cannot check a pattern, which is malformed, too long or not supported: P."];
    let patterns = [
        "(b{0}){9999999999999}a".to_owned(),
        nested("b{0}"),
        nested("^"),
        nested(""),
        "a{1000000000}".to_owned(),
        format!("({}){{0,1999}}x", "|".repeat(2000)),
        format!("[{}]{{99}}x$", "ab".repeat(2000)),
        format!("{}}}", "{".repeat(LONG)),
        "(".repeat(LONG),
        "(a*)*b{99}".to_owned(),
    ];
    for pattern in patterns {
        let shape = json!({"type": "string", "traits": {"smithy.api#pattern": pattern}});
        let model = with_member(required("a.b#P"), [("P".to_owned(), shape)]);
        let expected = if pattern.len() > 4096 { &too_long[..] } else { &[] };
        let start = pattern.chars().take(40).collect::<String>();
        let generated = generate(&[("model.json", &model)]);
        let generated = generated.unwrap_or_else(|error| panic!("{start}: {error}"));
        let warnings: Vec<_> = generated.warnings.into_iter().map(|it| it.message).collect();
        assert_eq!(warnings, expected, "{start}");
    }
}

#[test]
fn prose_ends() {
    let texts = [
        "_",
        "&",
        "&a",
        "<!--",
        "<para>",
        "<a href=\"x\"/>",
        "[",
        "[a](",
        "*a* `b` ",
        "*a ",
        "`",
        "` `` ",
        "http://a ",
        "https://a ",
        "<b>",
        "<ul><li>",
        "<a '",
        "<a \"",
        "<a<",
        "a. ",
        "- ",
        "<dl><dt>a<dd>b",
        "\\",
        "*",
        "** ",
        "~`",
        "<pre>",
        "<td>",
        ")",
        "# a\n",
        "<b>a</b><i>b</i>",
    ];
    for text in texts {
        let prose = format!("a{}", text.repeat(PROSE / text.len()));
        let traits = json!({
            "smithy.api#documentation": prose,
            "smithy.api#deprecated": {"message": prose},
        });
        let member = json!({"target": "smithy.api#String", "traits": traits});
        generated(text, &with_member(member, []));
    }
    let mut table = "<table><tr>".to_owned();
    (0..5000).for_each(|_| table.push_str("<td>x"));
    (0..5000).for_each(|number| write!(table, "<tr><td>{number}").unwrap());
    let member =
        json!({"target": "smithy.api#String", "traits": {"smithy.api#documentation": table}});
    generated("a table", &with_member(member, []));
}

/// A chain of structures or unions, each of which has `width` members of the next one's type.
fn layers(
    kind: &'static str,
    depth: usize,
    width: usize,
    is_required: bool,
) -> impl Iterator<Item = (String, Value)> {
    (0..depth).map(move |level| {
        let next = match level + 1 == depth {
            true => "smithy.api#String".to_owned(),
            false => format!("a.b#L{}", level + 1),
        };
        let member = if is_required { required(&next) } else { target(&next) };
        let members: Map<_, _> = members(width, &member).collect();
        (format!("L{level}"), json!({"type": kind, "members": members}))
    })
}

#[test]
fn graphs_with_exponentially_many_paths_end() {
    let cases = [
        ("required", layers("structure", 64, 2, true)),
        ("optional", layers("structure", 64, 2, false)),
        ("wide", layers("structure", 6, 60, true)),
        ("unions", layers("union", 9, 60, false)),
        ("deep", layers("structure", MANY, 1, false)),
        ("deep and required", layers("structure", MANY, 1, true)),
    ];
    for (name, shapes) in cases {
        generated(name, &with_member(required("a.b#L0"), shapes));
    }
}

#[test]
fn mixins_of_mixins_end() {
    let mixin = |level: usize, mixins: &[usize]| {
        let mixins: Vec<_> = mixins.iter().map(|mixin| target(&format!("a.b#M{mixin}"))).collect();
        let traits = if level == 0 { json!({}) } else { json!({"smithy.api#mixin": {}}) };
        let mut shape = structure([(format!("f{level}"), target("smithy.api#String"))]);
        shape["mixins"] = json!(mixins);
        shape["traits"] = traits;
        (format!("M{level}"), shape)
    };
    let diamond = (0..64).map(|level| match level {
        0..=61 => mixin(level, &[level + 1, level + 2]),
        _ => mixin(level, &[]),
    });
    generated("a diamond", &with_member(target("a.b#M0"), diamond));
    let chain = (0..=5000).map(|level| match level {
        5000 => mixin(level, &[]),
        _ => mixin(level, &[level + 1]),
    });
    let [message, ..] = &messages(&with_member(target("a.b#M0"), chain))[..] else { panic!() };
    assert!(message.contains("add more than 64 MiB to the model"), "{message}");
    let cycle = (0..5000).map(|level| mixin(level, &[(level + 1) % 5000]));
    let [message] = &messages(&with_member(target("a.b#M0"), cycle))[..] else { panic!() };
    assert_eq!(message, "its mixins form a cycle. Break the cycle.");
}

#[test]
fn endpoint_rules_end() {
    let region = json!({"ref": "Region"});
    let rules = |parameters: usize, rules: Vec<Value>| {
        let mut known = json!({
            "Region": {"type": "string", "builtIn": "AWS::Region", "required": true},
        });
        let optional = json!({"type": "string"});
        let all = (0..parameters).map(|number| (format!("P{number}"), optional.clone()));
        known.as_object_mut().unwrap().extend(all);
        let rules = json!({"version": "1.1", "parameters": known, "rules": rules});
        with_trait("a.b#S", "smithy.rules#endpointRuleSet", rules)
    };
    let error = json!({"type": "error", "conditions": [], "error": "x"});
    let deep = (0..50)
        .fold(error.clone(), |rule, _| json!({"type": "tree", "conditions": [], "rules": [rule]}));
    generated("deep", &rules(0, vec![deep]));
    let nested =
        (0..10).fold(region.clone(), |value, _| json!({"fn": "coalesce", "argv": [value, value]}));
    let condition = json!({"fn": "stringEquals", "argv": [nested, "x"]});
    let rule = json!({"type": "error", "conditions": [condition], "error": "x"});
    generated("nested", &rules(0, vec![rule, error.clone()]));
    let encoded = json!({"fn": "uriEncode", "argv": ["{Region}"]});
    let stored = (0..MANY).map(|number| {
        let value = json!({"fn": "coalesce", "argv": [encoded, format!("{{Region}}{number}")]});
        let condition = json!({"fn": "stringEquals", "argv": [value, "x"]});
        json!({"type": "error", "conditions": [condition], "error": "x"})
    });
    generated("stored", &rules(0, stored.chain([error.clone()]).collect()));
    let text = "{Region}".repeat(MANY);
    let rule = json!({"type": "endpoint", "conditions": [], "endpoint": {"url": text}});
    generated("a long template", &rules(0, vec![rule]));
    let many = vec![error; MANY];
    let [message] = &messages(&rules(MANY, many))[..] else { panic!() };
    assert!(message.contains("there are more than 100 parameters"), "{message}");
}

#[test]
fn paths_end() {
    let path = format!("{}t", "a.".repeat(LONG));
    let pages = |output: &str, items: &str| {
        let value = json!({"inputToken": "t", "outputToken": output, "items": items});
        with_trait("a.b#Do", "smithy.api#paginated", value)
    };
    for model in [pages(&path, "t"), pages("t", &path)] {
        let [message] = &messages(&model)[..] else { panic!() };
        assert!(message.contains("is a path of more than 32 members"), "{message}");
    }
    let output = json!({"path": path, "expected": "x", "comparator": "stringEquals"});
    let acceptors = json!([{"state": "success", "matcher": {"output": output}}]);
    let waiters = json!({"W": {"acceptors": acceptors}});
    let [message] = &messages(&with_trait("a.b#Do", "smithy.waiters#waitable", waiters))[..] else {
        panic!()
    };
    assert!(message.contains("it has more than 60 tokens"), "{message}");
    let labels = (0..MANY).map(|number| format!("{{l{number}}}.")).collect::<String>();
    let host = with_trait("a.b#Do", "smithy.api#endpoint", json!({"hostPrefix": labels}));
    let [message] = &messages(&host)[..] else { panic!() };
    assert!(message.contains("has a prefix of more than 1024 characters"), "{message}");
}

#[test]
fn examples_end() {
    let wide = structure(members(MANY, &target("smithy.api#String")));
    let list = json!({"type": "list", "member": target("a.b#Wide")});
    let shapes = [("Wide".to_owned(), wide), ("Wides".to_owned(), list)];
    let mut model = with_member(target("a.b#Wides"), shapes);
    let input = json!({"x": vec![json!({}); 20_000]});
    model["shapes"]["a.b#Do"]["traits"] =
        json!({"smithy.api#examples": [{"title": "t", "input": input}]});
    generated("empty elements", &model);
}

#[test]
fn what_operations_share_is_not_multiplied_without_limit() {
    let wide = structure(members(MANY, &target("smithy.api#String")));
    let errors = (0..MANY).map(|number| (format!("E{number}"), structure([])));
    let errors: Vec<_> = errors
        .map(|(name, mut shape)| {
            shape["traits"] = json!({"smithy.api#error": "client"});
            (name, shape)
        })
        .collect();
    let operations = (0..MANY).map(|number| {
        (format!("Op{number}"), json!({"type": "operation", "input": target("a.b#In")}))
    });
    let names = |shapes: &[(String, Value)]| -> Vec<Value> {
        shapes.iter().map(|(name, _)| target(&format!("a.b#{name}"))).collect()
    };
    let operations: Vec<_> = operations.collect();
    let mut shared = service(wide, structure([]), operations.clone());
    shared["shapes"]["a.b#S"]["operations"] = json!(names(&operations));
    let all = operations.iter().chain(&errors).cloned();
    let mut failing = service(structure([]), structure([]), all);
    failing["shapes"]["a.b#S"]["operations"] = json!(names(&operations));
    failing["shapes"]["a.b#S"]["errors"] = json!(names(&errors));
    // The first twenty operations use up the limit exactly.
    let wide = structure(members(5_000, &target("smithy.api#String")));
    let mut exact = service(wide, structure([]), operations.clone());
    exact["shapes"]["a.b#S"]["operations"] = json!(names(&operations[..21]));
    for model in [shared, failing, exact] {
        let [message] = &messages(&model)[..] else { panic!() };
        assert!(message.contains("has more than 100000 members and error variants"), "{message}");
    }
}

#[test]
fn names_that_are_similar_get_numbers_in_linear_time() {
    let signs = |number: usize| format!("a{number:b}").replace('0', "-").replace('1', ".");
    let values = (1..10_000).map(|number| json!({"value": signs(number)}));
    let traits = json!({"smithy.api#enum": values.collect::<Vec<_>>()});
    let shape = json!({"type": "string", "traits": traits});
    generated("an enum", &with_member(target("a.b#E"), [("E".to_owned(), shape)]));
}

#[test]
fn problems_of_many_members_end() {
    let wide = structure(members(10_000, &target("a.b#Missing")));
    assert_eq!(messages(&service(wide, structure([]), [])).len(), 10_000);
}

#[test]
fn c2j_models_end() {
    let text = json!({"shape": "Text"});
    let named = |prefix: &str, count: usize, value: &Value| -> Map<String, Value> {
        (0..count).map(|number| (format!("{prefix}{number}"), value.clone())).collect()
    };
    let mut output = named("m", 1000, &text);
    output.insert("a".to_owned(), json!({"shape": "Out"}));
    let signs = |number: usize| format!("a{number:b}").replace('0', "-").replace('1', ".");
    let values: Vec<_> = (1..5000).map(signs).collect();
    let service = json!({
        "metadata": {
            "apiVersion": "1", "endpointPrefix": "s", "jsonVersion": "1.1", "protocol": "json",
            "serviceId": "S", "signatureVersion": "v4", "targetPrefix": "S",
        },
        "operations": {"Op": {"name": "Op", "output": {"shape": "Out"}}},
        "shapes": {
            "Out": {"type": "structure", "members": output},
            "Text": {"type": "string", "enum": values},
        },
    });
    let pages = json!({"pagination": {"Op": {
        "input_token": "t", "output_token": "t", "result_key": format!("{}m1", "a.".repeat(LONG)),
    }}});
    let shapes = named("X", 5000, &json!({"type": "string"}));
    let extras = json!({"merge": {"shapes": shapes}});
    let generated = generate(&[("a.json", &service), ("p.json", &pages), ("x.json", &extras)]);
    let [items, tokens] = &generated.unwrap().warnings[..] else { panic!() };
    assert!(items.message.starts_with("Op has pages but no items: "), "{items}");
    assert!(tokens.message.contains("the inputToken `t` is not a member"), "{tokens}");
}
