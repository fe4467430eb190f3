"""Any valid model, whatever its shape, is read back as it was written."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from config.checks import model_problems
from config.loading import load_model
from config.maturity_model import MaturityModel, Topology
from config.recommendation import Recommendations
from config.settings import Settings
from tests.strategies import maturity_models, write_model

SHARED_FOLDER = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SHARED_FOLDER
@given(model=maturity_models())
def test_a_random_model_is_read_back_equal(model: MaturityModel, tmp_path: Path):
    """What is written to YAML and loaded, with all checks, equals the model it was made from."""
    write_model(model, tmp_path)
    loaded = load_model(model.code, Settings(home=tmp_path, _env_file=None))
    assert loaded.model == model


@settings(max_examples=60, deadline=None)
@given(model=maturity_models())
def test_a_random_model_keeps_to_its_sizes(model: MaturityModel):
    """The strategy stays modest and holds every check: others refresh its models end to end."""
    assert list(model_problems(model, Recommendations(code=model.code))) == []
    assert 2 <= len(model.levels) <= 6
    assert 1 <= len(model.axes) <= 3
    assert 1 <= len(model.dimensions) <= 4
    assert (model.quadrant is not None) == (model.topology is Topology.QUADRANT)
    assert model.languages[0] in ("fr", "en")
