"""A study: one authority, one maturity model, its waves, its rules. One YAML file each."""

from datetime import date
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import Field

from config.text import Code, Frozen, Share, Text


class Mode(StrEnum):
    """`confidential`: the platform keeps tokens; `anonymous`: it keeps none."""

    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Authority(Frozen):
    """The public authority studied, with what French grammar needs to write about it."""

    name: str
    of_name: str  # « de la communauté de communes… »
    kind: str = ""
    population: int | None = None


class Side(Frozen):
    """A point of view: policy, digital, elected, and so on."""

    code: Code
    label: Text


class ProfileAttribute(Frozen):
    """A fact on a respondent: from a participant attribute of the platform, or a profile item."""

    code: Code
    label: Text
    participant: str | None = None  # e.g. `attribute_1`
    item: str | None = None  # e.g. `ROLE`


class SideRule(Frozen):
    """How a value of a profile attribute tells the side; unknown values make no side."""

    attribute: Code
    values: dict[str, Code]  # attribute value (option code or text) → side code


class Confidentiality(Frozen):
    """Who may be seen: fifteen colleagues know one another."""

    mode: Mode = Mode.CONFIDENTIAL
    min_group: Annotated[int, Field(ge=3, le=10)] = 5
    quote_group: Annotated[int, Field(ge=3, le=30)] = 8


class AgreementWord(Frozen):
    """A word for an agreement of at least this much (van der Eijk's A, −1 to 1)."""

    at_least: Annotated[float, Field(ge=-1, le=1)]
    text: Text


class Thresholds(Frozen):
    """Bounds of wording and of keeping; every one is shown in the method note."""

    percent_from: int = 20  # no percentage under this number of answers
    partial_share: Share = 0.5  # a partial response is kept from this share of answered items
    min_pairs: int = 6  # nothing said of change over waves under this many pairs
    agreement_words: tuple[AgreementWord, ...] = ()  # empty: the product's own words


class Schedule(Frozen):
    """When the weekly refresh runs, in the study's time zone."""

    day: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = (
        "monday"
    )
    hour: Annotated[int, Field(ge=0, le=23)] = 6
    minute: Annotated[int, Field(ge=0, le=59)] = 0


class Mailing(Frozen):
    """When invitations and reminders may go out, in the study's time zone, while a wave is open."""

    days_between: Annotated[int, Field(ge=1, le=60)] = 7  # from one mail to a person to the next
    reminders: Annotated[int, Field(ge=0, le=10)] = 2  # at most, to one person
    from_hour: Annotated[int, Field(ge=0, le=23)] = 8
    until_hour: Annotated[int, Field(ge=1, le=24)] = 18
    weekdays_only: bool = True


class Wave(Frozen):
    """One campaign: it opens, closes, has its own survey on the platform."""

    code: Code
    label: Text
    opens: date
    closes: date
    survey_id: Annotated[int, Field(gt=0)]
    keep_until: date
    interviews_until: date | None = None  # after this day no interview is still to come
    schedule: Schedule = Schedule()


class Contact(Frozen):
    """Whom people asked to answer may write to: the sender of the mails, named in the notices."""

    name: Annotated[str, Field(min_length=1, max_length=50)]  # LimeSurvey: `surveys.admin`
    email: Annotated[str, Field(max_length=254)]


class Study(Frozen):
    """A whole study file."""

    code: Code
    title: Text
    programme: str = ""
    authority: Authority
    contact: Contact | None = None  # None: LimeSurvey sends under its own default name
    model: Code
    language: Literal["fr", "en"] = "fr"
    typography: Literal["fr-FR", "fr-CH", "en"] = "fr-FR"
    timezone: str = "Europe/Paris"
    confidentiality: Confidentiality = Confidentiality()
    thresholds: Thresholds = Thresholds()
    invited: Annotated[int, Field(ge=1)] | None = None  # when the platform cannot tell
    sides: tuple[Side, ...] = ()
    profile: tuple[ProfileAttribute, ...] = ()
    side_rule: SideRule | None = None
    waves: Annotated[tuple[Wave, ...], Field(min_length=1)]
    mailing: Mailing = Mailing()
    # Folder of exported answers, under the working folder, when the platform's interface is off.
    exports: PurePosixPath | None = None
    output: PurePosixPath  # under the working folder; never absolute, never upwards
    report_template: str = "collective_report"
    # Words that the reviewer of quotes is shown wherever they stand: places, projects, nicknames.
    review_words: tuple[str, ...] = ()
    # How the new text of a passage that staff edited is shown: beside it, or as tracked changes.
    edits: Literal["comments", "tracked"] = "comments"

    def wave(self, code: str | None = None) -> Wave:
        """The wave of this code, or the last one to open.

        Raises:
            KeyError: no wave has this code.
        """
        if code is None:
            return max(self.waves, key=lambda wave: wave.opens)
        return {wave.code: wave for wave in self.waves}[code]

    def open_waves(self, today: date) -> tuple[Wave, ...]:
        """The waves whose campaign is not over yet (open now or to open)."""
        return tuple(wave for wave in self.waves if wave.closes >= today)
