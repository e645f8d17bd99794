//! Filling a form in by keyboard, in the real browser.

use thirtyfour::Key;

use crate::support::chromium::Chromium;

/// Most radios in one group.
const MAX_CHOICES: usize = 12;

impl Chromium {
    /// Chooses a radio of the group that begins with `first`: arrows move within a group.
    pub(crate) async fn choose(&self, first: &str, wanted: &str) {
        let mut here = self.tab_to("radio", first).await;
        for _ in 0..MAX_CHOICES {
            if here.name.starts_with(wanted) {
                self.press(Key::Space).await;
                return;
            }
            self.press(Key::Down).await;
            here = self.focused().await.unwrap();
        }
        panic!("no choice « {wanted} » after « {first} »")
    }

    /// Moves to a field and types.
    pub(crate) async fn type_in(&self, name: &str, text: &str) {
        self.tab_to("textbox", name).await;
        self.press(text).await;
    }
}
