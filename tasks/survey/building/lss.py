"""A form as a LimeSurvey structure file (`.lss`), in the layout of 4.x to 6.x.

Sections of rows of columns; ids only link the rows of the file, the platform gives its own.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import NamedTuple

from lxml import etree

from tasks.survey.building.form import Form, FormOption, FormPage, FormQuestion, FormRow, Texts
from tasks.survey.building.markup import answer, inline, page_heading, paragraphs, shortened
from tasks.survey.building.settings import LONGEST_TITLE

DB_VERSION = 620
Row = Mapping[str, object]

# The look of each type that has several (LimeSurvey: question themes), the plain one.
THEMES = {
    "L": "listradio",
    "O": "list_with_comment",
    "M": "multiplechoice",
    "P": "multiplechoice_with_comments",
    "Y": "yesno",
    "N": "numerical",
    "D": "date",
    "T": "longfreetext",
    "S": "shortfreetext",
    "K": "multiplenumeric",
    "Q": "multipleshorttext",
    "F": "arrays/array",
    "A": "arrays/5point",
    "B": "arrays/10point",
    "C": "arrays/yesnouncertain",
    "1": "arrays/dualscale",
    ":": "arrays/multiflexi",
    ";": "arrays/texts",
}
# Options and rows stand in the model's order, whatever an installation prefers.
ORDERS = {
    **dict.fromkeys("LO", ("answer_order", "normal")),
    **dict.fromkeys("MPFABCKQ1:;", ("random_order", "0")),
}
# Lists that need no « please select an answer below »; elsewhere our own help takes its place.
PLAIN = frozenset("LOYFAB1")
COMMENT_LINES = 5
# Lists whose options or rows a respondent reads one by one, with a box or a circle before each.
READ_ONE_BY_ONE = frozenset("LOM")
# The theme that LimeSurvey 6 comes with: its look is the installation's affair, but what is
# missing is told on the page, not in a window that the keyboard cannot close.
SURVEY_THEME = "fruity_twentythree"
THEME_OPTIONS = {
    **dict.fromkeys(
        (
            "hideprivacyinfo",
            "showclearall",
            "questionhelptextposition",
            "fixnumauto",
            "backgroundimage",
            "backgroundimagefile",
            "brandlogo",
            "brandlogofile",
            "font",
            "cssframework",
        ),
        "inherit",
    ),
    "showpopups": "0",
}


class _Sections(NamedTuple):
    """The rows of each section that describes the questions."""

    answers: list[Row]
    answer_l10ns: list[Row]
    groups: list[Row]
    group_l10ns: list[Row]
    questions: list[Row]
    subquestions: list[Row]
    question_l10ns: list[Row]
    question_attributes: list[Row]


def structure_xml(form: Form, settings: Row, language_settings: Iterable[Row]) -> bytes:
    """The file; the same form gives the same bytes.

    Args:
        form: the questions.
        settings: the row of the survey.
        language_settings: a row for each language.
    """
    document = etree.Element("document")
    etree.SubElement(document, "LimeSurveyDocType").text = "Survey"
    etree.SubElement(document, "DBVersion").text = str(DB_VERSION)
    languages = etree.SubElement(document, "languages")
    for language in form.languages:
        etree.SubElement(languages, "language").text = language
    sections = {
        **_Writer(form, str(settings["sid"])).sections()._asdict(),
        "surveys": [settings],
        "surveys_languagesettings": [*language_settings],
    }
    for name, rows in sections.items():
        if rows:
            _add_section(document, name, rows)
    _add_theme(document, str(settings["sid"]))
    return etree.tostring(document, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add_theme(document: etree._Element, survey_id: str) -> None:
    theme = etree.SubElement(etree.SubElement(document, "themes"), "theme")
    etree.SubElement(theme, "sid").text = survey_id
    etree.SubElement(theme, "template_name").text = SURVEY_THEME
    options = etree.SubElement(etree.SubElement(theme, "config"), "options")
    for option, value in THEME_OPTIONS.items():
        etree.SubElement(options, option).text = value


def _add_section(document: etree._Element, name: str, rows: Iterable[Row]) -> None:
    holder = etree.SubElement(etree.SubElement(document, name), "rows")
    for row in rows:
        element = etree.SubElement(holder, "row")
        for column, value in row.items():
            etree.SubElement(element, column).text = str(value)


class _Writer:
    """Numbers pages, questions, rows and options, and gathers their rows."""

    def __init__(self, form: Form, survey_id: str) -> None:
        self._form, self._sid = form, survey_id
        self._numbers = {name: count(1) for name in ("gid", "qid", "aid")}
        self._out = _Sections(*([] for _ in _Sections._fields))

    def sections(self) -> _Sections:
        """All rows."""
        for order, page in enumerate(self._form.pages, start=1):
            self._page(page, order)
        return self._out

    def _number(self, name: str) -> int:
        return next(self._numbers[name])

    def _page(self, page: FormPage, order: int) -> None:
        gid = self._number("gid")
        self._out.groups.append(
            {"gid": gid, "sid": self._sid, "group_order": order, "grelevance": "1"}
        )
        for language in self._form.languages:
            self._out.group_l10ns.append(
                {
                    "gid": gid,
                    "group_name": shortened(page.title[language], page_heading, LONGEST_TITLE),
                    "description": paragraphs(page.description.get(language, "")),
                    "language": language,
                }
            )
        for place, question in enumerate(page.questions, start=1):
            self._question(question, gid, place)

    def _question(self, question: FormQuestion, gid: int, order: int) -> None:
        qid = self._number("qid")
        self._out.questions.append(
            {
                **self._columns(qid, gid, 0, order),
                "type": question.kind,
                "title": question.code,
                "other": _flag(question.other),
                "mandatory": _flag(question.mandatory),
                "relevance": question.relevance,
                "question_theme_name": THEMES[question.kind],
            }
        )
        self._texts(qid, question.texts, question.help)
        self._attributes(qid, question)
        for place, row in enumerate(question.rows, start=1):
            self._row(question, row, qid, gid, place)
        for place, option in enumerate(question.options, start=1):
            self._option(question, option, qid, place)

    def _columns(self, qid: int, gid: int, parent: int, order: int) -> dict[str, object]:
        return {
            "qid": qid,
            "parent_qid": parent,
            "sid": self._sid,
            "gid": gid,
            "encrypted": "N",
            "question_order": order,
            "scale_id": 0,
            "same_default": 0,
        }

    def _row(self, question: FormQuestion, row: FormRow, parent: int, gid: int, order: int) -> None:
        qid = self._number("qid")
        self._out.subquestions.append(
            {
                **self._columns(qid, gid, parent, order),
                "type": question.kind,
                "title": row.code,
                "scale_id": row.scale,
                "other": "N",
                "mandatory": "N",
                "relevance": "1",
            }
        )
        self._texts(qid, row.texts, None, _shown(question))

    def _texts(
        self, qid: int, texts: Texts, helps: Texts | None, shown: Callable[[str], str] = inline
    ) -> None:
        for language in self._form.languages:
            self._out.question_l10ns.append(
                {
                    "qid": qid,
                    "question": shown(texts[language]),
                    "help": paragraphs(helps[language]) if helps else "",
                    "language": language,
                }
            )

    def _option(self, question: FormQuestion, option: FormOption, qid: int, order: int) -> None:
        aid = self._number("aid")
        self._out.answers.append(
            {
                "aid": aid,
                "qid": qid,
                "code": option.code,
                "sortorder": order,
                "assessment_value": 0,
                "scale_id": option.scale,
            }
        )
        shown = _shown(question)
        for language in self._form.languages:
            self._out.answer_l10ns.append(
                {"aid": aid, "answer": shown(option.texts[language]), "language": language}
            )

    def _attributes(self, qid: int, question: FormQuestion) -> None:
        if question.kind in ORDERS:
            self._attribute(qid, *ORDERS[question.kind])
        if question.kind in PLAIN or question.help:
            self._attribute(qid, "hide_tip", "1")
        if question.kind == "T":
            self._attribute(qid, "display_rows", str(COMMENT_LINES))
        for language, text in (question.other_texts or {}).items():
            self._attribute(qid, "other_replace_text", inline(text), language)

    def _attribute(self, qid: int, name: str, value: str, language: str = "") -> None:
        self._out.question_attributes.append(
            {"qid": qid, "attribute": name, "value": value, "language": language}
        )


def short_title(text: str) -> str:
    """A title as HTML, cut where LimeSurvey would refuse it."""
    return shortened(text, inline, LONGEST_TITLE)


def _shown(question: FormQuestion) -> Callable[[str], str]:
    return answer if question.kind in READ_ONE_BY_ONE else inline


def _flag(value: bool) -> str:
    return "Y" if value else "N"
