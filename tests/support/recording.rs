//! A short recording as one picture that moves by itself: the frames lie on each other, and each is shown in its turn.
//! Nothing but style sheets is used, so it moves where pictures may run no scripts. Who asked for little motion sees
//! the first frame.
#![allow(unreachable_pub)]

use super::picture::{self, DARK};
use super::support::Journey;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rolescope::ui;

const SIZE: (u16, u16) = (110, 32);
/// Seconds that a frame is shown.
const SHOWN: f32 = 2.0;

/// The keys from frame to frame, and what is said of each.
const STEPS: &[(&str, &str)] = &[
    ("", "The products, and their service-linked roles"),
    ("<enter>", "Enter: into the roles of ApsaraMQ for Kafka"),
    ("j", "j: the next role; permissions and policy follow"),
    ("j", "j: and the next"),
    ("<enter>", "Enter: what it may do"),
    ("jjjjjj", "j: the policy shows the line that grants it"),
    ("<esc><esc>skms", "s kms: filter by service"),
    ("<enter>", "Enter: only what touches KMS"),
    ("x<enter>d", "x, then d: what must be removed before deletion"),
    ("<esc>wkms:Decrypt", "w: who can call an action"),
    ("<esc><esc>y", "y: copy a policy, a command, a template"),
    ("<esc>?", "?: every key, searchable"),
];

/// The recording.
pub fn svg() -> String {
    let mut journey = Journey::new(SIZE.0, SIZE.1);
    let mut frames = String::new();
    let mut opening = String::new();
    for (at, (keys, said)) in STEPS.iter().enumerate() {
        journey.keys(keys);
        let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
        terminal.draw(|frame| ui::draw(&journey.app, &journey.theme, frame)).unwrap();
        let frame = picture::svg(terminal.backend().buffer(), None, &DARK, said);
        // The caption takes the place of the window's name.
        let frame = frame.replace(">rolescope</text>\n<g", &format!(">{said}</text>\n<g"));
        let (first, rest) = frame.split_once('\n').unwrap();
        // The style and the outer element stand once, around all frames.
        let style = rest.find("<style>").unwrap()..rest.find("</style>").unwrap() + 9;
        if at == 0 {
            opening = format!(
                "{first}\n<title>A short tour: roles, permissions, filter, removal plan, copies</title>\n{}",
                &rest[style.clone()]
            );
        }
        let body = rest[style.end..].trim_end().strip_suffix("</svg>").unwrap();
        let wait = SHOWN * at as f32;
        let moving = if at == 0 { "f" } else { "f h" };
        frames.push_str(&format!(
            "<g class=\"{moving}\" style=\"animation-delay:{wait}s\">{body}</g>\n"
        ));
    }
    let all = SHOWN * STEPS.len() as f32;
    let share = 100.0 / STEPS.len() as f32;
    format!(
        "{opening}<style>@keyframes turn{{0%{{visibility:visible}}{share:.3}%{{visibility:hidden}}100%{{visibility:hidden}}}}\
         .f{{animation:turn {all}s step-end infinite}}.h{{visibility:hidden}}\
         @media(prefers-reduced-motion:reduce){{.f{{animation:none}}}}</style>\n{frames}</svg>\n"
    )
}
