"""Names in finished documents: however they are written, and no common word in their place."""

import pytest

from tasks.disclosure.names import names_in

NAME, MAIL, TOKEN = "Hélène Roux-Lefèvre", "h.rouxlefevre@x.fr", "49FmTsgoef"


@pytest.mark.parametrize(
    "text",
    [
        "Hélène Roux-Lefèvre", "Helene Roux-Lefevre", "HÉLÈNE ROUX LEFÈVRE",
        "He\u0301le\u0300ne Roux-Lefe\u0300vre", "Hélène Rouxlefèvre", "Hélène Roux–Lefèvre",
        "Roux-Lefèvre Hélène", "ROUX-LEFEVRE, Hélène", "Mme Roux-Lefèvre", "M. Roux-Lefevre",
        "madame roux-lefèvre", "l’Hélène Roux-Lefèvre", "Hélène Roux-Lefèvre’s",
        "Hélène Roux-Lefèvre/DGS", "[Hélène Roux-Lefèvre]", "Hélène Roux-Lefèvre… dit",
        "Hélène Roux-\u00adLefèvre",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    """Accents, case, order, joined parts, a title, and whatever stands around it."""
    assert names_in(f"Il l’a dit, {text} aussi.".encode(), (NAME, MAIL)) == {NAME}


@pytest.mark.parametrize("around", ["<{}>", "{}]", "mailto:{}", "{}/", "écrire à {}.", "({})…"])
@pytest.mark.parametrize("secret", [MAIL, TOKEN])
def test_an_address_is_found_between_any_delimiters(around: str, secret: str) -> None:
    """Brackets, a scheme, the end of a sentence."""
    text = around.format(secret).replace("<", "&lt;").replace(">", "&gt;")
    assert names_in(text.encode(), (NAME, MAIL, TOKEN)) == {secret}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Claire Fontaine", "Une fontaine claire, une pierre rose."),
        ("Rose Petit", "Le petit service rose a grandi."),
        ("Aimé Petit", "Il m’a dit : me petit à petit."),
        ("Personne 04", "Une seule personne. 04 et 05 sont des numéros."),
        ("Hélène Roux-Lefèvre", "Les roux et les lefèvre d’autrefois ; Hélène, d’ailleurs."),
    ],
)
def test_common_words_are_no_names(name: str, text: str) -> None:
    """What is a name only with its capitals, or over the end of a sentence, stops nothing."""
    assert names_in(text.encode(), (name,)) == frozenset()


def test_a_surname_that_two_people_share_is_free_with_one_of_them() -> None:
    """« Mme Roux » may be the one who agreed to be named; the other's full name may not stand."""
    names = ("Ana Roux", "Max Roux")
    assert names_in(b"Mme Roux le dit.", names, ["Ana Roux"]) == frozenset()
    assert names_in(b"Max Roux et Ana Roux.", names, ["Ana Roux"]) == {"Max Roux"}
