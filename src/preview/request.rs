//! What a connection asks for, of which nothing is believed.

use std::io::{self, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A request that is longer than this is refused.
const LONGEST: usize = 8 * 1024;
/// A request that has not come in whole by then is dropped.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a request gets no page: status and reason, as the answer begins.
pub type Refusal = &'static str;

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// Begins with `/`; without the query.
    pub path: String,
    /// What follows the question mark, empty where nothing does.
    pub query: String,
    /// Only the head of the answer is wanted.
    pub head_only: bool,
}

/// Reads the head of a request; what comes after it is not looked at.
pub fn read(stream: &mut TcpStream) -> io::Result<Result<String, Refusal>> {
    let (began, mut head, mut block) = (Instant::now(), Vec::new(), [0; 1024]);
    loop {
        let Some(left) = PATIENCE.checked_sub(began.elapsed()).filter(|left| !left.is_zero()) else {
            return Ok(Err("408 Request Timeout"));
        };
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut block)? {
            0 => return Ok(Err("400 Bad Request")),
            read => head.extend_from_slice(&block[..read]),
        }
        if let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") {
            return Ok(String::from_utf8(head[..end].to_vec()).map_err(|_| "400 Bad Request"));
        }
        if head.len() > LONGEST {
            return Ok(Err("431 Request Header Fields Too Large"));
        }
    }
}

/// Understands the head of a request to the server on `port`.
///
/// The name of the host must be one of this machine's own: a page of another site that has its name point here sends its own.
pub fn parse(head: &str, port: u16) -> Result<Request, Refusal> {
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next()) else {
        return Err("400 Bad Request");
    };
    if !target.starts_with('/') || !version.starts_with("HTTP/1.") {
        return Err("400 Bad Request");
    }
    let hosts: Vec<&str> = lines
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim())
        .collect();
    let own = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
    match hosts[..] {
        [host] if own.iter().any(|name| host.eq_ignore_ascii_case(name)) => {}
        [_] => return Err("403 Forbidden"),
        _ => return Err("400 Bad Request"),
    }
    let head_only = match method {
        "GET" => false,
        "HEAD" => true,
        _ => return Err("405 Method Not Allowed"),
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Ok(Request { path: path.to_owned(), query: query.to_owned(), head_only })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(head: &str) -> Result<Request, Refusal> {
        parse(&head.replace('\n', "\r\n"), 8731)
    }

    #[test]
    fn a_browser_on_this_machine_is_answered() {
        let request = Request { path: "/bilan.fr.html".into(), query: "a=1".into(), head_only: false };
        assert_eq!(asked("GET /bilan.fr.html?a=1 HTTP/1.1\nHost: 127.0.0.1:8731\nAccept: */*"), Ok(request));
        assert!(asked("HEAD / HTTP/1.0\nhost:LOCALHOST:8731").is_ok_and(|request| request.head_only));
    }

    #[test]
    fn others_are_refused() {
        for (head, refusal) in [
            ("", "400 Bad Request"),
            ("GET /", "400 Bad Request"),
            ("GET / HTTP/1.1 HTTP/1.1\nHost: localhost:8731", "400 Bad Request"),
            ("GET http://example.org/ HTTP/1.1\nHost: localhost:8731", "400 Bad Request"),
            ("GET / HTTP/2\nHost: localhost:8731", "400 Bad Request"),
            ("GET / HTTP/1.1", "400 Bad Request"),
            ("GET / HTTP/1.1\nHost: localhost:8731\nHost: localhost:8731", "400 Bad Request"),
            ("GET / HTTP/1.1\nHost: rebound.example.org:8731", "403 Forbidden"),
            ("GET / HTTP/1.1\nHost: localhost", "403 Forbidden"),
            ("GET / HTTP/1.1\nHost: localhost:8731.example.org", "403 Forbidden"),
            ("POST / HTTP/1.1\nHost: localhost:8731", "405 Method Not Allowed"),
        ] {
            assert_eq!(asked(head), Err(refusal), "{head}");
        }
    }
}
