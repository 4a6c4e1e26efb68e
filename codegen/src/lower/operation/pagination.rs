//! Lowers pagination: the paths of tokens and items.

use serde_json::Value;

use super::interface::Interface;
use crate::{
    ir::{Field, Items, PageToken, PageTokens, Pages, PathStep, Presence, Struct, Type},
    lower::{context::Context, jmespath::Structs, traits::has_schema},
    names::{self, Scope},
    smithy::{PAGE_TOKENS, Shape},
};

const PAGINATED: &str = "smithy.api#paginated";

/// The maximum number of tokens, because larger tuples cannot be compared; published models have up
/// to three.
const MAX_TOKENS: usize = 12;

/// The maximum number of members in a path; paths in published models have up to three.
const MAX_PARTS: usize = 32;

/// Returns the pagination of an operation with the trait. Missing fields are taken from the same
/// trait of the service. Unusable parts are skipped: the items, the page size, or the whole
/// paginator.
pub(super) fn lower(
    context: &mut Context<'_>,
    service: &Shape,
    operation: &Interface<'_>,
    structs: &Structs<'_>,
    methods: &mut Scope,
) -> Option<Pages> {
    let own = sound(PAGINATED, operation.shape)?;
    // If this trait were ignored, the paginator would make wrong calls.
    let tokens = match operation.shape.traits.has(PAGE_TOKENS) {
        true => Some(sound(PAGE_TOKENS, operation.shape)?),
        false => None,
    };
    let facts = PaginatedTrait { own, shared: sound(PAGINATED, service), tokens };
    let mut pass_over = |fact: &str, problem: String, id: &str| {
        let what = format!("{fact}: {problem}; correct the trait {id}");
        context.pass_over(operation.shape, operation.id, what);
    };
    let mut pages = pages(&facts, operation, structs)
        .map_err(|(id, problem)| pass_over("the operation gets no paginator", problem, id))
        .ok()?;
    pages.items = facts.get("items").and_then(|path| {
        let items = items(operation, structs, path);
        items.map_err(|problem| pass_over("its pages get no items", problem, PAGINATED)).ok()
    });
    pages.size = facts.get("pageSize").and_then(|name| {
        let size = size(operation, name).map(|field| field.name.clone());
        size.map_err(|problem| pass_over("its paginator gets no page size", problem, PAGINATED))
            .ok()
    });
    pages.method = methods.claim(pages.method);
    Some(pages)
}

/// Returns the trait of a shape, unless its value does not match the schema, which has already been
/// reported.
fn sound<'m>(id: &str, shape: &'m Shape) -> Option<&'m Value> {
    let value = shape.traits.get(id)?;
    has_schema(id, value, &shape.kind).then_some(value)
}

/// The traits of an operation, with defaults from the trait of its service.
struct PaginatedTrait<'m> {
    own: &'m Value,
    shared: Option<&'m Value>,
    /// The value of [`PAGE_TOKENS`].
    tokens: Option<&'m Value>,
}

impl<'m> PaginatedTrait<'m> {
    fn get(&self, key: &str) -> Option<&'m str> {
        text(self.own, key).or_else(|| self.shared.and_then(|shared| text(shared, key)))
    }

    fn need(&self, key: &str) -> Result<&'m str, String> {
        let missing = || format!("neither the operation nor the service has an {key}");
        self.get(key).ok_or_else(missing)
    }
}

fn text<'m>(value: &'m Value, key: &str) -> Option<&'m str> {
    value.get(key).and_then(Value::as_str)
}

/// Returns the pages without their items and their size. The method name is not claimed yet. An
/// error consists of the trait that causes it and the problem.
fn pages(
    facts: &PaginatedTrait<'_>,
    operation: &Interface<'_>,
    structs: &Structs<'_>,
) -> Result<Pages, (&'static str, String)> {
    let in_page_tokens = |problem| (PAGE_TOKENS, problem);
    let several = facts.tokens.and_then(|tokens| tokens.get("tokens")?.as_array());
    let tokens = match several {
        Some(pairs) => several_tokens(pairs, operation, structs).map_err(in_page_tokens)?,
        None => one_token(facts, operation, structs).map_err(|problem| (PAGINATED, problem))?,
    };
    let path = facts.tokens.and_then(|tokens| text(tokens, "moreResults"));
    let more_results = path.map(|path| more_results(operation, structs, path)).transpose();
    Ok(Pages {
        method: names::pages(&operation.name),
        tokens,
        more_results: more_results.map_err(in_page_tokens)?,
        items: None,
        size: None,
    })
}

