"""The responses: all of them by windows of ids, their dates alone, or a span of them."""

from collections.abc import Callable, Iterator, Sequence

import requests

from config.errors import PlatformUnreachable
from tasks.survey.limesurvey import shapes
from tasks.survey.limesurvey.session import RemoteSession
from tasks.survey.source import RawResponse

WIDEST = 16  # how many times a window may widen over ids that were deleted
SMALLEST = 100  # responses; a server that fails on so few has another trouble than their number
DATES_AT_ONCE = 2  # windows in one scan of dates: fastest on 6.4.2, which reads by OFFSET inside
DATES = ("id", "submitdate", "datestamp")

Window = tuple[RawResponse, ...]


class Responses:
    """The part of `LimeSurvey` that reads responses.

    Rights: « Réponses : voir et exporter » and « Questionnaire : voir » on the survey.
    """

    _remote: RemoteSession
    _window: int

    def windows(self, survey_id: int) -> Iterator[Window]:
        """All responses by windows of ids; each id belongs to exactly one window."""
        return _walk(
            lambda: self._count(survey_id),
            lambda first, last: self._export(survey_id, first, last),
            self._window,
        )

    def dates(self, survey_id: int) -> Iterator[Window]:
        """All responses by windows of ids with nothing but `id`, `submitdate` and `datestamp`."""
        return _walk(
            lambda: self._count(survey_id),
            lambda first, last: self._export(survey_id, first, last, DATES),
            self._window * DATES_AT_ONCE,
        )

    def between(self, survey_id: int, first: int, last: int) -> Window:
        """The responses of a span of ids, both ends included; in halves where it is too much."""
        try:
            return self._export(survey_id, first, last)
        except PlatformUnreachable as error:
            if not _too_much(error) or last - first < SMALLEST:
                raise
        middle = (first + last) // 2
        return self.between(survey_id, first, middle) + self.between(survey_id, middle + 1, last)

    def _count(self, survey_id: int) -> int:
        return self._remote.call(
            "get_summary",
            lambda client: int((client.get_summary(survey_id) or {}).get("full_responses", 0)),
            survey_id=survey_id,
        )

    def _export(
        self, survey_id: int, first: int, last: int | None, fields: Sequence[str] | None = None
    ) -> Window:
        return self._remote.call(
            "export_responses",
            lambda client: shapes.flat_responses(
                client.export_responses_dict(
                    survey_id, from_response_id=first, to_response_id=last, fields=fields
                )
            ),
            survey_id=survey_id,
            answers={"No Data, could not get max id": ()},  # active, no response: a normal state
        )


def _walk(
    count: Callable[[], int], export: Callable[[int, int | None], Window], width: int
) -> Iterator[Window]:
    """Ask for all responses window after window.

    The platform cannot name its largest id, but counts its responses in one cheap call. So
    windows are asked one after the other while more than one window's worth is still to come,
    then everything that is left, without an upper bound: nothing that comes in meanwhile is
    missed. A window over deleted ids widens the next one, and has the responses counted again
    (some may have been deleted meanwhile); ids never come back, so the count less what was seen
    never exceeds what is ahead, and the walk ends. A window that the server has not the memory
    or the time for is asked again in halves.
    """
    total, seen, start, step = count(), 0, 1, width
    while True:
        last = start + step - 1 if total - seen > width else None
        try:
            found = export(start, last)
        except PlatformUnreachable as error:
            width = step = min(width, total - seen) // 2
            if width < SMALLEST or not _too_much(error):
                raise
            continue
        if found:
            yield found
        if last is None:
            return
        start, seen = last + 1, seen + len(found)
        step = width if found else min(2 * step, WIDEST * width)
        total = total if found else count()


def _too_much(error: PlatformUnreachable) -> bool:
    """Whether the server died for want of memory (500, empty) or a proxy's patience ended."""
    response = getattr(error.__cause__, "response", None)
    if not isinstance(response, requests.Response):
        return False
    empty = response.status_code == requests.codes.internal_server_error and not response.content
    return empty or response.status_code in (requests.codes.bad_gateway, 504, 524)
