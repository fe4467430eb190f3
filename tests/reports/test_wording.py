"""Sentences on one distribution, in French and in English."""

import pytest

from tasks.reports.annex import gap_words
from tasks.reports.silences import missing_sentence, silence_sentences
from tasks.reports.voice import Voice
from tasks.reports.wording import (
    CommonGround,
    Scale,
    common_ground,
    place,
    reading_sentence,
    shared_sentence,
    unshared_sentence,
)
from tasks.results import Distribution, Reading, ReadingKind, Withheld
from tests.reports.specimens import reading_of

CODES = ("S1", "S2", "S3", "S4", "S5")
NAMES = dict(
    zip(CODES, ("Sommeil", "Éveil", "Motricité", "Réflexivité", "En capacité de"), strict=True)
)
SCALE = Scale(CODES, NAMES, NAMES)
FRENCH = Voice("fr", "fr-FR", 20, "stade")
ENGLISH = Voice("en", "en", 20, "stage")
NB = "\u00a0"


def told(*counts, **silent):
    """The distribution of counts, lowest level first, and its reading."""
    return Distribution(CODES, counts, silent), reading_of(CODES, counts)


def say(*counts, voice=FRENCH):
    """The reading of counts, with ordinary spaces."""
    return reading_sentence(voice, SCALE, *told(*counts)).replace(NB, " ")


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0, 0, 0), "Personne ne situe encore ce sujet : la question reste entière"),
        (
            (0, 0, 15, 0, 0),
            "les 15 personnes qui se prononcent situent toutes ce sujet au stade Motricité",
        ),
        ((1, 8, 4, 2, 0), "Plus de la moitié des personnes qui se prononcent (8 sur 15)"),
        ((1, 7, 3, 2, 1), "La moitié des personnes qui se prononcent (7 sur 14)"),
        ((2, 5, 6, 2, 0), "Motricité est la description la plus choisie (6 sur 15)"),
        ((5, 3, 4, 2, 0), "tombe au stade Éveil (3 sur 14), alors qu’une autre description"),
        (
            (2, 2, 2, 2, 1),
            "(2 sur 9) ; d’autres descriptions sont choisies aussi souvent : Sommeil",
        ),
        ((1, 5, 5, 4, 0), "(5 sur 15) ; une autre description est choisie aussi souvent : Éveil."),
        (
            (0, 7, 7, 0, 0),
            "tombe entre Éveil et Motricité : pour une moitié des personnes (7 sur 14)",
        ),
        (
            (6, 2, 1, 1, 5),
            "Deux lectures coexistent : Sommeil (6 sur 15) et En capacité de (5 sur 15)",
        ),
        ((3, 3, 3, 3, 3), "Les réponses se dispersent : plusieurs descriptions"),
    ],
)
def test_every_shape_of_answers_has_its_own_sentence(counts, sentence):
    """Unanimity, majority, exact half, plurality, tie, two camps and scatter are told apart."""
    assert sentence in say(*counts)


def test_the_same_shape_is_told_in_english():
    """The English sentence holds the same counts and levels."""
    assert say(6, 2, 1, 1, 5, voice=ENGLISH).startswith(
        "Two readings stand side by side: Sommeil (6 of 15) and En capacité de (5 of 15)."
    )


def test_a_model_read_by_mode_is_told_by_its_most_frequent_level():
    """The reading `mode` is no median: the sentence speaks of what is chosen most."""
    counts = Distribution(CODES, (1, 6, 4, 3, 1))
    reading = Reading(ReadingKind.MODE, ("S2",), 0.4, "accord partiel")
    assert "la plus choisie" in reading_sentence(FRENCH, SCALE, counts, reading)
    assert place(FRENCH, SCALE, counts, reading) == "Éveil"


@pytest.mark.parametrize("reason", [*Withheld, None])
def test_a_withheld_distribution_says_why_and_nothing_else(reason):
    """No level and no count appears; every reason has its sentence."""
    hidden = Distribution(CODES, None, withheld=reason)
    sentence = reading_sentence(FRENCH, SCALE, hidden, Reading(ReadingKind.WITHHELD, (), None, ""))
    assert "La répartition n’est pas" in sentence
    assert not any(sign.isdigit() for sign in sentence)
    assert not silence_sentences(FRENCH, hidden)


def test_percentages_wait_for_enough_answers():
    """Nineteen answers give counts alone; twenty give the percentage beside them."""
    assert FRENCH.share(7, 19) == "7 sur 19"
    assert FRENCH.share(7, 20) == f"7 sur 20 (35{NB}%)"
    assert FRENCH.people_share(7, 20) == f"7 personnes sur 20 (35{NB}%)"
    assert ENGLISH.share(7, 20) == "7 of 20 (35%)"


