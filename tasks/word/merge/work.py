"""What every step of a merge needs, and where it says what it did."""

from dataclasses import dataclass, field

from lxml import etree

from tasks.word.merge.carrier import Carrier
from tasks.word.merge.charts import ChartHunt
from tasks.word.merge.importing import Importer
from tasks.word.merge.model import Kind, MergeEvent, Offers, Subject
from tasks.word.merge.names import P
from tasks.word.merge.offering import Desk
from tasks.word.merge.reading import shown
from tasks.word.merge.whereabouts import Whereabouts


@dataclass(frozen=True)
class Journal:
    """The events of a merge, in the order in which they are written down."""

    log: list[MergeEvent] = field(default_factory=list)
    standing: list[MergeEvent] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """A merge of one story under way.

    Attributes:
        importer: brings pieces of the new version along.
        desk: writes offers.
        offers: how to write them.
        journal: of the whole merge.
        part: name of the story's part in the edited file.
        source: name of the story's part in the new version.
        body: whether the story is the body: comments are not allowed elsewhere.
        where: where the passages of the edited story stand that staff carried elsewhere.
        charts: those that are not where they were generated.
        homes: which paragraph has to hold which anchor in the end.
    """

    importer: Importer
    desk: Desk
    offers: Offers
    journal: Journal
    part: str
    source: str
    body: bool
    where: Whereabouts = field(default_factory=lambda: Whereabouts(()))
    charts: ChartHunt = field(default_factory=ChartHunt)
    homes: list[tuple[str, etree._Element]] = field(default_factory=list)

    def settle_anchor(self, element: etree._Element, anchors: tuple[str, ...]) -> None:
        """Note that a paragraph or a row is where the first of these anchors belongs."""
        paragraph = next(element.iter(P), None)
        if anchors and paragraph is not None:
            self.homes.append((anchors[0], paragraph))

    @property
    def carrier(self) -> Carrier:
        """The edited file."""
        return self.importer.carrier

    def changed(self) -> None:
        """Note that the story was changed."""
        self.carrier.touch(self.part)

    def say(
        self, kind: Kind, subject: Subject, place: str, before: str, after: str, former: str = ""
    ) -> None:
        """Log what this refresh did."""
        subject = subject if self.body else Subject.HEADER
        texts = (shown(text) for text in (before, after, former))
        self.journal.log.append(MergeEvent(kind, subject, place, *texts))

    def stands(self, kind: Kind, subject: Subject, place: str, text: str) -> None:
        """Note a passage of staff that is left alone while its data do not move."""
        subject = subject if self.body else Subject.HEADER
        self.journal.standing.append(MergeEvent(kind, subject, place, shown(text)))
