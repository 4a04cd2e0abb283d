//! Ctrl-C as a word to finish by: what is being written is written, then the program ends well.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a person wants the program to end.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens for Ctrl-C from now on.
    ///
    /// # Errors
    /// When the system has no thread or signal to give.
    pub fn on_interrupt() -> std::io::Result<Self> {
        let stop = Self::default();
        let told = stop.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::Builder::new().name("interrupt".into()).spawn(move || {
            if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
                told.want();
            }
        })?;
        Ok(stop)
    }

    /// Says it.
    pub fn want(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was said.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
