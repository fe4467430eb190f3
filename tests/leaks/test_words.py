"""Whoever holds every issue and knows who was met in which week, and wants to know who said what.

They read the difference of two issues: words that were not there before, a subject that one person
more has raised. Whose they are must be one of at least `min_group` people who were newly met, and
where a quote bears its side, or lacks it among others that do, one of several. Some refuse to be
quoted, some of those only once the review throws their words out: the attacker may know of each of
them, and must still be left with several people. Others agreed to be named: whoever reads the
names looks for those who said the rest.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from random import Random

import pandas as pd
import pytest

from config.recommendation import Recommendations
from config.study import Study
from tasks.interviews import words
from tasks.interviews.merging import MIN_MOVE
from tasks.interviews.model import Consent, Note, NoteKind, Notes, RemarkNote, SubjectNote
from tasks.interviews.reviewing import Review, passages, reviewed_notes, within_crowd
from tasks.interviews.words import Heard, Words, heard, released
from tasks.reports.collective import collective_report
from tasks.results import CollectiveResults
from tasks.scoring import publication
from tasks.scoring.collective import collective_results
from tasks.scoring.ledger import Ledger, read_ledger, write_ledger
from tasks.scoring.participation import participation
from tasks.scoring.publication import plan_publication
from tests.leaks.lives import trusted_frames
from tests.scoring.specimens import Person, answers, fingerprints, model, respondents, study

__all__ = ["trusted_frames"]

pytestmark = pytest.mark.usefixtures("trusted_frames")

LIVES, WEEKS, PEOPLE = 40, 6, 18
WITH_REPORT = 4  # of these lives the whole report is read; of the others, what it is made of
WORD = re.compile(r"mot-\w+-\d+-\d+")
LABELS = ("l’eau", "les écoles", "la forêt")
MODEL = model()
KINDS = (NoteKind.QUOTE, NoteKind.EXAMPLE, NoteKind.BRAKE, NoteKind.NEED)


@dataclass(frozen=True)
class Seen:
    """One issue, as somebody sees it who reads it and knows who was met; and what is true."""

    met: frozenset[str]  # since the issue before, for the first time or again
    words: dict[str, str | None]  # word of one person → side beside it; None: not a quote
    raised: Counter[str]  # subject → by how many people
    said: frozenset[str]  # the words of those whose notes are printed, or counted
    nameless: frozenset[str]  # of these: the quotes whose speaker agreed to be quoted, unnamed
    over: bool  # no interview was still to come


@dataclass
class Interviews:
    """A study in which people are met, week after week, and every week an issue appears.

    Who refuses, or gives their name, does so in every interview.
    """

    random: Random
    study: Study
    people: list[Person]
    notes: Notes = field(default_factory=Notes)
    decided: dict[str, Review] = field(default_factory=dict)
    reported: bool = True
    refusing: frozenset[str] = frozenset()  # of whom nothing may be printed
    naming: frozenset[str] = frozenset()  # who are quoted by their name
    ledger: Ledger = ()
    seen: list[Seen] = field(default_factory=list)

    @property
    def sides(self) -> dict[str, str]:
        """Person → side."""
        return {name: side or "" for name, side, _ in self.people}

    @cached_property
    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Who answered, and what: the same in every issue."""
        return respondents(self.people), answers(self.people, MODEL)

    def week(self, met: list[str], *, over: bool = False) -> None:
        """People are met, slips mended, passages reviewed; the issue appears."""
        for name in met:
            self.meet(name)
        for note in self.random.sample(self.notes.notes, min(2, len(self.notes.notes))):
            self.mend(note)
        self.review()
        self.publish(frozenset(met), over=over)

    def meet(self, name: str) -> None:
        """Somebody says a few things, each with a word that nobody else uses."""
        if name in self.refusing:
            self.refuse(name)
            return
        new = Notes(
            tuple(self.note(name, kind) for kind in KINDS if self.random.random() < 0.8),
            (SubjectNote(name, self.random.choice(LABELS), self.word(name)),)
            if self.random.random() < 0.5 else (),
            (RemarkNote(name, None, self.word(name)),),
            frozenset({name}),
        )  # fmt: skip
        self.add(new)

    def add(self, new: Notes) -> None:
        """The notes hold this too."""
        self.notes = Notes(
            (*self.notes.notes, *new.notes),
            (*self.notes.subjects, *new.subjects),
            (*self.notes.remarks, *new.remarks),
            self.notes.interviewed | new.interviewed,
        )

    def refuse(self, name: str) -> None:
        """Somebody wants no word printed: refused at once, or thrown out by the review."""
        late = self.random.random() < 0.5
        consent = Consent.ANONYMOUS if late else Consent.NONE
        said = Note(name, "d1", NoteKind.QUOTE, self.word(name), consent=consent)
        self.add(Notes((said,), interviewed=frozenset({name})))
        for one in passages(Notes((said,))):
            if late:
                self.decided[one.key] = Review(one.kind, name, one.original, one.original)

    def word(self, name: str) -> str:
        """A word that gives its speaker away to the test, and to nobody else."""
        return f"mot-{name}-{len(self.seen)}-{self.random.randrange(10**9)}"

    def note(self, name: str, kind: NoteKind) -> Note:
        """Something said on the first dimension."""
        consent = Consent.NAMED if name in self.naming else Consent.ANONYMOUS
        return Note(name, "d1", kind, self.word(name), consent=consent)

    def mend(self, note: Note) -> None:
        """Staff mend a slip in the notes: the same word stands in other words."""
        notes = tuple(
            replace(one, text=f"{one.text} bis") if one is note else one for one in self.notes.notes
        )
        self.notes = replace(self.notes, notes=notes)

    def review(self) -> None:
        """Most passages are let through at once, the others some week later."""
        for one in passages(self.notes):
            if self.random.random() < 0.7:
                self.decided.setdefault(
                    one.key,
                    Review(one.kind, one.respondent, one.original, one.original, reviewed=True,
                           noted_label=one.label),
                )  # fmt: skip

    def report(self, results: CollectiveResults) -> object:
        """What the report is filled with."""
        wave, nothing = self.study.wave("w1"), Recommendations(code="small")
        return collective_report(results, MODEL, self.study, wave, nothing).context

    def publish(self, met: frozenset[str], *, over: bool) -> None:
        """The issue of the week."""
        asked, answered = self.frames
        plan = plan_publication(
            asked,
            fingerprints(self.people),
            {},
            MODEL,
            self.study,
            self.ledger,
            closed=True,
            interviews_over=over,
            heard=heard(self.notes, self.decided, 1),
        )
        let_in = released(self.notes, plan.publication.words)
        printable = within_crowd(reviewed_notes(let_in, self.decided), 1)
        results = collective_results(
            answered,
            MODEL,
            self.study,
            self.study.wave("w1"),
            plan=plan,
            participation=participation(asked, 0, self.study, self.study.wave("w1")),
            notes=printable,
            names={name: f"Nom {name}" for name in self.sides},
            computed_at=datetime(2026, 1, 19, tzinfo=UTC),
            data_until=date(2026, 1, 18),
        )
        self.ledger = read_ledger(write_ledger(plan.ledger))
        entries = (*printable.notes, *printable.subjects, *printable.remarks)
        said = frozenset(WORD.search(one.text)[0] for one in entries if one.reviewed)
        printed = self.report(results) if self.reported else made_of(results)
        nameless = frozenset(
            WORD.search(one.text)[0]
            for one in printable.notes
            if one.reviewed and one.kind is NoteKind.QUOTE and one.consent is Consent.ANONYMOUS
        )
        self.seen.append(read(met, results, printed, said, nameless, over=over))


