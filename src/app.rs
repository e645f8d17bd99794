//! Assembles the site: state, guards, routes, listening socket.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use crate::web::{self, AppState};

/// How long requests in progress may take when the server is asked to stop, in seconds.
const SHUTDOWN_SECONDS: u64 = 10;

/// The server, listening but not yet driven: await it, or spawn it.
///
/// # Errors
/// When the listener cannot be used.
pub fn server(state: Data<AppState>, listener: TcpListener) -> std::io::Result<Server> {
    let n_workers = state.settings.site.workers;
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .wrap(from_fn(web::refuse_other_sites))
            .wrap(web::security_headers(state.is_https()))
            .configure(|site| web::routes(site, &state))
    })
    .client_request_timeout(Duration::from_secs(15))
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .disable_signals();
    let server = match n_workers {
        Some(n) => server.workers(n),
        None => server,
    };
    Ok(server.listen(listener)?.run())
}
