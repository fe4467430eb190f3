"""The account of the notes: what came in from each file, and what became of it; no words."""

from collections.abc import Iterable

from config.catalogue import say, say_count
from config.errors import NotesError
from flows.setup import Setup
from flows.steps.carried import Cleaned
from flows.steps.decided import decisions
from flows.steps.words import words_now
from flows.tabled import Table
from tasks.interviews.accounting import Fate, fates
from tasks.interviews.collecting import Source
from tasks.interviews.form import Form
from tasks.interviews.model import Doubt
from tasks.interviews.sources import Contradiction, together
from tasks.store.repository import Store

_FATES = {
    Fate.POSITION: "Positions comptées dans les résultats",
    Fate.UNDECIDED: "Positions qui se contredisent, à trancher",
    Fate.PRINTED: "Peuvent paraître",
    Fate.WAITING: "Attendent une relecture",
    Fate.RENEWAL: "Relus, attendent que plus de personnes soient entendues",
    Fate.CROWD: "Attendent que plus de personnes soient rencontrées",
    Fate.KEPT: "Ne paraissent pas : pas d’accord, ou écartées à la relecture",
    Fate.TEAM: "Pour l’équipe seule : les résultats, la cohérence",
    Fate.REPEATED: "Présentes dans plusieurs fichiers et comptées une fois",
}
SENTENCES = tuple(_FATES.values())
"""The sentences that are chosen from a table, for whoever checks their translations."""


def known_sources(setup: Setup, store: Store, read: Iterable[Source] = ()) -> tuple[Source, ...]:
    """Every source of the wave's notes: those just read, then those that the store has besides."""
    now = {source.name: source for source in read}
    kept = store.notes_by_source(setup.study.code, setup.wave.code)
    before = [Source(name, notes) for name, notes in sorted(kept.items()) if name not in now]
    return (*now.values(), *(source for source in before if source.found))


def account(
    setup: Setup, store: Store, cleaned: Cleaned, read: Iterable[Source] = ()
) -> tuple[Table, ...]:
    """Count the notes in, file by file, and out, by what becomes of them.

    Returns:
        Two tables whose totals meet: everything read, and its fates. None without notes.
    """
    language = setup.language
    sources = known_sources(setup, store, read)
    if not sources:
        return ()
    minimum = setup.study.confidentiality.quote_group
    notes = together(source.notes for source in sources)
    decided = decisions(setup, store, notes)
    words = words_now(setup, store, cleaned, notes)
    became = fates([source.notes for source in sources], decided, minimum, words)
    head = (say("Ce que deviennent les notes lues", language), say("Notes", language))
    told = [(say(_FATES[fate], language), str(count)) for fate, count in became.items() if count]
    total = (say("Ensemble", language), str(sum(became.values())))
    return came_in(sources, language), (head, *told, total)


def came_in(sources: Iterable[Source], language: str) -> Table:
    """What was found in each file, read for certain, or waits for staff."""
    head = ("Fichier", "Notes trouvées", "Lues", "À revoir")
    lines = [(one.name, one.found, one.read, one.doubtful) for one in sources]
    sums = [sum(line[place] for line in lines) for place in (1, 2, 3)]  # type: ignore[misc]
    total = (say("Ensemble", language), *map(str, sums))
    table = [(name, *map(str, counts)) for name, *counts in lines]
    return (tuple(say(word, language) for word in head), *table, total)


def doubt_sentence(name: str, doubt: Doubt, language: str, *, words: bool) -> str:
    """Where a doubtful passage stands and what to do; with its words only where staff alone read.

    What is wrong never quotes anybody: see `CellReader.choice`.
    """
    text = f" « {doubt.text} »" if words and doubt.text else ""
    why = say("{name}, {where} : {why}", language, name=name, where=doubt.where, why=doubt.why)
    return why + text


def unread(error: NotesError, language: str) -> Doubt:
    """A whole workbook that is another one, damaged, or lacks a heading: it waits for staff."""
    return Doubt(
        None,
        say("tout le classeur", language),
        say("{message} {remedy} D’ici là rien n’en est lu ; ce qui l’avait été compte encore.",
            language, message=error.message, remedy=error.remedy),
    )  # fmt: skip


def contradiction_sentence(one: Contradiction, form: Form, language: str, *, words: bool) -> str:
    """Whose positions do not agree on what, and what to do; with each only where staff read."""
    titles = {code: title for title, code in form.dimensions.items()}
    changes = {change: word for word, change in form.changes.items()}
    levels = {code: label for label, code in form.levels.items()}
    note = one[0][1]
    told = say("{person}, {dimension} : des positions se contredisent ; aucune ne compte, "
               "celle du questionnaire reste. Gardez-en une, effacez l’autre de son fichier, "
               "puis relevez.", language, person=note.respondent,
               dimension=titles.get(note.dimension or "", note.dimension))  # fmt: skip
    said = (
        " ".join(filter(None, (f"{source} :", note.where and f"{note.where},",
                               note.change and changes[note.change],
                               levels.get(note.revised_level or ""))))
        for source, note in one
    )  # fmt: skip
    return f"{told} ({' ; '.join(said)})" if words else told


def erased_sentence(name: str, count: int, language: str) -> str:
    """A file still holds notes of people erased at their request: they are left out, and told."""
    return say_count(
        "{name} : {count} note d’une personne effacée à sa demande n’est pas reprise ; retirez-la "
        "de ce fichier.",
        "{name} : {count} notes de personnes effacées à leur demande ne sont pas reprises ; "
        "retirez-les de ce fichier.",
        count,
        language,
        name=name,
    )