def read(
    met: frozenset[str],
    results: CollectiveResults,
    shown: object,
    said: frozenset[str],
    nameless: frozenset[str],
    *,
    over: bool,
) -> Seen:
    """What the report of these results says in the words of the interviews."""
    printed = "\n".join(texts(shown))
    quoted = {
        WORD.search(q.text)[0]: q.attribution.removeprefix("Groupe ")
        for d in results.dimensions
        for q in d.quotes
        if not q.attribution.startswith("Nom ")
    }
    words = {word: quoted.get(word) for word in WORD.findall(printed)}
    counts = Counter({one.label: one.mentions for one in results.subjects})
    assert quoted.keys() <= words.keys() <= said
    return Seen(met, words, counts, said, nameless, over)


def made_of(results: CollectiveResults) -> list[object]:
    """The words of the interviews in the results."""
    by_dimension = [(d.mentions, [q.text for q in d.quotes]) for d in results.dimensions]
    subjects = [one.details for one in results.subjects]
    return [*by_dimension, *subjects, [one.text for one in results.remarks]]


def texts(value: object) -> Iterator[str]:
    """Every text that a report's template is handed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


def life(seed: int) -> Interviews:
    """A random study: up to fourteen people are met each week, some of them again."""
    random = Random(seed)
    names = [f"P{number:02}" for number in range(PEOPLE)]
    people: list[Person] = [(name, "ABC"[place % 3], {"STR1": "S2", "COH1": "C1"})
                            for place, name in enumerate(names)]  # fmt: skip
    lived = Interviews(
        random,
        study(random.randint(3, 5), sides="ABC"),
        people,
        reported=seed < WITH_REPORT,
        refusing=frozenset(random.sample(names, seed % 3 * 4)),
        naming=frozenset(random.sample(names, seed % 2 * 6)),
    )
    for _ in range(WEEKS):
        lived.week(random.sample(names, random.choice([0, 1, 1, 4, 7, 14])))
    return lived


@dataclass(frozen=True)
class Renewal:
    """Words that were not there before: what can be read from that, and what is true.

    Attributes:
        met: whoever was met since words last came in.
        new: the words, with the side beside each.
        speakers: those of them who said a word that came in now, in that time; the truth.
        nameless: those met of whom a quote without a name was not known before; the truth.
        over: no interview was still to come.
    """

    met: frozenset[str]
    new: dict[str, str | None]
    speakers: frozenset[str]
    nameless: frozenset[str]
    over: bool


def renewals(lived: Interviews) -> Iterator[Renewal]:
    """Each time that an issue has words, or counts a voice, which those before it had not."""
    met: frozenset[str] = frozenset()
    since, known, said = 0, set[str](), set[str]()
    raised: Counter[str] = Counter()
    for week, issue in enumerate(lived.seen):
        met |= issue.met
        new = {word: side for word, side in issue.words.items() if word not in known}
        if new or issue.raised - raised:
            true = speakers(issue.said - said, since)
            nameless = speakers(issue.nameless - said) & met
            assert true <= met
            yield Renewal(met, new, true, nameless, issue.over)
            met, since = frozenset(), week + 1
        known, said, raised = known | issue.words.keys(), said | issue.said, raised | issue.raised


def speakers(words: Collection[str], since: int = 0) -> frozenset[str]:
    """Who said these words, of those met from that week on."""
    return frozenset(name for _, name, when, _ in map(parts, words) if int(when) >= since)


def parts(word: str) -> list[str]:
    """Who said a word, and in which week."""
    return word.split("-")


def found(lived: Interviews) -> list[frozenset[str]]:
    """The groups that are too small, and in which somebody is rightly looked for."""
    least, sides = lived.study.confidentiality.min_group, lived.sides
    few: list[frozenset[str]] = []
    for one in renewals(lived):
        if one.speakers and len(one.met) < least:
            few.append(one.met)
        if 0 < len(one.speakers) < MIN_MOVE and not one.over:  # the others are known to refuse
            few.append(one.speakers)
        quoted = {side for side in one.new.values() if side is not None}
        for word, side in one.new.items():
            others = quoted - {""}
            among = {
                p for p in one.nameless if (sides[p] == side if side else sides[p] not in others)
            }
            if side is not None and others and parts(word)[1] in among:
                few += [frozenset(among)] if len(among) < MIN_MOVE else []
    return few


def test_nobodys_words_are_known_by_the_week_they_came_in() -> None:
    """Every word comes in with those of several people newly met, and so does every voice."""
    lives = [life(seed) for seed in range(LIVES)]
    assert [found(lived) for lived in lives] == [[]] * LIVES
    printed = [sum(len(one.new) for one in renewals(lived)) for lived in lives]
    assert sum(map(bool, printed)) > LIVES * 0.8, "nearly every study prints some"
    again = [len(list(renewals(lived))) for lived in lives]
    assert sum(count > 1 for count in again) > LIVES / 3, "and many more than once"
    sides = {side for lived in lives for one in renewals(lived) for side in one.new.values()}
    assert sides == {None, "", "A", "B", "C"}


def fresh(former: Words, now: Heard) -> list[str]:
    """Those who have words that were not there when words last came in."""
    return [who for who, keys in now.said.items() if who and keys - former.get(who, {}).keys()]


GATES: dict[str, Callable[..., bool]] = {
    "no gate": lambda *_, **__: True,
    "enough people in all": lambda _former, now, least, **_: len(now.said) >= least,
    "mended words are new words": lambda former, now, least, **_: len(fresh(former, now)) >= least,
}


@pytest.mark.parametrize("gate", GATES)
def test_the_attacker_succeeds_with_a_weaker_gate(
    gate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same attacker finds people in most studies when words come in too early."""
    monkeypatch.setattr(publication, "may_renew", GATES[gate])
    assert sum(bool(found(life(seed))) for seed in range(WITH_REPORT, 16)) >= 5


