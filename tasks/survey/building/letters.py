"""What the platform writes to participants: the invitation and the reminder.

HTML for LimeSurvey's own mails, which puts names and addresses where the braces are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from tasks.survey.building.form import Form, FormQuestion
from tasks.survey.building.markup import paragraphs
from tasks.survey.building.notices import Notices

# Brysbaert (2019), « How many words do we read per minute? »: 238 in silence; less at work.
WORDS_A_MINUTE = 200
SECONDS_TO_CHOOSE = 10

GREETED, LINKED, LEFT = "{FIRSTNAME} {LASTNAME}", "{SURVEYURL}", "{OPTOUTURL}"


@dataclass(frozen=True)
class Letters:
    """The mails of one wave in one language."""

    notices: Notices

    def columns(self) -> Mapping[str, str]:
        """Column of LimeSurvey's language settings → text."""
        return {
            "surveyls_email_invite_subj": self._subject("Votre point de vue : {title}"),
            "surveyls_email_invite": self._letter(self._invited()),
            "surveyls_email_remind_subj": self._subject("Rappel – Votre point de vue : {title}"),
            "surveyls_email_remind": self._letter(self._reminded()),
        }

    def _subject(self, sentence: str) -> str:
        # A subject is plain text in which LimeSurvey evaluates what stands between braces.
        title = self._title.replace("{", "(").replace("}", ")")
        return self.notices.voice.say(sentence, title=" ".join(title.split()))

    @property
    def _title(self) -> str:
        return self.notices.study.title.say(self.notices.voice.language)

    def _invited(self) -> str:
        say = self.notices.voice.say
        asks = say(
            "{team}, vous demande votre point de vue pour l’étude « {title} ».",
            team=self.notices.team(),
            title=self._title,
        )
        why = say(
            "Il n’y a ni bonne ni mauvaise réponse : les différences de regard nourriront une "
            "discussion."
        )
        return f"{asks} {why}\n\n{self._effort()}"

    def _reminded(self) -> str:
        asked = self.notices.voice.say(
            "{team}, vous a demandé votre point de vue pour l’étude « {title} ». Vos réponses ne "
            "nous sont pas encore parvenues, ou pas toutes.",
            team=self.notices.team(),
            title=self._title,
        )
        return f"{asked}\n\n{self._effort()}"

    def _effort(self) -> str:
        """How much is asked, until when, and whether in several goes."""
        notices = self.notices
        return notices.voice.say(
            "Le questionnaire compte {questions} questions et demande environ {minutes} minutes. "
            "Vous pouvez y répondre jusqu’au {day} au soir, en plusieurs fois si vous le "
            "souhaitez."
            if notices.confidential
            else "Le questionnaire compte {questions} questions et demande environ {minutes} "
            "minutes. Vous pouvez y répondre jusqu’au {day} au soir, en une seule fois.",
            questions=len(notices.form.questions),
            minutes=minutes_to_answer(notices.form, notices.voice.language),
            day=notices.last_day,
        )

    def _letter(self, asked: str) -> str:
        notices, say = self.notices, self.notices.voice.say
        return "".join(
            (
                self._with(say("Bonjour {person},", person="@"), GREETED),
                paragraphs(asked),
                self._with(say("Votre lien personnel, à ne pas transmettre : {link}", link="@"),
                           LINKED),
                paragraphs(f"{notices.who_knows()}\n\n{self._write_to()}"),
                self._with(say("Pour ne plus recevoir de courriel à ce sujet : {link}", link="@"),
                           LEFT),
            )
        )  # fmt: skip

    def _write_to(self) -> str:
        say, contact = self.notices.voice.say, self.notices.study.contact
        if contact is None:
            return say("Pour toute question, répondez à ce courriel.")
        return say("Pour toute question, répondez à ce courriel ou écrivez à {name} ({email}).",
                   name=contact.name, email=contact.email)  # fmt: skip

    @staticmethod
    def _with(sentence: str, field: str) -> str:
        """A paragraph of our own words, with a field of LimeSurvey's in the place of « @ »."""
        return paragraphs(sentence).replace("@", field)


def minutes_to_answer(form: Form, language: str) -> int:
    """About how long a form takes: its words read once, and a choice for each question.

    Rounded up to five minutes, so that nobody finds it longer than announced.

    Args:
        form: the questions.
        language: of the texts.
    """
    texts = [text for question in form.questions for text in _read(question, language)]
    words = sum(len(text.split()) for text in texts)
    minutes = words / WORDS_A_MINUTE + len(form.questions) * SECONDS_TO_CHOOSE / 60
    return max(5, 5 * ceil(minutes / 5))


def _read(question: FormQuestion, language: str) -> Iterator[str]:
    """All that a question has to read."""
    yield from (question.texts[language], (question.help or {}).get(language, ""))
    yield from (option.texts[language] for option in question.options)
    yield from (row.texts[language] for row in question.rows)
