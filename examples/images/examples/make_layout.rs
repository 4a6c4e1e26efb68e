//! Generates an OCI image layout with pseudo-random content, to test the other programs:
//!
//! ```text
//! cargo run --example make_layout -- /tmp/image --platforms linux/amd64,linux/arm64 --layer-size 60MB
//! ```

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use longshore_images::Platform;
use longshore_images::program::{LayoutDisplay, Size, SizeError, err, out};
use longshore_images::sample::{self, SampleOptions};

/// Generates an OCI image layout with a sample image.
#[derive(Debug, Parser)]
#[command(name = "make_layout", version)]
struct Options {
    /// The folder of the layout
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The platforms of the image; several platforms make an index
    #[arg(
        long,
        value_name = "OS/ARCH,...",
        value_delimiter = ',',
        default_value = "linux/amd64,linux/arm64"
    )]
    platforms: Vec<Platform>,
    /// The number of layers per platform; Amazon ECR accepts up to 500
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=500))]
    layers: u16,
    /// The size of each layer, from 2 KiB to 8 GiB
    #[arg(long, value_name = "SIZE", default_value = "10MB", value_parser = layer_size)]
    layer_size: Size,
}

/// Rejects sizes that would be clamped.
fn layer_size(text: &str) -> Result<Size, String> {
    let size: Size = text.parse().map_err(|error: SizeError| error.to_string())?;
    if SampleOptions::LAYER_SIZES.contains(&size.0) {
        return Ok(size);
    }
    Err("layers must have 2 KiB to 8 GiB".to_owned())
}

fn main() -> ExitCode {
    let options = Options::parse();
    match make(&options) {
        Ok(digest) => {
            out(digest);
            let folder = options.folder.display();
            err(format_args!(
                "to push it: cargo run --example push -- {folder} --repository demo:1 --local"
            ));
            ExitCode::SUCCESS
        }
        Err(error) => {
            err(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Writes the layout and returns the digest of the image.
fn make(options: &Options) -> Result<String, Box<dyn Error>> {
    let sample_options = SampleOptions::new()
        .platforms(options.platforms.iter().cloned())
        .layers(usize::from(options.layers))
        .layer_size(options.layer_size.0);
    let display = LayoutDisplay::of_stderr();
    let report = |progress| display.report(progress);
    let image = sample::write_with_progress(&options.folder, &sample_options, report)?;
    Ok(image.digest.to_string())
}
