"""The steps that close a campaign; each may be run again."""

from datetime import UTC, datetime

from config.catalogue import say, say_count
from config.errors import StudyFileError
from flows.setup import Setup
from flows.steps.answers import check_questionnaire, clean_answers
from flows.steps.disclosing import COLLECTIVE
from flows.steps.pulling import pull_answers
from flows.writing import writes
from tasks.campaign.closing import expire_survey
from tasks.scoring.ledger import read_ledger
from tasks.scoring.lifting import lifted, was_lifted
from tasks.store.records import CampaignRecord
from tasks.survey.building.voice import Voice


def campaign_of(setup: Setup) -> CampaignRecord | None:
    """How far the campaign is."""
    with setup.store() as store:
        return store.campaign(setup.study.code, setup.wave.code)


def is_early(setup: Setup) -> bool:
    """Whether the wave's last day is still to come, and its campaign not closed."""
    return setup.today <= setup.wave.closes and not setup.campaign_closed


def require_due(setup: Setup, *, early: bool) -> None:
    """Refuse to close before the wave's end unless told so.

    Raises:
        StudyFileError: the wave is still open and nobody confirmed.
    """
    if is_early(setup) and not early:
        raise StudyFileError(
            say("La vague {wave} est ouverte jusqu’au {day} : la clore maintenant empêcherait les "
                "dernières réponses.", setup.language, wave=setup.wave.code,
                day=Voice(setup.language, setup.study).day(setup.wave.closes)),
            say("Attendez la fin de la vague, ou confirmez la clôture anticipée (« --oui »).",
                setup.language),
        )  # fmt: skip


def warning(setup: Setup) -> str:
    """What staff should know before they close: whose answers the last issue would let be read.

    Answers are pulled for it, as a refresh does. Empty when the closing gives nobody away.

    Raises:
        MaturityError: as in a refresh.
    """
    if setup.campaign_closed:
        return ""
    check_questionnaire(setup)
    pull_answers(setup)
    cleaned, minimum = clean_answers(setup), setup.study.confidentiality.min_group
    few = lifted(cleaned.ledger, cleaned.now.fingerprints, minimum)
    if cleaned.waits or not few:
        return ""
    remedy = say("Attendez qu’il y en ait {minimum} pour clore, ou ne diffusez pas les deux "
                 "éditions.", setup.language, minimum=minimum)  # fmt: skip
    return f"{_read_by_difference(few, setup.language)} {remedy}"


def notice(setup: Setup) -> str:
    """The same, of the closing issue once it is written; empty when it gives nobody away."""
    with setup.store() as store:
        published = store.publication(setup.study.code, setup.wave.code)
    ledger = read_ledger(published.breakdowns) if published else ()
    few = was_lifted(ledger, setup.study.confidentiality.min_group)
    if not few:
        return ""
    remedy = say("Ne diffusez pas les deux éditions.", setup.language)
    return f"{_read_by_difference(few, setup.language)} {remedy}"


def _read_by_difference(few: int, language: str) -> str:
    return say_count(
        "Depuis le dernier renouvellement des résultats, {count} seule réponse est arrivée ou a "
        "changé : qui a gardé l’édition d’avant la lira dans la différence avec l’édition "
        "définitive.",
        "Depuis le dernier renouvellement des résultats, {count} réponses seulement sont arrivées "
        "ou ont changé : qui a gardé l’édition d’avant les lira dans la différence avec l’édition "
        "définitive.",
        few,
        language,
    )


@writes
def end_survey(setup: Setup) -> str:
    """Stop answers on the platform, then count the wave as closed; what was done, in words.

    In this order: what counts as closed is never changed by a late answer.
    """
    if setup.study.exports is not None:
        done = say("à fermer dans LimeSurvey (étude sans interface)", setup.language)
    else:
        with setup.limesurvey() as platform:
            ended = expire_survey(platform, setup.wave, datetime.now(UTC), setup.language)
        done = say("fermée aux réponses" if ended else "déjà fermée aux réponses", setup.language)
    with setup.store() as store:
        store.mark_closed(setup.study.code, setup.wave.code, setup.wave.survey_id)
    return done


def finish(setup: Setup) -> None:
    """Note that the last refresh is done."""
    with setup.store() as store:
        store.mark_finished(setup.study.code, setup.wave.code, setup.wave.survey_id)


def last_issue(setup: Setup) -> int:
    """The number of the collective report's last issue; 0 when there is none."""
    with setup.store() as store:
        issue = store.last_issue(setup.study.code, setup.wave.code, COLLECTIVE)
    return issue.number if issue else 0
