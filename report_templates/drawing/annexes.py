"""What comes after the dimensions: subjects, remarks, other questions, method, tables, words."""

from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table

from report_templates.drawing import charts
from report_templates.drawing.page import TEXT_WIDTH, Pen
from tasks.word.authoring import ChartKind

MOST_COLUMNS = 7
"""The most levels or options that a table of counts is drawn for."""

TITLE_WIDTH = 5.2


def draw_annexes(pen: Pen) -> None:
    """The last pages of the report."""
    with pen.when("mentions"):
        _mentions(pen)
    with pen.when("subjects"):
        _subjects(pen)
    with pen.when("remarks"):
        _remarks(pen)
    with pen.when("has_results and others"):
        _other_questions(pen)
    _method(pen)
    with pen.when("has_results"):
        _tables(pen)
    with pen.when("has_results and recommendations"):
        _recommendations(pen)
    _glossary(pen)


def _mentions(pen: Pen) -> None:
    pen.heading(1, pen.say("Exemples, freins, leviers et besoins"), new_page=True)
    pen.write(
        "Normal",
        pen.say(
            "Ce que les entretiens ajoutent, sujet par sujet. Ces phrases sont celles de l’équipe"
            " qui les a menés ; elles ont été relues et ne disent pas de qui elles viennent."
        ),
    )
    pen.caption(pen.say("Tableau"), pen.say("Ce qui a été relevé en entretien"), above=True)
    table = pen.table(
        (pen.say("Sujet"), pen.say("Nature"), pen.say("Ce qui a été dit")),
        ("{{ row.title }}", "{{ row.kind }}", "{{ row.text }}"),
        "row in mentions",
        (4.4, 2.0, 10.2),
    )
    _small(pen, table, "Cellule d’annexe")


def _subjects(pen: Pen) -> None:
    title = pen.say("Les sujets que personne ne prend en compte")
    pen.heading_on_new_page_when("not mentions", 1, title)
    pen.write(
        "Normal",
        pen.say(
            "Les entretiens demandent quels sujets la collectivité laisse de côté alors qu’elle"
            " devrait, selon les personnes rencontrées, s’en occuper."
        ),
    )
    with pen.each("subject in subjects"):
        pen.write(
            "Étiquette",
            "{{ subject.label }}",
            (pen.say(" ({{ subject.mentions }})"), "Source de citation"),
        )
        with pen.each("detail in subject.details"):
            pen.write("List Bullet", "{{ detail }}")


def _remarks(pen: Pen) -> None:
    pen.heading(1, pen.say("Ce qui a été dit de la maturité et de ses {{ model.level_words }}"))
    with pen.each("group in remarks"):
        pen.write("Étiquette", "{{ group.about }}")
        with pen.each("text in group.texts"):
            pen.write("List Bullet", "{{ text }}")


def _other_questions(pen: Pen) -> None:
    pen.heading(1, pen.say("Questions complémentaires"))
    with pen.each("o in others"):
        pen.write("Étiquette", "{{ o.question }}")
        pen.write("Normal", "{{ o.text }}").paragraph_format.keep_with_next = True
        with pen.when("o.has_chart"):
            charts.bars(
                pen.write("Graphique"),
                ChartKind.CLUSTERED,
                "{{ 'other-' ~ o.code }}",
                (pen.say("Réponses"),),
                ((1, 3),),
                (TEXT_WIDTH, 5.6),
            )
            pen.caption(pen.say("Figure"), pen.say("Nombre de personnes par réponse"))
        with pen.each("text in o.quotes"):
            pen.write("Quote", pen.say("« {{ text }} »"))


