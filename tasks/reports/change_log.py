"""What a refresh did to the report that staff edit, and why, in words that staff understand.

Nothing that the report's passages say is repeated here: staff may have typed a name, a quotation
may bear one, and this log goes into run pages and into a note that is forwarded. A place is named
only by a heading that comes from the template or the model. One exception: a header or footer that
staff edited takes no comment, so what the software would write there is told, never what they did.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.maturity_model import MaturityModel
from config.study import Study
from tasks.reports.chart_data import Drawer
from tasks.reports.figure_changes import Values, figure_changes
from tasks.reports.lines import Line
from tasks.reports.sections import folded, known_headings
from tasks.reports.voice import Voice
from tasks.word.merge.model import Kind, MergeEvent, Subject

MOST_PLACES = 6
"""Places named where staff have something to decide, before the rest is counted."""

FEW_PLACES = 3
"""Places named where there is nothing to decide; more are only counted."""


@dataclass(frozen=True)
class ChangeLog:
    """What changed since the last issue.

    Attributes:
        passages: what became of the passages of the report, a line per kind of outcome.
        figures: what moved in its figures; empty for a first issue.
        to_choose: passages where staff have a new text to take or to leave.
    """

    passages: tuple[Line, ...]
    figures: tuple[Line, ...]
    to_choose: int = 0

    def lines(self) -> tuple[str, ...]:
        """All of it as sentences, for the terminal and the run's page."""
        return tuple(line.sentence for line in (*self.passages, *self.figures))


def change_log(
    events: Sequence[MergeEvent],
    former: Values | None,
    values: Values,
    model: MaturityModel,
    study: Study,
    *,
    standing: Sequence[MergeEvent] = (),
) -> ChangeLog:
    """Tell what a refresh changed, kept and offered, and what moved in the figures.

    Args:
        events: `MergeResult.log` of the refresh.
        former: figures of the former issue by name; None when this is the first one.
        values: figures of this issue by name (`ReportContent.values`).
        model: names of subjects and levels.
        study: language, names of sides, smallest group.
        standing: `MergeResult.standing`: passages of staff whose data did not move.
    """
    voice = Voice.of(study, model)
    if former is None:
        return ChangeLog((_first(voice),), ())
    drawer = Drawer.of(voice, model, study)
    teller = _Teller(voice, study, known_headings(voice, model))
    passages = [*_passages(teller, events), *_standing(voice, standing)]
    return ChangeLog(
        tuple(passages) or (_nothing(voice),),
        figure_changes(drawer, former, values, study.confidentiality.min_group),
        sum(_to_choose(event) for event in events),
    )


def _first(voice: Voice) -> Line:
    text = voice.say("rien à comparer encore ; la prochaine note dira ce qui a changé.")
    return Line.of(voice, voice.say("Première édition"), text)


def _nothing(voice: Voice) -> Line:
    return Line.of(voice, voice.say("Rapport"), voice.say("aucun passage n’a changé."))


def _to_choose(event: MergeEvent) -> bool:
    return event.kind is Kind.OFFERED or _is_kept_chart(event)


def _is_kept_chart(event: MergeEvent) -> bool:
    """A chart whose values staff changed: the new values stand in a comment."""
    return event.kind is Kind.KEPT and event.subject is Subject.CHART


def _is_stale_header(event: MergeEvent) -> bool:
    """A header or footer of staff that leaves out a new text: nothing beside it can say so.

    One that was rewritten from end to end is not told from one that was deleted and another typed.
    """
    theirs = event.kind in (Kind.KEPT, Kind.DELETED_BY_STAFF) and event.subject is Subject.HEADER
    return theirs and bool(event.after) and event.after != event.former


_OFFERED = {
    "comments": "Proposé en commentaire",
    "tracked": "Proposé en suivi des modifications",
}
_LINES: Mapping[Kind, tuple[str, str]] = {
    Kind.OFFERED: (
        "",  # depends on how the study wants offers
        "{places}, parce que vous y aviez touché et que les résultats ont changé depuis. À vous de"
        " choisir.",
    ),
    Kind.KEPT: ("Gardé", "{places}, parce que vous y aviez touché."),
    Kind.KEPT_GONE: (
        "Gardé, à relire",
        "{places}, parce que vous y aviez touché ; les résultats ne le disent plus.",
    ),
    Kind.DELETED_BY_STAFF: (
        "Supprimé par vous, resté supprimé",
        "{places} ; les résultats ont pourtant changé depuis.",
    ),
    Kind.INSERTED: ("Ajouté", "{places}, d’après les nouveaux résultats."),
    Kind.REMOVED: (
        "Retiré",
        "{places} ; les résultats ne le disent plus et vous n’y aviez pas touché.",
    ),
}
_BY_ITSELF = frozenset({Kind.INSERTED, Kind.REMOVED})
_CHART_LINE = (
    "Graphique gardé",
    "{places}, parce que vous en aviez modifié les valeurs ; les nouvelles sont en commentaire.",
)

_HEADER_LINE = (
    "Haut ou bas de page gardé",
    "vous y aviez touché ; le nouveau texte n’y est pas : {texts}. Reportez-le s’il convient.",
)
_STYLE_LINE = (
    "Mise en forme gardée",
    "le modèle a changé d’aspect, mais ce fichier a ses propres styles ; pour adopter les nouveaux,"
    " mettez ce fichier de côté : le prochain rapport sera neuf.",
)


