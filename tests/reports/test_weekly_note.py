"""The weekly note's content: who answered, what the data are like, what to do; never who."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from config.loading import load_model
from config.study import Confidentiality, Mode
from tasks.campaign.mailing.counts import MailCounts
from tasks.cleaning.journal import Rule
from tasks.frames import JOURNAL, empty
from tasks.reports.change_log import change_log
from tasks.reports.follow_up import _RULES, _TOLD_ELSEWHERE
from tasks.reports.weekly_note import NO_MAILS, weekly_note
from tasks.results import Distribution
from tasks.word.merge.model import Kind
from tests.reports import test_translations
from tests.reports.specimens import SETTINGS, collective, nobody_yet, withheld_everywhere
from tests.reports.test_change_log import event, plain, table
from tests.reports.test_collective import FORBIDDEN, MODELS, strings
from tests.reports.test_translations import catalogue, places

ROOT = Path(__file__).parents[2]
MODULES = (
    "change_log",
    "figure_changes",
    "follow_up",
    "lines",
    "participation_words",
    "next_steps",
    "sections",
    "weekly_note",
)
OPEN, LAST_DAY, OVER, BEFORE = (
    date(2026, 9, 28),
    date(2026, 10, 4),
    date(2026, 10, 5),
    date(2026, 9, 1),
)


def journal(*rules):
    """A cleaning journal with a row per rule, under a pseudonym."""
    rows = [("P07", "D01N", rule, "avant", "après", "Parce que.") for rule in rules]
    return JOURNAL.validate(pd.DataFrame(rows, columns=list(JOURNAL.columns), dtype=object))


@pytest.fixture
def note(results, model, study):
    """A maker of notes: what a test does not say is an ordinary Monday in mid-campaign."""

    def made(day=OPEN, *, part=None, rules=(), renewed=True, quotes=0, events=(), **more):
        chosen, spoken = more.get("model", model), more.get("study", study)
        found = more.get("results", results)
        found = replace(found, participation=replace(found.participation, **(part or {})))
        log = change_log(events, {}, {}, chosen, spoken)
        return weekly_note(
            found, journal(*rules), log, chosen, spoken, spoken.wave(),
            today=day, renewed=renewed, waiting_passages=quotes, mails=more.get("mails", NO_MAILS),
        )  # fmt: skip

    return made


def steps(content):
    """What to do, as (lead, text) with ordinary spaces."""
    return [(plain(one["lead"]), plain(one["text"])) for one in content.context["steps"]]


def keys(content):
    """The figures at the top, as (value, label)."""
    return [(plain(one["value"]), plain(one["label"])) for one in content.context["keys"]]


def test_the_top_gives_answers_recent_ones_interviews_and_days_left(note):
    """Four figures, each with its words; the last seven days leave out the eighth."""
    days = {"2026-09-15": 9, "2026-09-21": 2, "2026-09-22": 1, "2026-09-28": 2}
    assert keys(note(part={"by_day": days, "interviewed": 1})) == [
        ("15 sur 18", "ont répondu"),
        ("3", "envois ces sept derniers jours"),
        ("1", "personne rencontrée"),
        ("6 jours", "jusqu’au 4 octobre 2026"),
    ]


@pytest.mark.parametrize(
    ("day", "figure"),
    [
        (date(2026, 10, 3), ("1 jour", "jusqu’au 4 octobre 2026")),
        (LAST_DAY, ("dernier jour", "de la campagne")),
        (OVER, ("close", "depuis le 4 octobre 2026")),
        (BEFORE, ("à venir", "ouvre le 14 septembre 2026")),
    ],
)
def test_the_days_left_are_said_at_every_moment_of_a_wave(note, day, figure):
    """The last day still belongs to the campaign, the next one does not."""
    assert keys(note(day))[3] == figure


def test_participation_tells_how_many_how_complete_and_when(note):
    """Percentages wait for enough people, as everywhere."""
    days = {"2026-09-16": 3, "2026-09-25": 12}
    assert plain(note(part={"by_day": days}).context["participation"]) == (
        "15 personnes sur 18 ont répondu. 1 questionnaire n’est rempli qu’en partie ; il compte"
        " pour les questions répondues. Le dernier envoi date du 25 septembre 2026."
    )
    many = note(part={"complete": 30, "partial_kept": 0, "invited": 40, "by_day": {}})
    assert plain(many.context["participation"]) == "30 personnes sur 40 (75 %) ont répondu."
    unknown = note(part={"complete": 1, "partial_kept": 0, "invited": None, "by_day": {}})
    assert plain(unknown.context["participation"]) == "1 personne a répondu."


def test_nobody_yet_is_said(note, model, study):
    """The first morning of a campaign has a note too."""
    content = note(results=nobody_yet(model, study))
    assert content.context["participation"] == (
        "Aucune des 18 personnes inscrites n’a encore répondu."
    )
    assert content.charts["answers-by-day"].is_empty
    assert "paraîtront ici" in content.charts["answers-by-day"].empty_sentence
    assert keys(content)[0] == ("0 sur 18", "ont répondu")
    assert (content.context["rows"], content.context["withheld"]) == ([], "")
    lead, text = steps(content)[0]
    assert lead == "Inviter"
    assert "maturity invite" in text
    assert not any(lead == "Relancer" for lead, _ in steps(content))


def test_reminders_are_announced_as_the_study_allows_them(note):
    """None planned, or all of them sent: nobody reads of a reminder that will not be."""
    sent = MailCounts(18, 36, 0, 0, date(2026, 9, 21), rounds=2)
    over = steps(note(mails=sent))
    assert any(lead == "Attendre" and "ne prévoit plus de rappel" in text for lead, text in over)
    once = replace(sent, reminders=18, rounds=1)
    assert not any("ne prévoit plus" in text for _, text in steps(note(mails=once)))


def test_sides_are_shown_only_where_the_results_show_them(note):
    """A withheld side keeps its name and loses its counts."""
    sides = {"elected": (None, None), "policy": (4, 6), "digital": (5, None)}
    context = note(part={"by_side": sides}).context
    assert [row["answered"] for row in context["rows"]] == ["non montré", "4 sur 6", "5"]
    assert context["withheld"]
    assert not note(part={"by_side": {"policy": (4, 6)}}).context["withheld"]


def test_the_chart_has_a_bar_for_every_day_since_the_opening(note):
    """Days without an answer are empty bars, not missing ones."""
    chart = note(part={"by_day": {"2026-09-15": 3, "2026-09-18": 1}}).charts["answers-by-day"]
    assert chart.categories[0] == "14 sept."
    assert len(chart.categories) == 15
    assert chart.series[0][1] == (0, 3, 0, 0, 1, *[0] * 10)
    assert plain(chart.description) == "Envois depuis l’ouverture : 15 sept. 3, 18 sept. 1."


def test_the_chart_stops_at_the_closing_day(note):
    """Weeks after closing do not squeeze the bars."""
    chart = note(date(2026, 12, 1), part={"by_day": {"2026-09-15": 3}}).charts["answers-by-day"]
    assert chart.categories[-1] == "4 oct."


def test_a_long_campaign_is_drawn_week_by_week(note, study):
    """Sixty bars a line wide say nothing; every answer is in one of the weeks."""
    wave = study.wave().model_copy(update={"closes": date(2026, 12, 31)})
    long = study.model_copy(update={"waves": (wave,)})
    days = {"2026-09-14": 1, "2026-09-20": 2, "2026-09-21": 4, "2026-11-20": 8}
    chart = note(date(2026, 11, 20), study=long, part={"by_day": days}).charts["answers-by-day"]
    assert chart.categories[:2] == ("14 sept.", "21 sept.")
    assert chart.series[0][1] == (3, 4, *[0] * 7, 8)


def test_a_survey_without_dates_says_so(note):
    """Answers without a day are answers all the same."""
    chart = note(part={"by_day": {}}).charts["answers-by-day"]
    assert chart.is_empty
    assert chart.empty_sentence == "La plateforme ne dit pas quel jour les réponses sont arrivées."


def test_the_journal_is_counted_rule_by_rule_in_plain_words(note):
    """Duplicates, dates, unknown codes; what only tidies texts is one line."""
    rules = ("duplicate", "outside_dates", "outside_dates", "unknown_option", "white_space", "date")
    told = [plain(one) for one in note(rules=rules).context["quality"]]
    assert told[:4] == [
        "1 envoi en double d’une même personne, écarté : un seul compte.",
        "2 envois en dehors des dates de la campagne, écartés.",
        "1 réponse porte un code que le modèle ne connaît pas : mise de côté, hors des comptes.",
        "2 retouches d’écriture (espaces, signes), sans effet sur les comptes.",
    ]


def test_a_clean_week_is_said(note):
    """An empty journal has a sentence, and no pointer to it."""
    context = note().context
    assert plain(context["quality"][0]).startswith("Rien à signaler : aucun envoi écarté")
    assert not context["has_journal"]


def test_every_rule_that_costs_an_answer_is_told_by_name():
    """A new rule of cleaning has to choose: told, told elsewhere, or a correction of writing."""
    tidying = {
        Rule.FORBIDDEN_CHARACTERS,
        Rule.UNICODE,
        Rule.HTML_ENTITIES,
        Rule.WHITE_SPACE,
        Rule.NUMBER,
        Rule.DATE,
    }
    assert {rule.value for rule in set(Rule) - tidying} == {*_RULES, *_TOLD_ELSEWHERE}


def unknowing(results, *shapes):
    """Results whose first dimensions have (people who give a level, people who do not know)."""
    found = [
        replace(one, distribution=Distribution(("S1",), (n,), {"dont_know": silent}))
        for one, (n, silent) in zip(results.dimensions, shapes, strict=False)
    ]
    return replace(results, dimensions=tuple(found))


def test_not_knowing_is_counted_over_all_answers(note, results):
    """How often « je ne sais pas », and the subjects where many say so; nothing withheld."""
    found = unknowing(results, (9, 6), (14, 1))
    hidden = replace(
        results.dimensions[2], distribution=Distribution(("S1",), None, {"dont_know": 9})
    )
    found = replace(found, dimensions=(*found.dimensions, hidden))
    assert plain(note(results=found).context["quality"][-1]) == (
        "« Je ne sais pas » est choisi 7 fois sur 30, surtout sur « Besoins et politiques"
        " publiques d’abord » (6 sur 15)."
    )


def test_the_share_of_not_knowing_is_a_percentage_only_with_enough_people(note, results):
    """Thirty answers of fifteen people are not thirty people."""
    few, many = (
        plain(note(results=unknowing(results, *shapes)).context["quality"][-1])
        for shapes in (((14, 1), (14, 1)), ((19, 1), (19, 1)))
    )
    assert few == "« Je ne sais pas » est choisi 2 fois sur 30."
    assert many == "« Je ne sais pas » est choisi 2 fois sur 40 (5 %)."


def test_results_waiting_to_be_renewed_are_explained_kindly(note):
    """Why the report did not move, and until when; nothing when it did."""
    waiting = plain(note(renewed=False).context["waiting"])
    assert "laisserait deviner qui a répondu quoi" in waiting
    assert "dès que 5 réponses nouvelles seront là" in waiting
    assert note().context["waiting"] == ""


def test_what_to_do_says_how_many_never_who(note):
    """Reminders, reviews and interviews as counts, most urgent first."""
    content = note(
        part={"complete": 13, "partial_kept": 1, "interviewed": 2},
        rules=("unknown_option",),
        quotes=4,
        events=[event(kind) for kind in Kind],
    )
    assert [lead for lead, _ in steps(content)] == [
        "Vérifier le questionnaire",
        "Relancer",
        "Encourager",
        "Choisir dans le rapport",
        "Relire",
        "Rencontrer",
    ]
    texts = dict(steps(content))
    assert texts["Relancer"] == (
        "4 personnes n’ont pas encore répondu ; la campagne se ferme le 4 octobre 2026."
    )
    assert texts["Choisir dans le rapport"].startswith("1 passage où")
    assert texts["Relire"].startswith("4 passages attendent")
    assert texts["Rencontrer"].startswith("12 personnes qui ont répondu")


@pytest.mark.parametrize("day", [BEFORE, OVER])
def test_nobody_is_reminded_outside_the_wave(note, day):
    """Neither before the opening nor after the closing."""
    assert not {"Relancer", "Encourager"} & dict(steps(note(day))).keys()


def test_an_anonymous_study_reminds_everybody_and_interviews_nobody_by_name(note, study):
    """Without tokens nobody knows who is missing."""
    hidden = study.model_copy(
        update={"confidentiality": Confidentiality(mode=Mode.ANONYMOUS, min_group=5)}
    )
    content = note(study=hidden)
    assert "la plateforme écrit les rappels sans dire à qui" in dict(steps(content))["Relancer"]
    assert "Rencontrer" not in dict(steps(content))


def test_more_answers_than_invitations_ask_for_no_reminder(note):
    """A number in the study file that is too small gives no negative count."""
    assert "Relancer" not in dict(steps(note(part={"invited": 10, "partial_kept": 0})))


def test_an_unknown_number_of_invitations_is_asked_for(note):
    """Without it nobody can follow who is missing."""
    assert "Nombre de personnes invitées" in dict(steps(note(part={"invited": None})))


def test_a_large_survey_asks_for_no_interviews(note):
    """Nobody interviews four hundred people."""
    large = {"complete": 400, "invited": 1000, "interviewed": 0}
    assert "Rencontrer" not in dict(steps(note(part=large)))


def test_after_the_last_interview_comes_the_workshop(note):
    """Everybody met, the wave over: the next step of the study."""
    done = {"complete": 15, "partial_kept": 0, "interviewed": 15}
    assert [lead for lead, _ in steps(note(OVER, part=done))] == ["Préparer l’atelier"]
    assert [lead for lead, _ in steps(note(OPEN, part={**done, "invited": 15}))] == [
        "Rien d’urgent"
    ]


@pytest.mark.parametrize("code", MODELS)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("state", [collective, nobody_yet, withheld_everywhere])
def test_every_model_and_state_gives_a_note_with_safe_words(note, study, code, language, state):
    """No forbidden word, no pseudonym, nothing unfilled, no French in an English note."""
    model = load_model(code, SETTINGS).model
    spoken = study.model_copy(update={"language": language})
    content = note(
        model=model,
        study=spoken,
        results=state(model, spoken),
        rules=[rule.value for rule in Rule],
        renewed=False,
        quotes=2,
        events=[event(kind) for kind in Kind],
    )
    own = " ".join(strings(content.context)) + content.charts["answers-by-day"].description
    assert not FORBIDDEN.search(own)
    assert "P07" not in own
    assert "{" not in own
    assert language == "fr" or not any(sign in own for sign in ("«", " :", "réponse", "ont "))


def test_the_figures_of_the_note_are_named(note):
    """Each count can be traced: participation and journal."""
    values = note(rules=("duplicate", "duplicate")).values
    assert values["participation.answered"] == 15
    assert values["journal.duplicate"] == 2
    assert not [name for name in values if name.startswith("dimension.")]


def test_the_same_week_gives_the_same_note(note):
    """Nothing depends on the moment of writing."""
    assert note() == note()


def test_an_empty_journal_of_the_contract_is_accepted(results, model, study):
    """The frame that cleaning gives when nothing happened."""
    log = change_log((), None, table("D01", (1, 2, 3, 0, 0)), model, study)
    content = weekly_note(
        results, empty(JOURNAL), log, model, study, study.wave(),
        today=OPEN, renewed=True, waiting_passages=0,
    )  # fmt: skip
    assert content.context["figures"] == []
    assert content.properties.title.startswith("Note de la semaine – Maturité numérique")


def test_every_sentence_of_the_rules_is_translated_with_its_places():
    """Rules are chosen from a table: each has its English singular and plural."""
    english = catalogue()
    for singular, plural in _RULES.values():
        assert places(english[singular]) == places((singular, plural))


def test_every_literal_sentence_is_translated(monkeypatch):
    """Nothing of an English note comes out in French."""
    folders = {"tasks/reports": MODULES, "report_templates": ("draw_weekly_note",)}
    files = [ROOT / folder / f"{name}.py" for folder, names in folders.items() for name in names]
    monkeypatch.setattr(test_translations, "FILES", files)
    found = set(test_translations.sentences())
    assert len(found) > 60
    assert sorted(found - catalogue().keys()) == []
