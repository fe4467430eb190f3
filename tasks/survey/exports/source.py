"""A folder of exported files as a `SurveySource`."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from babel.dates import format_datetime

from config.catalogue import say_count
from config.maturity_model import MaturityModel
from tasks.survey.exports.folder import found_in
from tasks.survey.exports.inferred import inferred_questions
from tasks.survey.exports.taking import Taken, take
from tasks.survey.source import Participant, RawResponse, SurveyStructure

WINDOW = 1_000  # responses handed on together


class ExportFolder:
    """The newest export of a folder, read as if the platform had answered.

    Args:
        folder: where staff put the files; see `folder.exports_folder`.
        model: the columns that are read, and the texts of full answers where no questionnaire
            file tells them.
        surveys: those of all waves of the study.
        language: of the messages for staff.
    """

    def __init__(
        self, folder: Path, model: MaturityModel, surveys: tuple[int, ...], language: str = "fr"
    ) -> None:
        self._folder, self._model, self._surveys = folder, model, surveys
        self._language = language
        self._taken: dict[int, Taken] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._taken.clear()

    def version(self) -> str | None:
        """None: the files do not tell the platform's version."""
        return None

    def structure(self, survey_id: int, language: str) -> SurveyStructure:
        """The questions, from the questionnaire's file; else from the headings and the model."""
        taken = self.taken(survey_id)
        if taken.questionnaire is not None:
            return taken.questionnaire.structure(survey_id, language)
        questions = inferred_questions(sorted(taken.responses.keys), self._model, language)
        return SurveyStructure(survey_id, taken.file.name, questions)

    def windows(self, survey_id: int) -> Iterator[tuple[RawResponse, ...]]:
        """All responses of the newest export, in order of their numbers."""
        rows = iter(self.taken(survey_id).responses.rows)
        while window := tuple(islice(rows, WINDOW)):
            yield window

    def participants(
        self, survey_id: int, attributes: tuple[str, ...]
    ) -> tuple[Participant, ...] | None:
        """The participants of the newest list or archive; None when there is neither."""
        people = self.taken(survey_id).people
        return people(attributes) if people else None

    def whole(self, survey_id: int) -> bool:
        """Whether the export cannot have been filtered: an archive holds every response."""
        return self.taken(survey_id).file.kind == ".lsa"

    def notices(self, survey_id: int) -> tuple[str, ...]:
        """Which file was taken and why others were not, one sentence each."""
        taken, language = self.taken(survey_id), self._language
        count = len(taken.responses.rows)
        moment = taken.file.modified.astimezone()
        first = say_count(
            "Export lu : « {name} », déposé le {moment}, {count} réponse.",
            "Export lu : « {name} », déposé le {moment}, {count} réponses.",
            count,
            language,
            name=taken.file.name,
            moment=format_datetime(moment, "d MMMM y, HH:mm", locale=language),
        )
        return (first, *taken.responses.notices, *taken.ignored)

    def taken(self, survey_id: int) -> Taken:
        """The files taken for a survey; read once.

        Raises:
            PlatformError: there is none, or the newest does not hold what the study reads.
        """
        if survey_id not in self._taken:
            found = found_in(self._folder, survey_id, self._surveys, self._language)
            self._taken[survey_id] = take(found, survey_id, self._model, self._language)
        return self._taken[survey_id]
