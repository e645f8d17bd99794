"""A handler for aiosmtpd that behaves as the files beside its Maildir say."""

import os
from pathlib import Path

from aiosmtpd.handlers import Mailbox


class Moody(Mailbox):
    """Keeps e-mails like `Mailbox`, unless told to be busy, or to die with one in hand."""

    def told(self, word):
        return (Path(self.mail_dir).parent / word).exists()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.told("busy"):
            return "421 4.3.2 Try again later"
        if address.startswith("refused@"):
            return "550 5.1.1 No such person"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.told("dying"):
            os._exit(1)
        return await super().handle_DATA(server, session, envelope)
