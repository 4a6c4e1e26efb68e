//! Images between folders and the registry in memory, over sockets.

mod damage;
mod folder;
mod layouts;
mod listener;
mod pulls;
mod pushes;
mod resuming;
mod samples;
mod trial;
