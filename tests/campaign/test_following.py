"""Where a campaign stands: counts and days that betray nobody, offline, in both modes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.loading import load_model, load_study
from config.settings import PRODUCT_CONFIG, Settings
from config.study import Confidentiality, Mode
from flows.following import follow
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.steps.pulling import pull_answers
from flows.summary import as_markdown
from tasks.campaign.following import BARS, MOST_DAYS, NONE, days_of, sparkline
from tasks.campaign.mailing.counts import MailCounts, mail_counts
from tasks.campaign.mailing.model import MailKind, MailLine, MailStatus
from tasks.reports.chart_data import Drawer
from tasks.reports.follow_up import Moment
from tasks.reports.following import following
from tasks.reports.next_steps import next_steps
from tasks.reports.voice import Voice
from tasks.results import Participation
from tasks.survey.sandbox.demo import SURVEY_ID, demo_platform
from tasks.survey.sandbox.server import running
from tests.conftest import DEMO, Demo, Team
from tests.leaks.test_demo import secrets

STUDY = load_study("demo", Settings())
MODEL = load_model("datacites2", Settings()).model
WAVE = STUDY.wave()
MONDAY = date(2026, 9, 28)
MONDAY_REQUEST = RefreshRequest(study="demo", as_of="2026-09-28")
PART = Participation(
    invited=15, complete=12, partial_kept=1, excluded=1,
    by_day={"2026-09-14": 3, "2026-09-16": 1, "2026-09-25": 9},
    by_side={"policy": (5, None), "elected": (None, None)},
)  # fmt: skip


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def told(part=PART, mails=None, study=STUDY, today=MONDAY, **more):
    """Where the campaign stands on a day, from counts."""
    voice = Voice.of(study, MODEL)
    at = Moment(voice, study, study.wave(), today)
    counts = mails or MailCounts()
    steps = next_steps(at, part, counts, waiting_passages=0, to_choose=0, unknown_codes=0)
    more = {"started": 2, "pulled_at": datetime(2026, 9, 28, 4, tzinfo=UTC)} | more
    return following(Drawer.of(voice, MODEL, study), at, part, counts, steps, **more)


@given(st.lists(st.integers(0, 40), max_size=60))
def test_a_line_has_a_character_a_day_and_shows_days_without_answers(counts):
    """Dots for none, a full block for the most, never lower for more answers."""
    line = sparkline(counts)
    assert len(line) == len(counts)
    assert [sign == NONE for sign in line] == [count == 0 for count in counts]
    heights = [(NONE + BARS).index(sign) for sign in line]
    pairs = sorted(zip(counts, heights, strict=True))
    assert [height for _, height in pairs] == sorted(heights)
    assert not any(counts) or max(heights) == len(BARS)


@settings(max_examples=60)
@given(
    st.dictionaries(st.dates(date(2026, 9, 1), date(2026, 12, 31)), st.integers(1, 9), max_size=20),
    st.integers(1, 120),
    st.dates(date(2026, 9, 1), date(2027, 1, 31)),
)
def test_every_answer_is_in_one_day_or_week(found, length, today):
    """Nothing is lost or counted twice; a long campaign goes by weeks."""
    wave = WAVE.model_copy(update={"closes": WAVE.opens + timedelta(days=length)})
    days = days_of({day.isoformat(): count for day, count in found.items()}, wave, today)
    assert sum(days.counts) == sum(found.values())
    assert len(days.starts) <= MOST_DAYS or days.weekly
    gaps = {(b - a).days for a, b in zip(days.starts, days.starts[1:], strict=False)}
    assert gaps <= {days.step}


def test_the_rows_say_how_many_when_and_how_far():
    """Rate, complete, begun, last day, days, of when the figures are."""
    seen = told()
    assert plain(seen.as_of) == "Réponses relevées le 28 septembre 2026 à 06:00."
    assert [(label, plain(value)) for label, value in seen.rows] == [
        ("Ont répondu", "13 sur 15"),
        ("Questionnaires complets", "12"),
        ("Commencés, pas terminés", "2"),
        ("Dernier envoi", "25 septembre 2026"),
        ("Envois par jour", "14 sept. ▃·▁········█··· 28 sept. (au plus 9)"),
    ]


def test_a_small_side_is_not_told():
    """As in the report: not shown, and said to be so."""
    seen = told()
    assert seen.sides == (
        ("Politiques publiques", "5"),
        ("Élus et direction générale", "non montré"),
    )
    assert "trop petits" in seen.withheld
    assert told(replace(PART, by_side={})).withheld == ""


def test_mails_are_counted_and_the_next_reminder_announced():
    """Those from here, those that failed, those in doubt; too early to remind: from which day."""
    mails = MailCounts(14, 6, 1, 2, date(2026, 9, 25))
    seen = told(mails=mails)
    row = plain(dict(seen.rows)["Courriels"])
    assert row == (
        "Envoyés par le logiciel : 14 invitations et 6 rappels ; le dernier courriel date du "
        "25 septembre 2026. 1 courriel n’a pas pu partir. 2 courriels sont peut-être partis ; le "
        "prochain envoi le vérifie."
    )
    steps = [plain(step) for step in seen.steps]
    assert steps[0].startswith("Revoir les envois : 1 courriel n’est pas parti")
    assert steps[1] == (
        "Attendre : 2 personnes n’ont pas encore répondu ; un rappel est possible à partir du "
        "2 octobre 2026."
    )
    later = told(mails=mails, today=date(2026, 10, 2))
    assert any(plain(step).startswith("Relancer : 2 personnes") for step in later.steps)


def test_without_a_participants_table_counts_stand_alone():
    """Nobody knows how many were invited: counts without « sur », and a request for the number."""
    seen = told(replace(PART, invited=None))
    assert dict(seen.rows)["Ont répondu"] == "13"
    assert any("Nombre de personnes invitées" in step for step in seen.steps)


def test_an_anonymous_survey_without_dates_has_no_days():
    """Then no line, no last day; and the reminder names nobody."""
    hidden = Confidentiality(mode=Mode.ANONYMOUS)
    seen = told(
        replace(PART, by_day={}), study=STUDY.model_copy(update={"confidentiality": hidden})
    )
    assert [label for label, _ in seen.rows] == [
        "Ont répondu", "Questionnaires complets", "Commencés, pas terminés",
    ]  # fmt: skip
    assert any("sans dire à qui" in step for step in seen.steps)


def test_before_the_first_refresh_the_refresh_is_what_to_do(settings: Settings) -> None:
    """Nothing is pulled by following: it says what to type, the invitations first."""
    seen = follow(RefreshRequest(study="demo", as_of="2026-09-15"), settings)
    assert seen.as_of == "Aucune réponse n’a encore été relevée."
    assert [plain(step) for step in seen.steps] == [
        "Inviter : « maturity invite demo », sauf si les invitations sont parties de LimeSurvey.",
        "Relevez d’abord les réponses : maturity refresh demo",
    ]


def test_following_reads_the_store_alone(played_demo: Demo) -> None:
    """After a refresh, with no platform at all: the same figures as the refresh; nobody named."""
    seen = follow(RefreshRequest(study="demo", as_of="2026-10-19"), played_demo.settings)
    assert seen.rows == played_demo.summary.following.rows
    assert dict(seen.rows)["Ont répondu"].replace("\xa0", " ") == "15 sur 15"
    assert [word for word in secrets() if word.casefold() in str(seen).casefold()] == []


def test_an_anonymous_campaign_is_followed_too(settings: Settings) -> None:
    """No token, no participants' names: the answers and their days are counted all the same."""
    folder = settings.home / "config" / "studies"
    folder.mkdir(parents=True)
    text = Path(PRODUCT_CONFIG / "studies" / "demo.yaml").read_text(encoding="utf-8")
    hidden = text.replace("mode: confidential", "mode: anonymous")
    (folder / "demo.yaml").write_text(hidden, encoding="utf-8")
    platform = demo_platform(MODEL, DEMO, 2)
    platform.put_survey(replace(platform.survey(SURVEY_ID), anonymized=True, participants=None))
    with running(platform) as url:
        pull_answers(prepare(MONDAY_REQUEST, Team(settings, platform, url).settings))
    rows = dict(follow(MONDAY_REQUEST, settings).rows)
    assert int(rows["Ont répondu"]) >= 13
    assert "Envois par jour" in rows


