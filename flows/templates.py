"""`maturity template`: a copy of a report template to restyle, and a check of what staff made."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from config.catalogue import say
from config.errors import TemplateError
from config.loading import load_model, load_study
from config.settings import PRODUCT_CONFIG, Settings
from flows import steps
from flows.request import RefreshRequest
from flows.setup import PRODUCT_TEMPLATES, prepare
from tasks.files import write_whole
from tasks.reports.collective import collective_report
from tasks.reports.content import ReportContent
from tasks.survey.sandbox.demo import demo_platform, week_date
from tasks.survey.sandbox.server import running
from tasks.word.anchors import stamp_template
from tasks.word.template import WordTemplate
from tasks.word.used_styles import used_styles

DEMO = PRODUCT_CONFIG / "demo"
LAST_WEEK = 3
GUIDE = "LISEZMOI.md"


@dataclass(frozen=True)
class Checked:
    """What a template uses, and a report made with it."""

    fields: tuple[str, ...]
    charts: tuple[str, ...]
    styles: tuple[str, ...]  # names of the paragraph and table styles in use
    missing: tuple[str, ...]  # fields and charts of the product's template that this one leaves out
    report: Path


def new_template(name: str, settings: Settings) -> Path:
    """Copy the product's template to `report_templates/` of the working folder, with its guide.

    The copy's passages are stamped: reports recognise them however staff reword them.

    Raises:
        TemplateError: the product has no such template, or the team has its copy already.
    """
    source = _product_template(name, settings.language)
    target = settings.home / "report_templates" / source.name
    if target.exists():
        raise TemplateError(
            say("« {path} » existe déjà.", settings.language, path=target),
            say("Modifiez-le, ou déplacez-le pour repartir du modèle d’origine.",
                settings.language),
        )  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PRODUCT_TEMPLATES / GUIDE, target.with_name(GUIDE))
    return write_whole(target, stamp_template(source.read_bytes()), settings.language)


def check_template(path: Path, settings: Settings) -> Checked:
    """Open a template, make the report of the demo study with it, and list what it uses.

    The report is written beside the template, so that staff see at once what theirs gives.

    Raises:
        TemplateError: it cannot be opened, or uses a field, chart or tag that does not exist;
            names it and the heading it stands under.
    """
    template = WordTemplate.open(path, settings.language)
    content = _demo_content()
    report = template.render(content.context, content.charts, content.properties)
    usual = WordTemplate.open(_product_template("collective_report", settings.language))
    written = path.with_stem(f"{path.stem} – {say('essai', settings.language)}")
    return Checked(
        tuple(sorted(template.fields())),
        template.charts(),
        used_styles(path.read_bytes()),
        tuple(sorted(_left_out(template, usual))),
        write_whole(written, report, settings.language),
    )


def _left_out(template: WordTemplate, usual: WordTemplate) -> Iterator[str]:
    yield from usual.fields() - template.fields()
    yield from set(usual.charts()) - set(template.charts())


def _product_template(name: str, language: str) -> Path:
    known = sorted(path.stem for path in PRODUCT_TEMPLATES.glob("*.docx"))
    if name not in known:
        raise TemplateError(
            say("Il n’y a pas de modèle « {name} ».", language, name=name),
            say("Modèles de rapport connus : {known}.", language, known=", ".join(known)),
        )
    return PRODUCT_TEMPLATES / f"{name}.docx"


def _demo_content() -> ReportContent:
    """The content of the demo's report at its last week, made in a folder of its own."""
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), database_url="")
        study = load_study("demo", settings)
        loaded = load_model(study.model, settings)
        platform = demo_platform(loaded.model, DEMO, LAST_WEEK)
        with running(platform) as url:
            reached = settings.model_copy(
                update={
                    "limesurvey_url": url,
                    "limesurvey_user": platform.user,
                    "limesurvey_password": platform.password,
                }
            )
            day = week_date(DEMO, LAST_WEEK).isoformat()
            setup = prepare(RefreshRequest(study="demo", as_of=day), reached)
            steps.pull_answers(setup)
            scored = steps.score_answers(setup, steps.clean_answers(setup))
        return collective_report(
            scored.results, loaded.model, study, setup.wave, setup.recommendations
        )
