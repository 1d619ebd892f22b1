//! What an event is to a commitment, in words.

use crate::domain::roles::Role;

/// A role as a clause whose subject is the event.
pub fn words(role: Role) -> &'static str {
    match role {
        Role::Unknown => "after the last day known: ignored",
        Role::Unused => "not named by this commitment",
        Role::FirstStart => "starts the clock",
        Role::LaterStart => "a further start: ignored",
        Role::Stop => "stops the clock",
        Role::StopBeforeStart => "a stop before the start: ignored",
        Role::StopWithoutStart => "a stop without a start",
        Role::LaterStop => "a further stop: ignored",
        Role::Exit(_) => "ends the case without the service",
        Role::ExitBeforeStart(_) => "an exit before the start: ignored",
        Role::LaterExit(_) => "an exit of a case that has ended: ignored",
        Role::Idle => "ignored: there is no clock",
        Role::Restart => "starts the clock again",
        Role::EarlyRestart => "a restart not after the start: ignored",
        Role::SupersededRestart => "a restart that a later one replaces",
        Role::RestartAfterEnd => "a restart after the end: ignored",
        Role::PauseFrom(_) => "opens a pause",
        Role::PauseInside(_) => "inside an open pause: opens nothing",
        Role::PauseUntil(_) => "closes a pause",
        Role::PauseNothing(_) => "no pause to close: ignored",
    }
}

/// Whether the clock takes notice of an event in this role.
pub fn counts(role: Role) -> bool {
    matches!(role, Role::FirstStart | Role::Stop | Role::Exit(_) | Role::Restart | Role::PauseFrom(_) | Role::PauseUntil(_))
}
