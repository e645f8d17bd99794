"""A handler for aiosmtpd that tells what it heard, and whether it was encrypted."""

from base64 import b64decode
from pathlib import Path

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import AuthResult


class Candid(Mailbox):
    """Keeps e-mails like `Mailbox`, writes what it heard in the file `heard`, knows one password."""

    def hear(self, server, word):
        cipher = server.transport.get_extra_info("cipher")
        how = cipher[1] if cipher else "clear"
        with open(Path(self.mail_dir).parent / "heard", "a") as heard:
            heard.write(f"{word} {how}\n")

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.hear(server, "EHLO")
        return responses

    async def auth_PLAIN(self, server, args):
        self.hear(server, "AUTH")
        known = b64decode(args[1]).split(b"\0")[1:] == [b"site", b"secret"]
        return AuthResult(success=known, handled=False)

    async def handle_DATA(self, server, session, envelope):
        self.hear(server, "DATA")
        return await super().handle_DATA(server, session, envelope)