def test_the_page_of_a_run_shows_where_the_campaign_stands(played_demo: Demo) -> None:
    """The Markdown has the rows, the days and what to do."""
    page = as_markdown(played_demo.summary)
    assert "| Où en est la campagne | |" in page
    assert NONE in page
    assert "**Que faire maintenant**" in page


def test_mails_are_counted_from_the_ledger():
    """By kind and by fate; the last day is that of the study, not of the clock in UTC."""
    at = datetime(2026, 9, 20, 23, 30, tzinfo=UTC)  # the 21st in Paris

    def line(number, status, kind=MailKind.REMINDER):
        return MailLine(number, kind, number, status, at, settled_at=at)

    ledger = [
        line(1, MailStatus.SENT, MailKind.INVITATION), line(2, MailStatus.SENT),
        line(3, MailStatus.FAILED), line(4, MailStatus.UNKNOWN), line(5, MailStatus.RESERVED),
    ]  # fmt: skip
    assert mail_counts(ledger, "Europe/Paris") == MailCounts(1, 1, 1, 2, date(2026, 9, 21), 2)
    assert mail_counts([], "Europe/Paris") == MailCounts()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_following_speaks_both_languages(language):
    """No French in an English table, no place left unfilled."""
    study = STUDY.model_copy(update={"language": language})
    said = str(told(study=study, mails=MailCounts(3, 2, 1, 1, date(2026, 9, 25))))
    assert "{" not in said
    assert language == "fr" or not any(sign in said for sign in ("«", " :", "réponse", "envoi"))
