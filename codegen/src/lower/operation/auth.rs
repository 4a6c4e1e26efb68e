//! Determines which operations are signed, from the authentication schemes of the model.
//!
//! The effective schemes of an operation are those it lists, or else those its service lists, or
//! else all that the service has (Smithy specification, "auth trait").

use serde_json::Value;

use crate::{
    lower::context::Context,
    smithy::{Model, OperationShape, Shape, ShapeId},
};

/// The only scheme of generated clients.
const SIGV4: &str = "aws.auth#sigv4";

/// The scheme that means "no authentication".
const NO_AUTH: &str = "smithy.api#noAuth";

/// Makes authentication optional.
const OPTIONAL: &str = "smithy.api#optionalAuth";

/// The part of a problem that explains unsupported schemes.
const NOT_SUPPORTED: &str = "which generated clients do not support; they sign with aws.auth#sigv4";

/// Schemes whose definitions may be missing from the model.
const SCHEMES: [&str; 7] = [
    "aws.auth#cognitoUserPools",
    "aws.auth#sigv4",
    "aws.auth#sigv4a",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
];

/// How an operation authenticates.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Auth {
    /// With a signature.
    Signed,
    /// Without authentication.
    Anonymous,
    /// With these unsupported schemes.
    Unsupported(String),
}

impl Auth {
    /// Returns the first supported scheme; an empty list means no authentication.
    fn of<'s>(schemes: impl IntoIterator<Item = &'s str>) -> Self {
        let mut unsupported = Vec::new();
        for scheme in schemes {
            match scheme {
                SIGV4 => return Self::Signed,
                NO_AUTH => return Self::Anonymous,
                other => unsupported.push(other),
            }
        }
        if unsupported.is_empty() {
            Self::Anonymous
        } else {
            Self::Unsupported(unsupported.join(", "))
        }
    }

    /// Returns the schemes that a shape lists, if it lists any.
    fn listed(shape: &Shape) -> Option<Self> {
        let list = shape.traits.get("smithy.api#auth")?.as_array()?;
        Some(Self::of(list.iter().filter_map(Value::as_str)))
    }
}

/// The authentication of operations that state none.
pub(in crate::lower) struct ServiceAuth(Auth);

impl ServiceAuth {
    pub(in crate::lower) fn of(
        context: &mut Context<'_>,
        (id, service): (&ShapeId, &Shape),
        operations: &[(&ShapeId, &OperationShape)],
    ) -> Self {
        let auth = Self::read(context, id, service);
        let model = context.model;
        let inherits = |shape: &Shape| !shape.traits.has(OPTIONAL) && Auth::listed(shape).is_none();
        let mut shapes = operations.iter().filter_map(|(id, _)| model.shape(id));
        if let Auth::Unsupported(schemes) = &auth
            && shapes.any(inherits)
        {
            let what = format!("the service authenticates with {schemes}, {NOT_SUPPORTED}");
            context.refuse(service, id, what);
            return Self(Auth::Signed);
        }
        Self(auth)
    }

    fn read(context: &mut Context<'_>, id: &ShapeId, service: &Shape) -> Auth {
        if let Some(auth) = Auth::listed(service) {
            return auth;
        }
        let model = context.model;
        let schemes = service.traits.0.keys().map(String::as_str);
        let schemes: Vec<_> = schemes.filter(|id| is_scheme(model, id)).collect();
        if schemes.is_empty() {
            let what = format!(
                "the service has no authentication trait, so its operations are not signed; to \
                    sign them, apply {SIGV4} to it in an overlay"
            );
            context.warn(service, id, what);
        }
        Auth::of(schemes)
    }

    /// Returns true if an operation is signed.
    pub(in crate::lower) fn signs(
        &self,
        context: &mut Context<'_>,
        id: &ShapeId,
        shape: &Shape,
    ) -> bool {
        if shape.traits.has(OPTIONAL) {
            return false;
        }
        match Auth::listed(shape).as_ref().unwrap_or(&self.0) {
            Auth::Signed => true,
            Auth::Anonymous => false,
            Auth::Unsupported(schemes) => {
                let what = format!(
                    "the operation authenticates with {schemes}, {NOT_SUPPORTED}; list only the \
                        other operations with --operations"
                );
                context.refuse(shape, id, what);
                true
            }
        }
    }
}

fn is_scheme(model: &Model, id: &str) -> bool {
    let definition = || model.shape(&id.parse().ok()?);
    SCHEMES.contains(&id)
        || definition().is_some_and(|shape| shape.traits.has("smithy.api#authDefinition"))
}
