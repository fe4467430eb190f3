"""Word templates: compiled once, rendered many times.

    template = WordTemplate.open("report_templates/collective_report.docx")
    template.fields()                  # the names that a context must hold
    template.charts()                  # chart markers, as the author typed them
    report = template.render(context, charts, DocumentProperties(title="…"))   # bytes of a .docx

**Tags** are docxtpl's: `{{ field }}`, `{% if %}`, `{%p for … %}` (whole paragraphs), `{%tr … %}`
(rows), `{%tc … %}` (columns), `{% cellbg colour %}`, `{% colspan n %}`, `{% vm %}`, `{{r rich }}`.
A context is made of dictionaries, lists, texts and numbers. Values never become tags or XML; a
line break in a value is a line break in the document, a tabulation a tabulation; other control
characters go. `None` prints nothing. A name that does not exist is an error.

**Charts** are drawn by the author; the alternative text is `chart: NAME`, where NAME may hold
tags in single quotes: `chart: {{ 'axis-' ~ axis.code }}`. LibreOffice drops the alternative text
of charts when it saves: a tag `{{ chart('axis-' ~ axis.code) }}` in the chart's own paragraph
says the same and survives. `charts[NAME]` is a `ChartData`; one without data leaves its sentence,
in the paragraph style named « Graphique sans données » when the template has it.

**To make templates in code** see `tasks/word/authoring.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.word.charts import ChartData
from tasks.word.errors import refusal
from tasks.word.plan import Plan, compile_plan
from tasks.word.program import Program
from tasks.word.properties import DocumentProperties
from tasks.word.rendering import Rendering


@dataclass(frozen=True)
class Section:
    """What a template reads under a heading."""

    title: str
    fields: tuple[str, ...]  # paths, in the order of their first reading
    charts: tuple[str, ...]  # names as typed, with their tags


@dataclass(frozen=True)
class WordTemplate:
    """A template of Word, ready to render."""

    plan: Plan

    @classmethod
    def open(cls, source: str | Path | bytes, language: str = "fr") -> "WordTemplate":
        """Open a template; one that was opened before is not compiled again.

        Args:
            source: path or content of a .docx.
            language: of the messages in errors.

        Raises:
            TemplateError: the file cannot be read, is no harmless Word document, or holds a tag
                that cannot be used.
        """
        content = source if isinstance(source, bytes) else read_template(Path(source), language)
        return cls(compile_plan(content, language))

    def fields(self) -> frozenset[str]:
        """Return the names that the template reads from a context."""
        return frozenset().union(*(program.fields for program in self._programs()))

    def places(self) -> dict[str, str]:
        """Return each value that the template reads, as a path → where it is first read, in words.

        Paths are `synthesis.opening`, `axes[].dimensions[].title`.
        """
        found: dict[str, str] = {}
        for program in self._programs():
            for path, line in program.paths.items():
                found.setdefault(path, program.source.heading(line))
        return found

    def sections(self) -> tuple[Section, ...]:
        """Return what stands under each heading, in the order of the document.

        What stands above the first heading, in headers or in the properties comes under a name
        of that place in words.
        """
        found: dict[str, tuple[list[str], list[str]]] = {}
        for program in self._programs():
            lines = [(line, 0, path) for path, line in program.paths.items()]
            lines += [(line, 1, self.charts()[chart]) for chart, line in program.charts()]
            for line, kind, name in sorted(lines):
                title = program.source.title(line) or program.source.place
                found.setdefault(title, ([], []))[kind].append(name)
        return tuple(
            Section(title, tuple(fields), tuple(charts))
            for title, (fields, charts) in found.items()
        )

    def _programs(self) -> tuple[Program, ...]:
        return (*self.plan.programs.values(), *self.plan.core_texts.values())

    def charts(self) -> tuple[str, ...]:
        """Return the names of the charts, with their tags, in the order of the document."""
        return tuple(chart.name for chart in self.plan.charts)

    def render(
        self,
        context: Mapping[str, Any],
        charts: Mapping[str, ChartData],
        properties: DocumentProperties,
    ) -> bytes:
        """Return a .docx; the same input gives the same bytes.

        Args:
            context: the fields: dictionaries, lists, texts, numbers.
            charts: the data by name of chart; a chart may be used several times.
            properties: title, author, language and so on; what is left empty stays as the
                template has it.

        Raises:
            TemplateError: a field or a chart that does not exist, or a result that Word would
                not open; names the place.
        """
        return Rendering(self.plan, charts).write(context, properties)


def read_template(path: Path, language: str) -> bytes:
    """Return the content of a template.

    Raises:
        TemplateError: there is no such file, or it may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise refusal(
            "Le modèle « {path} » ne peut pas être lu.",
            "Vérifiez que le fichier existe et qu’il est lisible.",
            language,
            path=path,
        ) from error
