"""What the results workbook says of itself, and the meaning of its codes."""

from collections.abc import Iterator

from config.maturity_model import MaturityModel
from config.study import Study
from tasks.reports.voice import Voice
from tasks.results import CollectiveResults


def read_me_rows(voice: Voice, study: Study, results: CollectiveResults) -> list[tuple[str, str]]:
    """The first sheet: for whom it is, what each sheet holds, which refresh it comes from."""
    say = voice.say
    return [
        (
            say("Confidentiel"),
            say(
                "Ce classeur est réservé à l’équipe du programme. Il contient des réponses"
                " individuelles sous pseudonyme : ne le transmettez ni à la collectivité ni aux"
                " personnes interrogées."
            ),
        ),
        (say("Étude"), voice.text(study.title)),
        (say("Vague"), voice.text(study.wave(results.wave).label)),
        (say("État au"), voice.day(results.data_until)),
        (say("Calculé le"), f"{results.computed_at:%Y-%m-%d %H:%M} UTC"),
        (say("Modèle"), f"{results.model} {results.model_version}"),
        (
            say("Réponses"),
            say("Les réponses nettoyées : une ligne par personne, une colonne par question."),
        ),
        (
            say("Effectifs"),
            say(
                "Les effectifs que le rapport peut montrer, avec la colonne de réponses d’où vient"
                " chacun. Les groupes trop petits n’y figurent pas."
            ),
        ),
        (
            say("Journal"),
            say("Tout ce que le nettoyage a changé ou écarté, avec sa raison."),
        ),
        (
            say("Valeurs"),
            say("Chaque chiffre du rapport, avec la cellule ou les cellules d’où il vient."),
        ),
        (say("Lexique"), say("Le sens des codes.")),
    ]


def lexicon_rows(
    voice: Voice, model: MaturityModel, study: Study
) -> Iterator[tuple[str, str, str]]:
    """Kind, code and meaning of everything that has a code in this workbook."""
    say = voice.say
    for side in study.sides:
        yield say("Point de vue"), side.code, voice.text(side.label)
    for level in model.levels:
        meaning = f"{voice.text(level.label)} – {voice.text(level.description)}"
        yield voice.level_word, level.code, meaning
    for dimension in model.dimensions:
        yield say("Sujet"), dimension.code, voice.text(dimension.label)
    for item in model.items:
        yield say("Question"), item.code, voice.text(item.question)
        for option in model.options(item):
            text = model.option_text(item, option, voice.language)
            yield say("Réponse"), f"{item.code} {option.code}", say("{text}", text=text)
