//! Generated crates without source, for tests of manifests.

use crate::{Generated, Summary};

fn summary(feature: &str) -> Summary {
    Summary {
        title: "A \"quoted\" name".to_owned(),
        module: feature.replace('-', "_"),
        feature: feature.to_owned(),
        operations: 1,
    }
}

/// A crate with a service for each feature, which needs these features of the runtime.
pub(super) fn tree(features: &[&str], runtime_features: &[&'static str]) -> Generated {
    Generated {
        files: Default::default(),
        services: features.iter().map(|feature| summary(feature)).collect(),
        package: format!("{}-client", features[0]),
        runtime_features: runtime_features.to_vec(),
        warnings: Vec::new(),
        coverage: Default::default(),
    }
}
