"""Surveys as a whole: how they stand, import, activation, end."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from tasks.campaign.platform import SurveyState
from tasks.survey.limesurvey import shapes
from tasks.survey.limesurvey.people import People

_MARK = "bounceaccountuser"  # where an import leaves its mark
_ASKED = [
    _MARK,
    "active",
    "anonymized",
    "expires",
    "language",
    "additional_languages",
    "datestamp",
    "adminemail",
]


class Surveys(People):
    """The part of `LimeSurvey` that makes and ends surveys.

    Rights: « Questionnaires : créer » to import, those on one's own surveys come with it.
    """

    def state(self, survey_id: int) -> SurveyState | None:
        """How a survey stands; None when there is none of this number.

        « Anonymous » and « date stamps » may be inherited from a group of surveys (`I`), which
        the platform does not resolve before the activation: it is then told as not anonymous.
        """
        settings = self._settings(survey_id)
        if settings is None:
            return None
        return SurveyState(
            survey_id=survey_id,
            title=self._base_title(survey_id),
            languages=_languages(settings),
            active=settings["active"] == "Y",
            anonymized=settings["anonymized"] == "Y",
            expires=shapes.moment(settings["expires"]),
            participants_table=self._has_participants(survey_id),
            datestamp={"Y": True, "N": False}.get(settings["datestamp"]),
            mark=str(settings.get(_MARK) or ""),
            sender=shapes.own_address(settings.get("adminemail")),
        )

    def languages(self, survey_id: int) -> tuple[str, ...]:
        """The languages of a survey, the base language first."""
        return self._remote.call(
            "get_survey_properties",
            lambda client: _languages(client.get_survey_properties(survey_id, properties=_ASKED)),
            survey_id=survey_id,
        )

    def import_survey(self, content: bytes, survey_id: int) -> int:
        """Import a `.lss` file; gives the number the survey got (another one if it was taken).

        LimeSurvey imports what it understands and says nothing of the rest: read it back.
        """
        return self._remote.change(
            "import_survey",
            lambda client: int(client.import_survey(BytesIO(content), "lss", None, survey_id)),
            survey_id=survey_id,
        )

    def delete_survey(self, survey_id: int) -> None:
        """Delete a survey with all it holds."""
        self._remote.change(
            "delete_survey", lambda client: client.delete_survey(survey_id), survey_id=survey_id
        )

    def activate(self, survey_id: int) -> None:
        """Open a survey to answers; nothing to do when it is active already."""
        self._remote.change(
            "activate_survey",
            lambda client: bool(client.activate_survey(survey_id)),
            survey_id=survey_id,
            answers={"Error: Survey already active": True},
        )

    def expire(self, survey_id: int, at: datetime) -> None:
        """Close a survey to answers from a time on (the platform's own time).

        Raises:
            PlatformError: the platform refuses the time, such as one before the opening.
        """
        if not self._set(survey_id, "expires", at.strftime("%Y-%m-%d %H:%M:%S")):
            raise self._remote.asked("set_survey_properties", survey_id).error(
                "LimeSurvey refuse la fin du {date} pour le questionnaire : {where}.",
                "La fin ne peut pas précéder l’ouverture : vérifiez les dates de la vague et "
                "celles du questionnaire dans LimeSurvey.",
                date=at.strftime("%Y-%m-%d %H:%M"),
            )

    def _set(self, survey_id: int, setting: str, value: str) -> bool:
        return self._remote.change(
            "set_survey_properties",
            lambda client: bool(
                client.session.set_survey_properties(survey_id, {setting: value})[setting]
            ),
            survey_id=survey_id,
        )

    def _settings(self, survey_id: int) -> Mapping[str, Any] | None:
        return self._remote.call(
            "get_survey_properties",
            lambda client: client.get_survey_properties(survey_id, properties=_ASKED),
            survey_id=survey_id,
            answers={"Error: Invalid survey ID": None},
        )

    def _base_title(self, survey_id: int) -> str:
        return self._remote.call(
            "get_language_properties",
            lambda client: shapes.plain_text(
                client.get_language_properties(survey_id, settings=["surveyls_title"])[
                    "surveyls_title"
                ]
            ),
            survey_id=survey_id,
        )


def _languages(settings: Mapping[str, Any]) -> tuple[str, ...]:
    return (str(settings["language"]), *str(settings["additional_languages"] or "").split())
