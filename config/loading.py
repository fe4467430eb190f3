"""Models, studies and recommendations, found by their code and checked from end to end."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from config.catalogue import say
from config.checks import model_problems, recommendation_problems, study_problems
from config.errors import StudyFileError
from config.maturity_model import MaturityModel
from config.problems import Problem, nearest, problem, refuse
from config.recommendation import Recommendations
from config.schema_errors import fit
from config.settings import PRODUCT_CONFIG, Settings
from config.study import Study
from config.yaml_source import YamlFile, read_yaml

Kind = Literal["models", "studies", "recommendations"]
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")  # config.text.Code: never a path

_UNKNOWN = {
    "models": "Le modèle « {code} » n’existe pas.",
    "studies": "L’étude « {code} » n’existe pas.",
}


@dataclass(frozen=True)
class LoadedModel:
    """A checked model, and what a wave pins of it: its code, its version, its file's hash."""

    model: MaturityModel
    path: Path
    sha256: str


def load_model(code: str, settings: Settings) -> LoadedModel:
    """The maturity model of a code, checked.

    Raises:
        StudyFileError: no such model, or a list of everything wrong in its file.
    """
    file = _file("models", code, settings)
    model = fit(file, MaturityModel, settings.language)
    recommendations = load_recommendations(code, settings)
    problems = (*_name_problems(file, model.code), *model_problems(model, recommendations))
    refuse(file, problems, settings.language)
    return LoadedModel(model, file.path, file.sha256)


def load_study(code_or_path: str | Path, settings: Settings) -> Study:
    """A study, checked together with its model.

    Args:
        code_or_path: a text is always a code, searched in the configuration folders; only a
            `Path`, which no form or parameter gives, names a file elsewhere.
        settings: folders and the language of the messages.

    Raises:
        StudyFileError: no such study, or a list of everything wrong in its file or its model's.
    """
    language = settings.language
    if isinstance(code_or_path, Path):
        file = read_yaml(code_or_path, _name(code_or_path, settings), language)
    else:
        file = _file("studies", code_or_path, settings)
    study = fit(file, Study, language)
    problems = [] if isinstance(code_or_path, Path) else _name_problems(file, study.code)
    if study.model in list_models(settings):
        problems += study_problems(study, load_model(study.model, settings).model)
    else:
        problems.append(_no_model(study.model, settings))
    refuse(file, problems, language)
    return study


def load_recommendations(code: str, settings: Settings) -> Recommendations:
    """The recommendations that go with the model of a code; an empty set when it has no file.

    Raises:
        StudyFileError: not a code, or a list of everything wrong in the file.
    """
    if not CODE.fullmatch(code):
        raise _unknown("models", code, settings)
    path = _find("recommendations", code, settings)
    if path is None:
        return Recommendations(code=code)
    file = read_yaml(path, _name(path, settings), settings.language)
    found = fit(file, Recommendations, settings.language)
    problems = (*_name_problems(file, found.code), *recommendation_problems(found))
    refuse(file, problems, settings.language)
    return found


def list_models(settings: Settings) -> tuple[str, ...]:
    """The codes of the models there are, the team's and the product's, in order."""
    return _codes("models", settings)


def list_studies(settings: Settings) -> tuple[str, ...]:
    """The codes of the studies there are, the team's and the product's, in order."""
    return _codes("studies", settings)


def _codes(kind: Kind, settings: Settings) -> tuple[str, ...]:
    folders = settings.config_folders(kind)
    names = {path.stem for folder in folders for path in folder.glob("*.yaml")}
    return tuple(sorted(name for name in names if CODE.fullmatch(name)))


def _find(kind: Kind, code: str, settings: Settings) -> Path | None:
    if not CODE.fullmatch(code):
        return None
    paths = (folder / f"{code}.yaml" for folder in settings.config_folders(kind))
    return next((path for path in paths if path.is_file()), None)


def _file(kind: Literal["models", "studies"], code: str, settings: Settings) -> YamlFile:
    path = _find(kind, code, settings)
    if path is None:
        raise _unknown(kind, code, settings)
    return read_yaml(path, _name(path, settings), settings.language)


def _unknown(kind: Literal["models", "studies"], code: str, settings: Settings) -> StudyFileError:
    language = settings.language
    known = nearest(code, _codes(kind, settings))
    shown = ", ".join(say("« {word} »", language, word=word) for word in known) or "–"
    return StudyFileError(
        say(_UNKNOWN[kind], language, code=code[:80]),
        say("Écrivez l’un des codes connus : {known}.", language, known=shown),
    )


def _no_model(code: str, settings: Settings) -> Problem:
    return problem(
        ("model",),
        "le modèle « {code} » n’existe pas.",
        "Modèles connus : {known}.",
        code=code,
        known=nearest(code, list_models(settings)),
    )


def _name_problems(file: YamlFile, code: str) -> list[Problem]:
    if code == file.path.stem:
        return []
    return [
        problem(
            ("code",),
            "le fichier s’appelle « {stem} », mais son code est « {code} ».",
            "Donnez-leur le même nom.",
            stem=file.path.stem,
            code=code,
        )
    ]


def _name(path: Path, settings: Settings) -> str:
    """How messages call a file: from the working folder, or from the product's own."""
    for base in (settings.home, PRODUCT_CONFIG.parent):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return str(path)
