"""What the platform writes to participants: the invitation and the reminder.

HTML for LimeSurvey's own mails, which puts names and addresses where the braces are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tasks.survey.building.markup import paragraphs
from tasks.survey.building.notices import Notices

GREETED, LINKED, LEFT = "{FIRSTNAME} {LASTNAME}", "{SURVEYURL}", "{OPTOUTURL}"


@dataclass(frozen=True)
class Letters:
    """The mails of one wave in one language."""

    notices: Notices

    def columns(self) -> Mapping[str, str]:
        """Column of LimeSurvey's language settings → text."""
        return {
            "surveyls_email_invite_subj": self._subject("Votre point de vue : {title}"),
            "surveyls_email_invite": self._letter(
                "Votre point de vue est demandé pour l’étude « {title} ». Le questionnaire compte "
                "{questions} questions ; vous pouvez y répondre jusqu’au {day} au soir."
            ),
            "surveyls_email_remind_subj": self._subject("Rappel – Votre point de vue : {title}"),
            "surveyls_email_remind": self._letter(
                "Vous avez reçu une invitation à répondre au questionnaire de l’étude « {title} ». "
                "Vos réponses ne nous sont pas encore parvenues, ou pas toutes ; vous pouvez "
                "répondre jusqu’au {day} au soir."
            ),
        }

    def _subject(self, sentence: str) -> str:
        # A subject is plain text in which LimeSurvey evaluates what stands between braces.
        title = self._title.replace("{", "(").replace("}", ")")
        return self.notices.voice.say(sentence, title=" ".join(title.split()))

    @property
    def _title(self) -> str:
        return self.notices.study.title.say(self.notices.voice.language)

    def _letter(self, why: str) -> str:
        notices, say = self.notices, self.notices.voice.say
        asked = say(
            why, title=self._title, questions=len(notices.form.questions), day=notices.last_day
        )
        return "".join(
            (
                self._with(say("Bonjour {person},", person="@"), GREETED),
                paragraphs(asked),
                self._with(say("Votre lien personnel, à ne pas transmettre : {link}", link="@"),
                           LINKED),
                paragraphs(f"{notices.who_knows()}\n\n"
                           f"{say('Pour toute question, répondez à ce courriel.')}\n\n"
                           f"{notices.controller()}"),
                self._with(say("Pour ne plus recevoir de courriel à ce sujet : {link}", link="@"),
                           LEFT),
            )
        )  # fmt: skip

    @staticmethod
    def _with(sentence: str, field: str) -> str:
        """A paragraph of our own words, with a field of LimeSurvey's in the place of « @ »."""
        return paragraphs(sentence).replace("@", field)