def _method(pen: Pen) -> None:
    pen.heading(1, pen.say("Méthode et limites"))
    pen.heading(2, pen.say("D’où viennent ces résultats"))
    pen.write(
        "Corps serré",
        pen.say(
            "Le questionnaire a été ouvert le {{ method.opens }} ; il se ferme le {{"
            " method.closes }}. Les réponses prises en compte vont jusqu’au {{ method.until }}"
            " (calcul du {{ method.computed }}). Chaque personne invitée situe des sujets en"
            " choisissant, parmi des descriptions, celle où elle reconnaît sa collectivité. Un"
            " entretien confronte ensuite chacune aux résultats d’ensemble ; un atelier les met"
            " en discussion."
        ),
    )
    pen.write(
        "Corps serré",
        pen.say(
            "Ce qui a été reçu n’est jamais modifié ; tout ce qui a été corrigé ou écarté figure"
            " dans le journal du classeur de résultats. Un questionnaire inachevé compte à partir"
            " de {{ method.partial_share }} de questions répondues."
        ),
    )
    pen.heading(2, pen.say("Confidentialité"))
    pen.write("Corps serré", "{{ report.mode }}")
    pen.write(
        "Corps serré",
        pen.say(
            "Un groupe de moins de {{ method.min_group }} personnes n’est jamais montré à part,"
            " ni un groupe qui permettrait de le retrouver par soustraction. Une répartition n’est"
            " renouvelée que lorsque {{ method.min_group }} nouvelles réponses au moins sont"
            " arrivées. Une citation n’est reprise qu’avec l’accord de la personne et après"
            " relecture ; elle n’indique un point de vue que s’il réunit assez de personnes."
            " Les réponses sont gardées jusqu’au {{ method.keep_until }}."
        ),
    )
    with pen.when("method.withheld"):
        pen.write("Étiquette", pen.say("Ce qui n’est pas montré dans cette édition, et pourquoi"))
        with pen.each("note in method.withheld"):
            pen.write("List Bullet", "{{ note }}")
    pen.heading(2, pen.say("Mesures employées"))
    pen.write(
        "Corps serré",
        pen.say(
            "L’accord entre les réponses est mesuré par le coefficient A de van der Eijk (2001),"
            " qui va de −1 (deux camps opposés) à 1 (unanimité) ; il est dit en mots dans le"
            " rapport et donné en annexe. La réponse du milieu n’est donnée que si A dépasse 0 ;"
            " sinon, deux lectures sont données. « Largement partagé » : A d’au moins {{"
            " method.shared_from }}. « Divergent » : deux lectures, ou A de moins de {{"
            " method.divided_under }}. « Ce qui est partagé » : une description, ou deux"
            " voisines, qui réunissent les trois quarts des réponses. Entre deux vagues, rien"
            " n’est dit sous {{ method.min_pairs }} personnes interrogées deux fois."
        ),
    )
    pen.write(
        "Corps serré",
        pen.say(
            "Les mots de l’accord, avec la valeur de A à partir de laquelle chacun est employé : "
        )
        + "{% for row in method.words %}{{ row.word }} ({{ row['from'] }})"
        "{% if not loop.last %}, {% endif %}{% endfor %}.",
    )
    pen.heading(2, pen.say("Limites"))
    for words in (
        pen.say(
            "Ces réponses disent ce que voient les personnes interrogées, choisies pour la"
            " diversité de leurs points de vue ; elles ne représentent pas tous les agents."
        ),
        pen.say(
            "Une petite différence d’effectif ne veut rien dire par elle-même : une ou deux"
            " personnes suffisent à la produire. Aucun test statistique n’est employé."
        ),
        pen.say(
            "« Je ne sais pas », « pas concerné » et l’absence de réponse sont comptés à part et ne"
            " sont jamais remplacés."
        ),
    ):
        pen.write("List Bullet", words)
    pen.heading(2, pen.say("Sources"))
    pen.write(
        "Corps serré",
        pen.say(
            "Modèle : {{ model.title }}, version {{ model.version }} ({{ method.licence }}). {{"
            " method.source }}"
        ),
    )
    with pen.when("method.recommendations"):
        pen.write("Corps serré", "{{ method.recommendations }}")


