"""The recorded LimeSurvey servers, rebuilt as sandbox platforms.

Structure comes from the questionnaires' import files, ids, settings, responses and participants
from the recordings: what the sandbox answers is therefore made, not read back.
"""

import base64
import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from tasks.survey.sandbox import SandboxParticipant, SandboxPlatform, SandboxSurvey
from tasks.survey.sandbox.state import (
    SandboxGroup,
    SandboxOption,
    SandboxQuestion,
    SandboxRow,
    Texts,
)

RECORDINGS = Path(__file__).parent / "recordings"
PASSWORD = SecretStr("mot-de-passe-des-essais")
TITLE = "Maturité numérique – commune de Valdoré (essai)"

Json = Any


@dataclass(frozen=True)
class Exchange:
    """One recorded call and its answer."""

    name: str
    request: Mapping[str, Json]
    response: Mapping[str, Json]

    @property
    def params(self) -> list[Json]:
        """The parameters sent, without the session key."""
        return list(self.request["body"]["params"][1:])

    @property
    def result(self) -> Json:
        """What the call gave."""
        return self.response["body"]["result"]


def exchange(version: str, name: str) -> Exchange:
    """The exchange whose file name begins so (`052`, `014-get…`)."""
    (path,) = sorted((RECORDINGS / version).glob(f"{name}*.json"))
    content = json.loads(path.read_text(encoding="utf-8"))
    return Exchange(path.stem, content["request"], content["response"])


def exchanges(version: str) -> list[str]:
    """The names of all exchanges of a version."""
    return [path.stem for path in sorted((RECORDINGS / version).glob("*.json"))]


def exported(version: str, name: str) -> str:
    """The file inside a recorded export."""
    return base64.b64decode(exchange(version, name).result).decode()


def responses(version: str, name: str) -> dict[int, dict[str, Json]]:
    """The responses of a recorded JSON export, flat, by id."""
    rows = json.loads(exported(version, name))["responses"]
    flat = [row if "id" in row else next(iter(row.values())) for row in rows]
    return {row["id"]: row for row in flat}


# --- the questionnaires -------------------------------------------------------------------------


