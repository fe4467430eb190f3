"""A line that begins with what it is about: « Actualisé : 12 passages »."""

from dataclasses import dataclass

from tasks.reports.voice import Voice


@dataclass(frozen=True)
class Line:
    """One line of a log or of a list of things to do.

    Attributes:
        lead: its first words, which a report sets in bold.
        text: what follows the colon.
        sentence: both, for the terminal and the run's page.
    """

    lead: str
    text: str
    sentence: str

    @classmethod
    def of(cls, voice: Voice, lead: str, text: str) -> "Line":
        """A line in the voice of a report; both parts are already in its language."""
        return cls(lead, text, voice.say("{lead} : {text}", lead=lead, text=text))

    @property
    def fields(self) -> dict[str, str]:
        """The line as a template reads it."""
        return {"key": self.lead, "lead": self.lead, "text": self.text}
