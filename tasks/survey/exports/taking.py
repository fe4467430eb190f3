"""Which files of a folder are taken for a survey, once read to their end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from config.catalogue import say
from config.errors import PlatformError
from config.maturity_model import MaturityModel
from tasks.survey.exports.archive import Archive, open_archive
from tasks.survey.exports.folder import ANSWERS, ExportedFile, Found, left_out
from tasks.survey.exports.opening import content_of
from tasks.survey.exports.people import lists_people, participants
from tasks.survey.exports.questionnaire_file import QuestionnaireFile, questionnaire_file
from tasks.survey.exports.refusals import EXPORT_AGAIN, Unreadable
from tasks.survey.exports.responses import Responses, responses_of
from tasks.survey.exports.tables import Table, csv_headings, csv_table, xlsx_table
from tasks.survey.exports.wordings import of_model
from tasks.survey.source import Participant

People = Callable[[tuple[str, ...]], tuple[Participant, ...] | None]
Read = TypeVar("Read")


@dataclass(frozen=True)
class Taken:
    """What was taken from a folder for a survey.

    Attributes:
        file: the newest export of the answers that is whole.
        responses: its responses and notices.
        questionnaire: the newest questionnaire (the archive's own for an archive), or None.
        people: gives the participants with some attributes; None without a list of them.
        ignored: one sentence for each file left out.
    """

    file: ExportedFile
    responses: Responses
    questionnaire: QuestionnaireFile | None
    people: People | None
    ignored: tuple[str, ...]


def take(found: Found, survey_id: int, model: MaturityModel, language: str) -> Taken:
    """Read the newest files of a survey; a file that is not whole gives way to the one before.

    Raises:
        PlatformError: no file is whole, or the newest does not hold what the study reads.
    """
    reader = _Reader(found, survey_id, language)
    questionnaire = reader.questionnaire()
    coded = {**of_model(model), **(questionnaire.coded if questionnaire else {})}
    for file in reader.answers():
        if file.kind == ".lsa":
            archive = reader.archive(file)
            if archive is not None:
                keys = frozenset(archive.questionnaire.columns.values())
                responses = Responses(archive.responses, keys, ())
                return reader.taken(file, responses, archive.questionnaire)
            continue
        table = reader.table(file)
        if table is not None:
            responses = responses_of(table, model, coded, file.name, language)
            return reader.taken(file, responses, questionnaire)
    raise reader.nothing()


class _Reader:
    """Reads the files of one survey, each once, and remembers why some are left out."""

    def __init__(self, found: Found, survey_id: int, language: str) -> None:
        self._found, self._survey, self._language = found, survey_id, language
        self._ignored: dict[str, str] = {}
        self._archives: dict[str, Archive | None] = {}

    def answers(self) -> Iterable[ExportedFile]:
        """The files that may hold answers, the newest first."""
        return (one for one in self._found.of_kind(*ANSWERS) if not self._lists_people(one))

    def archive(self, file: ExportedFile) -> Archive | None:
        """An archive of this survey; None, with a sentence, when it is not whole."""
        if file.name not in self._archives:
            self._archives[file.name] = self._of_this_survey(
                file, self._read(file, open_archive), lambda one: one.questionnaire.survey_id
            )
        return self._archives[file.name]

    def table(self, file: ExportedFile) -> Table | None:
        """A table; None, with a sentence, when it is not whole."""
        return self._read(file, xlsx_table if file.kind == ".xlsx" else csv_table)

    def questionnaire(self) -> QuestionnaireFile | None:
        """The newest questionnaire of this survey, from a file of its own or from an archive."""
        for file in self._found.of_kind(".lss", ".lsa"):
            if file.kind == ".lsa":
                archive = self.archive(file)
                if archive is not None:
                    return archive.questionnaire
                continue
            read = self._of_this_survey(
                file, self._read(file, questionnaire_file), lambda one: one.survey_id
            )
            if read is not None:
                return read
        return None

    def taken(
        self, file: ExportedFile, responses: Responses, questionnaire: QuestionnaireFile | None
    ) -> Taken:
        """What was taken, with the newest list of participants."""
        people = self._people()
        ignored = (*self._found.ignored, *self._ignored.values())
        return Taken(file, responses, questionnaire, people, ignored)

    def nothing(self) -> PlatformError:
        """The error of a folder without a whole export."""
        heading = say(
            "Aucun export lisible des réponses de l’enquête {survey} dans le dossier des exports.",
            self._language,
            survey=self._survey,
        )
        lines = (heading, *self._found.ignored, *self._ignored.values())
        return PlatformError("\n".join(lines), say(EXPORT_AGAIN, self._language))

    def _people(self) -> People | None:
        for file in self._found.of_kind(".csv", ".lsa"):
            if file.kind == ".lsa":
                archive = self.archive(file)
                if archive is not None and archive.people is not None:
                    return archive.participants
            elif self._lists_people(file):
                table = self._read(file, csv_table)
                if table is not None:
                    return partial(_people, table, file.name, self._language)
        return None

    def _lists_people(self, file: ExportedFile) -> bool:
        if file.kind != ".csv":
            return False
        headings = self._read(file, csv_headings)
        return headings is not None and lists_people(headings)

    def _read(self, file: ExportedFile, read: Callable[[bytes], Read]) -> Read | None:
        try:
            return read(content_of(file.path))
        except Unreadable as error:
            self._leave_out(file, say(error.why, self._language))
            return None

    def _of_this_survey(
        self, file: ExportedFile, read: Read | None, number: Callable[[Read], int]
    ) -> Read | None:
        if read is None or number(read) == self._survey:
            return read
        other = say("il vient de l’enquête {number}.", self._language, number=number(read))
        self._leave_out(file, other)
        return None

    def _leave_out(self, file: ExportedFile, why: str) -> None:
        self._ignored[file.name] = left_out(file.name, why, self._language)


def _people(
    table: Table, name: str, language: str, attributes: tuple[str, ...]
) -> tuple[Participant, ...]:
    return participants(table, attributes, name, language)