def _lines(name: str) -> list[dict[str, str]]:
    text = (RECORDINGS / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def questionnaire(
    name: str, survey_id: int, gid: int, qid: int, *, interleaved: bool = False
) -> SandboxSurvey:
    """A survey from its import file.

    Args:
        name: the file.
        survey_id: its number.
        gid: the first group's number.
        qid: the first question's number.
        interleaved: sub-questions are numbered right after their question, not after all.
    """
    lines = _lines(name)
    base = next(line["text"] for line in lines if line["name"] == "language")
    by_language: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        if line["class"] in ("G", "Q", "SQ", "A"):
            by_language.setdefault(line["language"], []).append(line)
    texts = [
        {
            language: line["name" if line["class"] == "G" else "text"]
            for language, line in zip(by_language, same, strict=True)
        }
        for same in zip(*by_language.values(), strict=True)
    ]
    titles = {line["language"]: line["text"] for line in lines if line["name"] == "surveyls_title"}
    groups, questions = _structure(by_language[base], texts, gid)
    return SandboxSurvey(
        survey_id=survey_id,
        titles=titles,
        languages=tuple(by_language),
        groups=tuple(groups),
        questions=_numbered(questions, qid, interleaved=interleaved),
    )


def _structure(
    lines: list[dict[str, str]], texts: list[Texts], gid: int
) -> tuple[list[SandboxGroup], list[SandboxQuestion]]:
    groups: list[SandboxGroup] = []
    questions: list[SandboxQuestion] = []
    order = count()
    for line, text in zip(lines, texts, strict=True):
        if line["class"] == "G":
            groups.append(SandboxGroup(gid + len(groups), len(groups) + 1, text))
            order = count()
        elif line["class"] == "Q":
            questions.append(
                SandboxQuestion(
                    qid=0,
                    gid=groups[-1].gid,
                    code=line["name"],
                    kind=line["type/scale"],
                    texts=text,
                    order=next(order),
                    other=line["other"] == "Y",
                    mandatory=line["mandatory"] == "Y",
                )
            )
        elif line["class"] == "SQ":
            row = SandboxRow(0, line["name"], text, next(order), int(line["type/scale"]))
            questions[-1] = replace(questions[-1], rows=(*questions[-1].rows, row))
        else:
            value = int(line["assessment_value"] or 0)
            option = SandboxOption(line["name"], text, value, int(line["type/scale"]))
            questions[-1] = replace(questions[-1], options=(*questions[-1].options, option))
    return groups, questions


def _numbered(
    questions: list[SandboxQuestion], first: int, *, interleaved: bool
) -> tuple[SandboxQuestion, ...]:
    parents = count(first)
    rows = parents if interleaved else count(first + len(questions))
    return tuple(
        replace(
            question,
            qid=next(parents),
            rows=tuple(replace(row, qid=next(rows)) for row in question.rows),
        )
        for question in questions
    )


# --- the servers --------------------------------------------------------------------------------


def platform_6() -> SandboxPlatform:
    """LimeSurvey 6.4.2 as recorded, with its six surveys."""
    plain = questionnaire("maturite_numerique.txt", 641001, 61, 1924)
    titled = replace(
        _with_attributes(questionnaire("types_de_questions.txt", 488771, 5, 41), "029"),
        titles={"fr": "Types de questions (essai)"},
        anonymized=True,
        responses=responses("6.4.2", "076"),
    )
    load = replace(
        questionnaire("maturite_numerique.txt", 454653, 200, 4000),
        titles={"fr": "Maturité numérique – 20 000 réponses inventées (charge)"},
    )
    return SandboxPlatform(
        [
            load,
            titled,
            _main_survey(plain),
            replace(questionnaire("maturite_numerique.txt", 641002, 81, 2100), active=False),
            questionnaire("maturite_numerique.txt", 641003, 91, 2200),
            replace(
                questionnaire("maturite_numerique.txt", 641004, 113, 2444),
                anonymized=True,
                datestamp=False,
                participants=(),
                responses=responses("6.4.2", "074"),
            ),
        ],
        user="admin",
        password=PASSWORD,
    )


def _main_survey(plain: SandboxSurvey) -> SandboxSurvey:
    return replace(
        _with_attributes(plain, *(f"{number:03}" for number in range(14, 26))),
        responses=responses("6.4.2", "052"),
        participants=tuple(_people("6.4.2", "040")),
        properties=exchange("6.4.2", "030").result,
        language_properties={
            "fr": exchange("6.4.2", "033").result,
            "en": exchange("6.4.2", "034").result,
        },
    )


def _with_attributes(survey: SandboxSurvey, *names: str) -> SandboxSurvey:
    """A survey with the display settings of its questions, which no import file holds."""
    recorded = {result["qid"]: result for result in (exchange("6.4.2", n).result for n in names)}
    return replace(
        survey,
        questions=tuple(
            replace(
                question,
                attributes=recorded[question.qid]["attributes"],
                attributes_by_language=recorded[question.qid]["attributes_lang"],
            )
            if question.qid in recorded
            else question
            for question in survey.questions
        ),
    )


def platform_3() -> SandboxPlatform:
    """LimeSurvey 3.8.1 as recorded: a survey of five responses and an empty one."""
    plain = questionnaire("maturite_numerique.txt", 648751, 31, 281, interleaved=True)
    main = replace(
        plain,
        groups=tuple(replace(group, order=group.order - 1) for group in plain.groups),
        questions=tuple(
            replace(
                question,
                options=tuple(replace(option, value=0) for option in question.options),
                attributes={"encrypted": "N"},
            )
            for question in plain.questions
        ),
        responses=responses("3.8.1", "015"),
        participants=tuple(_people("3.8.1", "013")),
        properties=exchange("3.8.1", "011").result,
        language_properties={"fr": exchange("3.8.1", "012").result},
    )
    empty = questionnaire("maturite_numerique.txt", 891659, 51, 500, interleaved=True)
    return SandboxPlatform([empty, main], version="3.8.1", user="admin", password=PASSWORD)


def _people(version: str, name: str) -> Iterator[SandboxParticipant]:
    for entry in exchange(version, name).result:
        yield SandboxParticipant(
            tid=entry["tid"],
            token=entry["token"],
            **entry["participant_info"],
            language=entry.get("language", "fr"),
            completed=entry["completed"],
            uses_left=entry.get("usesleft", 1),
            attributes={key: entry[key] for key in entry if key.startswith("attribute_")},
        )
