#!/usr/bin/env bash
# Mutation tests of the arithmetic and of the row accounting: `tests/mutants.sh [cargo mutants arguments]`, from anywhere.
#
# cargo-mutants rebuilds the crate for every mutant, so it is given a crate with the rooms that count and none that renders:
# declaration, diagnostic, domain, intake and measure, with their unit tests, and as further modules, so that one build makes all
# of them, the recount, the properties, the broken exports, the gates, single cases, and the figures of every project. The slow ones
# run for those mutants alone that survive the others. Needs `cargo install cargo-mutants`. Results go to target/mutants.out.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
scratch="${BILAN_MUTANTS_FOLDER:-$(mktemp -d)}"
mkdir -p "$scratch/src" "$scratch/tests"
for room in declaration diagnostic domain intake measure; do
  cp -r "$root/src/$room" "$scratch/src/"
done
{
  # The tests name the crate as those in tests/ do.
  echo 'extern crate self as bilan;'
  printf 'pub mod %s;\n' declaration diagnostic domain intake measure
  printf '#[cfg(test)]\n#[path = "../tests/%s.rs"]\nmod %s;\n' \
    recount recount properties properties hostile hostile figures figures gates gates one_case one_case
} >"$scratch/src/lib.rs"
for test in recount properties hostile; do
  cp -r "$root/tests/$test.rs" "$root/tests/$test" "$scratch/tests/"
done
cp "$root/tests/mutants/figures.rs" "$root"/tests/{gates,one_case}.* "$scratch/tests/"
cp -r "$root/tests/cases" "$root/tests/errors" "$root/tests/verify" "$scratch/tests/"
cp -r "$root/schemas" "$scratch/"
cp "$root/clippy.toml" "$scratch/"
grep -v '^#' >"$scratch/Cargo.toml" <<'TOML'
[package]
name = "bilan"
version = "0.0.0"
edition = "2024"
autotests = false

[lib]
doctest = false

[workspace]

[dependencies]
chrono = { version = "0.4", default-features = false, features = ["std"] }
chrono-tz = { version = "0.10", default-features = false, features = ["std"] }
csv = "1.4"
encoding_rs = "0.8"
glob = "0.3"
memchr = "2"
pulldown-cmark = { version = "0.13", default-features = false }
sha2 = { version = "0.11", default-features = false }
toml = { version = "1", default-features = false, features = ["std", "parse", "serde"] }

[dev-dependencies]
serde_json = "1"
tempfile = "3"

[profile.dev]
opt-level = 1
debug = false

[profile.dev.package."*"]
opt-level = 2
TOML
cp "$root/Cargo.lock" "$scratch/Cargo.lock"
cat >"$scratch/quick-first" <<'RUNNER'
#!/usr/bin/env bash
set -e
"$@" --skip hostile:: --skip figures:: --skip properties::projects
# What is left out takes as long as all others, and holds the figures of one thread against those of two.
"$@" hostile:: figures:: properties::projects --skip threads_change_no_figure_of_any_conformance_case
RUNNER
chmod +x "$scratch/quick-first"
export CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER="$scratch/quick-first"
export BILAN_RECOUNT_CASES=5000 BILAN_PROPERTY_CASES=300 BILAN_PROPERTY_PROJECTS=2
cd "$scratch"
exec cargo mutants --output "$root/target" --timeout 120 --no-shuffle "$@" -- --lib
