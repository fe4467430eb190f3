"""Who is written to and when: properties that hold whatever the platform and the ledger say."""

# ruff: noqa: DTZ001 - the platform tells its own time, without offset

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.loading import load_study
from config.settings import Settings
from config.study import Confidentiality, Mailing, Mode
from tasks.campaign.mailing.doubles import behind_another
from tasks.campaign.mailing.hours import NotNow, next_moment, not_now
from tasks.campaign.mailing.model import WORKING, MailKind, MailLine, MailStatus
from tasks.campaign.mailing.rules import LeftOut, choose
from tasks.campaign.mailing.sending import Dispatch
from tasks.campaign.mailing.settling import settled
from tasks.campaign.mailing.words import failure, left_out, outcome, receivers
from tasks.campaign.platform import MailState
from tasks.survey.source import Participant

STUDY = load_study("demo", Settings())
WAVE = STUDY.wave()  # 14 September to 4 October 2026, Paris
PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 9, 28, 12, tzinfo=PARIS)
KINDS = tuple(MailKind)
HAND = datetime(2026, 9, 14, 9, 0)


def state(platform_id=1, **known) -> MailState:
    """A participant whom nobody has written to; `known` says what differs."""
    usual = {
        "deliverable": True, "completed": False, "invited_at": None, "reminded_at": None,
        "reminders": 0,
    }  # fmt: skip
    return MailState(platform_id, **{**usual, **known})


def line(status=MailStatus.SENT, kind=MailKind.INVITATION, number=0, at=NOON, **more) -> MailLine:
    """A line of the ledger on participant 1."""
    return MailLine(1, kind, number, status, at, **{"settled_at": at, **more})


def with_rule(study=STUDY, **rule):
    """The study with another rule of mailing."""
    return study.model_copy(update={"mailing": Mailing(**rule)})


def anonymous():
    """The study without tokens."""
    return STUDY.model_copy(update={"confidentiality": Confidentiality(mode=Mode.ANONYMOUS)})


def reason(kind, one, *lines, study=STUDY, moment=NOON, erased=()):
    """Why participant 1 receives nothing; None when they do."""
    return choose(kind, [one], lines, study, moment, erased).left_out.get(one.platform_id)


moments = st.datetimes(datetime(2026, 9, 1), datetime(2026, 10, 20), timezones=st.just(UTC))
naive = st.datetimes(datetime(2026, 9, 10), datetime(2026, 10, 4))
states = st.builds(
    MailState,
    platform_id=st.integers(1, 6),
    deliverable=st.booleans(),
    completed=st.booleans(),
    invited_at=st.none() | naive,
    reminded_at=st.none() | naive,
    reminders=st.integers(0, 3),
)
lines = st.builds(
    MailLine,
    platform_id=st.integers(1, 6),
    kind=st.sampled_from(KINDS),
    number=st.integers(0, 3),
    status=st.sampled_from(MailStatus),
    reserved_at=moments,
    settled_at=st.none() | moments,
)
people = st.lists(states, max_size=6, unique_by=lambda one: one.platform_id)
rules = st.builds(
    Mailing,
    days_between=st.integers(1, 20),
    reminders=st.integers(0, 4),
    from_hour=st.integers(0, 11),
    until_hour=st.integers(12, 24),
    weekdays_only=st.booleans(),
)


@settings(max_examples=60)
@given(
    st.sampled_from(KINDS),
    people,
    st.lists(lines, max_size=8),
    moments,
    st.sets(st.integers(1, 6)),
)
def test_everybody_is_written_to_or_has_a_reason(kind, everybody, ledger, moment, erased):
    """Nobody is lost, nobody counts twice."""
    choice = choose(kind, everybody, ledger, STUDY, moment, erased)
    chosen = [one.platform_id for one in choice.chosen]
    assert sorted([*chosen, *choice.left_out]) == sorted(one.platform_id for one in everybody)


