"""The `maturity` command: plain words, no traceback, nothing heavy before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner, Result

from config.settings import PRODUCT_CONFIG
from flows.cli import app
from tests.conftest import Demo

COMMANDS = ("demo", "check", "refresh", "serve", "notes", "history", "restore", "template")


@pytest.fixture
def maturity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command, in a working folder of its own."""
    monkeypatch.setenv("MATURITY_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def words(result: Result) -> str:
    """What was printed, with plain spaces."""
    return " ".join((result.output + (result.stderr or "")).replace("\u00a0", " ").split())


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    """`maturity --help` answers at once: neither Prefect nor pandas is imported."""
    program = (
        "import sys\nfrom flows.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "print('heavy:', sorted({'prefect', 'pandas', 'docx', 'sqlalchemy'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "heavy: []" in run.stdout
    assert all(command in run.stdout for command in COMMANDS)


def test_an_unknown_study_is_answered_with_the_known_ones(maturity: CliRunner) -> None:
    """A slip in the code gives a message and exit code 1, never a traceback."""
    result = maturity.invoke(app, ["refresh", "demoo"])
    assert result.exit_code == 1
    assert "demoo" in words(result)
    assert "demo" in words(result)
    assert "À faire" in words(result)
    assert "Traceback" not in words(result)


def test_check_says_what_is_missing(maturity: CliRunner) -> None:
    """Without a platform the check says which settings to give; what holds is ticked."""
    result = maturity.invoke(app, ["check", "demo"])
    assert result.exit_code == 1
    assert "✓ Étude « demo »" in words(result)
    assert "MATURITY_LIMESURVEY_URL" in words(result)


def test_check_tells_of_two_studies_in_one_folder(maturity: CliRunner, tmp_path: Path) -> None:
    """Their files would have the same names; a study that cannot be read hinders nobody."""
    studies = tmp_path / "config" / "studies"
    studies.mkdir(parents=True)
    demo = (PRODUCT_CONFIG / "studies" / "demo.yaml").read_text("utf-8")
    (studies / "copie.yaml").write_text(demo.replace("code: demo", "code: copie"), "utf-8")
    (studies / "illisible.yaml").write_text("code: [", "utf-8")
    result = maturity.invoke(app, ["check", "demo"])
    assert "L’étude « copie » écrit dans le même dossier" in words(result)
    assert "illisible" not in words(result)


def test_check_is_content_when_all_holds(
    maturity: CliRunner, played_demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files, template, platform, questionnaire and participants: nothing stands in the way."""
    from config.loading import load_model
    from config.settings import Settings
    from tasks.survey.sandbox.demo import demo_platform
    from tasks.survey.sandbox.server import running
    from tests.conftest import DEMO

    assert played_demo
    model = load_model("datacites2", Settings()).model
    platform = demo_platform(model, DEMO, 3)
    with running(platform) as url:
        monkeypatch.setenv("MATURITY_LIMESURVEY_URL", url)
        monkeypatch.setenv("MATURITY_LIMESURVEY_USER", platform.user)
        secret = platform.password.get_secret_value()
        monkeypatch.setenv("MATURITY_LIMESURVEY_PASSWORD", secret)
        result = maturity.invoke(app, ["check", "demo"])
    assert result.exit_code == 0, words(result)
    assert "Le questionnaire correspond au modèle." in words(result)
    assert secret not in words(result)


def test_notes_before_any_answer_say_what_to_do(maturity: CliRunner) -> None:
    """There is nobody to interview yet: pull the answers first."""
    result = maturity.invoke(app, ["notes", "make", "demo"])
    assert result.exit_code == 1
    assert "maturity refresh demo" in words(result)


def test_history_and_restore_speak_of_the_same_issues(
    maturity: CliRunner, played_demo: Demo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every refresh of the demo that said something new is an issue that can come back."""
    store = played_demo.settings.home / "var" / "maturity.sqlite"
    copy = tmp_path / "store.sqlite"
    copy.write_bytes(store.read_bytes())
    monkeypatch.setenv("MATURITY_DATABASE_URL", f"sqlite:///{copy}")
    listed = words(maturity.invoke(app, ["history", "demo"]))
    assert {"logiciel", "corrections"} <= set(listed.split()), "in a column that may be narrow"
    result = maturity.invoke(app, ["restore", "demo", "1"])
    assert result.exit_code == 0, words(result)
    assert result.output.startswith("Édition 1 remise, comme le logiciel l’avait écrite")
    path = result.output.strip().partition("\u00a0: ")[2]
    assert "9 personnes sur 15" in "\n".join(p.text for p in Document(path).paragraphs)
    assert "Le fichier d’avant est gardé" in words(maturity.invoke(app, ["restore", "demo", "2"]))


def test_a_template_can_be_copied_restyled_and_checked(maturity: CliRunner) -> None:
    """The copy is checked with the demo's content; an unknown field is named with its heading."""
    path = Path(maturity.invoke(app, ["template", "new"]).output.strip())
    checked = maturity.invoke(app, ["template", "check", str(path)])
    assert checked.exit_code == 0, words(checked)
    said = words(checked)
    assert said.startswith("✓ Ce modèle peut servir. Rapport d’essai : ")
    assert "trois questions pour l’atelier" in said
    assert "Titre 1, Titre 2" in said
    assert "[]" not in said
    assert not any(title in said for title in ("Laissés de côté", "Styles qui manquent"))
    assert path.with_stem(f"{path.stem} – essai").is_file()

    document = Document(str(path))
    document.add_paragraph("{{ inconnu.champ }}")
    document.save(str(path))
    refused = maturity.invoke(app, ["template", "check", str(path)])
    assert refused.exit_code == 1
    assert "inconnu" in words(refused)


def test_a_field_that_the_demo_does_not_meet_is_refused_all_the_same(
    maturity: CliRunner,
) -> None:
    """A wrong field inside a condition that is false in the demo would fail in production."""
    path = Path(maturity.invoke(app, ["template", "new"]).output.strip())
    document = Document(str(path))
    document.add_paragraph("{% if model.is_linear %}{{ report.inconnu }}{% endif %}")
    for name in ("Heading 2", "Quote"):
        style = document.styles[name].element
        style.getparent().remove(style)
    document.save(str(path))
    refused = maturity.invoke(app, ["template", "check", str(path)])
    assert refused.exit_code == 1
    said = words(refused)
    assert said.startswith("✗ Ce modèle ne peut pas encore servir : 2 points à corriger. 1. ")
    assert "« report.inconnu » n’existe pas (sous le titre" in said
    assert "Le style « Titre 2 » manque" in said
    assert "Styles qui manquent (1) – Citation" in said


def test_every_slip_of_a_template_is_told_at_once(maturity: CliRunner) -> None:
    """What has to be mended is counted, and each slip comes with its heading and a remedy."""
    path = Path(maturity.invoke(app, ["template", "new"]).output.strip())
    document = Document(str(path))
    document.add_paragraph("Voici { report.title }}")
    document.add_paragraph("{{ chart('overview') }}")
    document.add_paragraph("{%p endif %}")
    document.save(str(path))
    refused = maturity.invoke(app, ["template", "check", str(path)])
    assert refused.exit_code == 1
    said = words(refused)
    assert said.startswith("✗ Ce modèle ne peut pas encore servir : 3 points à corriger.")
    assert said.count("(sous le titre « Glossaire »") == 3
    assert said.count("À faire :") == 3
    absent = maturity.invoke(app, ["template", "check", "absent.docx"])
    assert absent.exit_code == 1
    assert "ne peut pas être lu" in words(absent)


def test_every_kind_of_template_can_be_checked(maturity: CliRunner) -> None:
    """The weekly note is known by what it reads; what was taken out is listed with its place."""
    path = Path(maturity.invoke(app, ["template", "new", "weekly_note"]).output.strip())
    document = Document(str(path))
    removed = next(p for p in document.paragraphs if "{{" in p.text and "report." not in p.text)
    removed.clear()
    document.save(str(path))
    checked = maturity.invoke(app, ["template", "check", str(path)])
    assert checked.exit_code == 0, words(checked)
    assert "Laissés de côté" in words(checked)
    trial = Document(str(path.with_stem(f"{path.stem} – essai")))
    assert any("15" in paragraph.text for paragraph in trial.paragraphs)


def test_a_template_that_runs_code_is_refused(maturity: CliRunner) -> None:
    """A template is no way into the machine."""
    path = Path(maturity.invoke(app, ["template", "new"]).output.strip())
    document = Document(str(path))
    document.add_paragraph("{{ cycler.__init__.__globals__.os.popen('id').read() }}")
    document.save(str(path))
    refused = maturity.invoke(app, ["template", "check", str(path)])
    assert refused.exit_code == 1
    assert "uid=" not in words(refused)
