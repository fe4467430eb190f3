"""The sandbox platform answers each recorded request as the recorded server did."""

import base64
import html
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import requests
from pydantic import SecretStr

from tasks.survey.sandbox import SandboxPlatform, running
from tests.survey.recorded import PASSWORD, Exchange, exchange, exchanges, platform_3, platform_6

LIMITED = SecretStr("mot-de-passe-limité")
VERSIONS = ("6.4.2", "3.8.1")


class Server:
    """A recorded server on loopback, with the three accounts of the recordings."""

    def __init__(self, platform: SandboxPlatform, url: str) -> None:
        self.platform, self.url = platform, url
        platform.add_user("sans-droit", LIMITED, ())
        platform.add_user("export", LIMITED, ("survey", "responses"))

    def key(self, name: str) -> str:
        """A session key of the account that a recording was made with."""
        user, password = "admin", PASSWORD
        if "no-permission" in name:
            user, password = "sans-droit", LIMITED
        if "export-only" in name or "without-tokens-right" in name:
            user, password = "export", LIMITED
        body = {"method": "get_session_key", "params": [user, password.get_secret_value()], "id": 1}
        result: str = requests.post(self.url, json=body, timeout=5).json()["result"]
        return result

    def replay(self, recorded: Exchange) -> requests.Response:
        """Send a recorded request as it was, with a key of our own."""
        body = recorded.request["body"]
        text = body if isinstance(body, str) else json.dumps(body)
        if "SESSIONKEY" in text and "expired" not in recorded.name:
            key = self.key(recorded.name)
            text = text.replace("SESSIONKEY", key)
            if "after-release" in recorded.name:
                self.platform.expire_keys()
        headers = {"content-type": recorded.request.get("content_type", "application/json")}
        return requests.post(self.url, data=text.encode(), headers=headers, timeout=5)


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, Server]]:
    """Both recorded servers, running."""
    with ExitStack() as stack:
        platforms = {"6.4.2": platform_6(), "3.8.1": platform_3()}
        yield {
            version: Server(platform, stack.enter_context(running(platform)))
            for version, platform in platforms.items()
        }


def cases() -> list[tuple[str, str]]:
    """Every exchange but those that a setting of the server explains, tested below."""
    return [
        (version, name)
        for version in VERSIONS
        for name in exchanges(version)
        if not name.startswith(("004-get_s", "137", "138"))
    ]


@pytest.mark.parametrize(("version", "name"), cases())
def test_answer_is_the_recorded_one(servers: dict[str, Server], version: str, name: str) -> None:
    """Status, content type and content of every offered method are those of the recording."""
    recorded = exchange(version, name)
    servers[version].platform.unlock()
    answer = servers[version].replay(recorded)

    assert answer.status_code == recorded.response["status"]
    kind = recorded.response["content_type"]
    assert answer.headers["content-type"].lower() == kind.lower()
    if "body_text" in recorded.response:
        assert answer.text == recorded.response["body_text"]
    elif "visible_text" in recorded.response:
        assert answer.text.startswith("<!DOCTYPE html>")
        assert php_sentence(answer.text) == php_sentence(recorded.response["visible_text"])
    else:
        body = answer.json()
        assert (body["id"], body["error"]) == (
            recorded.response["body"]["id"],
            recorded.response["body"]["error"],
        )
        assert comparable(name, body["result"]) == comparable(name, recorded.result)


def php_sentence(page: str) -> str:
    """What PHP complains of, on an error page (paths and line numbers left out)."""
    found = re.search(
        r'have a method "\w+"|to function \w+::\w+\(\), \d passed|Argument #1 \(\$array\)',
        html.unescape(page),
    )
    assert found, page
    return found[0]


def comparable(name: str, result: Any) -> Any:
    """A result without what is drawn at random, or has no order on either server."""
    if isinstance(result, str) and ("export" in name and len(result) > 4):
        return base64.b64decode(result).decode()
    if isinstance(result, list) and result and isinstance(result[0], dict) and "qid" in result[0]:
        return sorted(result, key=lambda entry: entry["qid"])
    return result


def test_third_wrong_password_locks_the_address_out() -> None:
    """After three failures even the right password is refused, with the recorded sentence."""
    platform = platform_6()
    with running(platform) as url:
        for _ in range(3):
            wrong = {"method": "get_session_key", "params": ["admin", "faux"], "id": 4}
            requests.post(url, json=wrong, timeout=5)
        right = {**wrong, "params": ["admin", PASSWORD.get_secret_value()]}
        body = requests.post(url, json=right, timeout=5).json()
    assert body == exchange("6.4.2", "004").response["body"]


@pytest.mark.parametrize(("name", "interface"), [("137", "off"), ("138", "xml")])
def test_interface_settings_answer_as_recorded(name: str, interface: Any) -> None:
    """Switched off, nothing comes; set to XML, an XML fault."""
    platform = platform_6()
    platform.interface = interface
    recorded = exchange("6.4.2", name)
    with running(platform) as url:
        answer = requests.post(url, json=recorded.request["body"], timeout=5)
    assert (answer.status_code, answer.text) == (200, recorded.response["body_text"])