@settings(max_examples=60)
@given(st.sampled_from(KINDS), people, st.lists(lines, max_size=8), moments, rules)
def test_whoever_is_chosen_may_be_written_to(kind, everybody, ledger, moment, rule):
    """Answered, undeliverable, in doubt, too many, too soon, never invited: checked slowly."""
    study = STUDY.model_copy(update={"mailing": rule})
    known = {one.platform_id: one for one in everybody}
    for one in choose(kind, everybody, ledger, study, moment).chosen:
        person = known[one.platform_id]
        own = [each for each in ledger if each.platform_id == one.platform_id]
        sent = [each for each in own if each.status is MailStatus.SENT]
        assert person.deliverable
        assert not person.completed
        assert not any(each.status in (MailStatus.RESERVED, MailStatus.UNKNOWN) for each in own)
        if kind is MailKind.INVITATION:
            assert (person.invited_at, person.reminders, sent) == (None, 0, [])
            continue
        assert person.invited_at or person.reminders or sent
        assert max([person.reminders, *(each.number for each in sent)]) < rule.reminders
        today = moment.astimezone(PARIS).date()
        days = [at.date() for at in (person.invited_at, person.reminded_at) if at]
        days += [(each.settled_at or each.reserved_at).astimezone(PARIS).date() for each in sent]
        assert all((today - day).days >= rule.days_between for day in days)


@settings(max_examples=60)
@given(people, st.lists(lines, max_size=8), moments)
def test_two_choices_in_a_row_never_write_twice(everybody, ledger, moment):
    """Whoever a run wrote to is written to by no run of the same day, of either kind."""
    for kind in KINDS:
        choice = choose(kind, everybody, ledger, STUDY, moment)
        now = [
            MailLine(one.platform_id, kind, one.number, MailStatus.SENT, moment, settled_at=moment)
            for one in choice.chosen
        ]
        written = {one.platform_id for one in choice.chosen}
        for again in KINDS:
            second = choose(again, everybody, [*ledger, *now], STUDY, moment)
            assert not written & {one.platform_id for one in second.chosen}


@pytest.mark.parametrize(
    ("kind", "one", "ledger", "expected"),
    [
        (MailKind.INVITATION, state(), [], None),
        (MailKind.INVITATION, state(invited_at=HAND), [], LeftOut.INVITED),
        (MailKind.INVITATION, state(), [line()], LeftOut.INVITED),
        (MailKind.INVITATION, state(completed=True), [], LeftOut.ANSWERED),
        (MailKind.INVITATION, state(deliverable=False), [], LeftOut.UNDELIVERABLE),
        (MailKind.INVITATION, state(), [line(MailStatus.UNKNOWN)], LeftOut.IN_DOUBT),
        (MailKind.INVITATION, state(), [line(MailStatus.FAILED)], None),
        (MailKind.REMINDER, state(), [], LeftOut.NOT_INVITED),
        (MailKind.REMINDER, state(invited_at=HAND), [], None),
        (MailKind.REMINDER, state(invited_at=HAND, completed=True), [], LeftOut.ANSWERED),
        (MailKind.REMINDER, state(), [line()], LeftOut.TOO_SOON),
        (MailKind.REMINDER, state(invited_at=HAND, reminders=2), [], LeftOut.ENOUGH),
        (MailKind.REMINDER, state(invited_at=HAND, reminders=1, reminded_at=datetime(2026, 9, 22)),
         [], LeftOut.TOO_SOON),
        (MailKind.REMINDER, state(invited_at=HAND, reminders=1, reminded_at=datetime(2026, 9, 21)),
         [], None),
    ],
)  # fmt: skip
def test_each_reason_has_its_case(kind, one, ledger, expected):
    """By hand on the platform or from here, invited or not, answered or not: as told to staff."""
    assert reason(kind, one, *ledger) is expected


