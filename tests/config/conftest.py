"""A working folder with a team's own configuration, and what its files are refused for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.errors import StudyFileError
from config.loading import load_model, load_recommendations, load_study
from config.settings import Settings
from tests.config import specimens

FILES = {
    "models": ("essai", specimens.MODEL, load_model),
    "studies": ("etude", specimens.STUDY, load_study),
    "recommendations": ("essai", specimens.RECOMMENDATIONS, load_recommendations),
}

Refused = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A working folder whose three files hold."""
    for kind, (code, text, _) in FILES.items():
        write(tmp_path, kind, code, text)
    return tmp_path


@pytest.fixture
def refused(home: Path) -> Refused:
    """Spoil one file in one place; give back the message that refuses it."""

    def spoil(kind: str, old: str, new: str, language: str) -> str:
        code, text, load = FILES[kind]
        assert text.count(old) == 1, f"{old!r} must stand once in the specimen"
        write(home, kind, code, text.replace(old, new))
        with pytest.raises(StudyFileError) as caught:
            load(code, settings_for(home, language))
        return str(caught.value)

    return spoil


def write(home: Path, kind: str, code: str, text: str) -> Path:
    """Write one configuration file of the team."""
    path = home / "config" / kind / f"{code}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def settings_for(home: Path, language: str = "fr") -> Settings:
    """Settings of a working folder, deaf to the machine's environment file."""
    return Settings(home=home, language=language, _env_file=None)
