//! Lowers expressions: literals, references and attributes.

use serde_json::Value;

use super::{
    call::guarded,
    json::{Fault, JsonPath, Object},
    rule_set::RuleSet,
    site::{Guards, Site},
    value::{BaseType, Typed},
    variables::VariableScope,
};
use crate::ir::endpoint::{Expr, RuleStep};

impl RuleSet {
    /// Lowers an expression; steps that store values it needs are added to the site.
    pub(super) fn expression(
        &mut self,
        value: &Value,
        location: &JsonPath,
        site: &mut Site<'_>,
    ) -> Result<Typed, Fault> {
        match value {
            Value::String(text) => self.template(text, location, site.scope),
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
                    return reference(object.text("ref")?, location, site.scope);
                }
                object.only(&["fn", "argv"])?;
                self.function(&object, site)
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
        site: &mut Site<'_>,
    ) -> Result<Expr, Fault> {
        self.expression(value, location, site)?.expect(BaseType::Text, location)
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

    /// Lowers `getAttr`.
    pub(super) fn attribute(
        &mut self,
        arguments: &[Value],
        location: &JsonPath,
        site: &mut Site<'_>,
    ) -> Result<Typed, Fault> {
        let [target, path] = arguments else {
            return Err(location.fault("expected two arguments"));
        };
        let at = location.index(1);
        let path = path.as_str().ok_or_else(|| at.fault("expected a path, a literal string"))?;
        let from = location.index(0);
        let target = self.expression(target, &from, site)?;
        let (base, mut guards) = (target.ty.base, Guards::new());
        let target = self.needed(target, base, &from, site, &mut guards)?;
        let value = follow(Typed::new(target, base.set()), path, &from, &at)?;
        Ok(guarded(value, guards))
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
