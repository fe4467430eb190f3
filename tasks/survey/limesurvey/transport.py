"""HTTP as the pull needs it: time limits, retries on broken transport only, no redirect."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_auth_from_url, urldefragauth
from urllib3.util.retry import Retry

CONNECT_SECONDS = 10.0
BACKOFF_SECONDS = 0.5


def http_session(url: str, read_seconds: float) -> requests.Session:
    """A session ready for a login: a connection is tried again, an answer never.

    A login whose answer got lost may have counted as a failure, and three failures lock the
    address out; so nothing is sent twice before `allow_retries`.
    """
    session = requests.Session()
    # A redirected POST comes back as a GET and its empty answer tells nothing: refuse it instead.
    session.max_redirects = 0
    session.trust_env = not _on_this_machine(url)  # no proxy can reach this machine's own servers
    _mount(session, read_seconds, reads=0)
    return session


def without_account(url: str) -> tuple[str, tuple[str, str] | None]:
    """An address without the web server's account, and that account (`https://user:word@…`).

    Errors of `requests` quote the address they failed on, down to the log.
    """
    try:
        user, word = get_auth_from_url(url)
        return (urldefragauth(url), (user, word)) if user else (url, None)
    except ValueError:  # no address at all: requests will say so
        return url, None


def shown(url: str) -> str:
    """An address as it may be shown: no user, no password, no query."""
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an unclosed bracket
        return ""
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}" if host else parts.path


def allow_retries(session: requests.Session, read_seconds: float) -> None:
    """Let a session send a call again when the transport broke (reading calls change nothing)."""
    session.close()  # of the adapters that are replaced
    _mount(session, read_seconds, reads=2)


@contextmanager
def sent_once(session: requests.Session, read_seconds: float) -> Iterator[None]:
    """While the block lasts nothing is sent again once it may have arrived.

    A connection of its own: one kept open that the server has closed meanwhile would look like a
    lost answer.
    """
    session.close()
    _mount(session, read_seconds, reads=0)
    try:
        yield
    finally:
        allow_retries(session, read_seconds)


def _on_this_machine(url: str) -> bool:
    return urlsplit(shown(url)).hostname in ("127.0.0.1", "::1", "localhost")


def _mount(session: requests.Session, read_seconds: float, *, reads: int) -> None:
    retry = Retry(
        total=3,
        connect=3,
        read=reads,
        redirect=0,
        status=0,
        other=0,
        allowed_methods=None,  # every call is a POST
        backoff_factor=BACKOFF_SECONDS,
        raise_on_status=False,
        respect_retry_after_header=False,
    )
    for prefix in ("https://", "http://"):
        session.mount(prefix, _TimedAdapter(retry, read_seconds))


class _TimedAdapter(HTTPAdapter):
    """Gives every request its time limits: citric sets none and would wait for ever."""

    def __init__(self, retry: Retry, read_seconds: float) -> None:
        super().__init__(max_retries=retry)
        self._limits = (CONNECT_SECONDS, read_seconds)

    def send(  # type: ignore[override]
        self,
        request: requests.PreparedRequest,
        **options: Any,  # noqa: ANN401
    ) -> requests.Response:
        """Send with our limits (requests passes its own, which are none)."""
        return super().send(request, **{**options, "timeout": self._limits})
