pub mod data;
pub mod folder;
