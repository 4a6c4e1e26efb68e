//! Lowers function calls, which are conditions or arguments of other functions.

use serde_json::Value;

use super::{
    expression::not,
    function::KnownFunction,
    json::{Fault, JsonPath, Object, array},
    required::is_test,
    rule_set::RuleSet,
    site::{Guards, Site, Unset},
    value::{BaseType, RuleType, Typed},
};
use crate::ir::endpoint::{Expr, IfSet, IfSetResult, LibraryFunction, RuleStep};

impl RuleSet {
    /// Lowers a function.
    pub(super) fn function(
        &mut self,
        object: &Object<'_>,
        site: &mut Site<'_>,
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
            return self.attribute(arguments, &location, site);
        }
        let decided = known.decided_by(arguments).is_some();
        let mut values = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            let unset = unset_in(known, argument, decided, site.unset);
            let value = self.expression(argument, &location.index(index), &mut site.with(unset))?;
            values.push(value);
        }
        let mut guards = Guards::new();
        let value = self.apply(known, values, &location, site, &mut guards)?;
        Ok(guarded(value, guards))
    }

    fn apply(
        &mut self,
        known: KnownFunction,
        values: Vec<Typed>,
        location: &JsonPath,
        site: &mut Site<'_>,
        guards: &mut Guards,
    ) -> Result<Typed, Fault> {
        match known {
            KnownFunction::IsSet => Ok(Typed::new(is_set(values, location)?, BaseType::Flag.set())),
            KnownFunction::Not => {
                let [value] = exactly(values, location)?;
                let value = self.needed(value, BaseType::Flag, &location.index(0), site, guards)?;
                Ok(Typed::new(not(value), BaseType::Flag.set()))
            }
            KnownFunction::BooleanEquals => {
                self.equal(values, BaseType::Flag, location, site, guards)
            }
            KnownFunction::StringEquals => {
                self.equal(values, BaseType::Text, location, site, guards)
            }
            KnownFunction::Coalesce => self.coalesce(values, location, site.steps),
            KnownFunction::Ite => self.choice(values, location, site, guards),
            KnownFunction::Call(function) => self.call(function, values, location, site, guards),
            // `getAttr` is handled before arguments are lowered to values.
            KnownFunction::GetAttr => Err(location.fault("expected a path")),
        }
    }

    fn call(
        &mut self,
        function: LibraryFunction,
        values: Vec<Typed>,
        location: &JsonPath,
        site: &mut Site<'_>,
        guards: &mut Guards,
    ) -> Result<Typed, Fault> {
        let types = KnownFunction::arguments(function);
        let mut arguments = Vec::new();
        for (index, (value, base)) in values.into_iter().zip(types).enumerate() {
            arguments.push(self.needed(value, *base, &location.index(index), site, guards)?);
        }
        let owned = matches!(function, LibraryFunction::UriEncode | LibraryFunction::Split);
        if owned && !guards.is_empty() {
            return Err(location.fault(UNSET));
        }
        if function == LibraryFunction::Split
            && arguments.get(1) == Some(&Expr::Text(String::new()))
        {
            return Err(location.index(1).fault("the delimiter is empty"));
        }
        // The parts borrow from the text, and the result of a guarded call borrows from its
        // arguments.
        let kept = match (function, guards.is_empty()) {
            (LibraryFunction::Split, _) => 1,
            (_, false) => arguments.len(),
            (_, true) => 0,
        };
        for argument in arguments.iter_mut().take(kept) {
            let text = std::mem::replace(argument, Expr::Flag(false));
            *argument = self.kept(text, site.steps);
        }
        Ok(Typed::new(Expr::Call(function, arguments), KnownFunction::result(function)))
    }

    /// Checks the type of a value that a function needs, and handles an optional value as the site
    /// requires.
    pub(super) fn needed(
        &mut self,
        value: Typed,
        base: BaseType,
        location: &JsonPath,
        site: &mut Site<'_>,
        guards: &mut Guards,
    ) -> Result<Expr, Fault> {
        let Typed { expr, ty } = value;
        if ty.base != base {
            return Err(location.fault(format!("expected {base}, found {}", ty.base)));
        }
        match site.unset {
            _ if !ty.optional => Ok(expr),
            Unset::SkipsRule => {
                let variable = self.variables.unnamed();
                site.steps.push(RuleStep::Bind(variable.clone(), expr));
                Ok(Expr::Variable(variable))
            }
            Unset::HasNoValue if base.is_copied() => {
                let variable = self.variables.unnamed();
                guards.push((variable.clone(), expr));
                Ok(Expr::Variable(variable))
            }
            Unset::HasNoValue | Unset::Refused => Err(location.fault(UNSET)),
        }
    }

    fn equal(
        &mut self,
        values: Vec<Typed>,
        base: BaseType,
        location: &JsonPath,
        site: &mut Site<'_>,
        guards: &mut Guards,
    ) -> Result<Typed, Fault> {
        let [first, second] = exactly(values, location)?;
        let expr = match (first, second) {
            // A comparison with an optional value is false if that value is unset.
            (unset, set) | (set, unset)
                if site.unset == Unset::HasNoValue
                    && unset.ty == base.maybe()
                    && set.ty == base.set() =>
            {
                match self.kept(set.expr, site.steps) {
                    Expr::Flag(true) => Expr::IsTrue(unset.expr.into()),
                    set => Expr::Equal(unset.expr.into(), Expr::Some(set.into()).into()),
                }
            }
            (first, second) => {
                let first = self.needed(first, base, &location.index(0), site, guards)?;
                let second = self.needed(second, base, &location.index(1), site, guards)?;
                equality(first, second)
            }
        };
        Ok(Typed::new(expr, BaseType::Flag.set()))
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
        site: &mut Site<'_>,
        guards: &mut Guards,
    ) -> Result<Typed, Fault> {
        let [condition, yes, no] = exactly(values, location)?;
        let condition = self.needed(condition, BaseType::Flag, &location.index(0), site, guards)?;
        let both = [yes, no];
        let base = same_base(&both, location)?;
        let optional = both.iter().any(|value| value.ty.optional);
        let [yes, no] = both.map(|value| {
            let expr = self.kept(value.expr, site.steps);
            if optional && !value.ty.optional { Expr::Some(expr.into()) } else { expr }
        });
        let expr = Expr::Choice(condition.into(), yes.into(), no.into());
        Ok(Typed::new(expr, RuleType { base, optional }))
    }
}

