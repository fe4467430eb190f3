"""A list sent to the platform over HTTP: added once, changed where it differs, nobody deleted."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config.errors import ParticipantsError, PlatformError, PlatformUnreachable
from flows.listing import ListRequest, list_people, write_example
from flows.steps import closing, roster
from flows.steps import opening as steps
from flows.writing import may_be_tried_again
from tasks.campaign.holding import Hold, alone
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox.faults import FaultKind
from tests.campaign.staff import STUDY, SURVEY, Staff, addresses, csv_list, person
from tests.conftest import directly

FIFTEEN = [person(number) for number in range(1, 16)]


def told(outcome: object) -> str:
    """All that an outcome says, with plain spaces."""
    return str(outcome).replace("\u00a0", " ").replace("\\xa0", " ")


def test_a_list_is_added_once(opened: Staff) -> None:
    """Sent three times, fifteen people are fifteen participants with their tokens kept."""
    opened.send(FIFTEEN)
    people = opened.platform.survey(SURVEY).participants
    assert people is not None
    assert [one.email for one in people] == [row["Courriel"] for row in FIFTEEN]
    assert {one.attributes["attribute_2"] for one in people} == {"Voirie"}
    for _ in range(2):
        assert ("Déjà à jour", "15") in opened.send(FIFTEEN).rows
    assert opened.platform.survey(SURVEY).participants == people
    assert opened.platform.calls["add_participants"] == 1


def test_only_what_differs_is_changed(opened: Staff) -> None:
    """A new department changes one participant, capitals in an address none."""
    opened.send(FIFTEEN)
    tokens = [one.token for one in opened.platform.survey(SURVEY).participants or ()]
    changed = [
        {**FIFTEEN[0], "Service": "Eau", "Langue": "en"},
        {**FIFTEEN[1], "Courriel": "PERSONNE02@example.org"},
        *FIFTEEN[2:],
    ]
    outcome = opened.send(changed)
    assert "1 ; ligne 2 (Langue, Service)" in told(outcome.rows)
    people = opened.platform.survey(SURVEY).participants or ()
    assert (people[0].language, people[0].attributes["attribute_2"]) == ("en", "Eau")
    assert people[1].email == "personne02@example.org"
    assert [one.token for one in people] == tokens
    assert opened.platform.calls["set_participant_properties"] == 1


def test_what_the_list_leaves_empty_stays(opened: Staff) -> None:
    """An empty cell, or a column that the list lacks, wipes nothing out."""
    opened.send(FIFTEEN)
    opened.send([{**FIFTEEN[0], "Service": "", "Poste": ""}, *FIFTEEN[1:]])
    opened.send([{name: FIFTEEN[0][name] for name in ("Prénom", "Nom", "Courriel")}])
    people = opened.platform.survey(SURVEY).participants or ()
    assert people[0].attributes == {"attribute_1": "poste 1", "attribute_2": "Voirie"}


def test_nobody_is_deleted(opened: Staff) -> None:
    """Whoever is no longer on the list stays, and staff are told by the platform's number."""
    opened.send(FIFTEEN)
    outcome = opened.send(FIFTEEN[1:])
    assert len(addresses(opened)) == 15
    assert "1, gardés (numéros dans LimeSurvey : 1)" in told(outcome.rows)


def test_a_trial_changes_nothing(opened: Staff) -> None:
    """It tells what would be added and which rows are doubtful, and sends nothing."""
    outcome = opened.send([*FIFTEEN, person(16, Courriel="seize")], trial=True)
    assert ("À inscrire", "15") in outcome.rows
    assert "ligne 17" in told(outcome.notices)
    assert "Corrigez la ligne douteuse" in told(outcome.next_steps)
    assert addresses(opened) == []


