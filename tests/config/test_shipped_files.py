"""Every file that ships holds, and writes French."""

from pathlib import Path

import pytest

from config.lexicon import check_study_files, model_warnings
from config.loading import load_model, load_recommendations, load_study
from config.settings import PRODUCT_CONFIG
from tests.config.conftest import settings_for


def shipped(kind: str) -> list[str]:
    """The codes of the files of a kind that ship."""
    return sorted(path.stem for path in (PRODUCT_CONFIG / kind).glob("*.yaml"))


@pytest.mark.parametrize("code", shipped("models"))
def test_a_shipped_model_holds(code: str, tmp_path: Path):
    """It loads with every check, and no text of it bears an anglicism."""
    model = load_model(code, settings_for(tmp_path)).model
    assert [warning.say("fr") for warning in model_warnings(model)] == []


@pytest.mark.parametrize("code", shipped("recommendations"))
def test_shipped_recommendations_hold_and_serve(code: str, tmp_path: Path):
    """They load, and each is pointed to by a dimension of its model."""
    settings = settings_for(tmp_path)
    model = load_model(code, settings).model
    used = {one for dimension in model.dimensions for one in dimension.recommendations}
    found = load_recommendations(code, settings).recommendations
    assert {one.code for one in found} == used


@pytest.mark.parametrize("code", shipped("studies"))
def test_a_shipped_study_holds(code: str, tmp_path: Path):
    """It loads with its model, and nothing in it deserves a warning."""
    settings = settings_for(tmp_path)
    study = load_study(code, settings)
    assert check_study_files(study, load_model(study.model, settings).model) == ()
