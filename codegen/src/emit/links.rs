//! Names of the model in documentation become links: the paths of what they name, from the file that
//! the text stands in.

use std::collections::HashMap;

use crate::{
    docs,
    ir::{Docs, Service, Struct},
    names::Ident,
};

/// Links every name of the service that its documentation has as code. A name that would link to the
/// item it stands at stays as it is, and so does every code span that names nothing.
pub(crate) fn link(service: &mut Service) {
    let names = Names::of(service);
    let near = |owner: &str, file| Near { names: &names, owner: owner.to_owned(), file };
    near("", File::Service).link(&mut service.docs);
    for operation in &mut service.operations {
        near(&operation.name, File::Client).link(&mut operation.docs);
        for variant in &mut operation.error.variants {
            let near = near(&variant.code, File::Client);
            variant.summary = near.linked(&variant.summary);
        }
        let structs = std::iter::once(&mut operation.request).chain(&mut operation.response);
        structs.for_each(|shape| near(&shape.wire, File::Operation).link_struct(shape));
    }
    for shape in &mut service.types.structs {
        near(&shape.wire, File::Types).link_struct(shape);
    }
    for exception in &mut service.types.exceptions {
        near(&exception.shape.wire, File::Exception).link_struct(&mut exception.shape);
    }
    for shape in &mut service.types.unions {
        let near = near(&shape.wire, File::Types);
        near.link(&mut shape.docs);
        shape.variants.iter_mut().for_each(|variant| near.link(&mut variant.docs));
    }
    for shape in &mut service.types.enums {
        let near = near(&shape.wire, File::Types);
        near.link(&mut shape.docs);
        shape.variants.iter_mut().for_each(|variant| near.link(&mut variant.docs));
    }
    for shape in &mut service.types.int_enums {
        let near = near(&shape.wire, File::Types);
        near.link(&mut shape.docs);
        shape.variants.iter_mut().for_each(|variant| near.link(&mut variant.docs));
    }
}

/// The kinds of files that have documentation of the model's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum File {
    /// `ecr/mod.rs`
    Service,
    /// `ecr/client.rs`
    Client,
    /// `ecr/operation/put_image.rs`
    Operation,
    /// `ecr/types/image.rs`
    Types,
    /// `ecr/exception/kms_exception.rs`
    Exception,
}

impl File {
    /// The path to the service's module.
    fn to_service(self) -> &'static str {
        match self {
            Self::Service => "",
            Self::Client => "super::",
            Self::Operation | Self::Types | Self::Exception => "super::super::",
        }
    }
}

/// What a name of the model stands for.
enum Named {
    Method(Ident),
    Item(&'static str, Ident),
}

/// What can be linked to, by the model's name. Of several of one name, an operation goes first.
struct Names(HashMap<String, Named>);

impl Names {
    fn of(service: &Service) -> Self {
        let mut names = HashMap::new();
        let mut add = |wire: &String, named| {
            names.entry(wire.clone()).or_insert(named);
        };
        for operation in &service.operations {
            add(&operation.name, Named::Method(operation.method.clone()));
        }
        for exception in &service.types.exceptions {
            let shape = &exception.shape;
            add(&shape.wire, Named::Item("exception", shape.name.clone()));
        }
        let structs = service.types.structs.iter().map(|shape| (&shape.wire, &shape.name));
        let unions = service.types.unions.iter().map(|shape| (&shape.wire, &shape.name));
        let enums = service.types.enums.iter().map(|shape| (&shape.wire, &shape.name));
        let int_enums = service.types.int_enums.iter().map(|shape| (&shape.wire, &shape.name));
        for (wire, name) in structs.chain(unions).chain(enums).chain(int_enums) {
            add(wire, Named::Item("types", name.clone()));
        }
        for operation in &service.operations {
            for Struct { wire, name, .. } in
                std::iter::once(&operation.request).chain(&operation.response)
            {
                add(wire, Named::Item("operation", name.clone()));
            }
        }
        Self(names)
    }
}

/// The place of a text: the item it belongs to, and that item's file.
struct Near<'n> {
    names: &'n Names,
    owner: String,
    file: File,
}

impl Near<'_> {
    fn link_struct(&self, shape: &mut Struct) {
        self.link(&mut shape.docs);
        shape.fields.iter_mut().for_each(|field| self.link(&mut field.docs));
    }

    fn link(&self, docs: &mut Docs) {
        for paragraph in &mut docs.paragraphs {
            *paragraph = self.linked(paragraph);
        }
    }

    fn linked(&self, text: &str) -> String {
        docs::linked(text, |name| self.path(name))
    }

    fn path(&self, name: &str) -> Option<String> {
        let named = self.names.0.get(name).filter(|_| name != self.owner)?;
        let service = self.file.to_service();
        Some(match (named, self.file) {
            (Named::Method(method), File::Client) => format!("Self::{}", method.as_str()),
            (Named::Method(method), _) => format!("{service}Client::{}", method.as_str()),
            (Named::Item("types", item), File::Types)
            | (Named::Item("exception", item), File::Exception) => {
                format!("super::{}", item.as_str())
            }
            (Named::Item(module, item), _) => format!("{service}{module}::{}", item.as_str()),
        })
    }
}
