"""The model file of an adopted questionnaire."""

from collections.abc import Iterable, Iterator

from ruamel.yaml.comments import CommentedMap

from config.catalogue import LANGUAGES, say
from tasks.survey.adopting.answer_sets import NamedList, named_lists
from tasks.survey.adopting.drafts import QUESTION_CODE, Draft
from tasks.survey.adopting.gathered import Questionnaire, Texts
from tasks.survey.adopting.lists import Answer
from tasks.survey.adopting.plan import DraftDimension, Plan
from tasks.survey.adopting.yaml_text import (
    TO_DO,
    comment,
    in_line,
    mapping,
    sequence,
    texts,
    written,
)

LONGEST_LABEL = 70
LONGEST_TITLE = 200

HEADING = f"""\
Modèle écrit d’après le questionnaire {{survey}} de la plateforme.

Il est valable tel quel : vérifiez-le avec « maturity check », puis reprenez ce qui porte la
mention « {TO_DO} ». Les codes des questions, des lignes et des réponses sont ceux de la
plateforme : ne les changez pas. Tout le reste peut être récrit."""
UNSURE = f"""\
{TO_DO} : aucune liste de réponses ne se reconnaît comme une échelle de niveaux. La première
liste a été prise ; choisissez la bonne, ou posez une question à choix ordonnés."""
SURE = f"""\
{TO_DO} : les niveaux, du premier au dernier. Vérifiez l’ordre et décrivez chacun."""
NAMELESS = f"""\
{TO_DO} : les niveaux, du premier au dernier. Chaque question les décrit à sa façon ; donnez à
chacun un nom et une description."""
SETS = """\
Les listes de réponses. « out_of_scale » : dont_know (ne sait pas), not_applicable (sans objet),
refused (ne souhaite pas répondre). Vérifiez ces mentions, et l’ordre des listes « ordered »."""
AXES = f"""\
{TO_DO} : répartissez les sujets entre plusieurs axes (capacités), ou gardez celui-ci."""
BEHAVIOURS = f"""\
{TO_DO} : pour chaque niveau, un comportement que l’on peut reconnaître chez soi."""
UNREAD = """\
Présentes sur la plateforme et laissées de côté : calculs, textes, fichiers, et questions dont
les codes ne peuvent pas être lus (une réponse ou une case a un code de plus de 5 caractères)."""


def model_file(questionnaire: Questionnaire, found: Plan, code: str) -> str:
    """The text of the model file, valid as it is and commented in French."""
    return written(
        _Model(questionnaire, found, code).data(),
        HEADING.format(survey=questionnaire.survey_id),
    )


