"""How long the merge of an edited report takes: `merge.seconds`.

A report of 20 pages as LibreOffice lays it out (210 anchored paragraphs, 30 tables of 9 rows, 30
native charts), a tenth of it edited, nine tenths of it moved by the data: the slow case, since
everything that the refresh touches is written again. CPU seconds of one process, median of the
runs.
"""

import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

from docx import Document

from tasks.word.merge import MergeResult, merge, merge_words
from tests.word.merge.specimens import Chart, Report, Section, render

SECTIONS = 30


def report(week: int) -> Report:
    """Return a 20-page report whose figures depend on the week."""
    sections = (
        Section(
            key=f"s{number}",
            title=f"Dimension {number}",
            paragraphs=tuple(
                (
                    f"s{number}/p{index}",
                    f"Constat {index} : *{(week * 7 + number * index) % 15}* personnes sur 15 "
                    "décrivent des orientations, des essais et des projets déjà engagés.",
                )
                for index in range(7)
            ),
            rows=tuple(
                (f"s{number}/r{row}", (f"Service {row}", f"{(week + row) % 5}", "Lecture " * 3))
                for row in range(8)
            ),
            chart=Chart(tuple((f"Stade {stage}", float(week + stage)) for stage in range(5))),
        )
        for number in range(SECTIONS)
    )
    return Report(tuple(sections), header=f"Semaine {week}", contents=True)


def edited(content: bytes) -> bytes:
    """Return a report in which a sentence of each tenth paragraph was continued."""
    document = Document(BytesIO(content))
    for paragraph in document.paragraphs[3::10]:
        paragraph.add_run(" À discuter en atelier.")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def run(base: bytes, own: bytes, new: bytes) -> MergeResult:
    """Merge once."""
    return merge(
        base,
        own,
        new,
        author="Rapport automatique",
        date=datetime(2026, 3, 2, tzinfo=UTC),
        words=merge_words(),
    )


def measures() -> Iterator[tuple[str, float]]:
    """Yield `merge.seconds`: CPU seconds of one merge, median of seven."""
    base, new = render(report(1)), render(report(2))
    own = edited(base)
    seconds = []
    for _ in range(7):
        start = time.process_time()
        run(base, own, new)
        seconds.append(time.process_time() - start)
    yield "merge.seconds", statistics.median(seconds)
