"""The parts behind charts: prototypes taken out of a template, a set of parts for each use."""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.word.chart_repair import WORKBOOK_LINK, R
from tasks.word.charts import ChartData, ChartPrototype
from tasks.word.package import Package, Relationship, relationships_name, relationships_xml
from tasks.word.zipfiles import KEPT, Member

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PACKAGE_LINK = f"{R}/package"
_CHART_LINK = f"{R}/chart"
_OWN = ("package", "oleObject")  # links to the author's workbook: each use has its own


@dataclass(frozen=True)
class Companion:
    """A part that a chart needs beside its data: its style, its colours, shapes drawn on it."""

    link: Relationship
    member: Member
    content_type: str


@dataclass(frozen=True)
class ChartSource:
    """An author's chart, ready to be used any number of times."""

    prototype: ChartPrototype
    companions: tuple[Companion, ...]

    @classmethod
    def read(cls, package: Package, name: str) -> "ChartSource":
        """Read a chart part and what it links to."""
        parts, types = package.parts, package.types
        companions = tuple(
            Companion(link, _packed(link.target, parts), types.of(link.target))
            for link in package.links(name)
            if not link.external and link.kind not in _OWN and link.target in parts
        )
        return cls(ChartPrototype.cut(parts[name]), companions)


@dataclass(frozen=True)
class ChartUse:
    """What one use of a chart adds to the file."""

    link: Relationship
    members: tuple[Member, ...]
    overrides: tuple[tuple[str, str], ...]


def use_chart(source: ChartSource, data: ChartData, number: int, main: str) -> ChartUse:
    """Return the parts of the chart with this number.

    Args:
        source: the author's chart.
        data: its values.
        number: unique in the document; names the parts.
        main: name of the document part.
    """
    folder = main.rsplit("/", 1)[0]
    name = f"{folder}/charts/chart{number}.xml"
    book = f"{folder}/embeddings/chart{number}.xlsx"
    chart, workbook = source.prototype.fill(data)
    companions = [
        (companion, _numbered(companion.link.target, number)) for companion in source.companions
    ]
    links = [Relationship(WORKBOOK_LINK, _PACKAGE_LINK, book, external=False)]
    links += [
        Relationship(companion.link.id, companion.link.type, target, external=False)
        for companion, target in companions
    ]
    members = (
        Member.pack(name, chart),
        Member.store(book, workbook),
        Member.pack(relationships_name(name), relationships_xml(name, links)),
        *(companion.member.renamed(target) for companion, target in companions),
    )
    overrides = [(name, CHART_TYPE)]
    overrides += [(target, companion.content_type) for companion, target in companions]
    link = Relationship(f"rIdChart{number}", _CHART_LINK, name, external=False)
    return ChartUse(link, members, tuple(overrides))


def _packed(name: str, parts: Mapping[str, bytes]) -> Member:
    return Member.pack(name, parts[name], KEPT)


def _numbered(name: str, number: int) -> str:
    """Return the name of a companion's copy: `style1.xml` of chart 12 is `style12.xml`."""
    stem, _, extension = name.rpartition(".")
    return f"{stem.rstrip('0123456789')}{number}.{extension}"
