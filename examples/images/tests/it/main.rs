//! The integration tests of the library and of its programs.

mod damage;
mod folder;
mod layouts;
mod lightsail;
mod listener;
mod moto;
mod programs;
mod pulls;
mod pushes;
mod resuming;
mod samples;
mod trial;
