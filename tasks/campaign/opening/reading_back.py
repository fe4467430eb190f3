"""A survey as it stands on the platform, against all that its wave asks for."""

from collections.abc import Iterator

from tasks.campaign.opening.comparing import structure_differences
from tasks.campaign.opening.desk import Desk
from tasks.campaign.opening.settings import last_moment, mode_difference
from tasks.campaign.platform import SurveyState
from tasks.survey.building import expected_structure
from tasks.survey.building.voice import Voice

LISTED = 20  # differences in a message


def differences(desk: Desk, state: SurveyState) -> tuple[str, ...]:
    """What differs from the model, the study's mode and the wave's end, each sentence once."""
    return tuple(dict.fromkeys(_all(desk, state)))


def _all(desk: Desk, state: SurveyState) -> Iterator[str]:
    wanted = desk.model.languages
    if {*state.languages} != {*wanted}:
        yield desk.say("Langues de l’enquête : {found} ; du modèle : {wanted}.",
                       found=", ".join(state.languages), wanted=", ".join(wanted))  # fmt: skip
    if mode := mode_difference(state, desk.study):
        yield mode
    if not state.active and state.expires != last_moment(desk.wave):
        yield desk.say(
            "La fin de l’enquête n’est pas le {day} au soir.",
            day=Voice(desk.language, desk.study).day(desk.wave.closes),
        )
    for language in wanted:
        if language in state.languages:
            yield from structure_differences(
                expected_structure(desk.model, desk.study, desk.wave, language),
                desk.platform.structure(desk.survey_id, language),
                language,
                desk.language,
            )


def listed(heading: str, found: tuple[str, ...], desk: Desk) -> str:
    """A heading and the first differences, one a line."""
    shown = [f"– {one}" for one in found[:LISTED]]
    if len(found) > LISTED:
        shown.append(desk.say("… et {more} autres.", more=len(found) - LISTED))
    return "\n".join((heading, *shown))
