//! Creating repositories and changing their settings.

use super::api::operation::{
    CreateRepositoryRequest, CreateRepositoryResponse, PutImageScanningConfigurationRequest,
    PutImageScanningConfigurationResponse, PutImageTagMutabilityRequest,
    PutImageTagMutabilityResponse,
};
use super::api::types::{
    EncryptionConfiguration, ImageScanningConfiguration, ImageTagMutability,
    ImageTagMutabilityExclusionFilter, ImageTagMutabilityExclusionFilterType, Repository,
};
use super::resource_tags;
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;
use crate::registry::store::mutability::Mutability;
use crate::registry::store::repository::{self, Encryption};

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(create);
    handlers.add(set_mutability);
    handlers.add(set_scanning);
}

fn create(
    store: &mut Store,
    request: CreateRepositoryRequest,
) -> Result<CreateRepositoryResponse, ApiError> {
    if store.check_account(request.registry_id.as_deref()).is_err() {
        return Err(ApiError::invalid_parameter("registryId is not the account of this registry"));
    }
    let mut repository = repository::Repository::new(store.clock.now());
    repository.mutability = mutability(
        request.image_tag_mutability.unwrap_or(ImageTagMutability::Mutable),
        request.image_tag_mutability_exclusion_filters,
    )?;
    repository.scan_on_push =
        request.image_scanning_configuration.and_then(|it| it.scan_on_push).unwrap_or_default();
    if let Some(requested) = request.encryption_configuration {
        repository.encryption = encryption(requested)?;
    }
    repository.resource_tags.add(resource_tags::from_api(request.tags.unwrap_or_default()))?;
    let to_api = to_api(store, &request.repository_name, &repository);
    store.create(&request.repository_name, repository)?;
    Ok(CreateRepositoryResponse::new().repository(to_api))
}

fn mutability(
    value: ImageTagMutability,
    filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
) -> Result<Mutability, ApiError> {
    let filters = filters.unwrap_or_default();
    let known = ImageTagMutabilityExclusionFilterType::Wildcard;
    if let Some(filter) = filters.iter().find(|filter| filter.filter_type != known) {
        return Err(ApiError::invalid_parameter(format!(
            "filterType {:?} is not supported",
            filter.filter_type.as_str()
        )));
    }
    Mutability::parse(value.as_str(), filters.into_iter().map(|filter| filter.filter).collect())
}

fn encryption(requested: EncryptionConfiguration) -> Result<Encryption, ApiError> {
    let algorithm = requested.encryption_type.as_str();
    match (algorithm, requested.kms_key) {
        ("AES256", Some(_)) => {
            Err(ApiError::invalid_parameter("kmsKey requires the encryptionType KMS or KMS_DSSE"))
        }
        ("AES256" | "KMS" | "KMS_DSSE", kms_key) => {
            Ok(Encryption { algorithm: algorithm.to_owned(), kms_key })
        }
        _ => Err(ApiError::invalid_parameter(format!(
            "encryptionType {algorithm:?} is not supported"
        ))),
    }
}

pub(super) fn to_api(store: &Store, name: &str, repository: &repository::Repository) -> Repository {
    let scanning = ImageScanningConfiguration::new().scan_on_push(repository.scan_on_push);
    let Encryption { algorithm, kms_key } = repository.encryption.clone();
    let mut encryption = EncryptionConfiguration::new(algorithm);
    encryption.kms_key = kms_key;
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
) -> Result<PutImageTagMutabilityResponse, ApiError> {
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
) -> Result<PutImageScanningConfigurationResponse, ApiError> {
    let scan_on_push = request.image_scanning_configuration.scan_on_push.unwrap_or_default();
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    repository.scan_on_push = scan_on_push;
    Ok(PutImageScanningConfigurationResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .image_scanning_configuration(ImageScanningConfiguration::new().scan_on_push(scan_on_push)))
}
