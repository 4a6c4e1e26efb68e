//! Lowers expressions: literals, references and functions.

use serde_json::Value;

use super::{
    function::KnownFunction,
    json::{Fault, JsonPath, Object, array},
    rule_set::RuleSet,
    value::{BaseType, RuleType, Typed},
    variables::VariableScope,
};
use crate::ir::endpoint::{Expr, LibraryFunction, RuleStep};

impl RuleSet {
    /// Lowers an expression; steps that store values it needs are added to `steps`.
    pub(super) fn expression(
        &mut self,
        value: &Value,
        location: &JsonPath,
        scope: &VariableScope,
        steps: &mut Vec<RuleStep>,
    ) -> Result<Typed, Fault> {
        match value {
            Value::String(text) => self.template(text, location, scope),
            Value::Bool(flag) => Ok(Typed::new(Expr::Flag(*flag), BaseType::Flag.set())),
            Value::Number(number) => {
                let number = number.as_u64().and_then(|number| u32::try_from(number).ok());
                let number =
                    number.ok_or_else(|| location.fault("expected a whole number, 0 or more"));
                Ok(Typed::new(Expr::Number(number? as usize), BaseType::Number.set()))
            }
            Value::Object(_) => {
                let object = Object::of(value, location)?;
                if object.get("ref").is_some() {
                    object.only(&["ref"])?;
                    return reference(object.text("ref")?, location, scope);
                }
                object.only(&["fn", "argv"])?;
                self.function(&object, scope, steps)
            }
            Value::Null | Value::Array(_) => {
                Err(location.fault("expected a literal, a reference or a function"))
            }
        }
    }

    /// A text that must be set.
    pub(super) fn text(
        &mut self,
        value: &Value,
        location: &JsonPath,
        scope: &VariableScope,
        steps: &mut Vec<RuleStep>,
    ) -> Result<Expr, Fault> {
        self.expression(value, location, scope, steps)?.expect(BaseType::Text, location)
    }

