"""What a template gives: the demo study played with it, in a folder of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from config.errors import TemplateError
from config.loading import load_model, load_study
from config.settings import PRODUCT_CONFIG, Settings
from flows import steps
from flows.guides import GuidesRequest, prepare_guides
from flows.request import RefreshRequest
from flows.setup import DEMO, Setup, prepare
from flows.steps.files import NOTE
from flows.wiring import refresh
from tasks.reports.collective import collective_report
from tasks.survey.sandbox.demo import demo_platform, week_date
from tasks.survey.sandbox.server import running
from tasks.word.paths import known_paths
from tasks.word.template import WordTemplate

SCRIPT = PRODUCT_CONFIG / "demo"
LAST_WEEK = 3


@dataclass(frozen=True)
class Tried:
    """A document made with a template, or why none could be."""

    document: bytes
    known: frozenset[str]  # what the template could have read, beyond what the product's own reads
    refused: TemplateError | None = None  # there is no document then


def try_template(kind: str, template: bytes) -> Tried:
    """Make a document of the demo study with a template in place of the product's.

    Args:
        kind: one of `KINDS`.
        template: content of a .docx.

    Raises:
        TemplateError: it uses what does not exist; names it and the heading it stands under
            (for the report told in the result, with what it could have read).
    """
    with _demo(kind, template) as setup:
        return KINDS[kind](setup, template)


@contextmanager
def _demo(kind: str, template: bytes) -> Iterator[Setup]:
    """The demo at its last week, its platform running; the template is the team's own."""
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), database_url="")
        own = settings.home / "report_templates" / f"{kind}.docx"
        own.parent.mkdir()
        own.write_bytes(template)
        model = load_model(load_study(DEMO, settings).model, settings).model
        platform = demo_platform(model, SCRIPT, LAST_WEEK)
        with running(platform) as url:
            reached = settings.model_copy(
                update={
                    "limesurvey_url": url,
                    "limesurvey_user": platform.user,
                    "limesurvey_password": platform.password,
                }
            )
            yield prepare(_request(), reached)


def _request() -> RefreshRequest:
    return RefreshRequest(study=DEMO, as_of=week_date(SCRIPT, LAST_WEEK).isoformat())


def _collective(setup: Setup, template: bytes) -> Tried:
    steps.pull_answers(setup)
    scored = steps.score_answers(setup, steps.clean_answers(setup))
    content = collective_report(
        scored.results, setup.loaded.model, setup.study, setup.wave, setup.recommendations
    )
    opened = WordTemplate.open(template, setup.language)
    known = known_paths(content.context)
    try:
        document = opened.render(content.context, content.charts, content.properties)
    except TemplateError as error:
        return Tried(b"", known, error)
    return Tried(document, known)


def _weekly_note(setup: Setup, _template: bytes) -> Tried:
    refresh(_request(), setup.settings, _run)
    path = setup.file(NOTE, f" {setup.today:%Y-%m-%d}.docx")
    return Tried(path.read_bytes(), frozenset())


def _guide(setup: Setup, _template: bytes) -> Tried:
    steps.pull_answers(setup)
    request = GuidesRequest(study=DEMO, as_of=setup.today.isoformat())
    made = prepare_guides(request, setup.settings, _run)
    return Tried(min(made.folder.glob("*.docx")).read_bytes(), frozenset())


def _run(_title: str, step: Callable[..., object], *args: object) -> object:
    return step(*args)


KINDS: dict[str, Callable[[Setup, bytes], Tried]] = {
    "collective_report": _collective,
    "weekly_note": _weekly_note,
    "interview_guide": _guide,
}
"""The product's templates → how a document of the demo is made with one."""