def _tables(pen: Pen) -> None:
    pen.heading(1, pen.say("Annexe : les effectifs"))
    pen.write(
        "Chapeau d’annexe",
        pen.say(
            "NSP : « Je ne sais pas ». Autres : pas concerné, refus, sans réponse. n : personnes"
            " qui se prononcent. A : accord de van der Eijk. Un tiret : non montré."
        ),
    )
    pen.caption(
        pen.say("Tableau"),
        pen.say("Effectifs par {{ model.level_word }}, pour chaque sujet"),
        above=True,
    )
    _counts(pen, "annex.levels")
    with pen.each("table in annex.coherence"):
        pen.caption(
            pen.say("Tableau"),
            pen.say("Cohérence des moyens avec les ambitions, effectifs"),
            above=True,
        )
        _counts(pen, "table")
    with pen.when("annex.gaps"):
        pen.caption(
            pen.say("Tableau"),
            pen.say(
                "Écarts entre points de vue (delta de Cliff : −1 à 1, 0 quand rien ne les sépare)"
            ),
            above=True,
        )
        gaps = pen.table(
            (pen.say("Sujet"), pen.say("Points de vue"), pen.say("Écart"), pen.say("Delta")),
            ("{{ row.title }}", "{{ row.sides }}", "{{ row.levels }}", "{{ row.delta }}"),
            "row in annex.gaps",
            (5.9, 7.2, 2.2, 1.3),
        )
        _small(pen, gaps, "Cellule d’annexe")
    with pen.when("annex.quotes"):
        pen.heading(2, pen.say("Autres paroles recueillies"))
        with pen.each("group in annex.quotes"):
            pen.write("Étiquette", "{{ group.title }}")
            with pen.each("quote in group.quotes"):
                pen.write(
                    "Quote",
                    pen.say("« {{ quote.text }} »"),
                    (" {{ quote.source }}", "Source de citation"),
                )


def _counts(pen: Pen, table: str) -> None:
    """A table with one column per level or option, however many there are.

    docxtpl keeps the widths of a table that loses columns, not of one that gains some: the last
    cells never come out, and make room for the most columns that a model can have.
    """
    spare = ("{%tc if false %}", *[""] * (MOST_COLUMNS - 5), "{%tc endif %}")
    header = (pen.say("Sujet"), f"{{%tc for c in {table}.columns %}}", "#{{ c }}", "{%tc endfor %}")
    header += (pen.say("NSP"), pen.say("Autres"), "n", "A", *spare)
    body = ("{{ row.title }}", "{%tc for count in row.counts %}", "#{{ count }}", "{%tc endfor %}")
    body += ("#{{ row.unknowing }}", "#{{ row.other }}", "#{{ row.n }}", "#{{ row.agreement }}")
    width = (TEXT_WIDTH - TITLE_WIDTH) / (MOST_COLUMNS + 4)
    widths = (TITLE_WIDTH, *[width] * (len(header) - 1))
    made = pen.table(header, (*body, *spare), f"row in {table}.rows", widths)
    _centre_header(pen, made)
    _small(pen, made, "Cellule d’annexe chiffre")


def _small(pen: Pen, table: Table, others: str) -> None:
    """Set the rows of a table small: the first column, then the others in their own style."""
    for row in table.rows[1:]:
        for place, cell in enumerate(row.cells):
            name = others if place else "Cellule d’annexe"
            cell.paragraphs[0].style = pen.document.styles[name]


def _centre_header(pen: Pen, table: Table) -> None:
    for cell in table.rows[0].cells[1:]:
        cell.paragraphs[0].style = pen.document.styles["Cellule d’en-tête chiffre"]
        for run in cell.paragraphs[0].runs:
            run.text = run.text.removeprefix("#")


def _recommendations(pen: Pen) -> None:
    pen.heading(1, pen.say("Les préconisations citées"))
    with pen.each("r in recommendations"):
        pen.write(
            "Petit texte", (pen.say("{{ r.code }} – {{ r.title }}. "), "Amorce"), "{{ r.text }}"
        )


def _glossary(pen: Pen) -> None:
    """The words, on two columns; the section break stands even without words."""
    with pen.when("glossary"):
        pen.heading(1, pen.say("Glossaire"))
    section = pen.document.add_section(WD_SECTION.CONTINUOUS)
    section.different_first_page_header_footer = False
    columns = section._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), str(Cm(0.9).twips))
    with pen.each("entry in glossary"):
        pen.write(
            "Petit texte", (pen.say("{{ entry.term }} : "), "Amorce"), "{{ entry.definition }}"
        )
