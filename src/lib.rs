//! rolescope: a terminal explorer of Alibaba Cloud service-linked roles. This page is the map of
//! the house.
//!
//! # Rooms, and who may call whom
//!
//! Arrows of import point one way only; a test reads the source and holds them to it.
//!
//! ```text
//!              policy  <--  catalog  <--  app  <--  ui  <--+
//!                 ^            ^           ^                +--  main
//!                 |            |           +-- terminal  <--+
//!                 +-----+------+                            |
//!              config <-- cli  <----------------------------+
//!                                                           |
//!              account: uses catalog  <---------------------+
//!
//!              text, say, sort: for every room; bytes, hands, hash, links, near, process, room: for
//!              some. They use none of these above; near uses sort
//! ```
//!
//! - [`policy`]: the RAM policy language. Text in, values out: reading with places and repairs,
//!   matching, deciding, summing up. It knows no product, no screen and no file; what is known of
//!   single actions reaches it through [`policy::vocabulary::Vocabulary`].
//! - [`catalog`]: what is known: products, roles, services, actions, each fact with its
//!   [`Standing`](catalog::model::Standing). Also what is worked out from that alone: the removal
//!   plan, texts to copy, the corpus of Find. Tours and glossary are data here too
//!   ([`catalog::tours`], [`catalog::glossary`]); [`app::tour`] plays a tour inside the real screen.
//! - [`app`]: the state and how events change it. Pure: no terminal, no file, no clock. The one
//!   table of commands ([`app::command`]) feeds keymap, footer, help and the README.
//! - [`ui`]: draws the state. Colours stand in [`ui::theme`] alone.
//! - [`terminal`]: the edge: what is switched on in the terminal and given back, keys, signals, the
//!   roads to a clipboard. It knows neither products nor how they are drawn.
//! - [`cli`]: the same answers without a screen, as text and JSON.
//! - [`account`]: a snapshot of a real account, taken through the user's own `aliyun` CLI. The only
//!   room that starts processes which talk to the network, and only on the command that asks for it.
//!   Laying a snapshot over what is known is [`catalog::observed`].
//! - [`config`]: the config file, the environment and flags as plain values, each with its origin; what is kept from
//!   one run to the next.
//! - [`say`]: the words of the program in English and Chinese. A sentence is a text with places for values, and it
//!   stands in English where it is said; its Chinese may order the values otherwise. Where nobody knows the language, as
//!   where a file is read, it is kept as a [`Saying`](say::Saying) and told later. What clap, the system and libraries
//!   say in English is looked up by its form, and data (JSON, files of accounts) stay English. Facts, tours and glossary hold
//!   both languages under `assets/`; a text that is kept as a [`Text`](catalog::model::Text) is made with both.
//! - [`sort`]: lists in order, by one sort for all of them.
//! - [`hands`]: how many threads share a piece of work; where none can be started, the work is done without.
//! - [`links`]: where links of the file system lead, for whoever replaces a file.
//! - [`hash`]: tables for keys that come by the thousand; [`room`]: lists that grow to hundreds of thousands.
//! - [`near`]: the known names that are near to a misspelled one, by one rule for all that can be typed. (Actions and
//!   codes of services in policies have a stricter one of their own: many true names are a letter apart.)
//! - [`process`]: a child process that is ended with all that it started, for `account` and for copying.
//! - [`text`]: text made harmless, measured in columns, cut and wrapped.
//! - [`bytes`]: text looked at eight bytes at a time, for those who pass over megabytes of it.
//!
//! `src/main/commit.rs` is the build script: it tells `--version` the commit of a checkout.
//!
//! `assets/` holds the facts, one file a product with the policy documents beside it, the tours, the
//! glossary and the JSON grammar; all of it is built into the binary, the actions as a table that a test makes of their
//! file ([`catalog::actions`]). `tests/` drives the program from outside: journeys
//! (a string of keys, then what the screen shows), a real pseudo-terminal, the meaning of policies,
//! pictures. `benches/` measures what performance is promised.
//!
//! # How data flows
//!
//! From facts to the screen, at the start and when another role is selected:
//!
//! ```text
//! assets/*.json --catalog::load--> Catalog ---------------------------+
//! policy text   --policy::read---> Document --policy::summary--> Insight (once a role)
//!                                     |                               |
//!                 policy::source: every part knows its place     app: rows, layout, marks
//!                                     |                               |
//!                 json_pane: the text itself, folded and scrolled ----+--> ui::draw --> cells
//! ```
//!
//! A row of the summary knows where in the text the actions stand that it speaks of; that is how the policy pane
//! follows, and how a copy of a statement is the text itself and never written anew.
//!
//! From a key to a frame:
//!
//! ```text
//! input thread ---+
//! signal thread --+--> one channel --> loop: App::take(Event) ----> Vec<Effect>
//! copy threads ---+         ^            |                              |
//! hang-up watch --+         |            +--> App::settle, ui::draw     +--> clipboard, print,
//!                           |                 once for all that waited       suspend, quit
//!                           +---------- Event::Copied -------------------------+
//! ```
//!
//! One loop owns the state: no lock on it, no async runtime. Every thread blocks until there is
//! something to say, so an idle program never wakes up. Slow work comes back as an event.
//!
//! # Habits
//!
//! - State holds ids, not indexes: a filter or a new size cannot select another row.
//! - [`app::layout::Layout`] is a function of size and focus, computed before drawing and kept, so
//!   that update knows page sizes and mouse targets, and drawing changes nothing.
//! - At most one overlay is seen, with its data inside its variant; the same for what fills the body. Findings and the
//!   copy menu wait below help, palette and words, which lead back into them.
//! - Text from data is untrusted, and one question tells what of it is harmful ([`text::is_harmful`]). Such a
//!   character becomes one sign where it becomes a cell ([`text::harmless`]: columns hold), is written out as
//!   `\u{1b}` where a name stands in a sentence ([`text::visible`]: no two look the same), and has the escape of JSON
//!   where a whole text leaves outside the screen ([`terminal::plain`]: inside a string it means the same). Copies are
//!   byte for byte what was shown as the source.
//! - Errors are sentences: the thing, the place, the remedy.
//! - What of a policy cannot be read, or is filled in later, is kept as open and never dropped: it may keep an answer from
//!   being firm, and never makes one firmer ([`policy::read`], [`policy::evaluate`]).
//!
//! # What the hot paths cost
//!
//! `cargo bench --bench table` prints what is promised for the machine at hand; `--bench search` and
//! `--bench json_pane` look closer. On a busy machine only ratios within one run say something.
//!
//! - **Start.** The size of the terminal is asked first, so texts are wrapped once. Of the work before
//!   the first frame a fifth is reading the built-in catalogue, the rest in equal parts the first product's policies
//!   (reading, summing up, findings) and drawing 4,800 cells. Half of the catalogue by size are the known actions: they
//!   are read from lines whose texts stay where they are, at a fifth of what JSON took. Roles that are known by name only
//!   come after the first frame, on a thread; the grammar of the policy pane at the first key, on a
//!   thread too: until then the lexer gives the same colours. That keeps its patterns (some 2 MiB) out of
//!   a start. The terminal is asked nothing. Threads for keys and the end of the terminal begin behind the
//!   first frame; clap is asked only where something is typed that it must read, and knows no command whose name was not typed
//!   (`cli/typed.rs`): each other one would cost its arguments and a copy of the general ones; of the roles in
//!   sight only the selected one is summed up, of the others warnings are counted; at the end memory is left to the
//!   system. Text that is ASCII and the screen's own signs is measured and drawn without looking for graphemes
//!   ([`text::is_single`]).
//! - **Size.** Every page of code that a start touches is time and memory, so the release is built small and lists
//!   share one sort ([`sort`]). What must be quick all the same (the letters of Find, reading policies) is written so
//!   that it does not hang on unrolled loops, and is measured against a build for speed.
//! - **A key.** All keys that wait are taken in, then one frame is drawn. Rows and policies of the roles that they
//!   pass are not made ([`app::App::take`]). Lists and the policy pane hand
//!   the screen only the rows in sight; lines that were coloured are kept. What changed goes out in one
//!   write, in fewer bytes than cells mostly: a colour only where it changes, runs of blanks erased
//!   by their length, few unchanged letters written again instead of stepped over, the next row a line feed
//!   (`terminal/paint.rs`).
//! - **Idle.** Every thread blocks; there is no tick.
//! - **Find.** A letter mask of each name and narrowing from the last result leave few names to score;
//!   what was found before a letter was typed is kept for Backspace ([`catalog::search`]). The actions that only files
//!   name are read from these when Find is first opened, beside the loop where there is much to read: nobody else needs
//!   a table of them, and it takes as much memory as all rows.
//! - **A large file.** It is read by two threads, half of it each, and the first part of it is shown while the rest
//!   is indexed on a thread. A list of many documents is passed over once to see where its elements begin and end,
//!   and then read, searched and summed up element by element on all cores: the tree of the whole never stands in
//!   memory, and each document is read once ([`policy::wrapper::each_in`]). What is not plain JSON there is read as
//!   a whole, with the same result. A document in strict JSON with nothing but the elements of the grammar is passed
//!   over for its effects, actions and resources alone, without a tree ([`policy::read::plain`]); any other is read
//!   as usual, with the same result. What a document touches is worked out without its summary: one pass over each
//!   name tells its letters in lower case, its colon and its wildcards, by its hash a sieve of one bit a name says
//!   of most actions that nobody knows them, and a pattern is held against the known names that begin as it does.
//!   Texts of one file are parts of one text in memory ([`policy::source::Source`]), what they touch is kept packed
//!   ([`policy::summary::Touches`]), and long lists have little room to spare ([`room`]). Roles reach the screen
//!   while the rest of their file is still taken apart; who reads waits for who puts in order, and for its turn
//!   where much has come before it, so that little stands twice.
//! - **A large policy.** Read, findings and summary are worked out on a thread, the last two side by side, in step with
//!   its size: actions of a statement share what it says of them ([`policy::summary::Terms`]), those of many actions and
//!   services of resources are counted there ([`policy::summary::Counted`]), rows look their places up when they
//!   are asked for, a limit names a hundred resources or sets of conditions and counts the rest ([`app::summary_rows`]), and a name of which
//!   there was nothing to tell is not looked at again. It takes some five times its size, and as many of
//!   those that were left are kept as have 64 MiB together, with their rows.
//! - **A comparison.** What is asked of a statement for every other one is worked out once, the same actions are found by
//!   an index, and each part of it holds patterns against each other within a bound of steps; where one is reached, the
//!   comparison says so ([`policy::compare`]). Large policies are compared on a thread. How alike roles are to one is
//!   found out from their actions alone, once when the list of them opens ([`app::compare`]).
//! - **Who can.** Values of actions are found by the letters before their first wildcard, so that a name is held only
//!   against the statements that speak of it; names of one service of which the same ones do share their answer, with
//!   its sentences ([`catalog::ask`]). Where names times statements are many it is asked on a thread, and the answer of before
//!   stands until then.
//! - **Findings and `check`.** Every action of a policy meets many rules, so each rule says no before it builds
//!   anything: a pattern is compared with another letter by letter up to its first wildcard; a name and
//!   a known one are walked to where they part; a text without `$`, `{`, `<` or `%` has no placeholder. Looking
//!   ends when no more findings are taken. Files are read on all cores.
//!
//! # Choices that may surprise
//!
//! - `terminal` imports the events of `app`, but not `ui`: it runs anything that is a
//!   [`terminal::Program`], and `main` puts the two together. Its tests need no catalogue.
//! - `app` uses `Rect` of the drawing library, because layout is part of the state; it uses no
//!   widget and no frame.
//! - JSON is read by our own parser ([`policy::json`]), not by serde: each value keeps its place,
//!   and what people paste (comments, trailing commas, cut ends) is read with the repairs told.
//! - A text that a template language fills in carries that language ([`policy::source::Template`]), so that every
//!   reading of it takes `${..}` as not known; in plain JSON these are letters.
//! - syntect colours documents of ordinary size with a small grammar of our own; above that, and for
//!   the first frame, a lexer that gives the same classes ([`app::highlight`]).
//! - Find scores with `fuzzy-matcher`, but only the few candidates that masks and letters let
//!   through ([`catalog::search`]): a million names would be too slow otherwise.
//! - The terminal is asked nothing (no colours, no cursor position): a late answer would arrive as
//!   keys. The default theme therefore uses the terminal's own colours and no background.

pub mod account;
#[allow(
    clippy::cast_possible_truncation,
    reason = "places in a text that is shown have 32 bits: what lies beyond 4 GB is not shown (`json_pane::outline`)"
)]
pub mod app;
pub mod bytes;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod hands;
pub mod hash;
pub mod links;
pub mod near;
#[allow(
    clippy::cast_possible_truncation,
    reason = "counts within a document, which has at most 4 GB (`json::Limits`)"
)]
pub mod policy;
pub mod process;
pub mod room;
pub mod say;
pub mod sort;
pub mod terminal;
pub mod text;
pub mod ui;
