"""The pull over HTTP, with the real client, from platforms of both shapes."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from tasks.survey import source
from tasks.survey.limesurvey import LimeSurvey, shapes
from tasks.survey.limesurvey import people as limesurvey_people
from tasks.survey.sandbox import (
    Fault,
    FaultKind,
    SandboxPlatform,
    SandboxSurvey,
    running,
)
from tasks.survey.source import PlatformQuestion, RawResponse
from tests.survey.conftest import Connect
from tests.survey.recorded import platform_3, platform_6, questionnaire, responses

HOSTILE = (
    "<w:p> & ]]></w:t>",
    "{{ 7*7 }} {_{ x }_} {% raw %}",
    "=cmd()|'/C calc'!A0",
    "fin \x0b de \x00 ligne\r\nsuite\tici",
    "demi-caractère \ud83d seul",
    "👩‍👩‍👧 東京 é É ‮retourné‬ « guillemets »",
    'a "b" \\ / c',
    "x" * 20_000,
)


def plain_survey(number: int = 700001) -> SandboxSurvey:
    """The trial questionnaire, without responses."""
    return questionnaire("maturite_numerique.txt", number, 1, 10)


def pulled(platform: LimeSurvey, survey_id: int) -> list[RawResponse]:
    """All responses, one after the other."""
    return [response for window in platform.windows(survey_id) for response in window]


# --- structure ----------------------------------------------------------------------------------


def test_structure_reads_every_question_in_survey_order(connect: Connect) -> None:
    """Codes, types, rows, options and « other » come out of five kinds of calls."""
    structure = connect(platform_6()).structure(641001, "fr")

    assert structure.title == "Maturité numérique – commune de Valdoré (essai)"
    found = [(question.code, question.kind, question.other) for question in structure.questions]
    assert found == [
        *[("ROLE", "L", False), ("STR1", "L", False), ("STR2", "O", False), ("DEBUT", "D", False)],
        *[("OUT", "F", False), ("ECH", "A", False), ("DONN", "M", True), ("CANAL", "L", True)],
        *[("ETP", "N", False), ("FORM", "Y", False), ("COM", "T", False), ("SCORE", "*", False)],
    ]
    by_code = {question.code: question for question in structure.questions}
    assert [*by_code["STR1"].options] == ["A1", "A2", "A3", "A4", "A5", "NSP"]
    assert by_code["STR1"].text == "Une feuille de route numérique est-elle écrite et partagée ?"
    assert by_code["ECH"].rows == {"SQ001": "Qualité du réseau", "SQ002": "Aide informatique"}
    assert by_code["COM"].options == by_code["COM"].rows == {}


def test_both_versions_give_the_same_structure(connect: Connect) -> None:
    """The shapes of 3.8 and 6.4 of the same questionnaire cannot be told apart afterwards."""
    new = connect(platform_6()).structure(641001, "fr")
    old = connect(platform_3()).structure(648751, "fr")
    assert new.questions == old.questions


def test_structure_comes_in_the_language_asked(connect: Connect) -> None:
    """Texts of questions, rows and options are English for an English study."""
    structure = connect(platform_6()).structure(641001, "en")
    by_code = {question.code: question for question in structure.questions}
    assert by_code["ROLE"].text == "What is your role?"
    assert by_code["ROLE"].options["R2"] == "Head of unit"
    assert by_code["OUT"].rows["SQ003"] == "data are backed up"


def test_every_question_type_is_read(connect: Connect) -> None:
    """Codes 0, 1, 2 survive their JSON list; dual scales and two-way arrays have their parts."""
    structure = connect(platform_6()).structure(488771, "fr")
    by_code = {question.code: question for question in structure.questions}
    assert by_code["NUM0"].options == {"0": "Niveau 0", "1": "Niveau 1", "2": "Niveau 2"}
    assert [*by_code["DROP"].options] == ["A3", "A1", "A2"]
    assert [*by_code["DUAL"].options] == ["A1", "A2", "B1", "B2"]
    assert [*by_code["ARRN"].rows] == ["Y1_X1", "Y1_X2", "Y2_X1", "Y2_X2"]
    assert by_code["ARRN"].rows["Y2_X1"] == "lig 2 – col 1"
    assert len(structure.questions) == 26


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un&nbsp;seul <strong>mot</strong>&amp; demi</p>", "Un\u00a0seul mot& demi"),
        ("d’<em>abord</em><br/>puis", "d’abord puis"),
        ("<ul><li>un</li><li>deux</li></ul>", "un deux"),
        ("<script>alert(1)</script>3 < 4 <style>p{}</style>", "3 < 4"),
        ("a\n\t b", "a b"),
        (None, ""),
    ],
)
def test_editor_html_becomes_what_a_reader_sees(html: str | None, text: str) -> None:
    """Tags and scripts go, entities are read, blocks are set apart, no-break spaces stay."""
    assert shapes.plain_text(html) == text


# --- responses ----------------------------------------------------------------------------------


def test_responses_come_as_received_from_version_6(connect: Connect) -> None:
    """All fifteen, partial ones too, with the recorded content untouched."""
    rows = pulled(connect(platform_6()), 641001)
    assert {row["id"]: row for row in rows} == responses("6.4.2", "052")


def test_responses_of_version_3_are_unwrapped(connect: Connect) -> None:
    """Each response leaves its id; null stays null and is read like an empty text."""
    rows = pulled(connect(platform_3()), 648751)
    assert {row["id"]: row for row in rows} == responses("3.8.1", "015")
    assert rows[0]["SCORE"] is None
    assert rows[0]["CANAL[other]"] == ""


@pytest.mark.parametrize("response", [{}, {"STR1": None}, {"STR1": ""}])
def test_no_value_is_read_alike(response: RawResponse) -> None:
    """A missing key, null and an empty text are the same « no answer »."""
    assert source.given(response, "STR1") is None


def test_values_are_read_as_text_and_ids_as_numbers() -> None:
    """Numbers come as numbers or as text by version; zero is a value."""
    assert source.given({"lastpage": 0}, "lastpage") == "0"
    assert source.given({"STR1": " "}, "STR1") == " "
    assert source.response_id({"id": "12"}) == source.response_id({"id": 12}) == 12


@pytest.mark.parametrize(("build", "survey"), [(platform_6, 641003), (platform_3, 891659)])
def test_no_response_yet_is_a_normal_state(connect: Connect, build: object, survey: int) -> None:
    """An active survey without responses gives no window and no error."""
    assert callable(build)
    assert list(connect(build()).windows(survey)) == []


def test_anonymous_survey_gives_no_token_and_no_dates(connect: Connect) -> None:
    """Such columns do not exist there, and are read as not given."""
    platform = connect(platform_6())
    first = pulled(platform, 641004)[0]
    assert "token" not in first
    assert source.given(first, "datestamp") is None
    assert source.given(first, "submitdate") == "1980-01-01 00:00:00"
    assert platform.participants(641004, ()) is None


@pytest.mark.parametrize("version", ["6.4.2", "3.8.1"])
def test_hostile_texts_come_through_as_typed(connect: Connect, version: str) -> None:
    """Nothing is evaluated, cut, stripped or normalised on the way."""
    platform = SandboxPlatform([plain_survey()], version=version)
    for text in HOSTILE:
        platform.add_response(700001, {"submitdate": "2026-09-20 10:00:00", "COM": text})
    rows = pulled(connect(platform), 700001)
    assert [row["COM"] for row in rows] == list(HOSTILE)


def test_response_shapes_ignore_phantoms_only() -> None:
    """The empty response that version 3 invents is dropped; an export of one field is not."""
    assert shapes.flat_responses([{"": {"id": "", "STR1": ""}}]) == ()
    assert shapes.flat_responses([{"id": 5}, {"7": {"id": 7}}]) == ({"id": 5}, {"id": 7})


# --- windows ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def walked() -> object:
    """A platform that stays up while hypothesis changes its responses."""
    platform = SandboxPlatform([plain_survey()])
    with running(platform) as url:
        yield platform, url


@given(
    ids=st.sets(st.integers(1, 3000), max_size=60),
    dense=st.tuples(st.integers(1, 200), st.integers(0, 60)),
    window=st.integers(5, 40),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_response_is_in_exactly_one_window(
    walked: tuple[SandboxPlatform, str], ids: set[int], dense: tuple[int, int], window: int
) -> None:
    """Whatever the gaps: no duplicate, no hole, ascending, and a bounded number of calls."""
    platform, url = walked
    ids = ids | set(range(dense[0], dense[0] + dense[1]))
    survey = replace(plain_survey(), responses={n: {"id": n} for n in sorted(ids)})
    platform.put_survey(survey)
    platform.calls.clear()

    with LimeSurvey(url, platform.user, platform.password, window=window) as limesurvey:
        windows = list(limesurvey.windows(700001))

    found = [response["id"] for each in windows for response in each]
    assert found == sorted(ids)
    assert all(windows)
    # never more calls than plain windows over all the ids, and one for what is left
    assert platform.calls["export_responses"] <= max(ids, default=0) // window + 2
    assert platform.calls["get_session_key"] == 1


def test_small_survey_costs_one_count_and_one_export(connect: Connect) -> None:
    """Fifteen responses are one export, wherever their ids are."""
    platform = platform_6()
    assert len(pulled(connect(platform), 641001)) == 15
    assert platform.calls["export_responses"] == platform.calls["get_summary"] == 1


def test_dense_survey_costs_no_more_exports_than_bare_windows(connect: Connect) -> None:
    """3,000 responses in windows of 100: thirty exports and one count."""
    platform = SandboxPlatform(
        [replace(plain_survey(), responses={n: {"id": n} for n in range(1, 3001)})]
    )
    sizes = [len(each) for each in connect(platform, window=100).windows(700001)]
    assert sizes == [100] * 30
    assert platform.calls["export_responses"] == 30
    assert platform.calls["get_summary"] == 1


def test_walk_ends_and_misses_nothing_while_responses_come_and_go(connect: Connect) -> None:
    """Responses deleted ahead do not make it walk for ever; one that comes in is not missed."""
    platform = SandboxPlatform(
        [replace(plain_survey(), responses={n: {"id": n} for n in range(1, 201)})]
    )
    windows = connect(platform, window=10).windows(700001)
    first = [response["id"] for response in next(windows)]
    for number in range(21, 201):
        platform.delete_response(700001, number)
    added = platform.add_response(700001, {"id": 500})
    rest = [response["id"] for window in windows for response in window]
    assert first + rest == [*range(1, 21), added]
    assert platform.calls["export_responses"] < 12


def test_expired_key_is_renewed_in_mid_pull(connect: Connect) -> None:
    """One new login, and the pull goes on at the same window."""
    for build, survey in ((platform_6, 641001), (platform_3, 648751)):
        platform = build()
        platform.faults.append(Fault(FaultKind.EXPIRED_KEY, "export_responses", after=1))
        found = [row["id"] for row in pulled(connect(platform, window=2), survey)]
        assert found == [*platform.survey(survey).responses]
        assert platform.calls["get_session_key"] == 2


@pytest.mark.parametrize("build", [platform_6, platform_3])
def test_expired_key_is_renewed_for_structure_too(connect: Connect, build: object) -> None:
    """Also where version 3 misspells the refusal."""
    assert callable(build)
    platform = build()
    platform.faults.append(Fault(FaultKind.EXPIRED_KEY, "list_groups"))
    survey = 641001 if platform.version == "6.4.2" else 648751
    assert len(connect(platform).structure(survey, "fr").questions) == 12
    assert platform.calls["get_session_key"] == 2


def test_answer_cut_in_the_middle_is_asked_again(connect: Connect) -> None:
    """A connection that breaks during an export costs one more call, nothing else."""
    platform = platform_6()
    platform.faults.append(Fault(FaultKind.CUT, "export_responses"))
    assert len(pulled(connect(platform), 641001)) == 15
    assert platform.calls["export_responses"] == 2
    assert platform.calls["get_session_key"] == 1


# --- participants, version, rights --------------------------------------------------------------


def test_participants_come_page_by_page(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages follow the participants' numbers; attributes and completion come along."""
    monkeypatch.setattr(limesurvey_people, "PAGE", 5)
    platform = platform_6()
    platform.delete_participant(641001, 6)  # numbers are no offsets
    people = connect(platform).participants(641001, ("attribute_1", "attribute_9"))
    assert people is not None
    assert [person.platform_id for person in people] == [n for n in range(1, 19) if n != 6]
    assert (people[0].firstname, people[0].email) == ("Répondant01", "repondant01@exemple.invalid")
    assert people[0].attributes == {"attribute_1": "Finances", "attribute_9": ""}
    assert [person.completed for person in people] == [True] * 9 + [False] * 8
    assert platform.calls["list_participants"] == 4


