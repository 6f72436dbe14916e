//! What the README promises, in numbers: `cargo bench --bench figures`. Comparisons are made in turns within one run
//! and given as ratios of medians; a figure that falls short says so.
//!
//! `GUICHET_BENCH_TICKETS` (1000000) is the store's size. `GUICHET_BENCH_STORE` names a file to keep the store in, so
//! that a second run need not make it. `GUICHET_BENCH_PARTS` (reads,search,writes,rules,views,server,program) leaves the other parts out.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measuring program reads the clock and prints")]

mod bare;
mod making;
mod program;
mod reads;
mod rules;
mod search;
mod server;
mod stand;
mod table;
mod views;
mod writes;

use stand::Stand;
use table::Table;

fn main() {
    // `cargo test --benches` asks whether there are tests in here; there are none.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("the runtime starts");
    runtime.block_on(server::serve_floor());
    let mut table = Table::default();
    let stand = runtime.block_on(Stand::make(&mut table));
    let parts = std::env::var("GUICHET_BENCH_PARTS")
        .unwrap_or_else(|_| "reads,search,writes,rules,views,server,program".into());
    let wanted = |part: &str| parts.split(',').any(|one| one == part);
    if wanted("reads") {
        runtime.block_on(reads::measure(&stand, &mut table));
    }
    if wanted("search") {
        runtime.block_on(search::measure(&stand, &mut table));
    }
    if wanted("writes") {
        runtime.block_on(writes::measure(&stand, &mut table));
    }
    if wanted("rules") {
        runtime.block_on(rules::measure(&stand, &mut table));
    }
    if wanted("views") {
        runtime.block_on(views::measure(&stand, &mut table));
    }
    if wanted("server") {
        runtime.block_on(server::measure(&stand, &mut table));
    }
    runtime.block_on(stand.close());
    if wanted("program") {
        program::measure(&stand, &mut table);
    }
    println!("{table}");
}
