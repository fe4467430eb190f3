"""LimeSurvey as a `SurveySource`."""

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from pydantic import SecretStr

from tasks.survey.limesurvey import shapes
from tasks.survey.limesurvey.session import RemoteSession
from tasks.survey.source import Participant, PlatformQuestion, RawResponse, SurveyStructure

PAGE = 500  # participants asked in one call; the platform builds the list in memory
WIDEST = 16  # how many times a window may widen over ids that were deleted


class LimeSurvey:
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
        ordered = self._remote.call(
            "list_questions",
            lambda client: shapes.questions_in_order(
                client.list_questions(survey_id, None, language),
                client.list_groups(survey_id, language),
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

    # --- responses ------------------------------------------------------------------------------

    def windows(self, survey_id: int) -> Iterator[tuple[RawResponse, ...]]:
        """All responses by windows of ids; each id belongs to exactly one window.

        The platform cannot name its largest id, but counts its responses in one cheap call. So
        windows are asked one after the other while more than one window's worth is still to
        come, then everything that is left, without an upper bound: nothing that comes in
        meanwhile is missed. A window over deleted ids widens the next one, and has the responses
        counted again (some may have been deleted meanwhile); ids never come back, so the count
        less what was seen never exceeds what is ahead, and the walk ends.
        """
        total, seen, start, width = self._count(survey_id), 0, 1, self._window
        while total - seen > self._window:
            responses = self._export(survey_id, start, start + width - 1)
            start, seen = start + width, seen + len(responses)
            if responses:
                width = self._window
                yield responses
            else:
                width = min(2 * width, WIDEST * self._window)
                total = self._count(survey_id)
        if rest := self._export(survey_id, start, None):
            yield rest

    def _count(self, survey_id: int) -> int:
        return self._remote.call(
            "get_summary",
            lambda client: int((client.get_summary(survey_id) or {}).get("full_responses", 0)),
            survey_id=survey_id,
        )

    def _export(self, survey_id: int, first: int, last: int | None) -> tuple[RawResponse, ...]:
        return self._remote.call(
            "export_responses",
            lambda client: shapes.flat_responses(
                client.export_responses_dict(survey_id, from_response_id=first, to_response_id=last)
            ),
            survey_id=survey_id,
            answers={"No Data, could not get max id": ()},  # active, no response: a normal state
        )

    # --- participants ---------------------------------------------------------------------------

    def participants(
        self, survey_id: int, attributes: tuple[str, ...]
    ) -> tuple[Participant, ...] | None:
        """The participants; None when there is no table, no right, or the survey is anonymous."""
        if self._anonymous(survey_id):
            return None
        found: list[Participant] = []
        while (page := self._page(survey_id, attributes, found)) is not None:
            found.extend(page)
            if len(page) < PAGE:
                return tuple(found)
        return None

    def _anonymous(self, survey_id: int) -> bool:
        # « I » (inherited) and a missing right tell nothing: the table itself then decides.
        return self._remote.call(
            "get_survey_properties",
            lambda client: (
                client.get_survey_properties(survey_id, properties=["anonymized"])["anonymized"]
                == "Y"
            ),
            survey_id=survey_id,
            answers={"No permission": False},
        )

    def _page(
        self, survey_id: int, attributes: tuple[str, ...], before: Sequence[Participant]
    ) -> tuple[Participant, ...] | None:
        first = before[-1].platform_id + 1 if before else 0  # a number (tid), not an offset
        none: tuple[Participant, ...] = ()
        return self._remote.call(
            "list_participants",
            lambda client: tuple(
                shapes.participant(entry, attributes)
                for entry in client.list_participants(
                    survey_id, start=first, limit=PAGE, attributes=["completed", *attributes]
                )
            ),
            survey_id=survey_id,
            answers={
                "No survey participants found": none,
                "Error: No survey participants table": None,
                "No permission": None,
            },
        )
