//! Lowers templates with values in braces: `https://{Region}.{PartitionResult#dnsSuffix}`.

use super::{
    expression::{follow, reference},
    json::{Fault, JsonPath},
    rule_set::RuleSet,
    value::{BaseType, Typed},
    variables::VariableScope,
};
use crate::ir::endpoint::{Expr, TemplatePart};

impl RuleSet {
    /// Lowers a template. `{{` and `}}` are literal braces.
    pub(super) fn template(
        &mut self,
        text: &str,
        location: &JsonPath,
        scope: &VariableScope,
    ) -> Result<Typed, Fault> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(at);
            literal.push_str(before);
            if let Some(behind) = brace.strip_prefix("{{").or_else(|| brace.strip_prefix("}}")) {
                literal.push_str(&brace[..1]);
                rest = behind;
                continue;
            }
            let inside = brace.strip_prefix('{').and_then(|inside| inside.split_once('}'));
            let Some((inside, behind)) = inside else {
                return Err(location.fault("unbalanced brace in the template"));
            };
            if !literal.is_empty() {
                parts.push(TemplatePart::Text(std::mem::take(&mut literal)));
            }
            parts.push(TemplatePart::Value(self.value(inside, location, scope)?));
            rest = behind;
        }
        literal.push_str(rest);
        if !literal.is_empty() || parts.is_empty() {
            parts.push(TemplatePart::Text(literal));
        }
        Ok(Typed::new(simplest(parts), BaseType::Text.set()))
    }

    /// Lowers the expression between two braces. Attributes get separate variables, so that
    /// templates are readable.
    fn value(
        &mut self,
        inside: &str,
        location: &JsonPath,
        scope: &VariableScope,
    ) -> Result<Expr, Fault> {
        let Some((name, path)) = inside.split_once('#') else {
            return reference(inside, location, scope)?.expect(BaseType::Text, location);
        };
        let value = follow(reference(name, location, scope)?, path, location, location)?;
        Ok(match value.expect(BaseType::Text, location)? {
            Expr::Attribute(record, method) => match *record {
                Expr::Variable(record) => Expr::Variable(self.variables.attribute(&record, method)),
                record => Expr::Attribute(record.into(), method),
            },
            other => other,
        })
    }
}

/// Returns the parts as an expression that avoids creating new text.
fn simplest(mut parts: Vec<TemplatePart>) -> Expr {
    match parts.pop() {
        Some(TemplatePart::Text(text)) if parts.is_empty() => Expr::Text(text),
        Some(TemplatePart::Value(value)) if parts.is_empty() => value,
        last => {
            parts.extend(last);
            Expr::Template(parts)
        }
    }
}
