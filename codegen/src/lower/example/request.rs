//! Chooses the example of an operation: the model's first one that fits the request, or a made-up
//! one.

use serde_json::Value as Json;

use super::maker::ExampleMaker;
use crate::{
    ir::{
        TypeDefinitions,
        value::{StructureValue, ValueModule},
    },
    lower::{
        operation::Interface,
        values::{Missing, Values},
    },
    smithy::Model,
};

/// Makes the examples of a service.
pub(in crate::lower) struct Examples<'m> {
    model: &'m Model,
    maker: ExampleMaker<'m>,
    values: Values<'m>,
}

impl<'m> Examples<'m> {
    /// Examples with these types; `sdk_id` and `signing_name` are those of the service.
    pub(in crate::lower) fn of(
        model: &'m Model,
        types: &'m TypeDefinitions,
        sdk_id: &'m str,
        signing_name: &'m str,
    ) -> Self {
        let maker = ExampleMaker::of(model, types, sdk_id, signing_name);
        Self { model, maker, values: Values::of(types, Missing::Refused) }
    }

    /// Returns an example request of the operation, or `None` if none can be made. `unusable` is
    /// called with the reason if the model has examples but none of them fits.
    pub(in crate::lower) fn request(
        &self,
        operation: &Interface<'_>,
        unusable: impl FnOnce(String),
    ) -> Option<StructureValue> {
        let of_model = self.model_example(operation).unwrap_or_else(|reason| {
            unusable(reason);
            None
        });
        of_model.or_else(|| {
            let input = operation.facts.input.as_ref().and_then(|input| self.model.shape(input));
            let documentation = operation.shape.traits.text("smithy.api#documentation");
            self.maker.request(&operation.request, input, documentation)
        })
    }

    /// Returns the first example of the model that fits the request, if the model has any. Other
    /// examples are skipped instead of rejected, because they do not affect what is sent.
    ///
    /// # Errors
    /// Fails if none of them fits.
    fn model_example(&self, operation: &Interface<'_>) -> Result<Option<StructureValue>, String> {
        let examples = operation.shape.traits.get("smithy.api#examples").and_then(Json::as_array);
        let inputs = examples.into_iter().flatten().filter_map(|example| example.get("input"));
        let mut first = None;
        for input in inputs {
            match self.values.structure(ValueModule::Operation, &operation.request, input) {
                Ok(value) => return Ok(Some(value)),
                Err(mismatch) => drop(first.get_or_insert(mismatch)),
            }
        }
        match first {
            None => Ok(None),
            Some(mismatch) => Err(format!(
                "none of its examples fits its input, so one is made up; in the first one, \
                    {mismatch}"
            )),
        }
    }
}
