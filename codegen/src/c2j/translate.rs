//! Runs the steps of the translation.

use super::{
    files::{C2jFile, Pieces},
    model::C2jModel,
    protocol, service,
    unusable::unusable,
};
use crate::{
    error::{Problem, Problems},
    json::{Keys, Node},
    smithy::{Fragment, Note, Shape, ShapeId},
};

/// Translates a service and the files next to it.
///
/// If no client can be generated for the protocol, that is the only problem that is reported.
pub(crate) fn translate(pieces: &Pieces<'_>, problems: &mut Problems) -> Fragment {
    let mut fragment = Fragment::default();
    if let Some(root) = pieces.get(C2jFile::Service)
        && let Some(translated) = problems.keep(C2jModel::read(root))
    {
        let (mut context, keys) = translated;
        let mut found = Problems::new();
        context.service(pieces, keys, &mut fragment, &mut found);
        match context.is_generated() || found.is_empty() {
            true => problems.extend(found),
            false => problems.push(protocol::unsupported_protocol(context.metadata)),
        }
    }
    fragment
}

impl<'a> C2jModel<'a> {
    fn service(
        &mut self,
        pieces: &Pieces<'_>,
        keys: Keys<'a>,
        fragment: &mut Fragment,
        problems: &mut Problems,
    ) {
        let file = |file| pieces.get(file);
        let mut shapes: Vec<(ShapeId, Shape)> = Vec::new();
        let rules = (file(C2jFile::EndpointRules), file(C2jFile::EndpointTests));
        shapes.extend(problems.keep(self.service_shape(keys, rules)));
        self.notes
            .extend(problems.keep(service::note_guessed_hosts(self.metadata, rules.0)).flatten());
        let mut operations = self.operation_shapes(problems);
        if let Some(root) = file(C2jFile::Paginators) {
            let added = self.add_paginators(root, &mut operations);
            self.note_unusable(root, added);
        }
        if let Some(root) = file(C2jFile::Waiters) {
            let added = self.add_waiters(root, &mut operations);
            self.note_unusable(root, added);
        }
        let dedicated = self.dedicated(&operations);
        shapes.extend(operations);
        shapes.extend(self.data_shapes(&dedicated, problems));
        fragment.shapes = shapes;
        fragment.notes.append(&mut self.notes);
    }

    /// Adds a note if a file cannot be read. The file is skipped, because the client works without
    /// it.
    fn note_unusable(&mut self, root: Node<'_>, read: Result<(), Problem>) {
        let unusable = read.err().map(|problem| unusable(root, problem));
        self.notes.extend(unusable.map(Note::Unusable));
    }
}
