"""All subjects on a page: the path, the overview charts, where views part most."""

from report_templates.drawing import charts
from report_templates.drawing.page import TEXT_WIDTH, Pen
from tasks.reports.path_drawing import HEIGHT, WIDTH

LEVELS = tuple(f"Niveau {number}" for number in range(1, 8))
OPTIONS = tuple(f"Réponse {number}" for number in range(1, 8))


def draw_overview(pen: Pen) -> None:
    """The results taken together, without adding anything up."""
    with pen.when("has_results"):
        _all_answers(pen)
        _standings(pen)
        _divergences(pen)
        _means(pen)


def _standings(pen: Pen) -> None:
    pen.heading(1, pen.say("Où se situent les sujets"), new_page=True)
    with pen.when("standings.has_path"):
        charts.path(pen.write("Graphique"), "path", (TEXT_WIDTH, 7.0), (WIDTH, HEIGHT))
        with pen.when("model.is_cycle"):
            pen.caption(pen.say("Figure"), pen.say("Le cycle des {{ model.level_words }}"))
        with pen.when("not model.is_cycle"):
            pen.caption(pen.say("Figure"), pen.say("Le parcours des {{ model.level_words }}"))
    with pen.when("standings.has_quadrant"):
        charts.quadrant(pen.write("Graphique"), "quadrant", (TEXT_WIDTH, 11.0))
        pen.caption(
            pen.say("Figure"),
            pen.say(
                "Chaque point est une personne ; en cuivre, à une réponse près d’une limite. De"
                " gauche à droite : {{ standings.x_axis }} ; de bas en haut : {{ standings.y_axis"
                " }}"
            ),
        )
        with pen.each("cell in standings.cells"):
            pen.write("List Bullet", ("{{ cell.label }}. ", "Amorce"), "{{ cell.text }}")
    with pen.each("arrow in standings.arrows"):
        pen.write("Lecture", ("↺ ", "Amorce"), "{{ arrow }}")
    pen.caption(
        pen.say("Tableau"),
        pen.say("Les sujets selon la réponse du milieu, dans l’ordre des {{ model.level_words }}"),
        above=True,
    )
    pen.table(
        ("{{ model.level_word | capitalize }}", pen.say("Sujets")),
        ("{{ row.label }}", "{{ row.dimensions }}"),
        "row in standings.rows",
        (4.6, 12.0),
    )


def _all_answers(pen: Pen) -> None:
    pen.heading(1, pen.say("Toutes les réponses, sujet par sujet"))
    charts.stacked(pen.write("Graphique"), "overview", LEVELS, 1, (TEXT_WIDTH, 11.2))
    pen.caption(
        pen.say("Figure"),
        pen.say("Nombre de personnes qui décrivent chaque {{ model.level_word }}, par sujet"),
    )


def _means(pen: Pen) -> None:
    with pen.when("synthesis.means"):
        pen.heading(1, pen.say("Les moyens suivent-ils les ambitions ?"))
        charts.stacked(pen.write("Graphique"), "overview-coherence", OPTIONS, 2, (TEXT_WIDTH, 10.4))
        pen.caption(
            pen.say("Figure"),
            pen.say("Cohérence des moyens avec les ambitions : nombre de personnes, par sujet"),
        )


def _divergences(pen: Pen) -> None:
    with pen.when("divergences"):
        pen.heading_on_new_page_when(
            "synthesis.means", 1, pen.say("Là où les points de vue divergent le plus")
        )
        pen.write(
            "Chapeau",
            pen.say(
                "Ces sujets méritent la discussion en premier : non parce qu’ils iraient mal, mais"
                " parce que la collectivité n’en a pas encore une description commune. Ils sont"
                " donnés dans l’ordre du questionnaire."
            ),
        )
        pen.caption(
            pen.say("Tableau"),
            pen.say("Les sujets qui partagent le plus les points de vue"),
            above=True,
        )
        pen.table(
            (
                pen.say("Sujet"),
                pen.say("Ce que disent les réponses"),
                pen.say("Question à discuter"),
            ),
            ("{{ row.title }}", "{{ row.place }} ({{ row.spread }})", "{{ row.question }}"),
            "row in divergences",
            (4.2, 5.4, 7.0),
        )
