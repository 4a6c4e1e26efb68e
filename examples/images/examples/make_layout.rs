//! Makes an OCI image layout to try the other programs with; its content is random to look at:
//!
//! ```text
//! cargo run --example make_layout -- /tmp/image --platforms linux/amd64,linux/arm64 --layer-size 60MB
//! ```

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use longshore_images::Platform;
use longshore_images::program::{Size, SizeError, say, tell};
use longshore_images::sample::{self, SampleOptions};

/// Makes an OCI image layout with an image of the wanted size.
#[derive(Debug, Parser)]
#[command(name = "make_layout", version)]
struct Options {
    /// The folder of the layout
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What the image runs on; more than one make an index
    #[arg(
        long,
        value_name = "OS/ARCH,...",
        value_delimiter = ',',
        default_value = "linux/amd64,linux/arm64"
    )]
    platforms: Vec<Platform>,
    /// How many layers each of them has
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=1000))]
    layers: u16,
    /// How large each layer is, from 2 KiB to 8 GiB
    #[arg(long, value_name = "SIZE", default_value = "10MB", value_parser = layer_size)]
    layer_size: Size,
}

/// Refuses what a sample would make something else of.
fn layer_size(text: &str) -> Result<Size, String> {
    let size: Size = text.parse().map_err(|error: SizeError| error.to_string())?;
    if SampleOptions::LAYER_SIZES.contains(&size.0) {
        return Ok(size);
    }
    Err("a layer has from 2 KiB to 8 GiB".to_owned())
}

fn main() -> ExitCode {
    let options = Options::parse();
    match make(&options) {
        Ok(digest) => {
            say(digest);
            let folder = options.folder.display();
            tell(format_args!(
                "to push it: cargo run --example push -- {folder} --repository demo:1 --local"
            ));
            ExitCode::SUCCESS
        }
        Err(error) => {
            tell(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Returns the digest of the image.
fn make(options: &Options) -> Result<String, Box<dyn Error>> {
    let how = SampleOptions::new()
        .platforms(options.platforms.iter().cloned())
        .layers(usize::from(options.layers))
        .layer_size(options.layer_size.0);
    Ok(sample::write(&options.folder, &how)?.digest.to_string())
}
