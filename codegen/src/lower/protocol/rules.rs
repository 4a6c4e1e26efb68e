//! Defines what the lowering needs to know about a protocol.

use crate::{
    ir,
    smithy::{Member, QUERY_ERROR, RESULT_WRAPPER, Shape, ShapeId, TARGET_PREFIX},
};

/// The facts of a protocol that the lowering needs.
#[derive(Debug)]
pub(in crate::lower) struct Rules {
    /// The protocol.
    pub(in crate::lower) protocol: ir::Protocol,
    /// The traits that affect clients of this protocol, but not those of every protocol.
    pub(super) honored: &'static [&'static str],
    /// The traits that its clients cannot support. The reason completes "the trait ...".
    pub(super) refused: &'static [(&'static str, &'static str)],
    /// The traits that affect other protocols, but not this one.
    pub(super) ignored: &'static [&'static str],
    /// The trait that states the name of a member in a document.
    pub(super) member_name: &'static str,
    /// Whether the code of an error can differ from the name of the exception.
    pub(super) query_error_codes: bool,
    /// The default format of timestamps in documents.
    pub(in crate::lower) timestamps: ir::TimestampFormat,
}

impl Rules {
    /// Returns true if the trait affects this protocol but not every protocol.
    pub(in crate::lower) fn honors(&self, id: &str) -> bool {
        self.honored.contains(&id)
    }

    /// Returns true if members can have locations outside the document in the body.
    pub(in crate::lower) fn binds_http(&self) -> bool {
        self.honors("smithy.api#http")
    }

    /// Returns true if the model can specify the names of XML elements and form fields.
    pub(in crate::lower) fn describes_elements(&self) -> bool {
        self.honors("smithy.api#xmlName")
    }

    /// Returns the part of `X-Amz-Target` before the operation, if the protocol sends the header.
    pub(in crate::lower) fn target_prefix<'a>(
        &self,
        id: &'a ShapeId,
        service: &'a Shape,
    ) -> Option<&'a str> {
        self.honors(TARGET_PREFIX).then(|| service.traits.text(TARGET_PREFIX).unwrap_or(id.name()))
    }

    /// Returns the reason if the trait is an error in this protocol but not in every protocol.
    pub(in crate::lower) fn refuses(&self, id: &str) -> Option<&'static str> {
        let (_, reason) = self.refused.iter().find(|(refused, _)| *refused == id)?;
        Some(reason)
    }

    /// Returns true if the trait affects other protocols, but not this one.
    pub(in crate::lower) fn ignores(&self, id: &str) -> bool {
        self.ignored.contains(&id)
    }

    /// Returns the code of an exception in responses.
    pub(in crate::lower) fn error_code<'a>(
        &self,
        id: &'a ShapeId,
        exception: &'a Shape,
    ) -> &'a str {
        let code = query_error_code(exception).filter(|_| self.query_error_codes);
        code.unwrap_or(id.name())
    }

    /// Returns the name of the element around the result of an operation, if the protocol has one.
    pub(in crate::lower) fn result_wrapper(
        &self,
        id: &ShapeId,
        operation: &Shape,
    ) -> Option<String> {
        let own = operation.traits.text(RESULT_WRAPPER).map(str::to_owned);
        self.honors(RESULT_WRAPPER).then(|| own.unwrap_or_else(|| format!("{}Result", id.name())))
    }

    /// Returns the name of a member in documents.
    pub(in crate::lower) fn wire_name<'a>(&self, name: &'a str, member: &'a Member) -> &'a str {
        member.traits.text(self.member_name).unwrap_or(name)
    }
}

/// Returns the code of an exception in the query protocol, if the model states it.
pub(in crate::lower) fn query_error_code(exception: &Shape) -> Option<&str> {
    exception.traits.get(QUERY_ERROR)?.get("code")?.as_str()
}
