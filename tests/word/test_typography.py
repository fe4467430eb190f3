"""French typography of generated sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.word.typography import decimal, typeset

NB, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Qui décide ?", f"Qui décide{NB}?"),
        ("Qui décide?", f"Qui décide{NB}?"),
        ("Quoi ?!", f"Quoi{NB}?!"),
        ("Deux lectures : a ; b", f"Deux lectures{NB}: a{NB}; b"),
        ("« Motricité »", f"«{NB}Motricité{NB}»"),
        ("«Motricité»", f"«{NB}Motricité{NB}»"),
        ("l'atelier d'« Éveil »", f"l’atelier d’«{NB}Éveil{NB}»"),
        ("75%, 75 %", f"75{NB}%, 75{NB}%"),
        ("le n° 5 et le n°6", f"le n°{NB}5 et le n°{NB}6"),
        ("la 1ère, le 1er, le 2ème", "la 1re, le 1er, le 2e"),
        ("voir https://exemple.fr à 10:30", "voir https://exemple.fr à 10:30"),
        ("", ""),
    ],
)
def test_the_french_profile_sets_spaces_apostrophes_and_ordinals(raw, expected):
    """Each rule of the French profile shows on a sentence of its own."""
    assert typeset(raw, "fr-FR") == expected


def test_the_swiss_profile_is_narrow_but_keeps_the_space_before_percent():
    """In Geneva signs take a narrow space, « 75 % » a full one."""
    assert typeset("Qui ? « Nous » : 75 %", "fr-CH") == (
        f"Qui{NARROW}? «{NARROW}Nous{NARROW}»{NARROW}: 75{NB}%"
    )


def test_a_text_set_for_france_can_be_set_again_for_geneva():
    """Model texts typed with no-break spaces take the spaces of the study's own profile."""
    assert typeset(f"Qui{NB}?", "fr-CH") == f"Qui{NARROW}?"


def test_english_is_left_as_it_is():
    """No French rule reaches an English sentence."""
    assert typeset("It's 75%: who? 1ère", "en") == "It's 75%: who? 1ère"


@given(
    st.text(alphabet=st.sampled_from(list("aé1 5?!:;«»%'’n°N()ère\u00a0\u202f\n.,"))),
    st.sampled_from(["fr-FR", "fr-CH", "en"]),
)
def test_setting_twice_changes_nothing_more(text, profile):
    """A text that went through the rules once stays the same for good."""
    once = typeset(text, profile)
    assert typeset(once, profile) == once


@given(st.text(), st.sampled_from(["fr-FR", "fr-CH"]))
def test_only_blanks_apostrophes_and_ordinals_move(text, profile):
    """No word is lost: letters and digits stay but for the ordinal endings."""

    def bare(value):
        kept = "".join(c for c in value if c.isalnum())
        for long, short in (
            ("ère", "re"),
            ("ieme", "e"),
            ("ième", "e"),
            ("ème", "e"),
            ("eme", "e"),
        ):
            kept = kept.replace(long, short)
        return kept.replace("ere", "re")

    assert bare(typeset(text, profile)) == bare(text)


def test_decimals_follow_the_profile():
    """The annex writes a decimal comma in French, and a real minus sign."""
    assert decimal(0.6113, "fr-FR") == "0,61"
    assert decimal(-0.4, "fr-CH") == "\u22120,40"
    assert decimal(0.5, "en", 1) == "0.5"
