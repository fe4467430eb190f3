"""Cover, contents, how to read the report, synthesis, participation."""

from report_templates.drawing import charts
from report_templates.drawing.page import TEXT_WIDTH, Pen, shade
from tasks.word.authoring import ChartKind, add_field


def draw_front(pen: Pen) -> None:
    """Everything before the first result."""
    _cover(pen)
    _contents(pen)
    _how_to_read(pen)
    with pen.when("not has_results"):
        pen.heading(1, pen.say("Où en est l’étude"), new_page=True)
        pen.write(
            "Normal",
            pen.say(
                "Aucune répartition ne peut encore être montrée. Ce rapport est volontairement"
                " court : il grandira avec les réponses."
            ),
        )
    with pen.when("has_results"):
        _synthesis(pen)
    _participation(pen)


def _cover(pen: Pen) -> None:
    pen.write("Haut de page", "")
    band = pen.grid((TEXT_WIDTH,))
    shade(band.rows[0].cells[0], accent=1)
    inside = pen.inside(band.rows[0].cells[0])
    inside.write("Surtitre", "{{ report.programme or '\u00a0' }}")
    inside.write("Title", "{{ report.title }}")
    inside.write("Subtitle", pen.say("Résultats collectifs"))
    inside.write("Subtitle", "{{ model.title }}")
    inside.write("Bas du bandeau", "\u00a0")
    pen.write("Haut de page", "")
    pen.write("Couverture", ("{{ report.authority_line }}", "Amorce"))
    pen.write("Couverture", "{{ report.wave }}")
    pen.write("Couverture", "{{ report.until }}")
    pen.write("Couverture", "{{ report.mode }}")


def _contents(pen: Pen) -> None:
    heading = pen.write("TOC Heading", pen.say("Sommaire"))
    heading.paragraph_format.page_break_before = True
    field = pen.write("toc 1")
    add_field(
        field,
        'TOC \\o "1-2" \\h \\z \\u',
        pen.say("Dans Word : clic droit ici, puis « Mettre à jour les champs »."),
    )


def _how_to_read(pen: Pen) -> None:
    pen.heading(1, pen.say("Comment lire ce rapport"), new_page=True)
    pen.write("Normal", "{{ model.description }}")
    pen.heading(2, pen.say("Les {{ model.level_words }}"))
    with pen.when("model.is_cycle"):
        pen.write(
            "Normal",
            pen.say(
                "Ils forment un cycle : ce qu’apprend un projet nourrit le suivant. Repartir vers"
                " un nouveau projet est un nouveau tour, jamais un retour en arrière."
            ),
        )
    pen.caption(pen.say("Tableau"), pen.say("Les {{ model.level_words }} et leur sens"), above=True)
    pen.table(
        ("{{ model.level_word | capitalize }}", pen.say("Ce que cela veut dire")),
        ("{{ level.label }}", "{{ level.text }}"),
        "level in model.levels",
        (3.6, 13.0),
    )
    pen.heading(2, pen.say("Lire une page de résultats"))
    for words in (
        pen.say(
            "Chaque sujet tient sur une page : ce qui est dit, ce qui est partagé et ce qui ne"
            " l’est pas, ce que voient les différents points de vue, ce que les entretiens ont"
            " changé, une question pour l’atelier."
        ),
        pen.say(
            "Les graphiques montrent des personnes : « 7 » veut dire sept personnes. Un pourcentage"
            " n’apparaît qu’à partir de {{ method.percent_from }} réponses."
        ),
        pen.say(
            "« La réponse du milieu » partage les réponses en deux moitiés égales, une fois rangées"
            " dans l’ordre des {{ model.level_words }}. Quand les avis forment deux groupes, le"
            " rapport donne deux lectures plutôt qu’un point intermédiaire."
        ),
        pen.say(
            "Un écart entre deux points de vue est posé comme une question pour l’entretien ou"
            " l’atelier, jamais comme un verdict."
        ),
    ):
        pen.write("List Bullet", words)
    pen.heading(2, pen.say("Ce que ce rapport ne fait pas"))
    pen.write(
        "Normal",
        pen.say(
            "Il ne résume pas la collectivité par un chiffre, ne la compare à aucune autre et"
            " n’établit aucun classement. Additionner les sujets effacerait ce qui compte : les"
            " désaccords, et les raisons que chacun en donne. Il ne dit rien d’une personne."
        ),
    )


