//! The integration tests of the library and of its programs.

mod damage;
mod docker;
mod layouts;
mod lightsail;
mod moto;
mod names;
mod needs;
mod programs;
mod pulls;
mod pushes;
mod recorder;
mod resuming;
mod samples;
mod skopeo;
mod test_layout;
mod test_registry;
