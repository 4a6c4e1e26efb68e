//! Catalog data of repositories.

use super::api::operation::{
    GetRepositoryCatalogDataRequest, GetRepositoryCatalogDataResponse,
    PutRepositoryCatalogDataRequest, PutRepositoryCatalogDataResponse,
};
use super::api::types::{RepositoryCatalogData, RepositoryCatalogDataInput};
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::catalog::{Catalog, Logo};
use crate::registry::store::error::ApiError;
use crate::registry::store::random;

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(get);
    handlers.add(put);
}

pub(super) fn from_api(input: RepositoryCatalogDataInput) -> Result<Catalog, ApiError> {
    let logo = input
        .logo_image_blob
        .map(|image| random::token().map(|token| Logo { token, image: image.into_bytes() }));
    Ok(Catalog {
        description: input.description,
        architectures: input.architectures.unwrap_or_default(),
        operating_systems: input.operating_systems.unwrap_or_default(),
        about: input.about_text,
        usage: input.usage_text,
        logo: logo.transpose()?,
    })
}

pub(super) fn to_api(store: &Store, catalog: &Catalog) -> RepositoryCatalogData {
    let catalog = catalog.clone();
    let mut data = RepositoryCatalogData::new()
        .architectures(catalog.architectures)
        .operating_systems(catalog.operating_systems);
    data.description = catalog.description;
    data.logo_url = catalog.logo.map(|logo| store.logo_url(&logo));
    data.about_text = catalog.about;
    data.usage_text = catalog.usage;
    data
}

fn get(
    store: &mut Store,
    request: GetRepositoryCatalogDataRequest,
) -> Result<GetRepositoryCatalogDataResponse, ApiError> {
    let name = request.repository_name;
    let catalog = store.repository(request.registry_id.as_deref(), &name)?.catalog.clone();
    let catalog = catalog.ok_or_else(|| {
        let message = format!("the repository {name:?} has no catalog data");
        ApiError::new("RepositoryCatalogDataNotFoundException", message)
    })?;
    Ok(GetRepositoryCatalogDataResponse::new().catalog_data(to_api(store, &catalog)))
}

fn put(
    store: &mut Store,
    request: PutRepositoryCatalogDataRequest,
) -> Result<PutRepositoryCatalogDataResponse, ApiError> {
    let catalog = from_api(request.catalog_data)?;
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    repository.catalog = Some(catalog.clone());
    Ok(PutRepositoryCatalogDataResponse::new().catalog_data(to_api(store, &catalog)))
}
