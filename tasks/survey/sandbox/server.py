"""A sandbox platform on a loopback address, over HTTP, quirks of the web server included."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from html import escape
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tasks.survey.sandbox.faults import FaultKind
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.replies import PhpDeath, PlainBody, ServerError

PATH = "/index.php/admin/remotecontrol"
PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><title>{title}</title></head>'
    "<body><h1>{title}</h1><p>{text}</p></body></html>"
)
XML_FAULT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<methodResponse><fault><value><struct><member>'
    "<name>faultCode</name><value><int>631</int></value></member><member><name>faultString</name>"
    "<value><string>Failed to parse request</string></value></member></struct></value></fault>"
    "</methodResponse>"
)
WARNING = (
    "<br />\n<b>Warning</b>:  Undefined array key in <b>/srv/www/index.php</b> on line <b>1</b>"
    "<br />\n"
)


@contextmanager
def running(platform: SandboxPlatform) -> Iterator[str]:
    """Serve a platform on 127.0.0.1 while the block lasts; gives RemoteControl's address."""
    # With the protocol named, asyncio turns Nagle's algorithm off: 1 ms a call, not 40.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()  # at once: nobody has to wait for the thread
    server = uvicorn.Server(
        uvicorn.Config(
            _application(platform),
            log_config=None,
            log_level="critical",
            access_log=False,
            lifespan="off",
            loop="asyncio",
        )
    )
    thread = Thread(target=server.run, args=([listener],), name="sandbox", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join()
        listener.close()


def _application(platform: SandboxPlatform) -> Starlette:
    async def answer(request: Request) -> Response:
        return await _answer(platform, request)

    return Starlette(
        routes=[
            Route(PATH, answer, methods=["GET", "POST"]),
            Route(PATH + "/", answer, methods=["GET", "POST"]),
            Route("/{path:path}", _anything_else, methods=["GET", "POST"]),
        ]
    )


async def _anything_else(_request: Request) -> Response:
    return _page("LimeSurvey", "", 200)


async def _answer(platform: SandboxPlatform, request: Request) -> Response:
    if platform.interface == "xml":
        return _plain(XML_FAULT)
    is_json = request.headers.get("content-type", "").startswith("application/json")
    if platform.interface == "off" or request.method != "POST" or not is_json:
        return _plain("")
    try:
        call = json.loads(await request.body())
    except ValueError:
        malformed = {"id": None, "result": None, "error": "unable to decode malformed json"}
        return _json(platform, malformed)
    if "id" not in call:  # a notification
        return _plain("")
    return await _called(platform, call["method"], call.get("params") or [], call["id"])


async def _called(
    platform: SandboxPlatform, method: str, params: list[object], number: int
) -> Response:
    fault = platform.strike(method)
    kind = fault.kind if fault else None
    await asyncio.sleep(platform.delay(method, params, fault))
    if kind in _ON_THE_WAY:
        return _ON_THE_WAY[kind]()
    try:
        envelope = platform.envelope(method, params, kind)
    except ServerError as error:
        return _page("500: Internal Server Error", escape(str(error)), 500)
    except PhpDeath:
        return Response(status_code=500)
    except PlainBody as body:
        return _plain(str(body))
    number += kind is FaultKind.WRONG_ID
    return _sent(_json(platform, {"id": number, **envelope}), kind)


def _sent(answer: Response, kind: FaultKind | None) -> Response:
    """An answer as it arrives: what was asked is done, whatever becomes of it on the way."""
    if kind is FaultKind.PHP_WARNING:
        return _plain(WARNING + bytes(answer.body).decode())
    if kind is FaultKind.PROXY_LIMIT:
        return _page("504 Gateway Time-out", "", 504)
    return _cut(answer, _BROKEN[kind]) if kind in _BROKEN else answer


def _json(platform: SandboxPlatform, content: object) -> Response:
    old = platform.version.startswith("3.")
    kind = "text/javascript;charset=UTF-8" if old else "application/json"
    return Response(json.dumps(content), headers={"content-type": kind})


def _plain(text: str, status: int = 200) -> Response:
    return Response(text, status, headers={"content-type": "text/html; charset=UTF-8"})


def _page(title: str, text: str, status: int) -> Response:
    return _plain(PAGE.format(title=title, text=text), status)


def _cut(answer: Response, share: float) -> Response:
    """The first part of an answer, under the length of the whole: the connection breaks."""
    whole = bytes(answer.body)

    async def part() -> AsyncIterator[bytes]:
        yield whole[: int(len(whole) * share)]
        raise ConnectionAbortedError

    return StreamingResponse(part(), headers=dict(answer.headers))


_BROKEN: dict[FaultKind | None, float] = {
    FaultKind.CUT: 0.5,
    FaultKind.LOST: 0.0,
}  # how much of the answer still comes


_ON_THE_WAY: dict[FaultKind | None, Callable[[], Response]] = {
    FaultKind.ERROR_PAGE: lambda: _page("500: Internal Server Error", "An error occurred.", 500),
    FaultKind.ERROR_EMPTY: lambda: Response(status_code=500),
    FaultKind.NOT_FOUND: lambda: _page("404 Not Found", "", 404),
    FaultKind.FORBIDDEN: lambda: _page("403 Forbidden", "", 403),
    FaultKind.WEB_PAGE: lambda: _page("Maintenance", "", 200),
    FaultKind.EMPTY: lambda: _plain(""),
    FaultKind.XML: lambda: _plain(XML_FAULT),
    FaultKind.REDIRECT: lambda: RedirectResponse("https://127.0.0.1" + PATH, 301),
}
