//! Repositories of Amazon ECR: made, changed, and what there is to say of one.

use super::api::operation::{
    CreateRepositoryRequest, CreateRepositoryResponse, PutImageScanningConfigurationRequest,
    PutImageScanningConfigurationResponse, PutImageTagMutabilityRequest,
    PutImageTagMutabilityResponse,
};
use super::api::types::{
    EncryptionConfiguration, ImageScanningConfiguration, ImageTagMutability,
    ImageTagMutabilityExclusionFilter, ImageTagMutabilityExclusionFilterType, Repository,
};
use super::labels;
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::mutability::Mutability;
use crate::registry::store::refusal::Refusal;
use crate::registry::store::repository::{self, Encryption};

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(create);
    counter.on(set_mutability);
    counter.on(set_scanning);
}

fn create(
    store: &mut Store,
    request: CreateRepositoryRequest,
) -> Result<CreateRepositoryResponse, Refusal> {
    if store.check_account(request.registry_id.as_deref()).is_err() {
        return Err(Refusal::parameter("registryId is not the one of this account"));
    }
    let mut repository = repository::Repository::new(store.clock.now());
    repository.mutability = mutability(
        request.image_tag_mutability.unwrap_or(ImageTagMutability::Mutable),
        request.image_tag_mutability_exclusion_filters,
    )?;
    repository.scan_on_push =
        request.image_scanning_configuration.and_then(|it| it.scan_on_push).unwrap_or_default();
    if let Some(asked) = request.encryption_configuration {
        repository.encryption = encryption(asked)?;
    }
    repository.labels.add(labels::read(request.tags.unwrap_or_default()))?;
    let described = described(store, &request.repository_name, &repository);
    store.create(&request.repository_name, repository)?;
    Ok(CreateRepositoryResponse::new().repository(described))
}

fn mutability(
    value: ImageTagMutability,
    filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
) -> Result<Mutability, Refusal> {
    let filters = filters.unwrap_or_default();
    let known = ImageTagMutabilityExclusionFilterType::Wildcard;
    if let Some(filter) = filters.iter().find(|filter| filter.filter_type != known) {
        return Err(Refusal::parameter(format!(
            "filterType cannot be {:?}",
            filter.filter_type.as_str()
        )));
    }
    Mutability::read(value.as_str(), filters.into_iter().map(|filter| filter.filter).collect())
}

fn encryption(asked: EncryptionConfiguration) -> Result<Encryption, Refusal> {
    let kind = asked.encryption_type.as_str();
    match (kind, asked.kms_key) {
        ("AES256", Some(_)) => {
            Err(Refusal::parameter("kmsKey is for encryption with KMS, not for AES256"))
        }
        ("AES256" | "KMS" | "KMS_DSSE", key) => Ok(Encryption { kind: kind.to_owned(), key }),
        _ => Err(Refusal::parameter(format!("encryptionType cannot be {kind:?}"))),
    }
}

pub(super) fn described(
    store: &Store,
    name: &str,
    repository: &repository::Repository,
) -> Repository {
    let scanning = ImageScanningConfiguration::new().scan_on_push(repository.scan_on_push);
    let Encryption { kind, key } = repository.encryption.clone();
    let mut encryption = EncryptionConfiguration::new(kind);
    encryption.kms_key = key;
    Repository::new()
        .repository_arn(store.arn(name))
        .registry_id(&store.account)
        .repository_name(name)
        .repository_uri(store.uri(name))
        .created_at(repository.created)
        .image_tag_mutability(repository.mutability.as_str())
        .image_tag_mutability_exclusion_filters(filters(&repository.mutability))
        .image_scanning_configuration(scanning)
        .encryption_configuration(encryption)
}

fn filters(mutability: &Mutability) -> Vec<ImageTagMutabilityExclusionFilter> {
    let kind = ImageTagMutabilityExclusionFilterType::Wildcard;
    let filter = |text| ImageTagMutabilityExclusionFilter::new(kind.clone(), text);
    mutability.filters().iter().map(filter).collect()
}

fn set_mutability(
    store: &mut Store,
    request: PutImageTagMutabilityRequest,
) -> Result<PutImageTagMutabilityResponse, Refusal> {
    let mutability =
        mutability(request.image_tag_mutability, request.image_tag_mutability_exclusion_filters)?;
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    repository.mutability = mutability.clone();
    Ok(PutImageTagMutabilityResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .image_tag_mutability(mutability.as_str())
        .image_tag_mutability_exclusion_filters(filters(&mutability)))
}

fn set_scanning(
    store: &mut Store,
    request: PutImageScanningConfigurationRequest,
) -> Result<PutImageScanningConfigurationResponse, Refusal> {
    let asked = request.image_scanning_configuration.scan_on_push.unwrap_or_default();
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    repository.scan_on_push = asked;
    Ok(PutImageScanningConfigurationResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .image_scanning_configuration(ImageScanningConfiguration::new().scan_on_push(asked)))
}
