"""The change log: what a refresh did to the report, in words; nobody's words in it."""

from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import report_templates
from report_templates.draw_collective_report import FILES
from tasks.reports.change_log import (
    _CHART_LINE,
    _HEADER_LINE,
    _LINES,
    _NAMES,
    _OFFERED,
    _STYLE_LINE,
    change_log,
)
from tasks.reports.figure_changes import _PARTICIPATION, _SILENT
from tasks.reports.sections import folded, known_headings
from tasks.reports.voice import Voice
from tasks.word.merge.model import Kind, MergeEvent, Subject
from tests.reports.test_collective import FORBIDDEN
from tests.reports.test_translations import catalogue

NBSP = "\u00a0"
PLACES = st.sampled_from(["Synthèse", "", "Mme Fontaine", "Culture commune du numérique"])
SAID = st.sampled_from(["Mme Fontaine (P07) le dit.", "12 personnes"])
EVENTS = st.one_of(
    st.builds(
        MergeEvent,
        st.sampled_from(Kind),
        st.sampled_from([one for one in Subject if one is not Subject.HEADER]),
        PLACES,
        SAID,
        st.sampled_from(["« Nous », Mme Fontaine", "P07", "14 personnes"]),
        SAID,
    ),
    st.builds(  # what the software itself writes there is told, see the module
        MergeEvent,
        st.sampled_from(Kind),
        st.just(Subject.HEADER),
        PLACES,
        SAID,
        st.sampled_from(["", "État au 10 mars"]),
        st.sampled_from(["", "État au 3 mars"]),
    ),
)


def event(kind, place="Synthèse", subject=Subject.PARAGRAPH):
    """An event whose texts bear what must not travel; headers hold what the software writes."""
    header = subject is Subject.HEADER
    after, former = ("État au 10 mars", "État au 3 mars") if header else ("P07 le redit.", "")
    return MergeEvent(kind, subject, place, "Mme Fontaine le dit.", after, former=former)


def plain(line):
    """A sentence with ordinary spaces."""
    return line.replace(NBSP, " ")


@pytest.fixture
def log(model, study):
    """The lines of a log, with ordinary spaces."""

    def told(events=(), former=None, values=None, **more):
        made = change_log(
            events, former or {}, values or {}, model, more.pop("study", study), **more
        )
        return [plain(line) for line in made.lines()]

    return told


def table(code, counts, dont_know=0):
    """The figures of one subject of the DataCités model."""
    levels = zip(("S1", "S2", "S3", "S4", "S5"), counts, strict=True)
    figures = {f"dimension.{code}.level.{level}": count for level, count in levels}
    return figures | {f"dimension.{code}.silent.dont_know": dont_know}


def test_a_first_issue_has_nothing_to_compare(model, study):
    """Without a former issue one sentence says so, and no figure is told."""
    made = change_log((), None, table("D01", (1, 2, 3, 0, 0)), model, study)
    assert [plain(line) for line in made.lines()] == [
        "Première édition : rien à comparer encore ; la prochaine note dira ce qui a changé."
    ]
    assert made.figures == ()


def test_nothing_changed_is_said_too(log):
    """Silence could be a failure: an unchanged report is told as such."""
    figures = table("D01", (1, 2, 3, 0, 0))
    assert log((), figures, figures) == [
        "Rapport : aucun passage n’a changé.",
        "Chiffres : aucun n’a changé depuis l’édition précédente.",
    ]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (
            Kind.OFFERED,
            "Proposé en commentaire : « Synthèse » (1 paragraphe), parce que vous y aviez touché et"
            " que les résultats ont changé depuis. À vous de choisir.",
        ),
        (Kind.KEPT, "Gardé : « Synthèse » (1 paragraphe), parce que vous y aviez touché."),
        (
            Kind.KEPT_GONE,
            "Gardé, à relire : « Synthèse » (1 paragraphe), parce que vous y aviez touché ; les"
            " résultats ne le disent plus.",
        ),
        (
            Kind.DELETED_BY_STAFF,
            "Supprimé par vous, resté supprimé : « Synthèse » (1 paragraphe) ; les résultats ont"
            " pourtant changé depuis.",
        ),
        (Kind.INSERTED, "Ajouté : « Synthèse » (1 paragraphe), d’après les nouveaux résultats."),
        (
            Kind.REMOVED,
            "Retiré : « Synthèse » (1 paragraphe) ; les résultats ne le disent plus et vous n’y"
            " aviez pas touché.",
        ),
        (Kind.REFRESHED, "Actualisé : 1 passage ; vous n’y aviez pas touché."),
    ],
)
def test_every_outcome_has_its_sentence_with_the_reason(log, kind, sentence):
    """What was done, where, and why, for each kind of outcome."""
    assert log([event(kind)])[0] == sentence


