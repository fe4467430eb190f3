"""The collective report: which result goes where. Words live beside, Word in the template."""

from collections.abc import Sequence
from typing import Any

from config.keyed import Keyed, key_of
from config.maturity_model import MaturityModel, Topology
from config.recommendation import Recommendations
from config.study import Study, Wave
from tasks.reports.annex import annex
from tasks.reports.chart_data import Drawer, all_charts
from tasks.reports.content import ReportContent
from tasks.reports.dimension_page import PageMaker
from tasks.reports.figures import all_figures, values_of
from tasks.reports.interview_words import mention_rows
from tasks.reports.method_note import method_note, mode_sentence
from tasks.reports.other_questions import other_questions
from tasks.reports.participation import participation
from tasks.reports.standings import standings
from tasks.reports.synthesis import divergences, synthesis
from tasks.reports.voice import Voice
from tasks.results import CollectiveResults
from tasks.word.properties import DocumentProperties

SOFTWARE = "maturity-study"


def collective_report(
    results: CollectiveResults,
    model: MaturityModel,
    study: Study,
    wave: Wave,
    recommendations: Recommendations,
    *,
    change_notes: Sequence[str] = (),
    final: bool = False,
) -> ReportContent:
    """Lay out the collective results of one wave: every field, chart and figure of the report.

    Args:
        results: the only source of figures; already safe to show.
        model: the model of the study; its texts fill the report.
        study: authority, language, thresholds.
        wave: the campaign that the results come from.
        recommendations: those of the model; may be empty.
        change_notes: sentences on what changed since the last issue, already in the language.
        final: the campaign is closed: no answer will be added.
    """
    voice = Voice.of(study, model)
    drawer = Drawer.of(voice, model, study)
    pages = PageMaker.of(drawer, recommendations, results)
    context = {
        "report": _report(voice, study, wave, results, final=final),
        "model": _model(voice, model),
        "has_results": any(one.distribution.n for one in results.dimensions),
        "synthesis": synthesis(drawer, results),
        "participation": participation(drawer, results),
        "standings": standings(drawer, results),
        "divergences": divergences(drawer, results),
        "axes": _axes(voice, model, pages, results),
        "has_interviews": results.participation.interviewed > 0,
        "mentions": mention_rows(voice, model, results),
        "subjects": _subjects(voice, results),
        "remarks": _remarks(voice, model, results),
        "others": other_questions(drawer, results),
        "annex": annex(drawer, results),
        "method": method_note(voice, model, study, wave, recommendations, results),
        "recommendations": _recommendations(voice, model, recommendations),
        "glossary": [
            {
                "key": voice.text(one.term),
                "term": voice.text(one.term),
                "definition": voice.text(one.definition),
            }
            for one in model.glossary
        ],
        "changes": [Keyed(note, key_of(note)) for note in change_notes],
    }
    return ReportContent(
        context=context,
        charts=all_charts(voice, model, study, results),
        properties=_properties(voice, model, study, results),
        values=values_of(all_figures(drawer, results)),
    )


def _report(
    voice: Voice, study: Study, wave: Wave, results: CollectiveResults, *, final: bool
) -> dict[str, str]:
    until = "Édition définitive des réponses, état au {day}" if final else "État au {day}"
    return {
        "title": voice.text(study.title),
        "authority": study.authority.name,
        "authority_line": f"{study.authority.name[:1].upper()}{study.authority.name[1:]}",
        "of_authority": study.authority.of_name,
        "programme": study.programme,
        "wave": voice.text(wave.label),
        "until": voice.say(until, day=voice.day(results.data_until)),
        "mode": mode_sentence(voice, study.confidentiality.mode),
    }


def _model(voice: Voice, model: MaturityModel) -> dict[str, Any]:
    return {
        "title": voice.text(model.title),
        "version": model.version,
        "description": voice.text(model.description),
        "level_word": voice.level_word,
        "level_words": voice.level_words,
        "is_cycle": model.topology is Topology.CYCLE,
        "is_linear": model.topology is Topology.LINEAR,
        "levels": [
            {
                "key": level.code,
                "label": voice.text(level.label),
                "text": voice.text(level.description),
            }
            for level in model.levels
        ],
        "axes": [
            {
                "key": axis.code,
                "label": voice.text(axis.label),
                "text": voice.text(axis.description),
            }
            for axis in model.axes
        ],
    }


def _axes(
    voice: Voice, model: MaturityModel, pages: PageMaker, results: CollectiveResults
) -> list[dict[str, Any]]:
    """The axes with the pages of the dimensions that have a result."""
    known = {one.code: one for one in results.dimensions}
    return [
        {
            "code": axis.code,
            "label": voice.text(axis.label),
            "description": voice.text(axis.description),
            "dimensions": [pages.page(known[d.code]) for d in axis.dimensions if d.code in known],
        }
        for axis in model.axes
        if any(d.code in known for d in axis.dimensions)
    ]


def _subjects(voice: Voice, results: CollectiveResults) -> list[dict[str, Any]]:
    return [
        {
            "key": one.label,
            "label": one.label,
            "mentions": voice.count(
                "évoqué par {count} personne", "évoqué par {count} personnes", one.mentions
            ),
            "details": [Keyed(text, text) for text in one.details],
        }
        for one in results.subjects
    ]


def _remarks(
    voice: Voice, model: MaturityModel, results: CollectiveResults
) -> list[dict[str, Any]]:
    """Remarks grouped: the notion first, then the levels in their order."""
    groups = [("", voice.say("La notion de maturité"))]
    groups += [(level.code, voice.text(level.label)) for level in model.levels]
    return [
        {"key": code or "notion", "about": label, "texts": texts}
        for code, label in groups
        if (texts := [Keyed(one.text, one.text) for one in results.remarks if one.about == code])
    ]


def _recommendations(
    voice: Voice, model: MaturityModel, recommendations: Recommendations
) -> list[dict[str, str]]:
    """The recommendations that at least one dimension points to, in their own order."""
    used = {code for dimension in model.dimensions for code in dimension.recommendations}
    return [
        {"code": one.code, "title": voice.text(one.title), "text": voice.text(one.text)}
        for one in recommendations.recommendations
        if one.code in used
    ]


def _properties(
    voice: Voice, model: MaturityModel, study: Study, results: CollectiveResults
) -> DocumentProperties:
    return DocumentProperties(
        title=voice.text(study.title),
        subject=voice.text(model.title),
        author=study.programme or SOFTWARE,
        keywords=(
            voice.say("maturité numérique"),
            voice.say("résultats collectifs"),
            study.authority.name,
        ),
        description=voice.say("Rapport produit par {software}.", software=SOFTWARE),
        language=study.typography if study.language == "fr" else "en-GB",
        created=results.computed_at,
    )
