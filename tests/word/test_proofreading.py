"""Slips in the typing of a template: each named where it was made."""

import pytest
from docx.oxml.ns import qn

from config.errors import TemplateError
from tasks.word.authoring import add_chart
from tasks.word.chart_design import ChartKind
from tasks.word.plan import find_slips
from tasks.word.template import WordTemplate
from tests.word.specimens import LEVELS, lines, made


def messages(content: bytes) -> list[str]:
    """Return the messages of a template's slips, with plain spaces."""
    return [slip.message.replace("\u00a0", " ") for slip in find_slips(content, "fr")]


def one(*texts: str) -> str:
    """Return the message of the only slip in these paragraphs; opening stops at it too."""
    content = lines(*texts)
    (message,) = messages(content)
    with pytest.raises(TemplateError) as caught:
        WordTemplate.open(content)
    assert caught.value.message.replace("\u00a0", " ") == message
    assert caught.value.remedy
    return message


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Voici { report.title }} et {{ x }}.", "« { report.title }} »"),
        ("Voici {{ report.title } et {{ x }}.", "« {{ report.title } »"),
        ("L’État n'a pas {{ report.title } d'avis", "« {{ report.title } »"),
        ("Voici {% if x et la suite", "« {% if x et la suite »"),
        ("{ % if x %}oui{% endif %}", "« { % if x %} »"),
        ("Voici {{ x }}}.", "« } »"),
        ("{{ report.title %}", "« {{ report.title"),
    ],
)
def test_a_lone_brace_is_named_with_its_heading(typed: str, named: str) -> None:
    """Half a tag would be printed in the report, or swallow the text up to the next one."""
    message = messages(lines("# Synthèse", typed))[0]
    assert "accolade" in message
    assert named in message
    assert "sous le titre « Synthèse »" in message


@pytest.mark.parametrize(
    "typed",
    [
        "Un ensemble {a, b} et une {note}",
        "{{ '}}' }} et {{ '{{' }}",
        "{# une remarque {{ x } #}",
        "{% raw %}{{ x }{% endraw %}",
        "{% if n % 2 %}impair{% else %}pair{% endif %}",
        "{% set x = 1 %}{{ x }}",
        "{% set x %}texte{% endset %}{{ x }}",
        "{_{ x }_}",
    ],
)
def test_what_is_written_rightly_is_left_alone(typed: str) -> None:
    """Single braces, texts with braces, remarks and blocks are no slips."""
    assert messages(lines(typed)) == []


def test_an_end_without_its_start_is_named() -> None:
    """The message points at the orphan itself, not at the end of the document."""
    message = one("# Les stades", "Ils forment un cycle.", "{%p endif %}", "# Fin", "{{ x }}")
    assert "« {%p endif %} » n’a pas son début « if »" in message
    assert "sous le titre « Les stades », près de « Ils forment un cycle. »" in message


def test_an_else_without_its_start_is_named() -> None:
    """A branch outside any condition is told as such."""
    assert "« {%p else %} » n’a pas son début" in one("# A", "{%p else %}", "texte")


def test_the_condition_that_lost_its_end_is_named_among_others() -> None:
    """The chapter's own condition, which begins with a heading, is not blamed for its inner one."""
    message = one(
        "{%p if results %}", "# Synthèse", "{%p if shared %}", "Texte", "# Ensuite", "Autre",
        "{%p endif %}",
    )  # fmt: skip
    assert "« {%p if shared %} » n’est pas refermée (sous le titre « Synthèse »" in message


def test_a_condition_may_reach_over_headings() -> None:
    """What only looks unusual is no slip: everything here is closed."""
    assert messages(lines("{%p if a %}", "Texte", "# Titre", "{%p endif %}")) == []


def test_a_loop_of_rows_is_not_mixed_with_paragraphs() -> None:
    """A row's loop that lost its end is named, not the loop of paragraphs around the table."""

    def build(document):
        document.add_paragraph("{%p for d in dims %}")
        table = document.add_table(2, 1)
        table.cell(0, 0).text = "{%tr for row in d.rows %}"
        table.cell(1, 0).text = "{{ row.label }}"
        document.add_paragraph("{%p endfor %}")

    (message,) = messages(made(build))
    assert "« {%tr for row in d.rows %} » n’est pas refermée" in message


def test_a_paragraph_tag_inside_a_sentence_is_named() -> None:
    """The sentence around it would be lost, and its end with it."""
    message = one("# Synthèse", "Texte {%p if a %} dedans {%p endif %}", "Suite")
    assert "« {%p if a %} » doit occuper seule un paragraphe (sous le titre « Synthèse »" in message


def test_a_row_tag_beside_other_cells_is_named() -> None:
    """The other cells of its row would be lost; outside a table it means nothing."""

    def build(document):
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "{%tr for row in rows %}"
        table.cell(0, 1).text = "{{ row.label }}"
        table.cell(1, 0).text = "{%tr endfor %}"

    (message,) = messages(made(build))
    assert "{%tr for row in rows %} » doit occuper seule une ligne" in message
    assert "doit occuper seule une ligne" in messages(lines("{%tr if a %}", "{%tr endif %}"))[0]


def test_a_chart_tag_whose_drawing_is_gone_is_named() -> None:
    """It is no unknown field: the chart is missing, and the remedy says where to find one."""

    def build(document):
        document.add_heading("Toutes les réponses", 1)
        paragraph = document.add_paragraph()
        add_chart(paragraph, ChartKind.STACKED, "overview", series=LEVELS)
        for drawing in list(paragraph._p.iter(qn("w:drawing"))):
            drawing.getparent().remove(drawing)

    (message,) = messages(made(build))
    assert "pas de graphique à côté de la balise « {{ chart('overview') }} »" in message
    assert "sous le titre « Toutes les réponses »" in message


def test_every_slip_is_found_at_once() -> None:
    """Staff mend a template in one go, its headers and properties included."""

    def build(document):
        document.core_properties.title = "{{ report.title }"
        document.sections[0].header.paragraphs[0].text = "{ report.wave }}"
        document.add_paragraph("{ report.until }}")
        document.add_paragraph("{%p endfor %}")

    told = "\n".join(messages(made(build)))
    for expected in ("until", "endfor", "dans un en-tête", "dans les propriétés"):
        assert expected in told