    /// Lowers a function, which is a condition or an argument of another function.
    pub(super) fn function(
        &mut self,
        object: &Object<'_>,
        scope: &VariableScope,
        steps: &mut Vec<RuleStep>,
    ) -> Result<Typed, Fault> {
        let name = object.text("fn")?;
        let Some(known) = KnownFunction::find(name) else {
            return Err(object.location.fault(format!("unknown function `{name}`")));
        };
        if known.is_newer() && !self.newer {
            let what = format!("the function `{name}` needs version \"1.1\" of the rules");
            return Err(object.location.fault(what));
        }
        let location = object.location.key("argv");
        let arguments = array(object.need("argv")?, &location)?;
        if !known.takes(arguments.len()) {
            let (wanted, found) = (known.arity(), arguments.len());
            let what = format!("the function `{name}` takes {wanted}, found {found}");
            return Err(location.fault(what));
        }
        if known == KnownFunction::GetAttr {
            return self.attribute(arguments, &location, scope, steps);
        }
        let mut values = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            values.push(self.expression(argument, &location.index(index), scope, steps)?);
        }
        self.apply(known, values, &location, steps)
    }

    fn apply(
        &mut self,
        known: KnownFunction,
        values: Vec<Typed>,
        location: &JsonPath,
        steps: &mut Vec<RuleStep>,
    ) -> Result<Typed, Fault> {
        match known {
            KnownFunction::IsSet => Ok(Typed::new(is_set(values, location)?, BaseType::Flag.set())),
            KnownFunction::Not => {
                let [value] = exactly(values, location)?;
                Ok(Typed::new(
                    not(value.expect(BaseType::Flag, &location.index(0))?),
                    BaseType::Flag.set(),
                ))
            }
            KnownFunction::BooleanEquals => equal(values, BaseType::Flag, location),
            KnownFunction::StringEquals => equal(values, BaseType::Text, location),
            KnownFunction::Coalesce => self.coalesce(values, location, steps),
            KnownFunction::Ite => self.choice(values, location, steps),
            KnownFunction::Call(function) => {
                let types = KnownFunction::arguments(function);
                let mut arguments = Vec::new();
                for (index, (value, base)) in values.into_iter().zip(types).enumerate() {
                    arguments.push(value.expect(*base, &location.index(index))?);
                }
                if function == LibraryFunction::Split {
                    let delimiter = &arguments[1];
                    if *delimiter == Expr::Text(String::new()) {
                        return Err(location.index(1).fault("the delimiter is empty"));
                    }
                    // The parts borrow from the text.
                    let text = std::mem::replace(&mut arguments[0], Expr::Flag(false));
                    arguments[0] = self.kept(text, steps);
                }
                Ok(Typed::new(Expr::Call(function, arguments), KnownFunction::result(function)))
            }
            // `getAttr` is handled before arguments are lowered to values.
            KnownFunction::GetAttr => Err(location.fault("expected a path")),
        }
    }

    fn coalesce(
        &mut self,
        values: Vec<Typed>,
        location: &JsonPath,
        steps: &mut Vec<RuleStep>,
    ) -> Result<Typed, Fault> {
        let base = same_base(&values, location)?;
        let mut values = values.into_iter().rev();
        let Some(mut last) = values.next() else { return Err(location.fault("expected values")) };
        last.expr = self.kept(last.expr, steps);
        for first in values {
            let expr = self.kept(first.expr, steps);
            last = match (first.ty.optional, last.ty.optional) {
                (false, _) => Typed::new(expr, base.set()),
                (true, false) => {
                    Typed::new(Expr::OrElse(expr.into(), last.expr.into()), base.set())
                }
                (true, true) => Typed::new(Expr::Or(expr.into(), last.expr.into()), base.maybe()),
            };
        }
        Ok(last)
    }

    fn choice(
        &mut self,
        values: Vec<Typed>,
        location: &JsonPath,
        steps: &mut Vec<RuleStep>,
    ) -> Result<Typed, Fault> {
        let [condition, yes, no] = exactly(values, location)?;
        let condition = condition.expect(BaseType::Flag, &location.index(0))?;
        let both = [yes, no];
        let base = same_base(&both, location)?;
        let optional = both.iter().any(|value| value.ty.optional);
        let [yes, no] = both.map(|value| {
            let expr = self.kept(value.expr, steps);
            if optional && !value.ty.optional { Expr::Some(expr.into()) } else { expr }
        });
        let expr = Expr::Choice(condition.into(), yes.into(), no.into());
        Ok(Typed::new(expr, RuleType { base, optional }))
    }

    /// Returns the expression, or a variable that stores a newly created value.
    pub(super) fn kept(&mut self, expr: Expr, steps: &mut Vec<RuleStep>) -> Expr {
        if !expr.is_owned() {
            return expr;
        }
        let variable = self.variables.unnamed();
        steps.push(RuleStep::Let(variable.clone(), expr));
        Expr::Variable(variable)
    }

    fn attribute(
        &mut self,
        arguments: &[Value],
        location: &JsonPath,
        scope: &VariableScope,
        steps: &mut Vec<RuleStep>,
    ) -> Result<Typed, Fault> {
        let [target, path] = arguments else {
            return Err(location.fault("expected two arguments"));
        };
        let at = location.index(1);
        let path = path.as_str().ok_or_else(|| at.fault("expected a path, a literal string"))?;
        let target = self.expression(target, &location.index(0), scope, steps)?;
        follow(target, path, &location.index(0), &at)
    }
}

/// Follows a path such as `resourceId[1]`.
pub(super) fn follow(
    target: Typed,
    path: &str,
    target_place: &JsonPath,
    path_place: &JsonPath,
) -> Result<Typed, Fault> {
    let mut value = target;
    for part in path.split('.') {
        let (key, index) = match part.split_once('[') {
            None => (part, None),
            Some((key, index)) => {
                let number = index.strip_suffix(']').and_then(|index| index.parse::<u32>().ok());
                let what = || path_place.fault(format!("`[{index}` is not an index such as `[0]`"));
                (key, Some(number.ok_or_else(what)?))
            }
        };
        if !key.is_empty() || index.is_none() {
            let base = value.ty.base;
            let record = value.expect(base, target_place)?;
            let Some((method, ty)) = attribute(base, key) else {
                return Err(path_place.fault(format!("{base} has no attribute `{key}`")));
            };
            value = Typed::new(Expr::Attribute(record.into(), method), ty.set());
        }
        if let Some(index) = index {
            let list = value.expect(BaseType::List, target_place)?;
            value = Typed::new(Expr::Element(list.into(), index as usize), BaseType::Text.maybe());
        }
    }
    Ok(value)
}