def test_seven_days_are_days_of_the_calendar():
    """Written to on a Monday at 17:59, a person may be written to the next Monday at eight."""
    monday = datetime(2026, 9, 14, 17, 59, tzinfo=PARIS)
    later = datetime(2026, 9, 21, 8, 0, tzinfo=PARIS)
    assert reason(MailKind.REMINDER, state(), line(at=monday), moment=later) is None
    day_before = later - timedelta(days=1)
    assert (
        reason(MailKind.REMINDER, state(), line(at=monday), moment=day_before) is LeftOut.TOO_SOON
    )


def test_an_erased_person_is_never_written_to():
    """Still on the platform, but they asked to be forgotten here."""
    assert reason(MailKind.INVITATION, state(), erased={1}) is LeftOut.ERASED


def test_an_anonymous_study_does_not_look_at_who_answered():
    """The platform passes over them by itself; here everybody is treated alike."""
    done = state(invited_at=HAND, completed=True)
    assert reason(MailKind.REMINDER, done, study=anonymous()) is None


def test_a_mail_that_failed_is_tried_again_under_its_number():
    """And staff read why it failed last time."""
    failed = line(MailStatus.FAILED, MailKind.REMINDER, 1, reason="SMTP connect() failed")
    (one,) = choose(MailKind.REMINDER, [state(invited_at=HAND)], [failed], STUDY, NOON).chosen
    assert (one.number, one.failed) == (1, "SMTP connect() failed")


@pytest.mark.parametrize(
    ("reason_given", "expected"),
    [
        ("SMTP Error: The following From address failed: MAIL FROM command failed,Relaying "
         "denied,550", "refuse l’expéditeur"),
        ("SMTP Error: The following recipients failed: too many recipients in this hour 451",
         "demande d’attendre"),
        ("421 4.7.0 Try again later", "demande d’attendre"),
        ("SMTP Error: The following recipients failed: user unknown 550", "refuse l’adresse"),
        ("535 5.7.8 Error: authentication failed", "refuse le compte"),
        ("SMTP connect() failed", "ne répond pas"),
        ("Unbekannt", "Unbekannt"),
        ("", "n’a pas dit pourquoi"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_by_whom_it_is_about(reason_given, expected):
    """The sender, the pace, the address, the account, the server: each has its remedy."""
    assert expected in failure(reason_given, "fr")


def test_a_long_list_is_shown_in_part():
    """Twenty people, then how many more; who failed for the same reason, on one line."""
    everybody = [state(number) for number in range(1, 31)]
    told = [*receivers(choose(MailKind.INVITATION, everybody, [], STUDY, NOON), STUDY)]
    assert len(told) == 21
    assert told[-1] == "et 10 autres personnes"
    failed = tuple(replace(line(MailStatus.FAILED), platform_id=number) for number in (4, 9))
    lines = [*outcome(Dispatch(failed), MailKind.INVITATION, STUDY)]
    assert len(lines) == 2
    assert "4, 9" in lines[1]


def test_one_day_between_mails_is_said_as_today():
    """Not « less than 1 days »."""
    study = with_rule(days_between=1)
    choice = choose(MailKind.REMINDER, [state()], [line()], study, NOON)
    assert [*left_out(choice, study)] == ["1 personne a reçu un courriel aujourd’hui"]


def test_who_answered_counts_among_those_of_one_address():
    """Then who was invited, then who came first; people without an address are not alike."""
    people = [Participant(n, f"j{n}", "P", "N", mail) for n, mail in enumerate("abab--", start=1)]
    people[2] = replace(people[2], completed=True)
    people[4:] = [replace(one, email="") for one in people[4:]]
    states = [state(4, invited_at=HAND)]
    assert behind_another(people, states, []) == {1, 2}
    assert behind_another(people, [], []) == {1, 4}
    assert behind_another(people, [], [replace(line(), platform_id=4)]) == {1, 2}


# --- hours ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 9, 14, 8, 0), None),
        (datetime(2026, 9, 14, 7, 59), NotNow.NIGHT),
        (datetime(2026, 9, 14, 17, 59), None),
        (datetime(2026, 9, 14, 18, 0), NotNow.NIGHT),
        (datetime(2026, 9, 19, 12, 0), NotNow.WEEKEND),
        (datetime(2026, 9, 13, 23, 59), NotNow.BEFORE),
        (datetime(2026, 10, 2, 17, 59), None),
        (datetime(2026, 10, 4, 12, 0), NotNow.WEEKEND),
        (datetime(2026, 10, 5, 0, 0), NotNow.AFTER),
    ],
)  # fmt: skip
def test_the_hours_of_the_study_are_kept_to_the_minute(moment, expected):
    """First and last day belong to the wave; the end of an hour does not belong to it."""
    assert not_now(STUDY, WAVE, moment.replace(tzinfo=PARIS)) is expected


def test_the_hour_is_that_of_the_authority():
    """Eight in Paris is six in UTC in summer, whatever the server's clock."""
    assert not_now(STUDY, WAVE, datetime(2026, 9, 14, 6, 0, tzinfo=UTC)) is None
    assert not_now(STUDY, WAVE, datetime(2026, 9, 14, 16, 0, tzinfo=UTC)) is NotNow.NIGHT


ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")


@settings(max_examples=150)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    st.integers(1, 60),
    rules | st.just(Mailing(from_hour=2, until_hour=3, weekdays_only=False)),
    st.sampled_from(ZONES),
)
def test_the_next_moment_is_allowed_and_the_first(moment, opens, length, rule, zone):
    """Every half hour before it is forbidden, over changes of clocks too."""
    study = STUDY.model_copy(update={"mailing": rule, "timezone": zone})
    closes = opens + timedelta(days=length)
    wave = WAVE.model_copy(update={"opens": opens, "closes": closes})
    found = next_moment(study, wave, moment)
    end = found or datetime.combine(closes + timedelta(days=2), datetime.min.time(), UTC)
    assert found is None or not_now(study, wave, found) is None
    probe = max(moment, datetime.combine(opens - timedelta(days=2), datetime.min.time(), UTC))
    for step in range(48 * 9):
        at = probe + timedelta(minutes=30 * step)
        if at >= end:
            break
        assert not_now(study, wave, at) is not None


