"""A writing call that dies half-way: what is left behind."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tasks.survey.sandbox.handling import Handling
from tasks.survey.sandbox.state import SandboxSurvey

# where the list of people or numbers stands among the parameters
_LISTS = {"add_participants": 2, "invite_participants": 2, "remind_participants": 4}


def half_done(
    methods: Handling, surveys: dict[int, SandboxSurvey], method: str, params: Sequence[Any]
) -> None:
    """Carry out the first half of an import, of an addition or of a mailing; nothing else."""
    if method in _LISTS:
        place = _LISTS[method]
        some = params[place][: len(params[place]) // 2]
        if some:  # an empty list would mean everybody
            methods.call(method, [*params[:place], some, *params[place + 1 :]])
    elif method == "import_survey":
        number = int(str(methods.call(method, params)))
        survey = surveys[number]
        kept = survey.groups[: len(survey.groups) // 2]
        there = {group.gid for group in kept}
        asked = tuple(each for each in survey.questions if each.gid in there)
        surveys[number] = replace(survey, groups=kept, questions=asked)