const UNSET: &str = "the value may be unset here; check it with `isSet` or assign it first";

/// Returns the meaning of an unset value within an argument of a function.
fn unset_in(known: KnownFunction, argument: &Value, decided: bool, outside: Unset) -> Unset {
    match outside {
        Unset::SkipsRule if decided => outside,
        Unset::SkipsRule if known.needs_arguments() && !is_test(argument) => outside,
        Unset::SkipsRule => Unset::HasNoValue,
        other => other,
    }
}

/// Makes a value unset, or false, if one of the values it needs is unset.
pub(super) fn guarded(value: Typed, guards: Guards) -> Typed {
    guards.into_iter().rev().fold(value, |then, (variable, value)| {
        let (result, ty) = match (then.ty.base, then.ty.optional) {
            (BaseType::Flag, false) => (IfSetResult::Test, then.ty),
            (base, false) => (IfSetResult::Value, base.maybe()),
            (_, true) => (IfSetResult::Optional, then.ty),
        };
        Typed::new(Expr::IfSet(IfSet { variable, value, then: then.expr, result }.into()), ty)
    })
}

fn is_set(values: Vec<Typed>, location: &JsonPath) -> Result<Expr, Fault> {
    let [value] = exactly(values, location)?;
    Ok(if value.ty.optional { Expr::IsSet(value.expr.into()) } else { Expr::Flag(true) })
}

fn equality(first: Expr, second: Expr) -> Expr {
    match (first, second) {
        (Expr::Flag(true), other) | (other, Expr::Flag(true)) => other,
        (Expr::Flag(false), other) | (other, Expr::Flag(false)) => not(other),
        (Expr::Text(first), Expr::Text(second)) => Expr::Flag(first == second),
        // A literal is more readable on the right-hand side.
        (first @ Expr::Text(_), second) => Expr::Equal(second.into(), first.into()),
        (first, second) => Expr::Equal(first.into(), second.into()),
    }
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