def test_plurals_follow_each_language():
    """French takes the singular for 0 and 1, English for 1 alone."""
    assert [FRENCH.people(n) for n in (0, 1, 2)] == ["0 personne", "1 personne", "2 personnes"]
    assert [ENGLISH.people(n) for n in (0, 1, 2)] == ["0 people", "1 person", "2 people"]


@pytest.mark.parametrize(
    ("word", "at", "plural"),
    [
        ("stade", "au stade Éveil", "stades"),
        ("niveau", "au niveau Éveil", "niveaux"),
        ("étape", "à l’étape Éveil", "étapes"),
        ("phase", "à la phase Éveil", "phases"),
        ("palier", "au palier Éveil", "paliers"),
    ],
)
def test_the_models_own_word_for_a_level_agrees(word, at, plural):
    """Elision, gender and plural of the word for a level are right."""
    voice = Voice("fr", "fr-FR", 20, word)
    assert (voice.at("Éveil"), voice.level_words) == (at, plural)


def test_the_first_of_a_month_is_written_1er():
    """Dates are French dates."""
    from datetime import date

    assert FRENCH.day(date(2026, 10, 1)) == "1er octobre 2026"
    assert FRENCH.day(date(2026, 10, 11)) == "11 octobre 2026"


@pytest.mark.parametrize(
    ("counts", "ground"),
    [
        ((0, 0, 12, 2, 1), CommonGround(("S3",), 12)),
        ((1, 8, 4, 2, 0), CommonGround(("S2", "S3"), 12)),
        ((3, 3, 3, 3, 3), None),
        ((0, 0, 0, 0, 0), None),
    ],
)
def test_common_ground_is_the_narrowest_run_of_three_quarters(counts, ground):
    """One level before two neighbours; nothing when no run holds three quarters."""
    assert common_ground(Distribution(CODES, counts)) == ground


def test_two_levels_of_two_are_no_common_ground():
    """On a scale of two levels « both » would say nothing."""
    assert common_ground(Distribution(("A", "B"), (4, 4))) is None


def test_what_is_shared_and_what_is_not_add_up_to_everybody():
    """The people of both sentences are all those who answered."""
    distribution, _ = told(1, 8, 4, 2, 0)
    assert (
        shared_sentence(FRENCH, SCALE, distribution)
        == "12 personnes sur 15 décrivent Éveil ou Motricité."
    )
    assert unshared_sentence(FRENCH, SCALE, distribution) == (
        "1 personne décrit Sommeil et 2 personnes décrivent Réflexivité."
    )


def test_not_knowing_is_a_result_when_many_do_not_know():
    """From a third of « je ne sais pas » on, the page asks whether information circulates."""
    few = silence_sentences(FRENCH, Distribution(CODES, (0, 8, 4, 0, 0), {"dont_know": 1}))
    many = silence_sentences(FRENCH, Distribution(CODES, (0, 4, 4, 0, 0), {"dont_know": 4}))
    assert few == [f"1 personne répond «{NB}Je ne sais pas{NB}»."]
    assert many[-1].startswith("C’est en soi un résultat")


def test_missing_answers_are_told_only_when_they_could_matter():
    """The bounds of the median appear when they leave the reading, not otherwise."""
    reading = Reading(ReadingKind.ONE_LEVEL, ("S3",), 0.5, "", ("S2",), ("S3",))
    steady = Reading(ReadingKind.ONE_LEVEL, ("S3",), 0.5, "", ("S3",), ("S3",))
    assert "entre Éveil et Motricité" in missing_sentence(FRENCH, SCALE, reading)
    assert missing_sentence(FRENCH, SCALE, steady) == ""


def test_places_in_tables_are_words():
    """One level, between two, two readings, scattered, nobody, withheld."""
    cases = [(0, 0, 15, 0, 0), (0, 7, 7, 0, 0), (6, 2, 1, 1, 5), (3, 3, 3, 3, 3), (0, 0, 0, 0, 0)]
    places = [place(FRENCH, SCALE, *told(*counts)).replace(NB, " ") for counts in cases]
    assert places == [
        "Motricité",
        "entre Éveil et Motricité",
        "deux lectures : Sommeil et En capacité de",
        "réponses dispersées",
        "personne ne se prononce",
    ]


def test_gaps_are_told_in_words_with_halves():
    """A gap of medians is « un demi-stade » or « 1 stade et demi », never a decimal."""
    told_gaps = [gap_words(FRENCH, levels) for levels in (0.5, 1.0, 1.5, 2.0, 2.5)]
    assert told_gaps == [
        "un demi-stade", "1 stade", "1 stade et demi", "2 stades", "2 stades et demi",
    ]  # fmt: skip
