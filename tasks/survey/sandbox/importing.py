"""A `.lss` file as LimeSurvey 6.4.2 imports it: forgiving, silent, and halting half-way."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from lxml import etree

from tasks.survey.sandbox.replies import Status
from tasks.survey.sandbox.settings import FLAGS, READ_ONLY, SETTINGS
from tasks.survey.sandbox.state import (
    SandboxGroup,
    SandboxOption,
    SandboxQuestion,
    SandboxRow,
    SandboxSurvey,
    Texts,
)

LONGEST_CODE = 20  # of a question; the database refuses more
LONGEST_ANSWER_CODE = 5  # LimeSurvey drops options with more, without a word
LONGEST_TITLE = 200
Row = Mapping[str, str]
Rows = list[Row]


def imported_survey(content: bytes, number: int) -> tuple[SandboxSurvey, str | None]:
    """The survey of a file, and the failure that stopped the import (the survey is half then).

    Raises:
        Status: it is no survey file; nothing is imported.
    """
    file = _File.read(content)
    settings = file.rows("surveys")[0]
    languages = (settings["language"], *settings.get("additional_languages", "").split())
    titles, failure = _titles(file, languages)
    groups, questions = (), ()  # type: tuple[SandboxGroup, ...], tuple[SandboxQuestion, ...]
    if failure is None:
        reader = _Structure(file, languages, count(number * 10_000))
        groups = tuple(reader.groups())
        questions, failure = reader.questions()
    own = READ_ONLY | FLAGS  # which the survey holds by itself
    kept = {name: value for name, value in settings.items() if name in SETTINGS - own}
    return SandboxSurvey(
        survey_id=number,
        titles=titles,
        languages=languages,
        groups=groups,
        questions=questions,
        active=False,
        anonymized=settings.get("anonymized") == "Y",
        datestamp=settings.get("datestamp") == "Y",
        properties=kept,
    ), failure


@dataclass(frozen=True)
class _File:
    """The sections of a file, rows of columns."""

    sections: Mapping[str, Rows]

    @classmethod
    def read(cls, content: bytes) -> "_File":
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            document = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            document = None
        if document is None or document.findtext("LimeSurveyDocType") != "Survey":
            raise Status(
                "Error: This is not a valid LimeSurvey survey structure XML file."
            ) from None
        sections: dict[str, Rows] = {
            str(section.tag): [
                {str(column.tag): column.text or "" for column in row}
                for row in section.iterfind("rows/row")
            ]
            for section in document
        }
        return cls(sections)

    def rows(self, section: str) -> Rows:
        return self.sections.get(section, [])

    def texts(self, section: str, key: str, number: str, column: str) -> Texts:
        """Language → text of one thing."""
        return {
            row["language"]: row.get(column, "") for row in self.rows(section) if row[key] == number
        }


def _titles(file: _File, languages: tuple[str, ...]) -> tuple[Texts, str | None]:
    titles = {
        row["surveyls_language"]: row.get("surveyls_title", "")
        for row in file.rows("surveys_languagesettings")
        if row["surveyls_language"] in languages
    }
    if any(len(title) > LONGEST_TITLE for title in titles.values()):
        failure = "Error: Failed to import survey language settings - data is invalid."
        return dict.fromkeys(languages, ""), failure
    return dict.fromkeys(languages, "") | titles, None


@dataclass
class _Structure:
    """Groups, questions, rows and options; ids are the platform's own."""

    file: _File
    languages: tuple[str, ...]
    numbers: Iterator[int]
    gids: dict[str, int] = field(default_factory=dict)  # of the file → of the platform

    def groups(self) -> Iterator[SandboxGroup]:
        for row in self.file.rows("groups"):
            self.gids[row["gid"]] = next(self.numbers)
            texts = self.file.texts("group_l10ns", "gid", row["gid"], "group_name")
            yield SandboxGroup(self.gids[row["gid"]], int(row["group_order"]), texts)

    def questions(self) -> tuple[tuple[SandboxQuestion, ...], str | None]:
        """All questions of known groups that have a text; bare up to one that the base refuses.

        LimeSurvey writes the questions first, then texts, sub-questions and options.
        """
        found: list[SandboxQuestion] = []
        for row in self.file.rows("questions"):
            texts = self.file.texts("question_l10ns", "qid", row["qid"], "question")
            if row["gid"] not in self.gids or not texts:
                continue
            code = _clean_code(row["title"], {question.code for question in found})
            if len(code) > LONGEST_CODE:
                bare = (
                    replace(question, texts={}, helps={}, rows=(), options=()) for question in found
                )
                return tuple(bare), (
                    "CDbCommand failed to execute the SQL statement: SQLSTATE[22001]: String data, "
                    "right truncated: 1406 Data too long for column 'title' at row 1"
                )
            found.append(self._question(row, code, texts))
        return tuple(found), None

    def _question(self, row: Row, code: str, texts: Texts) -> SandboxQuestion:
        attributes = [
            each for each in self.file.rows("question_attributes") if each["qid"] == row["qid"]
        ]
        return SandboxQuestion(
            qid=next(self.numbers),
            gid=self.gids[row["gid"]],
            code=code,
            kind=row["type"],
            texts=texts,
            order=int(row["question_order"]),
            options=tuple(self._options(row["qid"])),
            rows=tuple(self._rows(row["qid"])),
            other=row.get("other") == "Y",
            mandatory=row.get("mandatory") == "Y",
            helps=self.file.texts("question_l10ns", "qid", row["qid"], "help"),
            attributes={"hidden": "0"}
            | {each["attribute"]: each["value"] for each in attributes if not each.get("language")},
        )

    def _rows(self, qid: str) -> Iterator[SandboxRow]:
        mine = [row for row in self.file.rows("subquestions") if row["parent_qid"] == qid]
        for row in sorted(mine, key=lambda row: int(row["question_order"])):
            texts = self.file.texts("question_l10ns", "qid", row["qid"], "question")
            if texts:
                order, scale = int(row["question_order"]), int(row.get("scale_id") or 0)
                yield SandboxRow(next(self.numbers), row["title"], texts, order, scale)

    def _options(self, qid: str) -> Iterator[SandboxOption]:
        mine = [row for row in self.file.rows("answers") if row["qid"] == qid]
        for row in sorted(mine, key=lambda row: int(row["sortorder"])):
            texts = self.file.texts("answer_l10ns", "aid", row["aid"], "answer")
            if texts and len(row["code"]) <= LONGEST_ANSWER_CODE:
                value, scale = int(row.get("assessment_value") or 0), int(row.get("scale_id") or 0)
                yield SandboxOption(row["code"], texts, value, scale)


def _clean_code(title: str, taken: set[str]) -> str:
    """A question's code as LimeSurvey takes it: mended or renamed without a word."""
    code = re.sub(r"[^A-Za-z0-9]", "", title)
    if not code[:1].isalpha():
        code = f"q{code}"
    return f"r{secrets.randbelow(1000)}q{len(taken)}" if code in taken else code
