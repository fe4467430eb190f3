"""`maturity template`: a copy of a report template to restyle, and a check of what staff made."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from config.catalogue import say
from config.errors import TemplateError
from config.settings import Settings
from flows.setup import PRODUCT_TEMPLATES
from flows.trying import KINDS, try_template
from tasks.files import write_whole
from tasks.word.anchors import stamp_template
from tasks.word.template import WordTemplate
from tasks.word.used_styles import used_styles

GUIDE = "LISEZMOI.md"


@dataclass(frozen=True)
class Checked:
    """What a template uses, and a report made with it."""

    fields: tuple[str, ...]  # as paths: `axes[].dimensions[].title`
    charts: tuple[str, ...]
    styles: tuple[str, ...]  # names of the paragraph and table styles in use
    missing: tuple[
        str, ...
    ]  # fields and charts of the product's template left out, and where they were
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
    """Open a template, play the demo study with it, and list what it uses.

    The document is written beside the template, so that staff see at once what theirs gives.

    Raises:
        TemplateError: it cannot be opened, or uses a field, chart or tag that does not exist,
            were it only in a case that the demo does not meet; names it and its heading.
    """
    language = settings.language
    template = WordTemplate.open(path, language)
    kind = _kind(template)
    places, known = template.places(), _known(kind)
    tried = try_template(kind, path.read_bytes())
    unknown = [name for name in places if name not in known | tried.known]
    if unknown:
        raise TemplateError(
            say("Le champ « {field} » n’existe pas ({place}).", language,
                field=unknown[0], place=places[unknown[0]]),
            say("Corrigez-le, ou retirez-le ; LISEZMOI.md donne la liste des champs.", language),
        )  # fmt: skip
    usual = WordTemplate.open(_product_template(kind, language))
    written = path.with_stem(f"{path.stem} – {say('essai', language)}")
    return Checked(
        _leaves(places),
        template.charts(),
        used_styles(path.read_bytes()),
        tuple(_left_out(template, usual)),
        write_whole(written, tried.document, language),
    )


def _leaves(places: Iterable[str]) -> tuple[str, ...]:
    """The values themselves, without the objects and lists that hold them."""
    holders = {name.rpartition(".")[0] for name in places}
    holders |= {name.removesuffix("[]") for name in (*places, *holders) if name.endswith("[]")}
    return tuple(sorted(name for name in places if name not in holders))


def _kind(template: WordTemplate) -> str:
    """The kind of report that a template is most like, by the values that it reads."""
    used = set(template.places())
    return max(KINDS, key=lambda kind: len(used & _known(kind)))


def _known(kind: str) -> frozenset[str]:
    """What the product's own templates of a kind read."""
    paths = PRODUCT_TEMPLATES.glob(f"{kind}*.docx")
    return frozenset(name for path in paths for name in WordTemplate.open(path).places())


def _left_out(template: WordTemplate, usual: WordTemplate) -> Iterator[str]:
    """Values and charts of the product's template, with the heading they stand under there."""
    places, used = usual.places(), template.places()
    for name in sorted(places.keys() - used.keys()):
        if not any(name.startswith(f"{other}.") for other in places.keys() - used.keys()):
            yield f"{name} ({places[name]})"
    yield from sorted(set(usual.charts()) - set(template.charts()))


def _product_template(name: str, language: str) -> Path:
    known = sorted(path.stem for path in PRODUCT_TEMPLATES.glob("*.docx"))
    if name not in known:
        raise TemplateError(
            say("Il n’y a pas de modèle « {name} ».", language, name=name),
            say("Modèles de rapport connus : {known}.", language, known=", ".join(known)),
        )
    return PRODUCT_TEMPLATES / f"{name}.docx"
