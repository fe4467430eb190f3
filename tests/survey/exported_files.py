"""What a real LimeSurvey exported, and folders to put it into."""

import json
import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from config.loading import load_model
from config.maturity_model import MaturityModel
from config.settings import Settings
from tasks.survey.exports import ExportFolder
from tasks.survey.source import RawResponse

EXPORTED = Path(__file__).parent / "exported"
TEAM = Path(__file__).parents[1] / "data" / "maturite_numerique"
SURVEY, TYPES = 641001, 419226
ARCHIVE = f"survey_archive_{SURVEY}.lsa"
Responses = dict[int, dict[str, str]]


def valdore(home: Path) -> MaturityModel:
    """The model of survey 641001, its files put into a working folder."""
    shutil.copytree(TEAM, home / "config", dirs_exist_ok=True)
    return load_model("valdore", Settings(home=home)).model


def pulled(name: str = "rpc.json") -> Responses:
    """What RemoteControl gave at the same moment."""
    rows = json.loads((EXPORTED / name).read_text("utf-8"))["responses"]
    return by_number(rows)


def by_number(rows: Iterable[RawResponse]) -> Responses:
    """Responses by number, values as text; a CSV file has one sort of line break only."""
    return {
        int(str(row["id"])): {
            key: "" if value is None else str(value).replace("\r\n", "\n")
            for key, value in row.items()
        }
        for row in rows
    }


def read(exports: ExportFolder, survey: int = SURVEY) -> Responses:
    """The responses of a folder."""
    return by_number(row for window in exports.windows(survey) for row in window)


def put(folder: Path, name: str, content: bytes | None = None, *, day: int = 1) -> Path:
    """Put a file into a folder of exports, as of a day."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes((EXPORTED / name).read_bytes() if content is None else content)
    os.utime(path, (day * 86_400, day * 86_400))
    return path


def inside(archive: str, suffix: str) -> bytes:
    """A file inside an archive."""
    with zipfile.ZipFile(EXPORTED / archive) as opened:
        (name,) = [one for one in opened.namelist() if one.endswith(suffix)]
        return opened.read(name)
