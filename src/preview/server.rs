//! The server: a thread for each connection, one answer for each, and an end to the patience with every one.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::request::{self, Refusal, Request};

/// The path under which a page waits for the next version.
pub const CHANGES: &str = "/changes";
/// Connections at a time; further ones are closed.
const MOST_CONNECTIONS: usize = 64;
/// So long a page waits for a change before it asks again.
const WAIT: Duration = Duration::from_secs(20);
/// So long a reader may take to take an answer.
const WRITE_PATIENCE: Duration = Duration::from_secs(10);

/// A page may use what it holds, frame its neighbours, ask for changes, and nothing else.
const HEADERS: &str = "Content-Type: text/html; charset=utf-8\r\n\
    Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline' data:; font-src data:; img-src data:; \
    script-src 'unsafe-inline'; connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'\r\n\
    X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\n\
    Cache-Control: no-store\r\nConnection: close\r\n";

/// What is served.
#[derive(Debug, Default)]
pub struct Pages {
    /// By path, which begins with `/`.
    pub by_path: BTreeMap<String, String>,
    /// For every other path: a page that says why the others are missing.
    pub otherwise: Option<String>,
}

struct Shown {
    version: u64,
    pages: Pages,
}

struct State {
    port: u16,
    shown: Mutex<Shown>,
    changed: Condvar,
    connections: AtomicUsize,
}

/// A running server.
pub struct Server(Arc<State>);

impl Server {
    /// Listens on `port` of 127.0.0.1, or where none is asked for on `usual` or, if that is taken, on any free one.
    pub fn start(port: Option<u16>, usual: u16) -> io::Result<Server> {
        let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        let listener = match port {
            Some(port) => bind(port)?,
            None => bind(usual).or_else(|_| bind(0))?,
        };
        // Versions of an earlier server on the same port are others, so that its pages reload.
        let version = u64::from(std::process::id()) << 24;
        let state = Arc::new(State {
            port: listener.local_addr()?.port(),
            shown: Mutex::new(Shown { version, pages: Pages::default() }),
            changed: Condvar::new(),
            connections: AtomicUsize::new(0),
        });
        let server = Arc::clone(&state);
        thread::spawn(move || accept(&listener, &server));
        Ok(Server(state))
    }

    /// The address of the first page.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.0.port)
    }

    /// Serves other pages from now on, which are told their version, and tells those that wait.
    pub fn show(&self, pages: impl FnOnce(u64) -> Pages) {
        let version = self.0.shown().version + 1;
        let pages = pages(version);
        *self.0.shown() = Shown { version, pages };
        self.0.changed.notify_all();
    }
}

impl State {
    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The version, as soon as it is another than `seen`, or after a while.
    fn next_version(&self, seen: &str) -> u64 {
        let waited = self.changed.wait_timeout_while(self.shown(), WAIT, |shown| shown.version.to_string() == seen);
        waited.unwrap_or_else(PoisonError::into_inner).0.version
    }
}

fn accept(listener: &TcpListener, state: &Arc<State>) {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // Too many open files: others will be closed.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let server = Arc::clone(state);
        if state.connections.fetch_add(1, Ordering::Relaxed) >= MOST_CONNECTIONS {
            state.connections.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        thread::spawn(move || {
            // Whoever went away in the middle is nobody to tell.
            let _ = answer(stream, &server);
            server.connections.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

fn answer(mut stream: TcpStream, state: &State) -> io::Result<()> {
    stream.set_write_timeout(Some(WRITE_PATIENCE))?;
    let asked = match request::read(&mut stream) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Err("408 Request Timeout"),
        other => other?.and_then(|head| request::parse(&head, state.port)),
    };
    let head_only = asked.as_ref().is_ok_and(|request| request.head_only);
    let (status, body) = match asked.and_then(|request| page(&request, state)) {
        Ok(body) => ("200 OK", body),
        Err(refusal) => (refusal, format!("<!DOCTYPE html><title>{refusal}</title><p>{refusal}</p>\n")),
    };
    write!(stream, "HTTP/1.1 {status}\r\n{HEADERS}Content-Length: {}\r\n\r\n", body.len())?;
    if !head_only {
        stream.write_all(body.as_bytes())?;
    }
    stream.shutdown(Shutdown::Write)
}

fn page(request: &Request, state: &State) -> Result<String, Refusal> {
    if request.path == CHANGES {
        return Ok(state.next_version(&request.query).to_string());
    }
    let shown = state.shown();
    let page = shown.pages.by_path.get(&request.path).or(shown.pages.otherwise.as_ref());
    page.cloned().ok_or("404 Not Found")
}
