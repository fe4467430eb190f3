"""Files are found by code, never by path, and only plain YAML is read."""

import hashlib
import io
import time
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from config import yaml_source
from config.errors import StudyFileError
from config.loading import (
    list_models,
    list_studies,
    load_model,
    load_recommendations,
    load_study,
)
from config.yaml_source import MAX_BYTES, read_yaml
from tests.config import specimens
from tests.config.conftest import settings_for, write

SHIPPED = ("datacites2", "syntec2018", "deloitte2018", "capgemini2012")


def test_a_model_comes_with_its_file_and_hash(home: Path):
    """A wave pins the very file that was read."""
    loaded = load_model("essai", settings_for(home))
    assert loaded.path == home / "config" / "models" / "essai.yaml"
    assert loaded.sha256 == hashlib.sha256(specimens.MODEL.encode()).hexdigest()
    assert loaded.model.level_codes == ("EVEIL", "ACTION")


def test_a_scalar_stays_the_text_that_was_typed(home: Path):
    """`1.0` is a version, `no` a word and `010` a code; the schema alone makes numbers."""
    text = specimens.MODEL.replace('version: "1.0"', "version: 1.10")
    text = text.replace("code: R2", "code: 010").replace("Elected", "no")
    write(home, "models", "essai", text)
    model = load_model("essai", settings_for(home)).model
    assert model.version == "1.10"
    posts = model.answer_sets["postes"].options
    assert posts[1].code == "010"
    assert posts[0].label is not None
    assert posts[0].label.say("en") == "no"


def test_the_team_s_file_comes_before_the_product_s(home: Path):
    """A programme may replace a model that ships."""
    text = specimens.MODEL.replace("code: essai", "code: syntec2018")
    path = write(home, "models", "syntec2018", text)
    assert load_model("syntec2018", settings_for(home)).path == path


def test_what_there_is_is_listed(home: Path):
    """The team's codes and the product's, sorted; a file that is no code is left out."""
    write(home, "models", "pas un code", "x: y")
    settings = settings_for(home)
    assert set(list_models(settings)) >= {"essai", *SHIPPED}
    assert list(list_models(settings)) == sorted(list_models(settings))
    assert "pas un code" not in list_models(settings)
    assert set(list_studies(settings)) >= {"etude", "demo"}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Le modèle « essay » n’existe pas.\n→ Écrivez l’un des codes connus : « essai », "),
        ("en", "There is no model “essay”.\n→ Write one of the known codes: “essai”, "),
    ],
)  # fmt: skip
def test_an_unknown_code_names_the_known_ones(home: Path, language: str, told: str):
    """The nearest comes first."""
    with pytest.raises(StudyFileError) as caught:
        load_model("essay", settings_for(home, language))
    assert str(caught.value).replace("\u00a0", " ").startswith(told)


@pytest.mark.parametrize("code", ["../essai", "essai.yaml", "/etc/passwd", "a/b", "..", "", "é"])
def test_a_code_is_never_a_path(home: Path, code: str):
    """Text from a form or a parameter reaches no file outside the configuration folders."""
    write(home, "studies/../outside", "etude", specimens.STUDY)
    for load in (load_model, load_study, load_recommendations):
        with pytest.raises(StudyFileError, match="n’existe pas"):
            load(code, settings_for(home))


def test_a_study_may_be_named_by_its_file(home: Path):
    """Only a `Path`, which the command line makes on purpose, names a file elsewhere."""
    path = home / "elsewhere.yaml"
    path.write_text(specimens.STUDY, encoding="utf-8")
    assert load_study(path, settings_for(home)) == load_study("etude", settings_for(home))


def test_recommendations_are_optional(home: Path):
    """A model without a file of recommendations has an empty set."""
    settings = settings_for(home)
    found = load_recommendations("essai", settings).find("P1")
    assert found is not None
    assert found.title.say("en") == "Talk"
    assert load_recommendations("essai", settings).find("P2") is None
    (home / "config" / "recommendations" / "essai.yaml").unlink()
    assert load_recommendations("essai", settings).recommendations == ()
    assert load_model("essai", settings).model.code == "essai"