def test_passages_of_one_place_are_told_together(log):
    """A line per kind, a place once, what it is counted by name."""
    events = [
        event(Kind.KEPT),
        event(Kind.KEPT, "Culture commune du numérique", Subject.CELL),
        event(Kind.KEPT),
        event(Kind.KEPT, "", Subject.ROW),
        MergeEvent(Kind.KEPT, Subject.HEADER, "Synthèse", "Mme Fontaine le dit."),
    ]
    assert log(events)[0] == (
        "Gardé : « Synthèse » (2 paragraphes), « Culture commune du numérique » (1 case de"
        " tableau), début du rapport (1 ligne de tableau) et haut ou bas de page (1 passage),"
        " parce que vous y aviez touché."
    )


def test_refreshed_passages_are_only_counted(log):
    """Nobody reads a list of a hundred passages."""
    events = [event(Kind.REFRESHED)] * 9 + [event(Kind.REFRESHED, subject=Subject.CHART)] * 3
    assert (
        log(events)[0] == "Actualisé : 12 passages, dont 3 graphiques ; vous n’y aviez pas touché."
    )


def test_a_chart_with_values_of_staff_is_told_apart(model, study):
    """Its new values stand in a comment: there is something to choose."""
    made = change_log([event(Kind.KEPT, subject=Subject.CHART)], {}, {}, model, study)
    assert plain(made.lines()[0]) == (
        "Graphique gardé : « Synthèse » (1 graphique), parce que vous en aviez modifié les valeurs"
        " ; les nouvelles sont en commentaire."
    )
    assert made.to_choose == 1


def test_what_asks_for_a_decision_comes_first(log):
    """Offers before what went by itself, whatever the order of the events."""
    leads = [line.split(" : ")[0] for line in log([event(kind) for kind in reversed(Kind)])]
    assert leads[0] == "Proposé en commentaire"
    assert leads[-2:] == ["Actualisé", "Chiffres"]


def test_many_places_are_counted(log, model):
    """With every subject touched a line still fits three lines of text."""
    titles = [dimension.label.say("fr") for dimension in model.dimensions]
    added, offered = (
        [event(kind, title) for title in titles] for kind in (Kind.INSERTED, Kind.OFFERED)
    )
    assert log(added)[0] == "Ajouté : 13 passages à 13 endroits, d’après les nouveaux résultats."
    line = log(offered)[0]
    assert "et 7 autres endroits, parce que" in line
    assert len(line) < 500


def test_offers_are_named_as_the_study_wants_them(log, study):
    """Tracked changes are looked for elsewhere than comments."""
    tracked = study.model_copy(update={"edits": "tracked"})
    line = log([event(Kind.OFFERED)], study=tracked)[0]
    assert line.startswith("Proposé en suivi des modifications :")


def test_standing_edits_are_counted_in_one_line(log):
    """Staff know that what they wrote earlier is still there."""
    standing = [event(Kind.KEPT), event(Kind.DELETED_BY_STAFF)]
    assert log(standing=standing)[0] == (
        "Vos corrections : 2 passages que vous avez modifiés ou supprimés sont restés tels quels ;"
        " leurs résultats n’ont pas changé."
    )


def test_a_header_that_staff_edited_is_told_with_the_text_it_leaves_out(log):
    """No comment can stand in a footer: the log alone says that its date is of another week."""
    stale = MergeEvent(
        Kind.KEPT, Subject.HEADER, "", "Mme Fontaine, état au 3 mars", "État au 10 mars",
        "État au 3 mars",
    )  # fmt: skip
    retyped = MergeEvent(
        Kind.DELETED_BY_STAFF, Subject.HEADER, "", "P07", stale.after, stale.former
    )
    assert log([stale, retyped, event(Kind.KEPT)])[:2] == [
        "Gardé : « Synthèse » (1 paragraphe), parce que vous y aviez touché.",
        "Haut ou bas de page gardé : vous y aviez touché ; le nouveau texte n’y est pas :"
        " « État au 3 mars » → « État au 10 mars ». Reportez-le s’il convient.",
    ]


def test_look_that_stays_is_said_apart(log):
    """Staff know why a restyled template does not show, and how to have it."""
    lines = log([event(Kind.KEPT, "", Subject.STYLE)])
    assert lines[0].startswith("Mise en forme gardée : le modèle a changé d’aspect")
    assert not any(line.startswith("Gardé :") for line in lines)


@given(st.lists(EVENTS, max_size=30), st.lists(EVENTS, max_size=5), st.sampled_from(["fr", "en"]))
def test_no_word_of_the_report_travels(model, study, events, standing, language):
    """Names that staff typed, in a passage or in a heading, stay in the report."""
    spoken = study.model_copy(update={"language": language})
    made = change_log(events, {}, {}, model, spoken, standing=standing)
    text = " ".join(made.lines())
    assert "Fontaine" not in text
    assert "P07" not in text
    assert "12 personnes" not in text
    assert not FORBIDDEN.search(text)
    assert len(made.passages) <= 11  # one line a kind of outcome
    assert made.to_choose <= len(events)