def test_doubtful_rows_hold_the_others_back(opened: Staff) -> None:
    """Three of fifteen: nothing is sent until they are settled, or staff say to go on."""
    rows = [*FIFTEEN[:12], *(person(number, Courriel="?") for number in (13, 14, 15))]
    with pytest.raises(ParticipantsError, match="3 lignes douteuses"):
        opened.send(rows)
    assert addresses(opened) == []
    outcome = opened.send(rows, partly=True)
    assert len(addresses(opened)) == 12
    assert ("Lignes douteuses, laissées de côté", "14, 15, 16") in outcome.rows


@pytest.mark.parametrize("kind", [FaultKind.LOST, FaultKind.PROXY_LIMIT])
def test_a_lost_answer_is_read_back(opened: Staff, kind: FaultKind) -> None:
    """Everybody was added and the answer was lost: that is found out, nobody is added twice."""
    opened.break_down(kind, "add_participants")
    opened.send(FIFTEEN)
    assert len(addresses(opened)) == 15
    assert opened.platform.calls["add_participants"] == 1


def test_an_addition_that_broke_off_is_completed(opened: Staff) -> None:
    """Half were added before the platform died: the error says so, the next run adds the rest."""
    opened.break_down(FaultKind.HALF, "add_participants")
    with pytest.raises(PlatformUnreachable):
        opened.send(FIFTEEN)
    assert len(addresses(opened)) == 7
    with pytest.raises(ParticipantsError, match="Relancez après"):
        opened.send(FIFTEEN)  # LimeSurvey may still be at it
    opened.pass_time(16)
    assert ("Inscrits", "8") in opened.send(FIFTEEN).rows
    assert sorted(addresses(opened)) == sorted(row["Courriel"] for row in FIFTEEN)


def test_of_two_runs_at_once_one_adds(opened: Staff) -> None:
    """While another run adds people nobody is added, also of a list planned before it began."""
    now = datetime.now(UTC)
    with opened.setup.store() as store:
        store.take_hold(f"participants:{SURVEY}", "first", now, now + timedelta(minutes=15))
    with pytest.raises(ParticipantsError, match="en cours"):
        opened.send(FIFTEEN)
    assert addresses(opened) == []
    opened.pass_time(16)
    opened.send(FIFTEEN)
    assert len(addresses(opened)) == 15


