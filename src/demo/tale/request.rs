//! An information request.

use crate::case::events::Carrier;
use crate::case::{Channel, PostalKind, Purpose};
use crate::demo::almanac::Moment;
use crate::demo::tale::Tale;
use crate::demo::words::Request;
use crate::journal::Actor;

impl Tale<'_> {
    /// A request: received, given to someone, answered by a message, closed.
    pub(super) fn request(&mut self, request: &Request) -> Option<()> {
        if self.spine.channel == Channel::Web {
            if self.person.email.is_some() {
                self.mail_aside(Purpose::Receipt, "Nous avons bien reçu votre demande.")?;
            }
            self.mail_aside(Purpose::Notice, "Une demande d’information est arrivée.")?;
            self.confirm_address();
        }
        let handler = self.assign()?;
        let days = self.dice.weigh((0, 3), &[(18, (4, 10)), (8, (11, 40))]);
        self.wait(days.0..=days.1)?;
        let greeting = format!("Bonjour {},\n\n", self.person.full_name());
        let text = format!(
            "{greeting}{}\n\nBien cordialement,",
            self.say(&request.answer)
        );
        self.write_to_person(handler, Purpose::Answer, &text)?;
        if self.awaits(PostalKind::Answer) {
            self.wait(0..=2)?;
            self.tick_off(PostalKind::Answer, handler);
            self.answered(Carrier::Post, None, Actor::Staff(handler.0));
        }
        self.close(handler)
    }

    /// The moment some seconds from now.
    pub(super) fn later(&self, seconds: i64) -> Moment {
        Moment {
            at: self.now.at + chrono::TimeDelta::seconds(seconds),
            ..self.now
        }
    }
}