class _Model:
    """Writes one model."""

    def __init__(self, questionnaire: Questionnaire, found: Plan, code: str) -> None:
        self._asked, self._plan, self._code = questionnaire, found, code
        self._levels = tuple(f"N{rank}" for rank in range(1, found.scale.size + 1))
        self._sets = named_lists(found)

    def data(self) -> CommentedMap:
        """The whole file."""
        asked, found = self._asked, self._plan
        data = mapping(
            {
                "code": self._code,
                "version": "1.0",
                "title": self._same(asked.title[:LONGEST_TITLE]),
                "description": self._say(
                    "Un questionnaire qui existait déjà, relu comme un modèle."
                ),
                "licence": TO_DO,
                "source": self._say("Questionnaire {survey} de la plateforme.", asked.survey_id),
                "languages": in_line(asked.languages),
                "topology": "none",
                "level_word": self._say("niveau"),
                "reading": "distribution",
                "levels": sequence(self._level(rank) for rank in range(found.scale.size)),
                "answer_sets": mapping({one.name: self._answer_set(one) for one in self._sets}),
                "profile_questions": sequence(self._item(one) for one in found.profile),
                "axes": sequence([self._axis()]),
                "other_items": sequence(self._item(one) for one in found.others),
                "unused_questions": in_line(_listed(found.unread)),
            }
        )
        self._comment(data)
        return data

    def _comment(self, data: CommentedMap) -> None:
        scale = self._plan.scale
        named = SURE if scale.labels else NAMELESS
        comment(data, "description", f"{TO_DO} : ce que l’étude cherche à comprendre.")
        comment(data, "licence", f"{TO_DO} : à quelles conditions ce modèle peut être repris.")
        comment(
            data, "topology", "cycle, linear, quadrant ou none : comment les niveaux se suivent."
        )
        comment(data, "levels", f"\n{named if scale.sure else UNSURE}")
        comment(data, "answer_sets", f"\n{SETS}")
        comment(data, "profile_questions", "\nCe que l’on sait de la personne.")
        comment(data, "axes", f"\n{AXES}")
        comment(data, "other_items", "\nLes autres questions.")
        comment(data, "unused_questions", f"\n{UNREAD}")

    # --- texts ----------------------------------------------------------------------------------

    def _same(self, text: str) -> CommentedMap:
        return texts(dict.fromkeys(self._asked.languages, text))

    def _say(self, sentence: str, survey: int | None = None) -> CommentedMap:
        return texts(
            {
                language: say(sentence, _spoken(language), **({"survey": survey} if survey else {}))
                for language in self._asked.languages
            }
        )

    # --- levels and answers ---------------------------------------------------------------------

    def _level(self, rank: int) -> CommentedMap:
        labels = self._plan.scale.labels
        label: Texts = (
            labels[rank]
            if labels
            else {
                language: say("Niveau {rank}", _spoken(language), rank=rank + 1)
                for language in self._asked.languages
            }
        )
        return mapping(
            {
                "code": self._levels[rank],
                "label": texts(label),
                "short": texts(_cut(label)),
                "description": texts(label),
            }
        )

    def _answer_set(self, named: NamedList) -> CommentedMap:
        if named.scale == "levels":
            options = [
                _option(answer, level=level, labelled=not named.worded_apart)
                for answer, level in zip(named.answers.in_scale, self._levels, strict=True)
            ]
            options += [_option(answer) for answer in named.answers.outside]
        else:
            options = [_option(answer) for answer in named.answers.answers]
        return mapping({"scale": named.scale, "options": sequence(options)})

    def _name(self, draft: Draft) -> str | None:
        return next((one.name for one in self._sets if one.serves(draft)), None)

    # --- items ----------------------------------------------------------------------------------

    def _item(self, draft: Draft) -> CommentedMap:
        return mapping(
            {
                "code": draft.code,
                "kind": draft.kind.value,
                "column": draft.column,
                "question": texts(draft.texts),
                "answer_set": self._name(draft),
                "choices": sequence(_option(answer) for answer in draft.choices),
                "other": True if draft.other else None,
            }
        )

    def _axis(self) -> CommentedMap:
        dimensions = [
            self._dimension(rank, one) for rank, one in enumerate(self._plan.dimensions, start=1)
        ]
        return mapping(
            {
                "code": "AXE1",
                "label": self._say("Tous les sujets"),
                "description": self._say("Tous les sujets du questionnaire."),
                "dimensions": sequence(dimensions),
            }
        )

    def _dimension(self, rank: int, dimension: DraftDimension) -> CommentedMap:
        data = mapping(
            {
                "code": f"SUJET{rank:02}",
                "label": texts(_cut(dimension.label)),
                "description": texts(dimension.description),
                "behaviours": mapping(self._behaviours(dimension)),
                "items": sequence(self._item(draft) for draft in dimension.items),
            }
        )
        comment(data, "label", f"{TO_DO} : le sujet en quelques mots, puis ce dont il s’agit.", 4)
        if self._plan.scale.labels:
            comment(data, "behaviours", BEHAVIOURS, 4)
        return data

    def _behaviours(self, dimension: DraftDimension) -> Iterator[tuple[str, CommentedMap]]:
        answers = dimension.stage.answers
        if answers is not None:
            for level, answer in zip(self._levels, answers.in_scale, strict=True):
                yield level, texts(answer.texts)


def _option(answer: Answer, *, level: str | None = None, labelled: bool = True) -> CommentedMap:
    outside = answer.out_of_scale
    return mapping(
        {
            "code": answer.code,
            "label": texts(answer.texts) if labelled else None,
            "level": level,
            "out_of_scale": outside.value if outside and level is None else None,
        }
    )


def _listed(codes: Iterable[str]) -> list[str]:
    return [code for code in codes if QUESTION_CODE.fullmatch(code)]


def _cut(found: Texts) -> Texts:
    return {language: _shortened(text) for language, text in found.items()}


def _shortened(text: str) -> str:
    """A text as a label: its first words, without the question mark."""
    bare = text.rstrip(" \u00a0?.…:")
    bare = bare[:1].upper() + bare[1:]
    if len(bare) <= LONGEST_LABEL:
        return bare or text
    return f"{bare[:LONGEST_LABEL].rpartition(' ')[0] or bare[:LONGEST_LABEL]}…"


def _spoken(language: str) -> str:
    return language if language in LANGUAGES else "en"
