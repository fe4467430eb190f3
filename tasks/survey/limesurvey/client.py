"""LimeSurvey as a `SurveySource`, and as a `CampaignPlatform` through its bases."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from pydantic import SecretStr

from tasks.survey.limesurvey import shapes
from tasks.survey.limesurvey.mailing import Mailing
from tasks.survey.limesurvey.responses import Responses
from tasks.survey.limesurvey.session import RemoteSession
from tasks.survey.limesurvey.surveys import Surveys
from tasks.survey.source import PlatformQuestion, SurveyStructure


class LimeSurvey(Responses, Surveys, Mailing):
    """A LimeSurvey reached through RemoteControl 2; nothing is sent before the first question.

    Enough rights to pull: on the survey, « voir » on the questionnaire and « voir, exporter » on
    the responses. Participants need their own right; without it `participants` gives None.

    Args:
        url: address of RemoteControl, `https://…/index.php/admin/remotecontrol`.
        user: account name.
        password: its password; tried once only, three refusals lock the address out.
        timeout: seconds to wait for one answer.
        window: ids asked in one export.
        language: of the messages for staff.
    """

    def __init__(
        self,
        url: str,
        user: str,
        password: SecretStr,
        *,
        timeout: float = 60.0,
        window: int = 1000,
        language: str = "fr",
    ) -> None:
        self._remote = RemoteSession(url, user, password, timeout=timeout, language=language)
        self._window = max(1, window)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the session key back to the platform."""
        self._remote.close()

    def version(self) -> str | None:
        """The platform's version; None for an account that is no super administrator."""
        return self._remote.call(
            "get_site_settings",
            lambda client: str(client.get_server_version()),
            answers={"Invalid setting": None, "No permission": None},
        )

    # --- structure ------------------------------------------------------------------------------

    def structure(self, survey_id: int, language: str) -> SurveyStructure:
        """The questions of a survey in its own order; the title is in its base language.

        One call for the groups, one for all questions and sub-questions, one more for each
        question that has options.
        """
        groups = self._remote.call(
            "list_groups",
            lambda client: list(client.list_groups(survey_id, language)),
            survey_id=survey_id,
        )
        ordered = self._remote.call(
            "list_questions",
            lambda client: shapes.questions_in_order(
                client.list_questions(survey_id, None, language), groups
            ),
            survey_id=survey_id,
        )
        questions = tuple(
            self._question(survey_id, language, question, rows) for question, rows in ordered
        )
        return SurveyStructure(survey_id, self._title(survey_id), questions)

    def _question(
        self,
        survey_id: int,
        language: str,
        question: Mapping[str, Any],
        rows: Sequence[Mapping[str, Any]],
    ) -> PlatformQuestion:
        if str(question["type"]) in shapes.WITHOUT_OPTIONS:
            return shapes.platform_question(question, rows, ())
        return self._remote.call(
            "get_question_properties",
            lambda client: shapes.platform_question(
                question,
                rows,
                client.get_question_properties(
                    int(question["qid"]), settings=[*shapes.OPTION_SETTINGS], language=language
                ).get("answeroptions"),
            ),
            survey_id=survey_id,
        )

    def _title(self, survey_id: int) -> str:
        none_visible: list[str] = []
        titles = self._remote.call(
            "list_surveys",
            lambda client: [
                shapes.plain_text(survey["surveyls_title"])
                for survey in client.list_surveys()
                if int(survey["sid"]) == survey_id
            ],
            survey_id=survey_id,
            answers={"No surveys found": none_visible},
        )
        return titles[0] if titles else ""