def _synthesis(pen: Pen) -> None:
    pen.heading(1, pen.say("Synthèse"), new_page=True)
    pen.write("Lecture", "{{ synthesis.opening }}")
    pen.heading(2, pen.say("Ce qui est largement partagé"))
    _placed(pen, "shared")
    pen.heading(2, pen.say("Là où les points de vue divergent"))
    _placed(pen, "divided")
    with pen.when("synthesis.means"):
        pen.heading(2, pen.say("Les moyens et les ambitions"))
        with pen.each("sentence in synthesis.means"):
            pen.write("Normal", "{{ sentence }}")
    pen.heading(2, pen.say("Ce que les entretiens ont déplacé"))
    pen.write("Normal", "{{ synthesis.interviews }}")
    with pen.when("synthesis.subjects"):
        pen.write("Normal", "{{ synthesis.subjects }}")
    with pen.when("synthesis.questions"):
        pen.heading(2, pen.say("Questions pour l’atelier"))
        with pen.each("one in synthesis.questions"):
            pen.write("Question d’atelier", ("{{ one.title }}. ", "Amorce"), "{{ one.question }}")


def _placed(pen: Pen, name: str) -> None:
    """A list of dimensions with their place, or the sentence that there is none."""
    with pen.when(f"synthesis.{name}"), pen.each(f"one in synthesis.{name}"):
        pen.write("List Bullet", ("{{ one.title }}", "Amorce"), pen.say(" : {{ one.place }}."))
    with pen.when(f"not synthesis.{name}"):
        pen.write("Normal", f"{{{{ synthesis.nothing_{name} }}}}")


def _participation(pen: Pen) -> None:
    pen.heading_on_new_page_when("has_results", 1, pen.say("Qui a répondu"))
    pen.write("Normal", "{{ participation.sentences | join(' ') }}")
    side, answered, invited = (
        (pen.say("Point de vue"), "{{ row.label }}", 9.0),
        (pen.say("Ont répondu"), "#{{ row.answered }}", 3.8),
        (pen.say("Personnes invitées"), "#{{ row.invited }}", 3.8),
    )
    with pen.when("participation.rows"):
        pen.caption(pen.say("Tableau"), pen.say("Participation par point de vue"), above=True)
        with pen.when("participation.has_invited"):
            pen.table(*_columns(side, answered, invited))
        with pen.when("not participation.has_invited"):
            pen.table(*_columns(side, answered))
    with pen.when("participation.withheld"):
        pen.write("Petite note", "{{ participation.withheld }}")
    with pen.when("participation.has_sides_chart"):
        charts.bars(
            pen.write("Graphique"),
            ChartKind.STACKED,
            "participation-sides",
            (pen.say("Ont répondu"), pen.say("N’ont pas encore répondu")),
            ((1, 3), (3, 0)),
            (TEXT_WIDTH, 3.8),
        )
        pen.caption(pen.say("Figure"), pen.say("Personnes invitées et réponses, par point de vue"))
    with pen.when("participation.has_days_chart"):
        charts.bars(
            pen.write("Graphique"),
            ChartKind.COLUMNS,
            "participation-days",
            (pen.say("Réponses reçues"),),
            ((1, 3),),
            (TEXT_WIDTH, 5.0),
        )
        pen.caption(pen.say("Figure"), pen.say("Réponses reçues depuis l’ouverture"))
    with pen.when("changes"):
        pen.heading(2, pen.say("Depuis l’édition précédente"))
        with pen.each("note in changes"):
            pen.write("List Bullet", "{{ note }}")


def _columns(
    *columns: tuple[str, str, float],
) -> tuple[list[str], list[str], str, list[float]]:
    """What `Pen.table` wants, from columns of (heading, text, width in cm)."""
    headings, texts, widths = (list(part) for part in zip(*columns, strict=True))
    return headings, texts, "row in participation.rows", widths
