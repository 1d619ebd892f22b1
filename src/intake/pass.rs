//! One reading of a source: its pieces go to several hands, and what these come to is put together in order.

use encoding_rs::{Encoding, UTF_8};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::encoding::invalid_utf8;
use super::files::{SourceFile, unreadable};
use super::opening::{First, Opened, open};
use super::pieces::{Piece, Pieces, Whole};
use super::rows::Rows;
use crate::diagnostic::Diagnostic;
use crate::domain::source::Source;

/// A source that is read, and how many hands read it.
pub struct Pass<'a> {
    pub source: &'a Source,
    pub files: &'a [SourceFile],
    /// By file: its encoding, where it was found out from the whole of it.
    pub encodings: &'a [Option<&'static Encoding>],
    pub threads: usize,
    /// Told how many bytes and lines of text have been read since the last time.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// What one hand is given.
pub struct Work<'w> {
    pub opened: &'w Opened,
    pub text: &'w [u8],
    /// The same, where all of it is UTF-8.
    pub valid: Option<&'w str>,
    pub piece: &'w Piece,
    /// Its rows, after the header.
    pub rows: Rows<'w>,
    /// Empty lines before the header.
    pub blank: u64,
    /// Its place among the pieces of the source.
    pub number: usize,
    turns: &'w Turns,
}

impl Work<'_> {
    /// Waits until everything before this piece has been put together.
    pub fn wait_for_turn(&self) {
        self.turns.wait_for(self.number);
    }
}

/// An export that was read to its end.
pub type FileRead = Result<(Arc<Opened>, Whole), Vec<Diagnostic>>;

/// Lets `work` make something of every piece, and hands what it makes to `take` in order. `stop` ends the reading early.
pub fn over_pieces<R: Send>(
    pass: &Pass<'_>,
    stop: &AtomicBool,
    work: impl Fn(Work<'_>) -> R + Sync,
    take: impl FnMut(R) + Send,
) -> Vec<FileRead> {
    let desk = Mutex::new(Desk { pass, open: None, number: 0, read: Vec::new() });
    let order = Mutex::new(Order { take, waiting: BTreeMap::new() });
    let turns = Turns::default();
    let hand = || {
        let _release = ReleaseOnPanic(&turns);
        let mut text = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            let Some(mut given) = locked(&desk).next_into(&mut text) else { break };
            let valid = std::str::from_utf8(&text).ok();
            if valid.is_none() && given.opened.encoding == UTF_8 {
                given.piece.invalid = invalid_utf8(&text);
            }
            let rows = Rows::from(&text, given.opened.delimiter, given.at, given.line);
            let (opened, piece, number) = (&*given.opened, &given.piece, given.number);
            let made = work(Work { opened, text: &text, valid, piece, rows, blank: given.blank, number, turns: &turns });
            (pass.progress)(text.len() as u64, given.piece.lines);
            let mut order = locked(&order);
            order.put(number, made, &turns);
        }
    };
    thread::scope(|scope| {
        for _ in 1..pass.threads {
            scope.spawn(hand);
        }
        hand();
    });
    desk.into_inner().unwrap_or_else(PoisonError::into_inner).read
}

/// Where pieces are given out.
struct Desk<'a> {
    pass: &'a Pass<'a>,
    open: Option<(Arc<Opened>, Pieces, Option<First>)>,
    /// Of the next piece.
    number: usize,
    /// By file.
    read: Vec<FileRead>,
}

struct Given {
    opened: Arc<Opened>,
    piece: Piece,
    at: usize,
    line: u64,
    blank: u64,
    number: usize,
}

impl Desk<'_> {
    fn next_into(&mut self, text: &mut Vec<u8>) -> Option<Given> {
        loop {
            if self.open.is_none() {
                let file = self.pass.files.get(self.read.len())?;
                let number = u32::try_from(self.read.len()).unwrap_or(u32::MAX);
                match open(self.pass.source, file, number, self.pass.encodings[self.read.len()]) {
                    Ok((opened, pieces, first)) => self.open = Some((Arc::new(opened), pieces, Some(first))),
                    Err(problems) => {
                        self.read.push(Err(problems));
                        continue;
                    }
                }
            }
            let (opened, mut pieces, first) = self.open.take()?;
            if let Some(First { text: first, piece, at, line, blank }) = first {
                *text = first;
                let given = Given { opened: Arc::clone(&opened), piece, at, line, blank, number: self.number };
                self.open = Some((opened, pieces, None));
                self.number += 1;
                return Some(given);
            }
            match pieces.next_into(text) {
                Ok(Some(piece)) => {
                    let line = piece.line;
                    let given = Given { opened: Arc::clone(&opened), piece, at: 0, line, blank: 0, number: self.number };
                    self.open = Some((opened, pieces, None));
                    self.number += 1;
                    return Some(given);
                }
                Ok(None) => self.read.push(Ok((opened, pieces.whole()))),
                Err(error) => self.read.push(Err(vec![unreadable(&opened.name, &error)])),
            }
        }
    }
}

/// Puts together what comes out of order.
struct Order<R, T> {
    take: T,
    waiting: BTreeMap<usize, R>,
}

impl<R, T: FnMut(R)> Order<R, T> {
    fn put(&mut self, number: usize, made: R, turns: &Turns) {
        self.waiting.insert(number, made);
        while let Some(entry) = self.waiting.first_entry().filter(|entry| *entry.key() == turns.now()) {
            (self.take)(entry.remove());
            turns.advance();
        }
    }
}

/// Whose turn it is: the first piece that has not been put together yet.
#[derive(Default)]
struct Turns {
    now: Mutex<usize>,
    moved: Condvar,
}

impl Turns {
    fn now(&self) -> usize {
        *locked(&self.now)
    }

    fn advance(&self) {
        *locked(&self.now) += 1;
        self.moved.notify_all();
    }

    fn wait_for(&self, number: usize) {
        let mut now = locked(&self.now);
        while *now < number {
            now = self.moved.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A hand that fails must not leave the others waiting for what it was to hand over.
struct ReleaseOnPanic<'t>(&'t Turns);

impl Drop for ReleaseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            *locked(&self.0.now) = usize::MAX;
            self.0.moved.notify_all();
        }
    }
}

/// What a mutex guards; a hand that failed leaves nothing half done in it.
pub fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_that_fails_leaves_nobody_waiting() {
        let turns = Turns::default();
        thread::scope(|scope| {
            let failing = scope.spawn(|| {
                let _release = ReleaseOnPanic(&turns);
                std::panic::resume_unwind(Box::new("on purpose"));
            });
            assert!(failing.join().is_err());
            turns.wait_for(7);
        });
    }
}
