"""The collective report's content: every model, every state of a campaign, safe words only."""

import re
from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.loading import load_model, load_recommendations
from config.recommendation import Recommendations
from config.study import Confidentiality, Mode
from tasks.reports.collective import collective_report
from tasks.reports.subjects import lacking_means, shared, to_discuss
from tasks.results import Distribution, Quote, Reading, ReadingKind
from tests.reports.specimens import (
    SETTINGS,
    collective,
    dimension,
    nobody_yet,
    with_waves,
    withheld_everywhere,
)
from tests.strategies import maturity_models

MODELS = ("datacites2", "syntec2018", "deloitte2018", "capgemini2012")
FORBIDDEN = re.compile(
    r"progrès|progress|retard|en avance|supérieur|inférieur|décli(?!c)|score|classé|médiocre"
    r"|moyenne\b|\bbehind\b|\bhigher\b|\blower\b|\blag",
    re.IGNORECASE,
)


def strings(value):
    """Every text of a context, wherever it is."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    else:
        assert value is None or isinstance(value, bool), f"{value!r} is no plain value"


def report(results, model, study, **more):
    """The content of a report, with the model's recommendations."""
    recommendations = load_recommendations(model.code, SETTINGS)
    return collective_report(results, model, study, study.wave(), recommendations, **more)