def test_the_attacker_succeeds_when_sides_are_told_of_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A side beside the words of one or two newly met is found; the gate alone is not enough."""
    monkeypatch.setattr(words, "_told_sides", lambda *_: {"A", "B", "C"})
    assert any(found(life(seed)) for seed in range(WITH_REPORT, 14))


def test_the_attacker_succeeds_when_those_who_refused_hide_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Heard and not printed, somebody is no cover: for no words, nor for a side beside them."""
    monkeypatch.setattr(words, "_louder", lambda former, now, _: words._more(former, now))
    few = [one for seed in range(WITH_REPORT, 20) for one in found(life(seed))]
    assert few
    assert {len(one) for one in few} <= {1, 2}


def test_at_the_end_of_the_interviews_the_last_words_come_in_without_a_side() -> None:
    """The last one met is heard too, whose words bear no side; all others stay as they were."""
    lived = Interviews(Random(3), study(3, sides="ABC"), life(0).people)
    names = sorted(lived.sides)
    lived.week(names[:9])
    lived.week(names[9:10])
    for _ in range(4):
        lived.review()
    lived.publish(frozenset(), over=False)
    before = lived.seen[-1].words
    assert not any(names[9] in word for word in before)
    lived.publish(frozenset(), over=True)
    after = lived.seen[-1].words
    last = {word: side for word, side in after.items() if names[9] in word}
    assert last
    assert set(last.values()) <= {None, ""}
    assert before.items() <= after.items()
