"""`maturity template`: a copy of a report template to restyle, and a check of what staff made."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from config.catalogue import say
from config.errors import TemplateError
from config.settings import Settings
from flows.setup import PRODUCT_TEMPLATES
from flows.template_words import GUIDE, TemplateWords
from flows.trying import KINDS, try_template
from tasks.files import write_whole
from tasks.word.anchors import stamp_template
from tasks.word.plan import EMPTY_STYLE, find_slips
from tasks.word.template import WordTemplate, read_template
from tasks.word.used_styles import defined_styles, used_styles


@dataclass(frozen=True)
class Checked:
    """Whether a template can be used, what it lacks and uses in words, and a trial report."""

    faults: tuple[TemplateError, ...]  # it can be used when there is none
    left_out: tuple[str, ...] = ()  # fields and charts of the product's own, and where they are
    lost_styles: tuple[str, ...] = ()  # that the product's own relies on
    pages: tuple[tuple[str, str], ...] = ()  # heading, what stands under it
    styles: tuple[tuple[str, str], ...] = ()  # use, names
    report: Path | None = None


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
    """Open a template, play the demo study with it, and tell what it uses and lacks.

    The document is written beside the template, so that staff see at once what theirs gives.
    Whatever is wrong is a fault of the result: a file that cannot be opened, a slip in a tag, a
    field that does not exist, were it only in a case that the demo does not meet.
    """
    try:
        content = read_template(path, settings.language)
        slips = find_slips(content, settings.language)
        return Checked(slips) if slips else _tried(path, content, settings.language)
    except TemplateError as error:
        return Checked((error,))


def _tried(path: Path, content: bytes, language: str) -> Checked:
    template = WordTemplate.open(content, language)
    kind = _kind(template)
    words = TemplateWords.read(kind, language)
    original = _product_template(kind, language).read_bytes()
    lost = _lost_styles(content, original)
    tried = try_template(kind, content)
    faults = (
        *_unknown_fields(template, _known(kind) | tried.known, language),
        *(_lost_heading(words.style(name), language) for name in lost if _is_heading(name)),
    )
    if tried.refused is not None and not faults:
        faults = (tried.refused,)
    written = path.with_stem(f"{path.stem} – {say('essai', language)}")
    return Checked(
        faults,
        tuple(_left_out(template, WordTemplate.open(original, language), words)),
        tuple(words.style(name) for name in lost if not _is_heading(name)),
        tuple(_pages(template, words)),
        tuple(_styles_by_use(used_styles(content), words)),
        write_whole(written, tried.document, language) if tried.refused is None else None,
    )


def _unknown_fields(
    template: WordTemplate, known: frozenset[str], language: str
) -> Iterator[TemplateError]:
    for name, place in template.places().items():
        if name not in known and _holder(name) in {"", *known}:
            yield TemplateError(
                say("Le champ « {field} » n’existe pas ({place}).", language,
                    field=name, place=place),
                say("Corrigez-le, ou retirez-le ; LISEZMOI.md donne la liste des champs.",
                    language),
            )  # fmt: skip


def _holder(name: str) -> str:
    """What holds a value: told in its place when it is unknown itself."""
    return name.removesuffix("[]") if name.endswith("[]") else name.rpartition(".")[0]


def _lost_styles(content: bytes, original: bytes) -> tuple[str, ...]:
    """Names of the styles that the product's template relies on and this one has no more.

    Those of the contents and of the sentence in place of a chart are used by reports alone.
    """
    usual = defined_styles(original)
    by_reports = {name for name in usual if name == EMPTY_STYLE or name.startswith("toc ")}
    present = {name.lower() for name in defined_styles(content)}
    relied = {*used_styles(original), *by_reports}
    return tuple(sorted(name for name in relied if name.lower() not in present))


def _is_heading(style: str) -> bool:
    return style.startswith("Heading")


def _lost_heading(style: str, language: str) -> TemplateError:
    return TemplateError(
        say("Le style « {style} » manque : le sommaire et la navigation s’appuient dessus.",
            language, style=style),
        say("Copiez un titre de ce style du modèle d’origine dans le vôtre : le style vient avec "
            "lui ; donnez-le ensuite à vos titres.", language),
    )  # fmt: skip


def _pages(template: WordTemplate, words: TemplateWords) -> Iterator[tuple[str, str]]:
    """Each heading, and what stands under it in words, each thing once."""
    language = words.language
    for section in template.sections():
        holders = _holders(section.fields)
        fields = [words.field(name) for name in section.fields if name not in holders]
        charts = [
            say("graphique : {what}", language, what=words.chart(name)) for name in section.charts
        ]
        yield section.title, " ; ".join(dict.fromkeys((*fields, *charts)))


def _holders(places: Iterable[str]) -> set[str]:
    """The objects and lists that hold the values themselves."""
    holders = {name.rpartition(".")[0] for name in places}
    holders |= {name.removesuffix("[]") for name in (*places, *holders) if name.endswith("[]")}
    return holders


def _styles_by_use(names: Iterable[str], words: TemplateWords) -> Iterator[tuple[str, str]]:
    """Each use of LISEZMOI.md and the styles for it; the author's own come last."""
    uses = {name: words.style_use(name) for name in names}
    for use in (*filter(None, dict.fromkeys(uses.values())), ""):
        found = [words.style(name) for name in uses if uses[name] == use]
        if found:
            yield use or say("autres", words.language), ", ".join(found)


def _kind(template: WordTemplate) -> str:
    """The kind of report that a template is most like, by the values that it reads."""
    used = set(template.places())
    return max(KINDS, key=lambda kind: len(used & _known(kind)))


def _known(kind: str) -> frozenset[str]:
    """What the product's own templates of a kind read."""
    paths = PRODUCT_TEMPLATES.glob(f"{kind}*.docx")
    return frozenset(name for path in paths for name in WordTemplate.open(path).places())


def _left_out(template: WordTemplate, usual: WordTemplate, words: TemplateWords) -> Iterator[str]:
    """Values and charts of the product's template, with the heading they stand under there."""
    language = words.language
    places, used = usual.places(), template.places()
    gone = places.keys() - used.keys()
    for name in filter(gone.__contains__, places):
        if not any(name.startswith(f"{other}.") for other in gone):
            yield say("{what} : champ {name}, {place}", language,
                      what=words.field(name), name=name, place=places[name])  # fmt: skip
    for section in usual.sections():
        for chart in section.charts:
            if chart not in template.charts():
                yield say("graphique « {what} », sous le titre « {title} »", language,
                          what=words.chart(chart), title=section.title)  # fmt: skip


def _product_template(name: str, language: str) -> Path:
    known = sorted(path.stem for path in PRODUCT_TEMPLATES.glob("*.docx"))
    if name not in known:
        raise TemplateError(
            say("Il n’y a pas de modèle « {name} ».", language, name=name),
            say("Modèles de rapport connus : {known}.", language, known=", ".join(known)),
        )
    return PRODUCT_TEMPLATES / f"{name}.docx"