@pytest.mark.parametrize("code", MODELS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_model_gives_a_report_in_both_languages(study, code, language):
    """Cycle, lines and quadrant: plain values only, nothing unfilled, no forbidden word."""
    chosen = load_model(code, SETTINGS).model
    spoken = study.model_copy(update={"language": language})
    content = report(collective(chosen, spoken), chosen, spoken)
    texts = list(strings(content.context))
    assert len(texts) > 200
    assert not [text for text in texts if re.search(r"\{\w*\}", text)]
    own = " ".join(texts)
    assert not FORBIDDEN.search(own.replace(content.context["method"]["source"], ""))


def test_what_the_interviews_add_stands_by_subject_and_kind(model, study):
    """Brakes before needs, titles and kinds once, words as they are, in the order of the model."""
    results = collective(model, study)
    rows = report(results, model, study).context["mentions"]
    label = model.dimensions[0].label.say("fr")
    assert [(row["title"], row["kind"], row["text"]) for row in rows[:3]] == [
        (label, "Frein", "Le temps manque & les moyens < aussi."),
        ("", "", "Les mots ne sont pas les mêmes."),
        ("", "Besoin", "Un lexique de deux pages."),
    ]
    assert len(rows) == 3 * sum(1 for one in results.dimensions if one.mentions)
    before = collective(model, study, interviews=False)
    assert report(before, model, study).context["mentions"] == []


@pytest.mark.parametrize("state", [withheld_everywhere, nobody_yet])
def test_without_anything_to_show_the_report_says_so(model, study, state):
    """Zero answers or too few: no result, no figure of a level, and the reason."""
    content = report(state(model, study), model, study)
    assert content.context["has_results"] is False
    assert not [name for name in content.values if ".level." in name and content.values[name]]
    assert content.charts["overview"].is_empty
    assert content.charts["overview"].empty_sentence


def test_without_interviews_and_sides_the_parts_are_empty_and_the_rest_stands(model, study):
    """Before the interviews nothing speaks of what they changed."""
    content = report(collective(model, study, interviews=False, sides=False), model, study)
    page = content.context["axes"][0]["dimensions"][0]
    assert page["interviews"] == ""
    assert page["sides"] is None
    assert page["reading"]
    assert "n’ont pas encore eu lieu" in content.context["synthesis"]["opening"]


def test_every_number_a_page_prints_has_a_name_among_the_values(content):
    """What the sentences count can be traced: no figure comes from nowhere."""
    printed = ("reading", "shared", "unshared", "silences", "interviews", "answered")
    for axis in content.context["axes"]:
        for page in axis["dimensions"]:
            texts = [page[name] for name in printed]
            texts += [row["answers"] for row in (page["sides"] or {}).get("rows", [])]
            numbers = {int(found) for found in re.findall(r"\d+", " ".join(texts))}
            start = f"dimension.{page['code']}."
            known = {v for name, v in content.values.items() if name.startswith(start)}
            assert numbers <= known, page["code"]


def test_the_figures_of_a_distribution_are_those_of_the_results(content, results):
    """Names are stable and values equal the results cell by cell."""
    for one in results.dimensions:
        for code, count in zip(one.distribution.codes, one.distribution.counts, strict=True):
            assert content.values[f"dimension.{one.code}.level.{code}"] == count
    assert content.values["participation.answered"] == 15
    assert content.values["study.revised"] == 26, "two on each of thirteen subjects"


def with_revised(results, *counts):
    """The results with these numbers of revised answers on the first subjects; None: withheld."""
    told = [
        replace(one, interviews=replace(one.interviews, interviewed=12, revised=count))
        for one, count in zip(results.dimensions, counts, strict=False)
    ]
    return replace(results, dimensions=(*told, *results.dimensions[len(told) :]))


@pytest.mark.parametrize(
    ("counts", "total", "said"),
    [
        ((3, 0, 1), 24, "ont conduit à réviser 24 réponses."),
        ((3, None, 1), None, "ont conduit à réviser au moins 24 réponses ; certains sujets"),
        ((0,) * 13, 0, "ont conduit à réviser 0 réponse."),
        ((*(0,) * 12, None), None, "Combien de réponses les entretiens ont conduit à réviser"),
    ],
)
def test_withheld_counts_are_not_taken_for_zero(results, model, study, counts, total, said):
    """The total is told when every subject tells its own; else a lower bound, and no figure."""
    content = report(with_revised(results, *counts), model, study)
    assert content.values.get("study.revised") == total
    assert said.replace(" ;", "\u00a0;") in content.context["synthesis"]["interviews"]


@pytest.mark.parametrize("met", [12, 13])
def test_somebody_met_of_whom_nothing_is_told_yet_is_not_taken_for_unmoved(
    results, model, study, met
):
    """The counts are of twelve people: when a thirteenth was met there is no total."""
    part = replace(results.participation, interviewed=met)
    known = with_revised(replace(results, participation=part), *(1,) * 13)
    content = report(known, model, study)
    assert content.values.get("study.revised") == (13 if met == 12 else None)
    assert ("au moins 13" in content.context["synthesis"]["interviews"]) is (met == 13)


def test_before_anybody_was_met_no_answer_was_revised(model, study):
    """Then zero is known, and the change log may begin with it."""
    content = report(collective(model, study, interviews=False), model, study)
    assert content.values["study.revised"] == 0


def test_charts_hold_the_counts_of_the_results(content, results):
    """Every dimension's chart has its counts, before and after the interviews."""
    for one in results.dimensions:
        chart = content.charts[f"stages-{one.code}"]
        assert dict(chart.series)["Questionnaire"] == one.distribution.counts
        assert dict(chart.series)["Après les entretiens"] == one.interviews.after.counts
    overview = content.charts["overview"]
    by_level = list(zip(*(values for _, values in overview.series), strict=True))
    assert by_level == [one.distribution.counts for one in results.dimensions]


def test_every_chart_reads_itself_out(content):
    """An alternative text with the figures, for whoever does not see the chart."""
    for name, chart in content.charts.items():
        assert chart.is_empty or len(chart.description) > 20, name


def test_the_same_results_give_the_same_words(results, model, study, content):
    """Sentences vary with what they tell, never by chance."""
    assert report(results, model, study).context == content.context


def test_withheld_sides_are_named_without_their_counts(content):
    """A group that cannot be shown has no row, and its protection is explained."""
    pages = [page for axis in content.context["axes"] for page in axis["dimensions"]]
    partly = next(page for page in pages if page["sides"] and len(page["sides"]["rows"]) == 2)
    assert "n’est pas montré à part" in partly["sides"]["text"]
    assert "Élus et direction générale" not in {row["label"] for row in partly["sides"]["rows"]}


def test_paths_that_are_not_told_are_said_to_be(model, study, results):
    """Between waves too, what is withheld says so; and nobody counts those who stayed wrongly."""
    told = with_waves(results)[0]
    none = replace(told, paths={}, withheld=True)
    part = replace(told, paths={"S1>S1": 6}, withheld=True)
    for change, said in (
        (none, "9 personnes ont répondu aux deux vagues. Leurs trajets"),
        (part, "9 personnes ont répondu aux deux vagues. Au moins 6 gardent la même description."),
    ):
        content = report(replace(results, wave_changes=(change,)), model, study)
        sentence = content.context["axes"][0]["dimensions"][0]["wave_change"]
        assert said in sentence
        assert sentence.endswith("concernent trop peu de personnes pour être montrés.")


def test_a_return_arrow_is_a_new_turn_everywhere(model, study, results):
    """From the last stage back to the third: a new turn, on the page and between waves."""
    content = report(replace(results, wave_changes=with_waves(results)), model, study)
    first = content.context["axes"][0]["dimensions"][0]
    assert "En capacité de → Motricité, un nouveau tour (2 personnes)" in first["wave_change"]
    able = next(
        page
        for axis in content.context["axes"]
        for page in axis["dimensions"]
        if page["place"] == "En capacité de"
    )
    assert "Un nouveau tour du cycle" in able["next"]


def test_quotations_keep_their_own_words_and_spaces(model, study):
    """The typography of the report is never applied to what somebody said."""
    said = Quote("Pourquoi?  C'est «simple»: on attend!", "Numérique", "interview")
    one = dimension(model, "D01", (1, 8, 4, 2, 0), quotes=(said,))
    content = report(replace(collective(model, study), dimensions=(one,)), model, study)
    quote = content.context["axes"][0]["dimensions"][0]["quotes"][0]
    assert quote["text"] == "Pourquoi? C'est «simple»: on attend!"


def test_quotations_that_do_not_fit_go_to_the_annex_none_is_lost(model, study):
    """Whatever their number and length: on the page, or in the annex, cut visibly if endless."""
    said = tuple(Quote(f"{number} " + "mot " * 90, "", "interview") for number in range(5))
    endless = Quote("oui " * 5000, "", "comment")
    one = dimension(model, "D01", (1, 8, 4, 2, 0), quotes=(*said, endless))
    content = report(replace(collective(model, study), dimensions=(one,)), model, study)
    annexed = [q["text"] for q in content.context["annex"]["quotes"][0]["quotes"]]
    assert [text[0] for text in annexed] == ["0", "1", "2", "3", "4", "o"]
    assert annexed[-1].endswith("[…]")
    assert len(annexed[-1]) < 1300


def test_the_synthesis_puts_forward_in_the_order_of_the_model(results, model):
    """What is listed is no ranking: model order, whatever the agreement."""
    codes = [one.code for one in results.dimensions]
    for chosen in (shared(results.dimensions), to_discuss(results.dimensions, model)):
        places = [codes.index(one.code) for one in chosen]
        assert places == sorted(places)
        assert places


def test_questions_for_the_workshop_look_at_every_axis(content, model):
    """Three questions from three axes, when each axis has something to discuss."""
    titles = {one["title"] for one in content.context["synthesis"]["questions"]}
    axes = {
        axis.code
        for axis in model.axes
        for d in axis.dimensions
        if d.label.say("fr") in {title.replace("\u00a0", " ") for title in titles}
    }
    assert len(titles) == 3
    assert len(axes) == 3


def test_means_are_told_apart_by_halves_of_the_scale(model):
    """More than half of the answers in the lower half: a gap; exactly half: nothing."""
    low = dimension(model, "D01", (0, 0, 2, 9, 3))
    assert lacking_means(low)
    even = replace(low, coherence=replace(low.coherence, counts=(4, 3, 4, 3)))
    assert not lacking_means(even)


def test_the_mode_of_the_study_is_said(results, model, study):
    """An anonymous study says so on its cover and in its method note."""
    anonymous = study.model_copy(update={"confidentiality": Confidentiality(mode=Mode.ANONYMOUS)})
    context = report(results, model, anonymous).context
    assert context["report"]["mode"].startswith("Étude anonyme")
    assert context["method"]["mode"] == context["report"]["mode"]


def test_change_notes_are_printed_as_given(results, model, study):
    """Sentences on the last issue come from elsewhere and are not reworded."""
    content = report(results, model, study, change_notes=("Deux réponses de plus.",))
    assert content.context["changes"] == ["Deux réponses de plus."]


def test_properties_tell_title_author_and_language(content):
    """What Word shows under « Propriétés »."""
    properties = content.properties
    assert properties.title == "Maturité numérique de la communauté de communes du Val de Sorlune"
    assert properties.author == "Démonstration"
    assert properties.language == "fr-FR"
    assert "résultats collectifs" in properties.keywords


def test_a_swiss_study_has_narrow_spaces_in_generated_text(results, model, study):
    """The whole context follows the profile of the study."""
    swiss = study.model_copy(update={"typography": "fr-CH"})
    content = report(results, model, swiss)
    divided = content.context["synthesis"]["divided"]
    assert any("lectures\u202f: " in one["place"] for one in divided)
    assert content.properties.language == "fr-CH"


def test_the_content_is_built_quickly(results, model, study):
    """Under a fifth of a second for thirteen dimensions (best of five)."""
    times = []
    for _ in range(5):
        start = perf_counter()
        report_of = collective_report(
            results, model, study, study.wave(), Recommendations(code="x")
        )
        times.append(perf_counter() - start)
    assert report_of.values
    assert min(times) < 0.2


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_model_and_any_counts_give_a_report(study, data):
    """Random valid models with hostile texts, random counts: words for everything."""
    chosen = data.draw(maturity_models())
    width = len(chosen.levels)
    shapes = data.draw(
        st.lists(st.lists(st.integers(0, 40), min_size=5, max_size=5), min_size=1, max_size=3)
    )
    results = collective(chosen, study, shapes=shapes)
    content = report(results, chosen, study)
    assert len(content.charts["overview"].series) == width
    for axis in content.context["axes"]:
        for page in axis["dimensions"]:
            assert page["reading"]
            assert page["question"]
    list(strings(content.context))


def test_every_reading_kind_occurs_in_the_specimens(results):
    """The other tests look at every way of reading."""
    kinds = {one.reading.kind for one in results.dimensions}
    assert {ReadingKind.ONE_LEVEL, ReadingKind.BETWEEN, ReadingKind.TWO_READINGS} <= kinds


def test_what_the_interviews_change_is_not_denied_where_it_is_withheld(study, model):
    """With the readings after the interviews withheld, the synthesis speaks of the others alone."""
    results = collective(model, study)
    told = [
        replace(one, interviews=replace(
            one.interviews, after=Distribution(one.interviews.after.codes, None, {}, "small_group"),
            reading_after=Reading(ReadingKind.WITHHELD, (), None, ""), moves={}))
        for one in results.dimensions
    ]  # fmt: skip
    said = report(replace(results, dimensions=tuple(told)), model, study).context["synthesis"]
    assert "Là où cela peut être montré" in said["interviews"]