def test_exactly_full_last_page_ends_the_list(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eighteen participants in pages of nine: the platform's « none found » is the end."""
    monkeypatch.setattr(limesurvey_people, "PAGE", 9)
    people = connect(platform_6()).participants(641001, ())
    assert people is not None
    assert len(people) == 18


def test_participants_of_version_3(connect: Connect) -> None:
    """The same call works there."""
    people = connect(platform_3()).participants(648751, ("attribute_1",))
    assert people is not None
    assert [person.token for person in people][:2] == ["6zohJqhlkcVRhKp", "gBMObtr4v0q6cBs"]


def test_no_table_is_not_an_empty_table(connect: Connect) -> None:
    """None where there is no participants table; nobody where it is empty."""
    platform = SandboxPlatform([plain_survey(), replace(plain_survey(700002), participants=())])
    limesurvey = connect(platform)
    assert limesurvey.participants(700001, ()) is None
    assert limesurvey.participants(700002, ()) == ()


def test_account_that_may_only_export_can_pull(connect: Connect) -> None:
    """Structure and responses need two rights; participants and version are then unknown."""
    platform = platform_6()
    password = SecretStr("lecture-seule")
    platform.add_user("export", password, ("survey", "responses"))
    limesurvey = connect(platform, user="export", password=password)
    assert len(limesurvey.structure(641001, "fr").questions) == 12
    assert len(pulled(limesurvey, 641001)) == 15
    assert limesurvey.participants(641001, ("attribute_1",)) is None
    assert limesurvey.version() is None


def test_administrator_knows_the_version(connect: Connect) -> None:
    """6.4.2 and 3.8.1 say so."""
    assert connect(platform_6()).version() == "6.4.2"
    assert connect(platform_3()).version() == "3.8.1"


def test_nothing_is_sent_before_the_first_question_and_the_key_is_given_back(
    connect: Connect,
) -> None:
    """Building the source is free; leaving it releases its session key, once."""
    platform = platform_6()
    with connect(platform) as limesurvey:
        assert not platform.calls
        limesurvey.version()
    limesurvey.close()
    assert platform.calls["release_session_key"] == 1


def test_proxy_of_the_office_does_not_stand_before_this_machine(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demonstration runs where every connection has to go through a proxy."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert connect(platform_6()).version() == "6.4.2"


def test_question_without_known_type_still_has_its_options() -> None:
    """A type that a later version brings is asked for its options like a list."""
    question = {"title": "N1", "type": "&", "question": "?", "other": "N"}
    options = {"A1": {"answer": "<b>un</b>"}}
    assert shapes.platform_question(question, [], options) == PlatformQuestion(
        code="N1", kind="&", text="?", options={"A1": "un"}
    )
    assert "&" not in shapes.WITHOUT_OPTIONS