# --- settling ---------------------------------------------------------------------------------


def fate(doubtful, one, after=timedelta(0), study=STUDY):
    """What settling makes of a line, some time after its reservation; None: still in doubt."""
    found = tuple(settled([doubtful], [one] if one else [], study, doubtful.reserved_at + after))
    return found[0].status if found else None


LOST = line(MailStatus.UNKNOWN, MailKind.REMINDER, 2, before=1)


@pytest.mark.parametrize(
    ("one", "after", "expected"),
    [
        (state(reminders=2), timedelta(0), MailStatus.SENT),
        (state(reminders=1), timedelta(0), None),
        (state(reminders=1), WORKING - timedelta(seconds=1), None),
        (state(reminders=1), WORKING, MailStatus.FAILED),
        (None, WORKING, MailStatus.FAILED),
    ],
)  # fmt: skip
def test_a_lost_answer_is_settled_by_what_the_platform_counts(one, after, expected):
    """Counted: sent. Not counted: failed, once the platform had the time to finish."""
    assert fate(LOST, one, after) is expected
    assert fate(line(MailStatus.RESERVED, MailKind.REMINDER, 2, before=1), one, after) is expected


def test_a_lost_invitation_is_settled_by_its_date():
    """The platform notes when it invited."""
    lost = line(MailStatus.UNKNOWN)
    assert fate(lost, state(invited_at=HAND)) is MailStatus.SENT
    assert fate(lost, state(), WORKING) is MailStatus.FAILED


def test_in_an_anonymous_study_whoever_answered_counts_as_written_to():
    """Else the failures of the ledger would be the list of those who answered."""
    done = state(reminders=1, completed=True)
    assert fate(LOST, done, WORKING, anonymous()) is MailStatus.SENT


def test_what_is_known_is_not_settled_again():
    """Sent and failed stay what they are."""
    known = [line(MailStatus.SENT), line(MailStatus.FAILED)]
    assert tuple(settled(known, [state()], STUDY, NOON + 2 * WORKING)) == ()
