//! Tests of the fuzz targets and of their seeds.

mod bounded;
mod seeds;
