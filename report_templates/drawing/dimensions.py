"""One page per dimension, under its axis."""

from report_templates.drawing import charts
from report_templates.drawing.page import TEXT_WIDTH, Pen
from tasks.word.authoring import ChartKind

LEFT, RIGHT = 9.4, 7.2
"""Widths of what stands side by side, in centimetres."""


def draw_dimensions(pen: Pen) -> None:
    """The pages of the dimensions; each begins on a new page and fits on it."""
    with pen.when("has_results"), pen.each("axis in axes"):
        pen.heading(1, "{{ axis.label }}", new_page=True)
        pen.write("Axe", "{{ axis.description }}")
        with pen.each("d in axis.dimensions"):
            pen.heading_on_new_page_when("not loop.first", 2, "{{ d.title }}")
            _page(pen)


def _page(pen: Pen) -> None:
    pen.write("Chapeau", "{{ d.description }}")
    pen.write("Lecture", ("{{ d.reading }} ", "Amorce"), "{{ d.agreement }}")
    with pen.each("b in d.behaviours"):
        pen.write("Comportement", ("{{ b.level }} – ", "Amorce"), "{{ b.text }}")
    with pen.when("d.coherence"):
        _stages_and_means(pen)
    with pen.when("not d.coherence"):
        _stages(pen, TEXT_WIDTH, 5.8)
    with pen.when("d.shared or d.silences"):
        pen.write(
            "Corps serré",
            (pen.say("Ce qui est partagé. "), "Amorce"),
            "{{ d.shared }} ",
            (pen.say("Ce qui l’est moins. "), "Amorce"),
            "{{ d.unshared }} {{ d.silences }}",
        )
    with pen.when("d.remarks"):
        pen.write("Corps serré", "{{ d.remarks }}")
    _sides(pen)
    with pen.when("d.interviews"):
        pen.write(
            "Corps serré",
            (pen.say("Ce que les entretiens ont changé. "), "Amorce"),
            "{{ d.interviews }}",
        )
    with pen.when("d.wave_change"):
        pen.write(
            "Corps serré", (pen.say("D’une vague à l’autre. "), "Amorce"), "{{ d.wave_change }}"
        )
    with pen.each("quote in d.quotes"):
        pen.write(
            "Quote", pen.say("« {{ quote.text }} »"), (" {{ quote.source }}", "Source de citation")
        )
    with pen.when("d.next"):
        pen.write("Corps serré", "{{ d.next }}")
    pen.write("Question d’atelier", (pen.say("Pour l’atelier. "), "Amorce"), "{{ d.question }}")
    with pen.when("d.recommendations"):
        pen.write(
            "Petite note",
            (pen.say("Préconisations qui s’y rapportent : "), "Amorce"),
            "{% for r in d.recommendations %}{{ r.code }}"
            + pen.say(" – ")
            + "{{ r.title }}{% if not loop.last %} ; {% endif %}{% endfor %}",
        )


def _stages_and_means(pen: Pen) -> None:
    """Where the subject stands, and whether means follow, side by side."""
    table = pen.grid((LEFT, RIGHT))
    left, right = (pen.inside(cell) for cell in table.rows[0].cells)
    _stages(left, LEFT - 0.4, 5.8)
    right.write("Étiquette", pen.say("Les moyens et les ambitions"))
    right.write("Petite note", "{{ d.coherence.question }}")
    with right.each("row in d.coherence.rows"):
        right.write("Points", "{{ row.label }}\t{{ row.people }}")
    right.write("Petite note", "{{ d.coherence.reading }}")


def _stages(pen: Pen, width: float, height: float) -> None:
    charts.bars(
        pen.write("Graphique"),
        ChartKind.COLUMNS,
        "{{ 'stages-' ~ d.code }}",
        (pen.say("Questionnaire"), pen.say("Après les entretiens")),
        ((1, 1), (1, 4)),
        (width, height),
    )
    pen.caption(pen.say("Figure"), pen.say("Nombre de personnes par {{ model.level_word }}"))


def _sides(pen: Pen) -> None:
    with pen.when("d.sides"):
        with pen.when("d.sides.rows"):
            pen.caption(
                pen.say("Tableau"),
                pen.say("Réponses selon les points de vue (un point par personne)"),
                above=True,
            )
            pen.table(
                (pen.say("Point de vue"), pen.say("Réponses"), pen.say("Lecture")),
                ("{{ row.label }}", "{{ row.answers }}", "{{ row.place }}"),
                "row in d.sides.rows",
                (4.4, 7.8, 4.4),
            )
        with pen.when("d.sides.text"):
            pen.write(
                "Après tableau",
                (pen.say("Selon les points de vue. "), "Amorce"),
                "{{ d.sides.text }}",
            )
