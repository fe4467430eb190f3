"""A mail server on this machine that keeps every mail and sends none on."""

import html
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

LINK = re.compile(r"https?://[^\s\"'<>]+token=[^\s\"'<>]+")


class Mailbox(socketserver.ThreadingTCPServer):
    """Speaks as much of SMTP as a mailer needs; `mails` are those received, in order."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, host: str, port: int) -> None:
        super().__init__((host, port), _Conversation)
        self.mails: list[EmailMessage] = []


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._say("220 here")
        for line in iter(self.rfile.readline, b""):
            command = line[:4].upper().strip()
            if command == b"DATA":
                self._say("354 go on")
                self.server.mails.append(self._mail())
            self._say("221 bye" if command == b"QUIT" else "250 well")
            if command == b"QUIT":
                return

    def _mail(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        content = b"".join(line[1:] if line.startswith(b"..") else line for line in lines)
        return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def running_mailbox(address: str) -> Iterator[Mailbox]:
    """A mailbox at `host:port`, for as long as the block lasts."""
    host, _, port = address.partition(":")
    with Mailbox(host, int(port)) as mailbox:
        thread = threading.Thread(target=mailbox.serve_forever, daemon=True)
        thread.start()
        try:
            yield mailbox
        finally:
            mailbox.shutdown()
            thread.join()


def body(mail: EmailMessage) -> str:
    """What a mail says, as it was written (HTML or plain text)."""
    part = mail.get_body(("html", "plain"))
    return part.get_content() if part else ""


def link(mail: EmailMessage) -> str:
    """The personal link in a mail."""
    found = LINK.search(html.unescape(body(mail)))
    assert found, f"no personal link in « {mail['subject']} »"
    return found[0]
