"""One account on one LimeSurvey: log in when needed, call, say what went wrong."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import requests
from citric import Client
from citric.exceptions import LimeSurveyError, LimeSurveyStatusError, ResponseMismatchError
from pydantic import SecretStr
from requests.exceptions import ChunkedEncodingError

from config.errors import PlatformError, PlatformUnreachable
from tasks.survey.limesurvey import transport
from tasks.survey.limesurvey.failures import Asked, in_doubt, plain_status, worded

Answer = TypeVar("Answer")

# What a call can raise; the last four are answers that are JSON but not of the protocol.
_FAILURES = (
    LimeSurveyError,
    ResponseMismatchError,
    requests.RequestException,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)
_EXPIRED = "invalidsessionkey"  # 3.8.1 writes « Invalid S ession Key » for some methods


class RemoteSession:
    """Calls RemoteControl; renews an expired session key; never repeats a refused login."""

    def __init__(
        self, url: str, user: str, password: SecretStr, *, timeout: float, language: str
    ) -> None:
        self._url, self._web_account = transport.without_account(url.strip())
        self._user, self._password = user, password
        self._timeout, self._language = timeout, language
        self._http: requests.Session | None = None
        self._client: Client | None = None
        self._refused: PlatformError | None = None

    def call(
        self,
        method: str,
        ask: Callable[[Client], Answer],
        *,
        survey_id: int | None = None,
        answers: Mapping[str, Answer] | None = None,
    ) -> Answer:
        """Ask one thing; once more after an expired key or an answer cut in the middle.

        Args:
            method: the RemoteControl method, for messages.
            ask: what to do with the client.
            survey_id: the survey concerned, for messages.
            answers: status texts (their beginning) that are answers here and no errors.

        Raises:
            PlatformError: worded for staff.
        """
        return self._attempted(
            lambda: self._settled(ask, answers or {}),
            self.asked(method, survey_id),
            again=_passing,
            tell=worded,
        )

    def change(
        self,
        method: str,
        ask: Callable[[Client], Answer],
        *,
        survey_id: int,
        answers: Mapping[str, Answer] | None = None,
    ) -> Answer:
        """Have one thing done; arguments as of `call`.

        Sent once: a lost answer is told, never asked for again, since what was asked may have
        been done. Only an expired key has it sent once more: it was refused before anything.

        Raises:
            PlatformError: it was refused, and nothing was done.
            PlatformUnreachable: nothing answers, or nobody knows whether it was done; the
                message says which.
        """
        return self._attempted(
            lambda: self._settled(ask, answers or {}, once=True),
            self.asked(method, survey_id),
            again=_expired,
            tell=in_doubt,
        )

    @property
    def language(self) -> str:
        """The language of the messages."""
        return self._language

    def asked(self, method: str, survey_id: int | None) -> Asked:
        """What is asked and where, to word a message with."""
        return Asked(self._url, method, survey_id, self._language)

    def close(self) -> None:
        """Give the session key back; silent when the platform no longer answers."""
        client, self._client = self._client, None
        if client is not None:
            try:
                client.close()
            except _FAILURES:
                self._drop()

    @staticmethod
    def _attempted(
        attempt: Callable[[], Answer],
        asked: Asked,
        *,
        again: Callable[[Exception], bool],
        tell: Callable[[Exception, Asked], PlatformError],
    ) -> Answer:
        try:
            return attempt()
        except _FAILURES as error:
            if not again(error):
                raise tell(error, asked) from error
        try:
            return attempt()
        except _FAILURES as error:
            raise tell(error, asked) from error

    def _settled(
        self,
        ask: Callable[[Client], Answer],
        answers: Mapping[str, Answer],
        *,
        once: bool = False,
    ) -> Answer:
        client = self._client or self._login()
        try:
            return self._asked_once(ask, client) if once else ask(client)
        except LimeSurveyStatusError as error:
            status = plain_status(error)
            for beginning, answer in answers.items():
                if status.startswith(plain_status(beginning)):
                    return answer
            if status.startswith(_EXPIRED):
                self._drop()
            raise

    def _asked_once(self, ask: Callable[[Client], Answer], client: Client) -> Answer:
        assert self._http is not None  # noqa: S101 - there since the login
        with transport.sent_once(self._http, self._timeout):
            return ask(client)

    def _login(self) -> Client:
        if self._refused is not None:
            raise self._refused
        self._http = transport.http_session(self._url, self._timeout)
        self._http.auth = self._web_account
        try:
            self._client = Client(
                self._url,
                self._user,
                self._password.get_secret_value(),
                requests_session=self._http,
            )
        except _FAILURES as error:
            raise self._remembered(
                worded(error, Asked(self._url, "get_session_key", None, self._language))
            ) from error
        transport.allow_retries(self._http, self._timeout)
        return self._client

    def _remembered(self, error: PlatformError) -> PlatformError:
        if not isinstance(error, PlatformUnreachable):
            self._refused = error
        return error

    def _drop(self) -> None:
        self._client = None
        if self._http is not None:
            self._http.close()


def _passing(error: Exception) -> bool:
    return _expired(error) or isinstance(error, ChunkedEncodingError)


def _expired(error: Exception) -> bool:
    return isinstance(error, LimeSurveyStatusError) and plain_status(error).startswith(_EXPIRED)
