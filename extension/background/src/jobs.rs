//! Keeps the background awake and the port to the host open while a job lives. It knows no job's
//! content.

use cachette_webext::{api, host::Host, task};

use crate::{browser, state::with};

/// How long the port stays open after the last job. It is long enough for the next click, and short
/// enough that the host goes.
const LINGER_MS: f64 = 10_000.0;

/// How often a call shows the browser that there is still work. Both stop an idle background after
/// 30 seconds.
const AWAKE_MS: f64 = 20_000.0;

/// A job, from its beginning until it is dropped.
pub struct Job(());

impl Job {
    /// Begins a job.
    pub fn begin() -> Job {
        let is_first = with(|state| state.jobs.begin());
        if is_first {
            task::spawn(async {
                loop {
                    api::sleep(AWAKE_MS).await;
                    if with(|state| state.jobs.are_done()) {
                        break;
                    }
                    // Only the call matters, not its result.
                    browser::stay_awake().await.ok();
                }
            });
        }
        Job(())
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        let Some(rest) = with(|state| state.jobs.end()) else { return };
        task::spawn(async move {
            api::sleep(LINGER_MS).await;
            let idle = with(|state| if state.jobs.still_rest(rest) { state.host.take() } else { None });
            if let Some(host) = idle {
                host.close();
            }
        });
    }
}

/// Returns the port to the host: the open one, or a new one. If the host is filing a page, it keeps
/// its port for that and others get a new one, because they must not wait for a slow page.
pub fn host() -> Host {
    if let Some(host) = with(|state| state.host.clone()).filter(|host| host.is_open() && !host.is_filing()) {
        return host;
    }
    let host = Host::connect();
    with(|state| state.host = Some(host.clone()));
    host
}

/// Closes a connection that is not, or no longer, the one for all. Pending requests over it are
/// still answered.
pub fn release(host: &Host) {
    if with(|state| state.host.as_ref().is_some_and(|own| own.is(host))) {
        return;
    }
    let host = host.clone();
    task::spawn(async move {
        api::sleep(LINGER_MS).await;
        // Another capture may still be on its way over it.
        while host.has_requests() {
            api::sleep(LINGER_MS).await;
        }
        host.close();
    });
}
