"""The one family of errors that staff may meet.

Every message says what happened, where, and what to do, in the reader's language.
"""


class MaturityError(Exception):
    """Something staff can act on; `str()` of it is a message for them, never a traceback.

    Args:
        message: what happened, where (file, line, question, pseudonym…).
        remedy: what to do next; printed under the message.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n→ {self.remedy}" if self.remedy else self.message

    def __reduce__(self) -> tuple[type["MaturityError"], tuple[str, str]]:
        return type(self), (self.message, self.remedy)


class StudyFileError(MaturityError):
    """A model, study or lexicon file that does not hold; names file and line."""


class PlatformError(MaturityError):
    """The survey platform cannot be used: unreachable, refused, no right, unknown survey."""


class PlatformUnreachable(PlatformError):
    """Nothing usable answers; worth another try later (the only platform error that is)."""


class QuestionnaireMismatch(PlatformError):
    """The survey on the platform no longer equals the maturity model; names the question."""


class NotesError(MaturityError):
    """A notes workbook that cannot be read; names sheet and cell."""


class TemplateError(MaturityError):
    """A Word template that uses what the product does not offer, or that cannot be opened."""


class ReportLocked(MaturityError):
    """The report is open in Word or cannot be written; the last issue stays as it is."""


class ReportUnreadable(MaturityError):
    """A report that staff edited and that cannot be read any more; only this report stops."""


class UnknownIssue(MaturityError):
    """A report has no issue of this number, or what it held was erased."""


class DisclosureError(MaturityError):
    """A finished document would reveal a small group; publication stops."""


class StoreError(MaturityError):
    """The database cannot be opened or is of another version."""


class ParticipantsError(MaturityError):
    """A participants list that cannot be sent as it is; names sheet, row and column."""


class MailingError(MaturityError):
    """Invitations or reminders that may not leave now, or that did not all leave."""
