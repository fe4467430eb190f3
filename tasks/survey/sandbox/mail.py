"""The mail server behind a sandbox platform: what was sent, and what it refuses."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

MailKind = Literal["invite", "remind"]
AT_ONCE = 50  # LimeSurvey's `maxemails`: how many mails one call sends at most
USER_UNKNOWN = "Recipient address rejected: User unknown"
DOWN = (
    "SMTP connect() failed. https://github.com/PHPMailer/PHPMailer/wiki/TroubleshootingSMTP server "
    "error: Failed to connect to server SMTP code: 111 Additional SMTP info: Connection refused"
)


@dataclass(frozen=True)
class SandboxMail:
    """A mail that left."""

    survey_id: int
    tid: int
    kind: MailKind
    to: str
    sent_at: datetime


@dataclass
class MailServer:
    """Takes every mail, unless told otherwise.

    Attributes:
        up: whether it answers at all.
        refused: addresses that it refuses.
        at_once: how many mails a call sends at most.
        outbox: what it took, in order.
    """

    up: bool = True
    refused: set[str] = field(default_factory=set)
    at_once: int = AT_ONCE
    outbox: list[SandboxMail] = field(default_factory=list)

    def send(self, mail: SandboxMail) -> str | None:
        """Take a mail; or say why not, as LimeSurvey quotes it."""
        if not self.up:
            return DOWN
        if mail.to in self.refused:
            return (
                f"SMTP Error: The following recipients failed: {mail.to}: "
                f"<{mail.to}>: {USER_UNKNOWN}\r\n"
            )
        self.outbox.append(mail)
        return None
