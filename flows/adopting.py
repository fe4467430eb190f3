"""`maturity adopt`: a questionnaire that exists → a model file and a study file to complete."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from config.catalogue import say
from config.errors import StudyFileError
from config.settings import Settings
from flows.setup import limesurvey
from tasks.files import output_folder, write_whole
from tasks.survey.adopting import Adoption, adopt, read_questionnaire
from tasks.survey.adopting.yaml_text import TO_DO
from tasks.survey.exports import open_questionnaire
from tasks.survey.source import SurveyStructure


@dataclass(frozen=True)
class Written:
    """The two files, with their texts."""

    model: Path
    study: Path
    adoption: Adoption

    def lines(self, language: str) -> Iterator[str]:
        """What was written, what is left to complete with line numbers, and what to do next."""
        yield say("Modèle : {path}", language, path=self.model)
        yield say("Étude : {path}", language, path=self.study)
        yield say("À compléter :", language)
        for path, text in ((self.study, self.adoption.study), (self.model, self.adoption.model)):
            yield from (
                say("– {file}, ligne {line} : {what}", language, file=path.name, line=line,
                    what=what)
                for line, what in _to_do(text)
            )  # fmt: skip
        yield say("Vérifiez ensuite : maturity check {study}", language,
                  study=self.adoption.study_code)  # fmt: skip


def adopt_survey(survey: int | None, file: Path | None, settings: Settings) -> Written:
    """Write the files of a questionnaire that is on the platform, or in a file exported from it.

    Raises:
        PlatformError: it cannot be read, or no question of it can be read as levels.
        StudyFileError: neither or both were named, or a file is already there: nothing is written.
    """
    language = settings.language
    structures = _structures(survey, file, settings)
    adoption = adopt(structures, datetime.now(UTC).date(), language)
    paths = {
        kind: settings.home / "config" / kind / f"{code}.yaml"
        for kind, code in (("models", adoption.model_code), ("studies", adoption.study_code))
    }
    for path in paths.values():
        if path.exists():
            raise StudyFileError(
                say("« {path} » existe déjà.", language, path=path),
                say("Il a peut-être déjà été complété : renommez-le ou déplacez-le pour adopter à "
                    "nouveau ce questionnaire.", language),
            )  # fmt: skip
    for (kind, path), text in zip(paths.items(), (adoption.model, adoption.study), strict=True):
        output_folder(settings.home, PurePosixPath("config") / kind, language)
        write_whole(path, text.encode(), language)
    return Written(paths["models"], paths["studies"], adoption)


def _structures(
    survey: int | None, file: Path | None, settings: Settings
) -> Mapping[str, SurveyStructure]:
    if file is not None and survey is None:
        questionnaire = open_questionnaire(file, settings.language)
        return read_questionnaire(questionnaire, questionnaire.survey_id)
    if survey is not None and file is None:
        with limesurvey(settings, settings.language) as platform:
            return read_questionnaire(platform, survey)
    raise StudyFileError(
        say("Donnez soit le numéro de l’enquête, soit un fichier.", settings.language),
        say("Par exemple : maturity adopt --survey 123456, ou maturity adopt --fichier "
            "questionnaire.lss", settings.language),
    )  # fmt: skip


def _to_do(text: str) -> Iterator[tuple[int, str]]:
    """What the comments of a file leave to complete: line and first sentence, each sort once."""
    seen = set()
    rows = text.split("\n")
    start = next((at for at, row in enumerate(rows) if row and not row.startswith("#")), 0)
    for number, row in enumerate(rows[start:], start=start + 1):
        comment = row.strip().removeprefix("#").strip()
        mark, colon, what = comment.partition(":")
        if row.strip().startswith("#") and colon and mark.strip() == TO_DO and what not in seen:
            seen.add(what)
            yield number, _sentence(what, rows[number:])


def _sentence(start: str, following: list[str]) -> str:
    """The comment from its first line on, up to the end of its first sentence."""
    words = start.strip()
    for row in following:
        if words.endswith((".", ";")) or not row.strip().startswith("#"):
            break
        words += " " + row.strip().removeprefix("#").strip()
    return words.partition(". ")[0].rstrip(".")