/// Returns the method for an attribute of a record.
fn attribute(base: BaseType, key: &str) -> Option<(&'static str, BaseType)> {
    Some(match (base, key) {
        (BaseType::Partition, "name") => ("name", BaseType::Text),
        (BaseType::Partition, "dnsSuffix") => ("dns_suffix", BaseType::Text),
        (BaseType::Partition, "dualStackDnsSuffix") => ("dual_stack_dns_suffix", BaseType::Text),
        (BaseType::Partition, "implicitGlobalRegion") => ("implicit_global_region", BaseType::Text),
        (BaseType::Partition, "supportsFIPS") => ("supports_fips", BaseType::Flag),
        (BaseType::Partition, "supportsDualStack") => ("supports_dual_stack", BaseType::Flag),
        (BaseType::Arn, "partition") => ("partition", BaseType::Text),
        (BaseType::Arn, "service") => ("service", BaseType::Text),
        (BaseType::Arn, "region") => ("region", BaseType::Text),
        (BaseType::Arn, "accountId") => ("account_id", BaseType::Text),
        (BaseType::Arn, "resourceId") => ("resource_id", BaseType::List),
        (BaseType::Url, "scheme") => ("scheme", BaseType::Text),
        (BaseType::Url, "authority") => ("authority", BaseType::Text),
        (BaseType::Url, "path") => ("path", BaseType::Text),
        (BaseType::Url, "normalizedPath") => ("normalized_path", BaseType::Text),
        (BaseType::Url, "isIp") => ("is_ip", BaseType::Flag),
        _ => return None,
    })
}

/// A parameter or a variable.
pub(super) fn reference(
    name: &str,
    location: &JsonPath,
    scope: &VariableScope,
) -> Result<Typed, Fault> {
    let what =
        || location.fault(format!("`{name}` is neither a parameter nor a variable in scope"));
    scope.find(name).ok_or_else(what)
}

/// Negates a boolean.
pub(super) fn not(expr: Expr) -> Expr {
    match expr {
        Expr::Not(inner) => *inner,
        Expr::Flag(flag) => Expr::Flag(!flag),
        other => Expr::Not(other.into()),
    }
}

fn is_set(values: Vec<Typed>, location: &JsonPath) -> Result<Expr, Fault> {
    let [value] = exactly(values, location)?;
    Ok(if value.ty.optional { Expr::IsSet(value.expr.into()) } else { Expr::Flag(true) })
}

fn equal(values: Vec<Typed>, base: BaseType, location: &JsonPath) -> Result<Typed, Fault> {
    let [first, second] = exactly(values, location)?;
    let first = first.expect(base, &location.index(0))?;
    let second = second.expect(base, &location.index(1))?;
    let expr = match (first, second) {
        (Expr::Flag(true), other) | (other, Expr::Flag(true)) => other,
        (Expr::Flag(false), other) | (other, Expr::Flag(false)) => not(other),
        (Expr::Text(first), Expr::Text(second)) => Expr::Flag(first == second),
        // A literal is more readable on the right-hand side.
        (first @ Expr::Text(_), second) => Expr::Equal(second.into(), first.into()),
        (first, second) => Expr::Equal(first.into(), second.into()),
    };
    Ok(Typed::new(expr, BaseType::Flag.set()))
}

fn exactly<const N: usize>(values: Vec<Typed>, location: &JsonPath) -> Result<[Typed; N], Fault> {
    <[Typed; N]>::try_from(values).map_err(|_| location.fault(format!("expected {N} arguments")))
}

/// Returns the common type of all values, whether they are optional or not.
fn same_base(values: &[Typed], location: &JsonPath) -> Result<BaseType, Fault> {
    let Some(first) = values.first() else { return Err(location.fault("expected values")) };
    let base = first.ty.base;
    if !matches!(base, BaseType::Text | BaseType::Flag) {
        return Err(location.fault(format!("expected strings or booleans, found {base}")));
    }
    match values.iter().position(|value| value.ty.base != base) {
        None => Ok(base),
        Some(other) => {
            let found = values[other].ty.base;
            Err(location.index(other).fault(format!("expected {base}, found {found}")))
        }
    }
}
