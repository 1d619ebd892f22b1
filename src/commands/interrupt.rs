//! Ends the program when the user asks for it, and leaves nothing half written.

/// Ends the program with exit status 130 on Ctrl-C, once files that are being put in their place stand there.
///
/// Temporary files have no name in any folder, and go with the program.
#[cfg(unix)]
pub fn watch() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    // Where signals cannot be watched, they end the program as they always do.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let _writing = crate::publish::folder::WRITING.lock();
            std::process::exit(128 + signal);
        }
    });
}

/// Elsewhere the system ends the program.
#[cfg(not(unix))]
pub fn watch() {}
