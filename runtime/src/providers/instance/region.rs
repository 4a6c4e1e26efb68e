//! The region of an EC2 instance.

use std::sync::Arc;

use super::metadata::{Metadata, MetadataError};
use super::settings::{INSTANCE, InstanceSettings};
use crate::config::region_finder::RegionSource;
use crate::settings::region::Region;
use crate::settings::setting::Origin;
use crate::{BoxFuture, Transport};

const REGION: &str = "latest/meta-data/placement/region";

impl InstanceSettings {
    async fn region(&self, transport: &dyn Transport) -> Result<String, MetadataError> {
        let text = |body: &[u8]| {
            let text = std::str::from_utf8(body).map(str::to_owned);
            text.map_err(|_| "the region is not UTF-8".to_owned())
        };
        Metadata::open(self, transport).await?.get(REGION, text).await
    }
}

impl RegionSource for InstanceSettings {
    fn find<'a>(
        &'a self,
        transport: &'a Arc<dyn Transport>,
    ) -> BoxFuture<'a, Result<Region, String>> {
        Box::pin(async move {
            match self.region(&**transport).await {
                Ok(region) => Ok(Region::new(region, Origin::Other(INSTANCE))),
                Err(MetadataError::Unavailable(why) | MetadataError::Refused(why)) => {
                    Err(format!("{INSTANCE} ({why})"))
                }
            }
        })
    }
}