REFUSED = {
    "tag": ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "étiquettes", "tags"),
    "local tag": ("a: !chose x\n", 1, "étiquettes", "tags"),
    "anchor": ("a: 1\nb: &x 2\n", 2, "renvois", "references"),
    "bomb": (
        "a: &a [x, x]\n" + "".join(f"b{at}: &b{at} [*a, *a]\n" for at in range(30)), 1,
        "renvois", "references",
    ),
    "alias": ("a: *x\n", 1, "renvois", "references"),
    "merge": ("a:\n  <<: *x\n", 2, "renvois", "references"),
    "key twice": (
        "a: 1\nb: 2\na: 3\n", 3, "la clé « a » est donnée deux fois (déjà à la ligne 1)",
        "the key “a” is given twice (first on line 1)",
    ),
    "inner key twice": ("a:\n  b: 1\n  b: 2\n", 3, "la clé « b » est", "the key “b” is"),
    "key that is a list": ("? [a]\n: 1\n", 1, "une clé doit être", "a key must be"),
    "depth": ("a: " + "[" * 60 + "]" * 60 + "\n", 1, "trop de niveaux", "too many nested"),
    "bottomless": ("a: " + "[" * 500_000, 1, "", ""),
    "two documents": ("a: 1\n---\nb: 2\n", 2, "plusieurs documents", "several documents"),
    "list at the top": ("- a\n", 1, "doit commencer par des clés", "must begin with keys"),
    "empty file": ("", 1, "doit commencer par des clés", "must begin with keys"),
    "bracket": ("a: 1\nb: [1\nc: 2\n", 3, "fichier YAML", "YAML file"),
    "tab": ("a:\n\tb: 1\n", 2, "tabulation", "tabs"),
    "control character": ("a: \x07\n", 1, "caractère de commande", "control character"),
    "escaped control character": (
        'a: 1\nb: "\\x07"\n', 2, "caractère de commande", "control character",
    ),
    "lone surrogate": ('a: 1\nb: "\\ud800"\n', 2, "fichier YAML", "YAML file"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", REFUSED)
def test_yaml_beyond_plain_data_is_refused(name: str, language: str, tmp_path: Path):
    """Tags, references, doubled keys, bottomless nesting: refused at once, with their line."""
    text, line, french, english = REFUSED[name]
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyFileError) as caught:
        read_yaml(path, "x.yaml", language)
    message = caught.value.message.replace("\u00a0", " ")
    start = f"x.yaml, ligne {line} : " if language == "fr" else f"x.yaml, line {line}: "
    assert message.startswith(start)
    assert (french if language == "fr" else english) in message


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: 1\nb: \xe9t\xe9\n", "ligne 2 : le fichier n’est pas enregistré en UTF-8"),
        (b"a: " + b"x" * MAX_BYTES, "dépasse 2 Mo"),
    ],
)
def test_a_file_of_another_kind_is_refused(content: bytes, told: str, tmp_path: Path):
    """Another encoding, or far too large."""
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(StudyFileError) as caught:
        read_yaml(path, "x.yaml", "fr")
    assert told in str(caught.value).replace("\u00a0", " ")


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path):
    """A folder in the place of a file is no traceback."""
    with pytest.raises(StudyFileError, match="ne peut pas être ouvert"):
        read_yaml(tmp_path, "dossier.yaml", "fr")


def test_a_windows_editor_s_mark_is_accepted(tmp_path: Path):
    """Notepad begins UTF-8 files with a byte-order mark."""
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeffa: été\r\nb: 2\r\n".encode())
    file = read_yaml(path, "x.yaml", "fr")
    assert file.data == {"a": "été", "b": "2"}
    assert file.line(("b",)) == 2


def test_both_parsers_read_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Where the compiled parser is not installed, the other one gives the same data and lines."""
    path = tmp_path / "x.yaml"
    path.write_text(specimens.MODEL, encoding="utf-8")
    fast = read_yaml(path, "x.yaml", "fr")
    assert YAML(typ="safe").Parser is not YAML(typ="safe", pure=True).Parser
    monkeypatch.setattr(yaml_source, "YAML", lambda typ: YAML(typ=typ, pure=True))
    assert read_yaml(path, "x.yaml", "fr") == fast
    assert list(YAML(typ="safe").load(io.StringIO(specimens.MODEL))) == list(fast.data)


@pytest.mark.parametrize(
    "spoilt",
    [
        "".join(f"cle{at}: {at}\n" for at in range(5000)),
        "axes: [" + "{code: a}, " * 5000 + "]\n",
        f"topology: {'x' * 500_000}\nmodel: {'y' * 500_000}\n",
    ],
    ids=["keys", "entries", "long words"],
)
def test_a_hostile_file_is_refused_in_a_moment(spoilt: str, tmp_path: Path):
    """Thousands of errors cost no more than their number."""
    write(tmp_path, "models", "essai", f"code: essai\n{spoilt}")
    start = time.process_time()
    with pytest.raises(StudyFileError):
        load_model("essai", settings_for(tmp_path))
    assert time.process_time() - start < 10


def test_the_largest_model_loads_at_once():
    """Staff wait for no configuration: half a second of processor time at most."""
    start = time.process_time()
    load_model("datacites2", settings_for(Path.cwd()))
    assert time.process_time() - start < 0.5
