"""What is told when the network fails."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from pydantic import SecretStr

from config.errors import PlatformUnreachable
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import Fault, FaultKind, SandboxPlatform, running
from tests.survey.conftest import Connect
from tests.survey.failures.conftest import SURVEY, failure
from tests.survey.recorded import platform_6


@contextmanager
def dropping(platform: SandboxPlatform, drops: tuple[int, ...]) -> Iterator[tuple[str, list[str]]]:
    """A relay before a platform that drops some requests (by rank) without an answer."""
    seen: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def relay(address: tuple[str, int]) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            with near:
                request = _whole_request(near)
                seen.append("login" if b"get_session_key" in request else "call")
                if len(seen) in drops or not request:
                    continue
                with socket.create_connection(address) as far:
                    far.sendall(request.replace(b"Connection: keep-alive", b"Connection: close"))
                    while piece := far.recv(65536):
                        near.sendall(piece)

    with running(platform) as url:
        host, port = url.split("/")[2].split(":")
        thread = Thread(target=relay, args=((host, int(port)),), daemon=True)
        thread.start()
        near_port = listener.getsockname()[1]
        try:
            yield url.replace(f":{port}/", f":{near_port}/"), seen
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join()


def _whole_request(near: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        piece = near.recv(65536)
        if not piece:
            return request
        request += piece
    head, body = request.split(b"\r\n\r\n", 1)
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += near.recv(65536)
    return head + b"\r\n\r\n" + body


def test_dropped_call_is_sent_again() -> None:
    """Reading calls survive a connection closed without an answer."""
    platform = platform_6()
    with dropping(platform, drops=(3, 4)) as (url, seen):
        limesurvey = LimeSurvey(url, "admin", platform.password)
        assert len([*limesurvey.windows(SURVEY)]) == 1
    assert seen == ["login", "call", "call", "call", "call"]


def test_dropped_login_is_not_sent_again() -> None:
    """Its password may have been counted as wrong; staff decide on another try."""
    platform = platform_6()
    with dropping(platform, drops=(1,)) as (url, seen):
        error = failure(LimeSurvey(url, "admin", platform.password))
    assert isinstance(error, PlatformUnreachable)
    assert seen == ["login"]


def test_slow_login_is_not_sent_again(connect: Connect) -> None:
    """Nor after a time limit."""
    platform = platform_6()
    platform.faults.append(Fault(FaultKind.SLOW, "get_session_key", seconds=2))
    error = failure(connect(platform, timeout=0.1))
    assert "ne répond pas à temps" in error.message
    assert platform.calls["get_session_key"] == 1


def test_nothing_listens() -> None:
    """A server that is down is told, and worth another try."""
    platform = platform_6()
    with running(platform) as url:
        pass
    error = failure(LimeSurvey(url, "admin", platform.password))
    assert isinstance(error, PlatformUnreachable)
    assert error.message.startswith("LimeSurvey est injoignable")


def test_certificate_that_cannot_be_checked_is_told() -> None:
    """Https where plain http answers: the encrypted connection fails, and that is said."""
    platform = platform_6()
    with running(platform) as url:
        error = failure(LimeSurvey(url.replace("http:", "https:"), "admin", platform.password))
    assert "connexion chiffrée" in error.message
    assert not isinstance(error, PlatformUnreachable)


@pytest.mark.parametrize("url", ["", "enquetes.exemple.fr/admin", "ftp://x/y", "http://[::1"])
def test_address_that_is_none(url: str) -> None:
    """A forgotten scheme or a slip of the keyboard is told before anything is sent."""
    error = failure(LimeSurvey(url, "admin", SecretStr("x")))
    assert "n’en est pas une" in error.message
    assert "https://" in error.remedy


def test_closing_survives_a_platform_that_is_gone() -> None:
    """Giving the key back is a courtesy: it never raises."""
    platform = platform_6()
    with running(platform) as url:
        limesurvey = LimeSurvey(url, "admin", platform.password)
        limesurvey.version()
    limesurvey.close()
    limesurvey.close()
