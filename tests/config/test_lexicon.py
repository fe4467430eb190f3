"""The lexicon proposes French words and changes nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lexicon import FOLDER, Lexicon, LexiconWarning, model_warnings, warn
from config.loading import load_model
from config.schema_errors import fit
from config.yaml_source import read_yaml
from tests.config import specimens
from tests.config.conftest import settings_for, write


def words(text: str) -> list[str]:
    """The words warned of in a French text."""
    return [warning.word for warning in warn(text, "fr")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La data de la ville", ["data"]),
        ("L’Open Data, et les OPEN-DATAS", ["Open Data", "OPEN-DATAS"]),
        ("Le big data et le reporting.", ["big data", "reporting"]),
        ("Un e-mail, des e-mails, un mail", ["e-mail", "e-mails", "mail"]),
        ("la smart\u00a0city", ["smart\u00a0city"]),
        ("un service digital, des outils digitaux", ["digital", "digitaux"]),
        ("«\u00a0feedback\u00a0»", ["feedback"]),
    ],
)
def test_whole_words_are_found(text: str, found: list[str]):
    """Whatever their case, plural or hyphen, in the order of the text."""
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "DataCités, le processus, une base de données, la prédation, un maillage",
        "Voir data.gouv.fr et https://exemple.fr/data ou data@exemple.fr.",
        "",
    ],
)
def test_french_names_and_addresses_are_left_alone(text: str):
    """A part of a word, a proper name or an address is no anglicism."""
    assert words(text) == []


def test_a_warning_proposes_a_word():
    """Staff read what to write instead, in their language."""
    (warning,) = warn("Notre roadmap", "fr")
    assert warning == LexiconWarning("roadmap", "feuille de route")
    assert warning.say("fr") == (
        "«\u00a0roadmap\u00a0»\u00a0: préférez «\u00a0feuille de route\u00a0»."
    )
    assert warning.say("en") == "“roadmap”: prefer “feuille de route”."


@pytest.mark.parametrize("language", ["en", "de", "../fr", ""])
def test_a_language_without_lexicon_gives_no_warning(language: str):
    """English may say data; a language is never a path."""
    assert warn("data, feedback, smart city", language) == ()


def test_a_model_s_warnings_name_the_text(tmp_path: Path):
    """The path of the text, in French texts only; a cited title keeps its words."""
    text = specimens.MODEL.replace("fr: La première.", "fr: La data.")
    text = text.replace("en: The first.", "en: The data.").replace("fr: Aucune.", "fr: Big Data")
    write(tmp_path, "models", "essai", text)
    (warning,) = model_warnings(load_model("essai", settings_for(tmp_path)).model)
    assert warning.word == "data"
    assert warning.where == "axes › 1 › dimensions › 1 › description"


def test_every_entry_of_the_lexicon_finds_itself():
    """No entry is hidden by another, none proposes what the lexicon refuses."""
    lexicon = fit(read_yaml(FOLDER / "fr.yaml", "fr.yaml", "fr"), Lexicon, "fr")
    assert len(lexicon.words) >= 40
    for entry in lexicon.words:
        (found,) = warn(f"un {entry.word} !", "fr")
        assert (found.word, found.instead, found.note) == (entry.word, entry.instead, entry.note)
        assert warn(entry.instead, "fr") == ()


@given(st.text(alphabet=st.sampled_from("dıİſatDATKoOpe n-.@")))
def test_no_text_breaks_the_search(text: str):
    """Letters that only look alike when case is ignored are found or not, never an error."""
    for warning in warn(text, "fr"):
        assert warning.word in text
