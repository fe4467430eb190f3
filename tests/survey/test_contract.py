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

from tasks.survey.sandbox import SandboxPlatform, SandboxSurvey, running
from tasks.survey.sandbox.state import SandboxGroup, SandboxQuestion, SandboxRow
from tests.survey.recorded import PASSWORD, Exchange, exchange, exchanges, platform_3, platform_6

LIMITED = SecretStr("mot-de-passe-limité")
VERSIONS = ("6.4.2", "3.8.1")
CAMPAIGN = ("2",)  # exchanges 200 to 299 change the platform: they follow each other, below


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
        if not name.startswith(("004-get_s", "137", "138", *CAMPAIGN))
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


# --- a campaign, from import to deletion --------------------------------------------------------


def campaign() -> list[str]:
    """The exchanges that change the platform, in their order."""
    return [name for name in exchanges("6.4.2") if name.startswith(CAMPAIGN)]


@pytest.fixture(scope="module")
def replayed() -> dict[str, dict[str, Any]]:
    """The sandbox's answer to each exchange of the campaign, one after the other."""
    platform = SandboxPlatform(user="admin", password=PASSWORD)
    platform.mail.refused = {"refuse.cleo@exemple.ch"}
    answers = {}
    with running(platform) as url:
        server = Server(platform, url)
        for name in campaign():
            platform.mail.up = "no-mail-server" not in name
            if "too-wide" in name:
                platform.put_survey(wide_survey())
            answers[name] = server.replay(exchange("6.4.2", name)).json()
    return answers


def wide_survey() -> SandboxSurvey:
    """1,100 texts in one question, as the survey of the recording had."""
    rows = tuple(SandboxRow(n, f"S{n:04}", {"fr": str(n)}, n) for n in range(1100))
    question = SandboxQuestion(9000, 1, "MOTS", "Q", {"fr": "Mots"}, 1, rows=rows)
    group = SandboxGroup(1, 1, {"fr": "Large"})
    return SandboxSurvey(642105, {"fr": "Large"}, ("fr",), (group,), (question,), active=False)


@pytest.mark.parametrize("name", campaign())
def test_writing_call_is_answered_as_recorded(
    replayed: dict[str, dict[str, Any]], name: str
) -> None:
    """Result and error of each writing call, and what is read after it, are the recorded ones."""
    recorded, answer = exchange("6.4.2", name).response["body"], replayed[name]
    assert answer["error"] == recorded["error"]
    assert settled(answer["result"]) == settled(recorded["result"])


def settled(result: Any) -> Any:
    """A result without numbers, tokens and times, which are drawn anew on either server."""
    if isinstance(result, list) and result and "qid" in result[0]:
        codes = {entry["qid"]: entry["title"] for entry in result}
        listed = [
            {**entry, "parent_qid": codes.get(entry["parent_qid"]), "preg": entry["preg"] or ""}
            for entry in result
        ]
        return [settled(entry) for entry in sorted(listed, key=lambda entry: entry["title"])]
    if isinstance(result, list):
        return [settled(entry) for entry in result]
    if isinstance(result, dict):
        drawn = {"id", "qid", "gid"}
        return {key: settled(value) for key, value in result.items() if key not in drawn}
    if isinstance(result, int) and result > 99_999:
        return result if str(result).startswith("642") else "another number"
    if isinstance(result, str):
        alike = re.sub(r"^20\d\d-\d\d-\d\d \d\d:\d\d$", "a minute", result)
        return re.sub(r"^[A-Za-z0-9]{20}$", "a token", alike)
    return result