def _passages(teller: "_Teller", events: Sequence[MergeEvent]) -> Iterator[Line]:
    """What asks for a decision first, what went by itself last."""
    if any(one.subject is Subject.STYLE for one in events):
        yield Line.of(teller.voice, *map(teller.voice.say, _STYLE_LINE))
    events = [one for one in events if one.subject is not Subject.STYLE]
    for kind, (lead, text) in _LINES.items():
        found = [one for one in events if one.kind is kind and not _told_apart(one)]
        yield from teller.line(found, lead or _OFFERED[teller.study.edits], text)
        if kind is Kind.KEPT:
            charts = [one for one in events if _is_kept_chart(one)]
            yield from teller.line(charts, *_CHART_LINE)
            yield from _headers(teller.voice, [one for one in events if _is_stale_header(one)])
    yield from _refreshed(teller.voice, [one for one in events if one.kind is Kind.REFRESHED])


def _told_apart(event: MergeEvent) -> bool:
    return _is_kept_chart(event) or _is_stale_header(event)


def _headers(voice: Voice, events: Sequence[MergeEvent]) -> Iterator[Line]:
    """« État au 3 mars » → « État au 10 mars »: each once, however many pages bear it."""
    lead, text = _HEADER_LINE
    moves = dict.fromkeys((one.former, one.after) for one in events)
    texts = [" → ".join(voice.quoted(one) for one in move if one) for move in moves]
    if texts:
        yield Line.of(voice, voice.say(lead), voice.say(text, texts=voice.listing(texts)))


def _refreshed(voice: Voice, events: Sequence[MergeEvent]) -> Iterator[Line]:
    if not events:
        return
    passages = voice.count("{count} passage", "{count} passages", len(events))
    charts = sum(one.subject is Subject.CHART for one in events)
    if charts:
        of_charts = voice.count("dont {count} graphique", "dont {count} graphiques", charts)
        passages = f"{passages}, {of_charts}"
    text = voice.say("{passages} ; vous n’y aviez pas touché.", passages=passages)
    yield Line.of(voice, voice.say("Actualisé"), text)


def _standing(voice: Voice, events: Sequence[MergeEvent]) -> Iterator[Line]:
    if events:
        yield Line.of(
            voice,
            voice.say("Vos corrections"),
            voice.count(
                "{count} passage que vous avez modifié ou supprimé est resté tel quel ; ses"
                " résultats n’ont pas changé.",
                "{count} passages que vous avez modifiés ou supprimés sont restés tels quels ;"
                " leurs résultats n’ont pas changé.",
                len(events),
            ),
        )


@dataclass(frozen=True)
class _Teller:
    """Says where events happened, by the headings that may be said."""

    voice: Voice
    study: Study
    headings: Mapping[str, str]

    def line(self, events: Sequence[MergeEvent], lead: str, text: str) -> Iterator[Line]:
        """The line of one kind of events; none without events."""
        if events:
            say = self.voice.say
            yield Line.of(self.voice, say(lead), say(text, places=self._where(events)))

    def _where(self, events: Sequence[MergeEvent]) -> str:
        """« Synthèse » (2 paragraphes), « Culture commune » (1 graphique) et 3 autres endroits."""
        voice, counts = self.voice, self._by_place(events)
        if events[0].kind in _BY_ITSELF and len(counts) > FEW_PLACES:
            passages = voice.count("{count} passage", "{count} passages", len(events))
            return voice.say(
                "{passages} à {places} endroits", passages=passages, places=len(counts)
            )
        named = [
            voice.say("{place} ({what})", place=place, what=_what(voice, subjects))
            for place, subjects in counts.items()
        ]
        more = len(named) - MOST_PLACES
        if more > 1:
            others = voice.count("{count} autre endroit", "{count} autres endroits", more)
            named = [*named[:MOST_PLACES], others]
        return voice.listing(named)

    def _by_place(self, events: Iterable[MergeEvent]) -> dict[str, Counter[Subject]]:
        counts: dict[str, Counter[Subject]] = {}
        for event in events:
            counts.setdefault(self._place(event), Counter())[event.subject] += 1
        return counts

    def _place(self, event: MergeEvent) -> str:
        if event.subject is Subject.HEADER:
            return self.voice.say("haut ou bas de page")
        if not event.place:
            return self.voice.say("début du rapport")
        known = self.headings.get(folded(event.place))
        if known is None:
            return self.voice.say("une partie ajoutée ou renommée")
        return self.voice.quoted(known)


_NAMES = {
    Subject.PARAGRAPH: ("{count} paragraphe", "{count} paragraphes"),
    Subject.TABLE: ("{count} tableau", "{count} tableaux"),
    Subject.ROW: ("{count} ligne de tableau", "{count} lignes de tableau"),
    Subject.CELL: ("{count} case de tableau", "{count} cases de tableau"),
    Subject.CHART: ("{count} graphique", "{count} graphiques"),
    Subject.HEADER: ("{count} passage", "{count} passages"),
}


def _what(voice: Voice, counts: Mapping[Subject, int]) -> str:
    return ", ".join(voice.count(*_NAMES[subject], counts[subject]) for subject in counts)
