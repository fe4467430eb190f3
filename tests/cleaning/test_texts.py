"""What was typed: each rule, hostile text, and that tidying twice changes nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasks.cleaning.forbidden import FORBIDDEN, visible
from tasks.cleaning.texts import changes
from tests.cleaning.specimens import answers_to, journal, response, run

ANY = st.text(st.characters(codec=None), max_size=40)
TRICKY = st.text(
    st.sampled_from("&amp;lt;gt#039quot<>\u0338\u037e e\u0301\r\n\t\x0b\x0c\x00\ud83d\ude00\u00a0"),
    max_size=40,
)


@pytest.mark.parametrize(
    ("typed", "kept", "rules"),
    [
        ("  oui \n", "oui", ["white_space"]),
        ("un\r\ndeux\rtrois", "un\ndeux\ntrois", ["white_space"]),
        ("e\u0301te\u0301", "été", ["unicode_nfc"]),
        ("a\x00b\x1bc\ufffe", "abc", ["forbidden_characters"]),
        ("un\x0bdeux\x0ctrois", "un\ndeux\ntrois", ["forbidden_characters"]),
        ("a\ud800b", "ab", ["forbidden_characters"]),
        (" \x07e\u0301", "é", ["forbidden_characters", "unicode_nfc", "white_space"]),
    ],
)
def test_each_rule_is_told(typed: str, kept: str, rules: list[str]) -> None:
    """The text kept, and a journal row per rule that had a part in it."""
    cleaned = run(response(1, COM=typed))

    assert answers_to(cleaned, "COM") == [("answered", None, None, kept)]
    assert [row[2] for row in journal(cleaned)] == rules
    assert {row[1] for row in journal(cleaned)} == {"COM"}


def test_white_space_alone_is_no_answer() -> None:
    """Blanks are told and count as unanswered."""
    cleaned = run(response(1, COM=" \r\n\u00a0"))

    assert answers_to(cleaned, "COM") == [("unanswered", None, None, None)]
    assert [row[2] for row in journal(cleaned)] == ["white_space"]


def test_codes_are_tidied_before_they_are_read() -> None:
    """A blank beside a code does not make it unknown."""
    cleaned = run(response(1, STR1=" A2"))

    assert answers_to(cleaned, "STR1") == [("answered", "A2", "S2", None)]
    assert journal(cleaned) == [("P01", "STR1", "white_space", " A2", "A2")]


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("Outil &lt;b&gt;gratuit&lt;/b&gt; &amp; simple", "Outil <b>gratuit</b> & simple"),
        ("d&#039;accueil &quot;oui&quot;", 'd\'accueil "oui"'),
        ("deux fois&amp;amp;lt;", "deux fois<"),
        ("&eacute; &#233; &nbsp;", "&eacute; &#233; &nbsp;"),
    ],
)
def test_entities_stored_by_the_platform_are_restored(stored: str, kept: str) -> None:
    """Only what LimeSurvey's escaping makes is undone, and it is told."""
    cleaned = run(response(1, **{"STR1[comment]": stored}))

    assert answers_to(cleaned, "STR1C") == [("answered", None, None, kept)]
    assert [row[2] for row in journal(cleaned)] == (["html_entities"] if kept != stored else [])


def test_entities_that_a_person_typed_stay() -> None:
    """The platform escapes list comments alone: elsewhere `&lt;` is what was meant."""
    assert answers_to(run(response(1, COM="écrire &lt; en HTML")), "COM") == [
        ("answered", None, None, "écrire &lt; en HTML")
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "<w:p>",
        "{{ 7*7 }} {% raw %}",
        "{_{ x }_}",
        "=cmd()|'/C calc'!A0",
        "{STR1} {TOKEN:FIRSTNAME}",
        "😀 👩‍👩‍👧 é œ Œ ÿ – … € « »",
        "%s {} {0}",
        "x" * 20_000,
    ],
)
def test_hostile_text_stays_as_typed(hostile: str) -> None:
    """Cleaning is not escaping: what a person wrote is what is kept."""
    cleaned = run(response(1, COM=hostile))

    assert answers_to(cleaned, "COM") == [("answered", None, None, hostile)]
    assert cleaned.journal.empty


def test_the_journal_can_be_printed() -> None:
    """What XML forbids is shown in writing, so that the journal itself breaks no workbook."""
    cleaned = run(response(1, COM="a\x0b\ud800"))

    assert journal(cleaned)[0][3] == "a\\x0b\\ud800"
    assert not any(FORBIDDEN.search(cell) for cell in cleaned.journal.to_numpy().ravel())
    assert visible("\x07\uffff") == "\\x07\\uffff"


@given(st.one_of(ANY, TRICKY), st.booleans())
@example("&lt;\u0338", True)
@example("&amp\u037elt;", True)
@example("&am\x00p;lt;", True)
def test_tidying_what_was_tidied_changes_nothing(text: str, escaped: bool) -> None:
    """Idempotent, whatever was typed; and nothing that XML forbids is left."""
    steps = changes(text, escaped)
    tidied = steps[-1][2] if steps else text

    assert changes(tidied, escaped) == []
    assert not FORBIDDEN.search(tidied)


@given(st.one_of(ANY, TRICKY), st.booleans())
def test_the_steps_lead_from_what_was_typed_to_what_is_kept(text: str, escaped: bool) -> None:
    """Each step begins where the one before ended, and changes something."""
    at = text
    for _, before, after in changes(text, escaped):
        assert before == at != after
        at = after