def test_whoever_was_added_meanwhile_is_not_added_again(
    opened: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that planned on an empty table reads it again once it is alone."""

    @contextmanager
    def after_another_run(*args: Any) -> Iterator[Hold]:
        monkeypatch.undo()
        opened.send(FIFTEEN[:6])
        with alone(*args) as hold:
            yield hold

    monkeypatch.setattr(roster, "alone", after_another_run)
    opened.send(FIFTEEN)
    assert len(addresses(opened)) == 15


def test_an_address_that_is_there_twice_is_told_at_once(
    opened: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody was added by hand in the meantime: the run that sees it says so."""
    added = LimeSurvey.add_participants

    def doubled(self: LimeSurvey, survey: int, people: Any) -> object:
        added(self, survey, people[:1])
        return added(self, survey, people)

    monkeypatch.setattr(LimeSurvey, "add_participants", doubled)
    assert "Participants 1, 2 de LimeSurvey : la même adresse" in told(opened.send(FIFTEEN[:2]))


def test_no_step_that_writes_is_tried_again() -> None:
    """Import, activation, additions and the end are sent once; a reading may be repeated."""
    writing = (
        steps.import_questionnaire, steps.prepare_participants, steps.activate_survey,
        roster.send_list, closing.end_survey,
    )  # fmt: skip
    assert not any(may_be_tried_again(step) for step in writing)
    assert may_be_tried_again(roster.read_list)


def test_a_change_that_failed_is_made_later(opened: Staff) -> None:
    """The first of two changes fails: nothing is added either; the next run does all."""
    opened.send(FIFTEEN[:2])
    rows = [{**row, "Service": "Eau"} for row in FIFTEEN[:2]] + FIFTEEN[2:]
    opened.break_down(FaultKind.ERROR_EMPTY, "set_participant_properties")
    with pytest.raises(PlatformError):
        opened.send(rows)
    opened.send(rows)
    people = opened.platform.survey(SURVEY).participants or ()
    assert [one.attributes["attribute_2"] for one in people] == ["Eau", "Eau"] + ["Voirie"] * 13


def test_pseudonyms_are_given_and_nothing_personal_is_told(
    opened: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    """The store knows all fifteen; neither the outcome nor a log has a name, address or token."""
    caplog.set_level(logging.DEBUG)
    outcome = opened.send([*FIFTEEN, person(16, Courriel="seize")], partly=True)
    with opened.setup.store() as store:
        assert len(store.identities(STUDY, "V2026")) == 15
        assert store.invited(STUDY, "V2026") == 15
    tokens = [one.token for one in opened.platform.survey(SURVEY).participants or ()]
    # The log of the test's own web server aside.
    said = told(outcome) + "".join(
        one.getMessage() for one in caplog.records if not one.name.startswith("uvicorn")
    )
    for secret in (*tokens, "@example.org", "Nom1", "Prénom1", "poste 1"):
        assert secret not in said


def test_people_erased_do_not_come_back(opened: Staff) -> None:
    """A list that still has them: the row is doubtful, the others wait for staff."""
    from flows.erase_person import erase_person

    opened.send(FIFTEEN)
    erase_person(STUDY, "personne03@example.org", opened.settings)
    opened.platform.delete_participant(SURVEY, 3)
    with pytest.raises(ParticipantsError) as raised:
        opened.send(FIFTEEN)
    assert "ligne 4" in told(raised.value)
    assert "effacement" in told(raised.value)
    opened.send(FIFTEEN, partly=True)
    assert "personne03@example.org" not in addresses(opened)


def test_somebody_with_a_new_address_is_pointed_out(opened: Staff) -> None:
    """The same name under another address may be the same person, who would be asked twice."""
    opened.send(FIFTEEN)
    moved = {**FIFTEEN[0], "Courriel": "nouvelle@example.org"}
    with pytest.raises(ParticipantsError, match="n° 1 de LimeSurvey a le même nom"):
        opened.send([moved, *FIFTEEN[1:]])
    assert len(addresses(opened)) == 15
    opened.send([*FIFTEEN, {**moved, "Nom": "Autre"}])
    assert len(addresses(opened)) == 16
    opened.send([*FIFTEEN, {**FIFTEEN[1], "Courriel": "homonyme@example.org"}])
    assert len(addresses(opened)) == 17  # a row for each tells two people apart


@pytest.mark.parametrize("name", ["../../secret.csv", "absente.xlsx", "", "/etc/passwd"])
def test_a_form_names_no_file_outside_the_study_s_folder(opened: Staff, name: str) -> None:
    """Not even one that is there."""
    (opened.settings.home / "secret.csv").write_bytes(csv_list(FIFTEEN))
    with pytest.raises(ParticipantsError, match="dossier de l’étude"):
        list_people(ListRequest(study=STUDY, file=name), opened.settings, directly)


def test_before_the_opening_there_is_no_table_to_fill(staff: Staff) -> None:
    """The message says to open the campaign first."""
    with pytest.raises(PlatformError):
        staff.send(FIFTEEN)


def test_an_anonymous_study_takes_no_list(staff: Staff) -> None:
    """Nobody is written down; the message says what to do instead."""
    staff.write_study(confidentiality={"mode": "anonymous"})
    staff.open()
    with pytest.raises(ParticipantsError, match="anonyme"):
        staff.send(FIFTEEN)
    assert staff.platform.survey(SURVEY).participants is None


def test_the_example_is_written_once(staff: Staff) -> None:
    """A second time it is left as staff filled it in."""
    path = write_example(STUDY, staff.settings)
    path.write_bytes(b"filled in")
    assert write_example(STUDY, staff.settings) == path
    assert path.read_bytes() == b"filled in"