fn one_token(
    facts: &PaginatedTrait<'_>,
    operation: &Interface<'_>,
    structs: &Structs<'_>,
) -> Result<PageTokens, String> {
    let (input, output) = (facts.need("inputToken")?, facts.need("outputToken")?);
    token(operation, structs, input, output).map(PageTokens::One)
}

/// Lowers the list `tokens` of [`PAGE_TOKENS`].
fn several_tokens(
    pairs: &[Value],
    operation: &Interface<'_>,
    structs: &Structs<'_>,
) -> Result<PageTokens, String> {
    if !(2..=MAX_TOKENS).contains(&pairs.len()) {
        return Err(format!("it has {} tokens instead of 2 to {MAX_TOKENS}", pairs.len()));
    }
    let mut tokens: Vec<PageToken> = Vec::new();
    for pair in pairs {
        let end = |key| text(pair, key).unwrap_or_default();
        let token = token(operation, structs, end("input"), end("output"))?;
        if tokens.iter().any(|other| other.field == token.field) {
            return Err(format!("the inputToken `{}` occurs twice", end("input")));
        }
        tokens.push(token);
    }
    Ok(PageTokens::Several(tokens))
}

fn more_results(
    operation: &Interface<'_>,
    structs: &Structs<'_>,
    path: &str,
) -> Result<Vec<PathStep>, String> {
    match output(operation, structs, "moreResults", path)? {
        (steps, Type::Bool) => Ok(steps),
        _ => Err(format!("moreResults `{path}` is not a boolean")),
    }
}

fn token(
    operation: &Interface<'_>,
    structs: &Structs<'_>,
    from: &str,
    to: &str,
) -> Result<PageToken, String> {
    let token = input(operation, "inputToken", from)?;
    if token.presence != Presence::Optional {
        let name = &token.member;
        return Err(format!("the inputToken `{name}` must be an optional member"));
    }
    let (next, ty) = output(operation, structs, "outputToken", to)?;
    if matches!(ty, Type::Bool | Type::F32 | Type::F64) {
        return Err("its token is a boolean or a floating-point number, which cannot identify a \
            page"
            .to_owned());
    }
    if matches!(ty, Type::Union(_) | Type::Document) {
        return Err("its token is a union or a document, which cannot identify a page".to_owned());
    }
    if token.ty != *ty {
        return Err("the outputToken and the inputToken have different types".to_owned());
    }
    Ok(PageToken { field: token.name.clone(), ty: ty.clone(), next })
}

/// A member of the request.
fn input<'o>(operation: &'o Interface<'_>, role: &str, name: &str) -> Result<&'o Field, String> {
    let field = operation.request.fields.iter().find(|field| field.member == name);
    field.ok_or_else(|| format!("the {role} `{name}` is not a member of its input"))
}

/// Returns the path to a member of the response, and its type.
fn output<'o>(
    operation: &'o Interface<'_>,
    structs: &Structs<'o>,
    role: &str,
    path: &str,
) -> Result<(Vec<PathStep>, &'o Type), String> {
    if path.split('.').count() > MAX_PARTS {
        return Err(format!("the {role} is a path of more than {MAX_PARTS} members"));
    }
    let response = operation.response.as_ref();
    let mut shape = Some(response.ok_or_else(|| {
        format!(
            "the operation has no output for its \
        {role}"
        )
    })?);
    let mut steps = Vec::new();
    let mut last = None;
    for name in path.split('.') {
        let field = shape.and_then(|shape: &Struct| shape.fields.iter().find(|f| f.member == name));
        let field = field.ok_or_else(|| match path.contains('.') {
            true => format!("the {role} `{path}` does not exist in its output, from `{name}` on"),
            false => format!("the {role} `{path}` is not a member of its output"),
        })?;
        steps.push(PathStep::to(field));
        shape = match field.ty.unboxed() {
            Type::Struct(name) => structs.get(name.as_str()),
            _ => None,
        };
        last = Some(&field.ty);
    }
    let ty = last.ok_or_else(|| format!("the {role} is empty"))?;
    Ok((steps, ty))
}

fn items<'o>(
    operation: &'o Interface<'_>,
    structs: &Structs<'o>,
    path: &str,
) -> Result<Items, String> {
    let (steps, ty) = output(operation, structs, "items", path)?;
    match ty {
        Type::List { .. } | Type::Map { .. } => Ok(Items { path: steps, ty: ty.clone() }),
        _ => Err(format!("the items `{path}` are neither a list nor a map")),
    }
}

fn size<'o>(operation: &'o Interface<'_>, name: &str) -> Result<&'o Field, String> {
    let field = input(operation, "pageSize", name)?;
    match field.ty {
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => Ok(field),
        _ => Err(format!("the pageSize `{name}` is not an integer")),
    }
}
