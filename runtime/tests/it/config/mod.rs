//! Settings from code, the environment and profile files.

mod environment;
mod precedence;
mod profile_files;
mod profile_settings;
mod user_agent;
