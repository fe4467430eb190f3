"""The last check before a report leaves: finished documents, and all issues before them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from config.catalogue import say
from config.errors import DisclosureError
from config.maturity_model import MaturityModel
from config.study import Study
from tasks.disclosure.attack import tells
from tasks.disclosure.finding import Finding
from tasks.disclosure.former import counts_erased, not_lifted
from tasks.disclosure.moves import lists_a_move, tells_a_move
from tasks.disclosure.names import names_in
from tasks.disclosure.reading import (
    unknown_charts,
    unpublished_charts,
    unpublished_moves,
    unpublished_rows,
    unpublished_shares,
)
from tasks.disclosure.sheets import unpublished_figures
from tasks.disclosure.tables import (
    QUADRANT,
    Issue,
    Values,
    change_told,
    path_counts,
    tables,
)
from tasks.disclosure.waves import few_joined
from tasks.reports.chart_data import Drawer
from tasks.reports.content import ReportContent
from tasks.reports.voice import Voice
from tasks.word.contents import read_contents

CHART = "ce graphique, ou le classeur derrière lui, ne dit pas ce que disent les résultats publiés"
FIGURE = "ce chiffre du classeur n’est pas parmi ceux que l’étude publie"
MOVE = "ce changement n’est celui d’aucun chiffre publié"
ROW = "cette ligne de tableau ne correspond à aucun effectif publié"
SHARE = "cette proportion ne correspond à aucun tableau publié"
REBUILT = (
    "avec les rapports précédents, ce tableau laisserait retrouver les réponses de quelques "
    "personnes"
)
NAMED = "un nom, une adresse ou un jeton s’y trouve sans accord"


def check_publication(
    documents: Mapping[str, bytes],
    content: ReportContent,
    now: Issue,
    history: Sequence[Issue],
    model: MaturityModel,
    study: Study,
    secrets: Iterable[str] = (),
    allowed: Iterable[str] = (),
    *,
    after_erasure: bool = False,
) -> tuple[Finding, ...]:
    """Try finished documents, as somebody would who also holds all earlier issues.

    Args:
        documents: name → bytes of each finished document that will be shared.
        content: what they were made of; its values are the figures published.
        now: the figures with the people that they are about.
        history: the earlier issues of the wave, oldest first.
        model: items, labels of levels and dimensions.
        study: language, sides, smallest group.
        secrets: names, addresses and tokens of the participants.
        allowed: names that people agreed to see printed.
        after_erasure: staff chose to let be known what the figures tell of those erased since.
    """
    drawer = Drawer.of(Voice.of(study, model), model, study)
    chosen = after_erasure and counts_erased(history)
    found = [*_attacked(documents, now, history, drawer, study, chosen)]
    found += [
        Finding(", ".join(documents), chart, say(CHART, study.language))
        for chart in unpublished_charts(content, drawer)
    ]
    found += check_documents(documents, content, model, study, secrets, allowed)
    return tuple(dict.fromkeys(found))


def check_documents(
    documents: Mapping[str, bytes],
    content: ReportContent,
    model: MaturityModel,
    study: Study,
    secrets: Iterable[str] = (),
    allowed: Iterable[str] = (),
    former: Values | None = None,
) -> tuple[Finding, ...]:
    """Read finished documents back: do they tell published figures, and name nobody?

    Args:
        documents: name → bytes of each document, Word or Excel.
        content: its charts are those that the documents may bear; its values are published.
        model: labels of levels and dimensions.
        study: language, sides.
        secrets: names, addresses and tokens of the participants.
        allowed: names that may stand in them.
        former: figures of the issue before, of documents that tell what has changed since.
    """
    drawer = Drawer.of(Voice.of(study, model), model, study)
    readers = {".docx": _word, ".xlsx": _workbook}
    found = []
    for name, data in documents.items():
        read = readers[PurePath(name).suffix]
        found += [
            Finding(name, table, say(reason, study.language))
            for table, reason in read(data, content, former or {}, drawer)
        ]
        if names_in(data, secrets, allowed):
            found.append(Finding(name, "", say(NAMED, study.language)))
    return tuple(dict.fromkeys(found))


def require_publishable(findings: Sequence[Finding], language: str) -> None:
    """Stop a publication that would give something away.

    Raises:
        DisclosureError: names the document and the table; nothing has been written.
    """
    if not findings:
        return
    first, more = findings[0], len(findings) - 1
    where = f"« {first.document} », {first.table}" if first.table else f"« {first.document} »"
    told = say("Ce document ne peut pas sortir. {where} : {reason}.", language, where=where,
               reason=first.reason)  # fmt: skip
    if more:
        told += " " + say("Autres passages dans ce cas : {more}.", language, more=more)
    raise DisclosureError(
        told,
        say("Ce document n’a pas été écrit ; son édition d’avant, s’il y en a une, reste en place. "
            "Si le modèle Word a été modifié, reprenez celui du logiciel ; si une citation nomme "
            "quelqu’un, corrigez-la. Sinon, attendez de nouvelles réponses, puis relancez.",
            language),
    )  # fmt: skip


def _attacked(
    documents: Mapping[str, bytes],
    now: Issue,
    history: Sequence[Issue],
    drawer: Drawer,
    study: Study,
    after_erasure: bool,
) -> Iterator[Finding]:
    minimum = study.confidentiality.min_group
    for name in given_away(now, history, drawer.model, minimum, after_erasure):
        yield Finding(", ".join(documents), _title(name, drawer), say(REBUILT, study.language))


def given_away(
    now: Issue,
    history: Sequence[Issue],
    model: MaturityModel,
    min_group: int,
    after_erasure: bool = False,
) -> tuple[str, ...]:
    """The tables of an issue that let an attacker rebuild what was to stay unknown.

    What the earlier issues gave away by themselves is not laid at this one's door.
    """
    past = [tables(model, issue) for issue in history]
    return tuple(
        name
        for name, shown in tables(model, now).items()
        if tells(
            [one for issue in past for one in issue.get(name, ())], shown, min_group, after_erasure
        )
        or moves_told(now.values, [issue.values for issue in history], name)
        or _paths_told(now.values, [one.values for one in not_lifted(history)], name, min_group)
    )


def moves_told(now: Values, history: Sequence[Values], name: str) -> bool:
    """Do the figures of a dimension, beside earlier ones, tell who moved where, of few?"""
    told, past = change_told(now, name), [change_told(values, name) for values in history]
    former = [one for one in past if one]
    if told is None or told in former:
        return False
    return tells_a_move(told, former) or lists_a_move(told, former)


def _paths_told(now: Values, history: Sequence[Values], name: str, min_group: int) -> bool:
    """Do the paths since the former wave, beside those of earlier issues, tell of few people?"""
    paths, former = path_counts(now, name), [path_counts(values, name) for values in history]
    return paths not in former and few_joined(paths, former, min_group)


def _title(name: str, drawer: Drawer) -> str:
    """How the report calls the table: the title of the dimension, or the question, or « axes »."""
    if name == QUADRANT:
        return drawer.voice.say("Deux axes")
    kind, code = name.split(".")[:2]
    if kind == "dimension":
        return drawer.title(code)
    return drawer.voice.text(drawer.model.item(code).question)


def _word(
    data: bytes, content: ReportContent, former: Values, drawer: Drawer
) -> Iterator[tuple[str, str]]:
    """The passages of a Word file that tell something else than what is published, and why."""
    contents = read_contents(data)
    for chart in unknown_charts(contents, content):
        yield chart, CHART
    for row in unpublished_rows(contents, content.values, drawer):
        yield row, ROW
    for share in unpublished_shares(contents, content.values, drawer.voice.language):
        yield share, SHARE
    for move in unpublished_moves(contents, former, content.values):
        yield move, MOVE


def _workbook(
    data: bytes, content: ReportContent, _: Values, __: Drawer
) -> Iterator[tuple[str, str]]:
    """The cells of a workbook that tell something else than what is published."""
    for cell in unpublished_figures(data, content.values):
        yield cell, FIGURE
