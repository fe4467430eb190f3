"""What the steps of a refresh hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.errors import DisclosureError
from tasks.cleaning import CleanAnswers
from tasks.interviews.model import Doubt
from tasks.interviews.sources import Contradiction
from tasks.publishing import Published
from tasks.reports.content import ReportContent
from tasks.results import CollectiveResults
from tasks.scoring.ledger import Ledger
from tasks.scoring.publication import Plan
from tasks.store.records import PullRecord


@dataclass(frozen=True)
class Pulled:
    """What a pull brought, and what staff should know of it."""

    record: PullRecord
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cleaned:
    """The answers of now, and those that the collective results may be computed on."""

    now: CleanAnswers
    published: CleanAnswers
    pull: int  # the pull that `published` comes from
    ledger: Ledger  # what was published so far
    erased: int  # people of the study erased at their request, when its answers were read
    waits: bool = False  # nothing collective may be computed: somebody was erased since

    @property
    def renewed(self) -> bool:
        """False: too few answers changed; the results stay those last published."""
        return not self.waits and self.published.fingerprints == self.now.fingerprints


@dataclass(frozen=True)
class Scored:
    """The collective results, and what publishing them makes known."""

    results: CollectiveResults
    plan: Plan


@dataclass(frozen=True)
class Noted:
    """What reading the notes and their review left for staff to look at.

    Attributes:
        doubts: file and passage.
        contradictions: positions, of all sources, that do not agree; none of them counts.
    """

    doubts: tuple[tuple[str, Doubt], ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True)
class Written:
    """A file that was written, and what staff should know of it."""

    path: Path
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Issued:
    """A report as issued."""

    content: ReportContent
    former: Mapping[str, str | float | int | None] | None  # figures of the last issue
    published: Published  # what this issue changed, kept or offered in the edited file

    @property
    def written(self) -> Written:
        """The file."""
        return Written(self.published.path, self.published.notices)

    @property
    def figures_changed(self) -> int | None:
        """How many figures differ from the last issue; None: first issue."""
        if self.former is None:
            return None
        names = {*self.former, *self.content.values}
        return sum(self.former.get(name) != self.content.values.get(name) for name in names)


@dataclass(frozen=True)
class PublishedFiles:
    """The files that show collective results, as a refresh wrote them.

    Attributes:
        report: the collective report.
        note: the weekly note; None: it says nothing new, or is withheld.
        workbook: the results workbook; None: it is withheld.
        withheld: why documents were not written: which one, which table, what to do.
    """

    report: Issued
    note: Written | None
    workbook: Written | None
    withheld: tuple[DisclosureError, ...] = ()
