//! Lists the files of a service, each of which can be emitted separately.

use crate::emit::index::ServiceIndex;
use crate::emit::operation;
use crate::emit::service::blocking;
use crate::emit::service::client;
use crate::emit::service::endpoint;
use crate::emit::service::error;
use crate::emit::service::modules;
use crate::emit::shapes::enumeration;
use crate::emit::shapes::exception;
use crate::emit::shapes::structure;
use crate::emit::shapes::union;
use crate::emit::target::Blocking;
use crate::emit::target::Crate;
use crate::{ir, names::Ident, rust_file::RustFile};

/// A file that can be emitted separately, so that several threads can share the work.
pub(crate) enum Unit<'s> {
    /// `ecr/mod.rs`
    Service(Blocking),
    /// `ecr/client.rs`
    Client,
    /// `ecr/error.rs`
    Error,
    /// `ecr/endpoint.rs`
    Endpoint(&'s ir::endpoint::Rules),
    /// `ecr/blocking.rs`
    Blocking,
    /// `ecr/operation/mod.rs`
    Operations,
    /// `ecr/types/mod.rs`
    Types,
    /// `ecr/exception/mod.rs`
    Exceptions,
    /// `ecr/operation/put_image.rs`
    Operation(&'s ir::Operation),
    /// `ecr/types/image.rs`
    Struct(&'s ir::Struct),
    /// `ecr/types/image_source.rs`
    Union(&'s ir::Union),
    /// `ecr/types/tag_status.rs`
    Enum(&'s ir::Enum),
    /// `ecr/types/level.rs`
    IntEnum(&'s ir::IntEnum),
    /// `ecr/exception/kms_exception.rs`
    Exception(&'s ir::Exception),
}

/// Every file of a service.
pub(crate) fn units(service: &ir::Service, blocking: Blocking) -> Vec<Unit<'_>> {
    let mut units = vec![Unit::Service(blocking), Unit::Client, Unit::Error, Unit::Operations];
    units.extend((blocking != Blocking::Never).then_some(Unit::Blocking));
    units.extend(service.endpoint_rules.as_ref().map(Unit::Endpoint));
    units.extend((!service.types.is_empty()).then_some(Unit::Types));
    units.extend((!service.types.exceptions.is_empty()).then_some(Unit::Exceptions));
    units.extend(service.operations.iter().map(Unit::Operation));
    units.extend(service.types.structs.iter().map(Unit::Struct));
    units.extend(service.types.unions.iter().map(Unit::Union));
    units.extend(service.types.enums.iter().map(Unit::Enum));
    units.extend(service.types.int_enums.iter().map(Unit::IntEnum));
    units.extend(service.types.exceptions.iter().map(Unit::Exception));
    units
}

impl Unit<'_> {
    /// Emits the file.
    pub(crate) fn emit(&self, index: &ServiceIndex<'_>, home: Crate<'_>) -> RustFile {
        let service = index.service;
        let path = |folder: &str, module: &Ident| {
            format!("{}/{folder}/{}.rs", service.module.as_str(), module.as_str())
        };
        let fixed = |file: &str| format!("{}/{file}.rs", service.module.as_str());
        let (path, (about, items)) = match self {
            Self::Service(blocking) => {
                (fixed("mod"), modules::emit_service(index, *blocking, home))
            }
            Self::Blocking => (fixed("blocking"), blocking::emit_blocking(service)),
            Self::Client => (fixed("client"), client::emit_client(index, home)),
            Self::Error => (fixed("error"), error::emit_error(index)),
            Self::Endpoint(rules) => (fixed("endpoint"), endpoint::emit_endpoint(service, rules)),
            Self::Operations => (fixed("operation/mod"), modules::emit_operations(service)),
            Self::Types => (fixed("types/mod"), modules::emit_types(service)),
            Self::Exceptions => (fixed("exception/mod"), modules::emit_exceptions(service)),
            Self::Operation(operation) => {
                (path("operation", &operation.module), operation::emit_operation(operation, index))
            }
            Self::Struct(shape) => {
                (path("types", &shape.module), structure::emit_struct_file(shape, index))
            }
            Self::Union(shape) => (path("types", &shape.module), union::emit_union(shape, index)),
            Self::Enum(shape) => {
                (path("types", &shape.module), enumeration::emit_enum(shape, index))
            }
            Self::IntEnum(shape) => {
                (path("types", &shape.module), enumeration::emit_int_enum(shape, index))
            }
            Self::Exception(exception) => (
                path("exception", &exception.shape.module),
                exception::emit_exception(exception, index),
            ),
        };
        RustFile { path, about, items }
    }
}
