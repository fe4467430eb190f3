"""A model as an earlier version of it was."""

import pytest

from config.loading import load_model
from config.maturity_model import MaturityModel, Replacement
from config.replacing import as_in_version
from config.settings import Settings


@pytest.fixture
def model(settings: Settings) -> MaturityModel:
    """A shipped model, of which version 0.9 called one item and one level otherwise."""
    shipped = load_model("deloitte2018", settings).model
    item, level = shipped.dimensions[0].items[0].code, shipped.levels[0].code
    table = Replacement(version="0.9", items={"OLD1": item}, levels={"Z1": level})
    return MaturityModel.model_validate({**shipped.model_dump(), "replaces": (table,)})


def test_the_same_version_is_the_model_itself(model: MaturityModel) -> None:
    """Nothing is renamed between two waves of one version."""
    assert as_in_version(model, model.version) is model


def test_old_codes_stand_where_the_new_ones_were(model: MaturityModel) -> None:
    """Old answers are read with the codes they were given in."""
    former = as_in_version(model, "0.9")
    assert former is not None
    assert former.dimensions[0].items[0].code == "OLD1"
    assert former.level_codes == ("Z1", *model.level_codes[1:])
    assert set(former.dimensions[0].behaviours) <= set(former.level_codes)
    linked = {o.level for s in former.answer_sets.values() for o in s.options if o.level}
    assert linked <= set(former.level_codes)


def test_an_unknown_version_cannot_be_read(model: MaturityModel) -> None:
    """What the table does not know is not guessed."""
    assert as_in_version(model, "0.1") is None
