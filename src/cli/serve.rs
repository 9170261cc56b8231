//! `mtlint serve`: the service over HTTP.

use super::Trouble;
use mtlint_lang::{Language, identify};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::process::ExitCode;

/// Serve texts over HTTP: LanguageTool's interface, mtlint's own, and a page
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to listen; port 0 takes any that is free
    ///
    /// Whoever reaches the address may check texts: there are no passwords. Only this machine reaches the default one.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8081")]
    address: SocketAddr,

    /// The language of texts that name none, such as `en`, in place of identifying it
    #[arg(long, value_name = "LANGUAGE", value_parser = identify::named)]
    lang: Option<Language>,

    /// Read no configuration file; else the one of this folder holds
    #[arg(long)]
    isolated: bool,

    /// A page of another server that may ask from a browser, as `https://editor.example`; `*` for all
    #[arg(long, value_name = "ORIGIN", value_delimiter = ',', help_heading = "Access")]
    allow_origin: Vec<String>,

    /// How many threads check texts [default: as many as there are processors]
    #[arg(long, value_name = "N", help_heading = "Limits")]
    threads: Option<NonZeroUsize>,

    /// The largest request, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=1024),
        help_heading = "Limits")]
    max_body: u32,

    /// How much all requests and answers under way may take, in MiB, beside what checking takes
    #[arg(long, value_name = "MIB", default_value_t = 128, value_parser = clap::value_parser!(u32).range(1..=1_048_576),
        help_heading = "Limits")]
    max_memory: u32,

    /// How many texts may wait; more are refused with 429
    #[arg(long, value_name = "N", default_value_t = 256, help_heading = "Limits")]
    queue: u32,

    /// How many connections may be open; more are refused with 429
    #[arg(long, value_name = "N", default_value_t = 1024, help_heading = "Limits")]
    connections: u32,

    /// How long a request may wait and be worked on, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400),
        help_heading = "Limits")]
    timeout: u64,

    /// How long a client may take to send its request, and not read its answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400),
        help_heading = "Limits")]
    patience: u64,

    /// What is logged on standard error, a JSON object a line; never anything of a text
    #[arg(long, value_enum, default_value_t = Log::Request, value_name = "WHAT")]
    log: Log,
}

/// The values of `--log`.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Log {
    /// Nothing
    Off,
    /// Faults
    Error,
    /// Beginning and end, too
    Notice,
    /// Every request, too
    Request,
}

#[cfg(feature = "serve")]
pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    use mtlint_serve::{Level, Limits, Options, Server};
    use std::time::Duration;
    let mebibytes = |number: u32| usize::try_from(u64::from(number) << 20).unwrap_or(usize::MAX);
    let defaults = Limits::default();
    let limits = Limits {
        body: mebibytes(args.max_body),
        memory: mebibytes(args.max_memory),
        patience: Duration::from_secs(args.patience),
        time: Duration::from_secs(args.timeout),
        threads: args.threads.unwrap_or(defaults.threads),
        queue: args.queue as usize,
        connections: args.connections as usize,
    };
    let log = match args.log {
        Log::Off => Level::Off,
        Log::Error => Level::Error,
        Log::Notice => Level::Notice,
        Log::Request => Level::Request,
    };
    let options = Options { address: args.address, limits, origins: args.allow_origin.clone(), log };
    let settings = super::values::settings(args.isolated, args.lang)?;
    let server = Server::bind(settings, &options).map_err(Trouble::new)?;
    server.take_panics();
    server.serve().map_err(Trouble::new)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(feature = "serve"))]
pub(super) fn run(_: &Args) -> Result<ExitCode, Trouble> {
    Err(super::values::not_built("serve"))
}