@pytest.mark.parametrize("profile", FILES)
def test_every_fixed_heading_of_the_template_is_known(profile, model, study):
    """A place that staff did not rename is named, in every language and typography."""
    language = "en" if profile == "en" else "fr"
    spoken = study.model_copy(update={"language": language, "typography": profile})
    voice = Voice.of(spoken, model)
    template = docx.Document(Path(report_templates.__file__).parent / FILES[profile])
    headings = [p.text for p in template.paragraphs if p.style.name.startswith("Heading")]
    headings = [one.replace("{{ model.level_words }}", voice.level_words) for one in headings]
    fixed = {folded(one) for one in headings if "{{" not in one}
    assert len(fixed) > 25
    assert fixed <= known_headings(voice, model).keys()


def test_a_subject_is_told_level_by_level(log):
    """Before and after, in words; the rest of the figures is counted."""
    former = table("D01", (1, 4, 3, 0, 0)) | {"dimension.D01.n": 8, "participation.answered": 8}
    values = table("D01", (1, 3, 9, 0, 0)) | {"dimension.D01.n": 13, "participation.answered": 13}
    assert log((), former, values)[1:] == [
        "Participation : 8 → 13 personnes ont répondu.",
        "Besoins et politiques publiques d’abord : 3 → 9 réponses au stade Motricité,"
        " 4 → 3 réponses au stade Éveil.",
        "Et aussi : 1 autre chiffre a changé ; le classeur des résultats le donne.",
    ]


def test_not_knowing_is_told_as_such(log):
    """« Je ne sais pas » is no level."""
    line = log((), table("D01", (1, 1, 1, 0, 0), 2), table("D01", (1, 1, 1, 0, 0), 7))[1]
    assert line.endswith(" : 2 → 7 « je ne sais pas ».")


@pytest.mark.parametrize(("joined", "told"), [(4, False), (5, True)])
def test_too_few_new_answers_are_not_spelled_out(log, joined, told):
    """Under the study's smallest group, the difference would be somebody's questionnaire."""
    lines = log((), table("D01", (0, 5, 0, 0, 0)), table("D01", (0, 5, joined, 0, 0)))
    assert any("réponses au stade Motricité" in line for line in lines) is told
    assert any(line.startswith("Sujet par sujet : trop peu") for line in lines) is not told
    assert not told or not any(line.startswith("Et aussi") for line in lines)


def test_changed_minds_without_new_answers_are_not_spelled_out(log):
    """Somebody came back and answered otherwise: that is one person."""
    lines = log((), table("D01", (5, 5, 0, 0, 0)), table("D01", (4, 5, 1, 0, 0)))
    assert "Sujet par sujet" in lines[1]
    assert lines[2].startswith("Et aussi : 2 autres chiffres")


def test_only_the_subjects_that_moved_most_are_told_in_the_models_order(log, model):
    """Five subjects at most; the others are counted."""
    codes = [dimension.code for dimension in model.dimensions]
    former, values = {}, {}
    for place, code in enumerate(codes):
        former |= table(code, (0, 2, 0, 0, 0))
        values |= table(code, (0, 2, 5 + place, 0, 0))
    lines = log((), former, values)[1:]
    told = [line.split(" : ")[0] for line in lines[:-1]]
    assert told == [plain(model.dimension(code).label.say("fr")) for code in codes[-5:]]
    assert lines[-1].startswith("Et aussi : 8 autres chiffres ont changé")


def test_what_is_shown_for_the_first_time_is_named(log):
    """A subject and a point of view that appear are no change of counts."""
    side = {f"dimension.D01.side.digital.level.S{n}": n for n in range(1, 6)}
    values = table("D01", (1, 2, 3, 0, 0)) | side
    shown = "« Besoins et politiques publiques d’abord » et le point de vue « Numérique »."
    assert log((), {"participation.answered": 6}, values)[1] == (
        f"Montré pour la première fois : {shown}"
    )
    assert log((), values, {"participation.answered": 6})[1] == f"N’est plus montré : {shown}"


def test_interviews_are_told_as_people_and_revised_answers(log):
    """What the interviews added is said before anything else."""
    former = {"participation.interviewed": 0, "study.revised": 0}
    values = {"participation.interviewed": 12, "study.revised": 1}
    assert log((), former, values)[1] == (
        "Participation : 0 → 12 personnes rencontrées en entretien, 0 → 1 réponse révisée en"
        " entretien."
    )


def test_a_swiss_study_reads_with_narrow_spaces(model, study):
    """The log follows the study's typography."""
    swiss = study.model_copy(update={"typography": "fr-CH"})
    line = change_log([event(Kind.KEPT)], {}, {}, model, swiss).lines()[0]
    assert line.startswith("Gardé\u202f: «\u202fSynthèse\u202f»")


def test_every_sentence_chosen_from_a_table_is_translated():
    """The log of an English study has no French in it."""
    chosen = {
        text
        for pair in (*_LINES.values(), _CHART_LINE, _HEADER_LINE, _STYLE_LINE)
        for text in pair
        if text
    }
    chosen |= {pair[0] for pair in (*_NAMES.values(), *_SILENT.values(), *_PARTICIPATION.values())}
    assert sorted((chosen | set(_OFFERED.values())) - catalogue().keys()) == []
