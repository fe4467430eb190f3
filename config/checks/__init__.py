"""What a schema cannot check: how the parts of a file, and two files, hold together."""

from collections.abc import Iterator

from config.checks.answers import answer_problems
from config.checks.codes import code_problems, repeated
from config.checks.structure import language_problems, structure_problems
from config.checks.study import study_problems
from config.maturity_model import MaturityModel
from config.problems import Problem, problem
from config.recommendation import Recommendations

__all__ = ["model_problems", "recommendation_problems", "study_problems"]


def model_problems(model: MaturityModel, recommendations: Recommendations) -> Iterator[Problem]:
    """Everything wrong in a model that fits the schema."""
    yield from code_problems(model)
    yield from answer_problems(model)
    yield from structure_problems(model, recommendations)


def recommendation_problems(recommendations: Recommendations) -> Iterator[Problem]:
    """Everything wrong in a file of recommendations that fits the schema."""
    entries = recommendations.recommendations
    yield from repeated((("recommendations", at), one.code) for at, one in enumerate(entries))
    if recommendations.source is None:
        yield problem((), "la clé « {key} » manque.", "Ajoutez-la ici.", key="source")
    else:
        languages = tuple(recommendations.source.root)
        yield from language_problems(recommendations, languages)
