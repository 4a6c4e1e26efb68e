//! Where the requests of a service go and what they are signed for, found out once per client.

use std::sync::{Arc, PoisonError, RwLock};

use http::Uri;

use crate::{ConfigError, Service};

/// How many services a client remembers. Most clients call one.
const REMEMBERED: usize = 8;

/// Where the requests of a service go.
#[derive(Debug)]
pub(crate) struct Destination {
    /// The URL, whose path ends with a slash.
    pub(crate) url: Uri,
    /// The region in the signature.
    pub(crate) region: String,
    /// The service's name in the signature.
    pub(crate) signing_name: String,
}

impl Destination {
    /// The host, with its port where it has one, as an error names it.
    pub(crate) fn host(&self) -> String {
        self.url.authority().map(ToString::to_string).unwrap_or_default()
    }
}

/// The destinations that are known.
#[derive(Default)]
pub(crate) struct Destinations(RwLock<Vec<Known>>);

type Known = (&'static Service, Arc<Destination>);

impl Destinations {
    /// The destination of a service, by `resolve` where it is not known yet.
    pub(crate) fn of(
        &self,
        service: &'static Service,
        resolve: impl FnOnce() -> Result<Destination, ConfigError>,
    ) -> Result<Arc<Destination>, ConfigError> {
        if let Some(known) = self.known(service) {
            return Ok(known);
        }
        let destination = Arc::new(resolve()?);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() < REMEMBERED {
            all.push((service, Arc::clone(&destination)));
        }
        Ok(destination)
    }

    fn known(&self, service: &'static Service) -> Option<Arc<Destination>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        // The compiler may have several copies of a constant; each of them is remembered by itself.
        let known = all.iter().find(|(known, _)| std::ptr::eq(*known, service));
        known.map(|(_, destination)| Arc::clone(destination))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SERVICES: [Service; REMEMBERED + 1] = [Service::new("a"); REMEMBERED + 1];

    fn destination() -> Result<Destination, ConfigError> {
        let url = Uri::from_static("http://localhost:5000/");
        let (region, signing_name) = ("eu-west-1".to_owned(), "a".to_owned());
        Ok(Destination { url, region, signing_name })
    }

    #[test]
    fn a_destination_is_resolved_once_and_an_error_every_time() {
        let destinations = Destinations::default();
        let missing = || Err(ConfigError::MissingRegion { asked: "nobody".to_owned() });
        assert!(destinations.of(&SERVICES[0], missing).is_err());
        destinations.of(&SERVICES[0], destination).expect("a destination");
        destinations.of(&SERVICES[0], missing).expect("it is known");
        assert!(destinations.of(&SERVICES[1], missing).is_err());
    }

    #[test]
    fn more_services_than_are_remembered_are_resolved_again() {
        let destinations = Destinations::default();
        for service in &SERVICES {
            assert_eq!(
                destinations.of(service, destination).expect("one").host(),
                "localhost:5000"
            );
        }
        assert_eq!(destinations.0.read().expect("the list").len(), REMEMBERED);
    }
}
