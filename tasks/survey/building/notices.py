"""What the form says besides its questions: welcome, confidentiality, personal data, thanks.

HTML, for LimeSurvey's own texts. Every promise made here is one that the software keeps.
"""

from dataclasses import dataclass

from config.study import Mode, Study, Wave
from tasks.survey.building.form import Form
from tasks.survey.building.markup import bullets, heading, last_heading, paragraphs, section
from tasks.survey.building.voice import Voice


@dataclass(frozen=True)
class Notices:
    """The notices of one wave in one language."""

    study: Study
    wave: Wave
    form: Form
    voice: Voice

    @property
    def confidential(self) -> bool:
        """Whether the platform keeps who answered what."""
        return self.study.confidentiality.mode is Mode.CONFIDENTIAL

    @property
    def last_day(self) -> str:
        """The last day of the wave, in words."""
        return self.voice.day(self.wave.closes)

    def welcome(self) -> str:
        """Before the first question: what it is, how to answer, who will see what."""
        title = (
            "Vos réponses sont confidentielles"
            if self.confidential
            else "Vos réponses sont anonymes"
        )
        return "".join(
            (
                paragraphs(self._what()),
                paragraphs(f"{self._how()} {self._when()}"),
                heading(self.voice.say(title)),
                bullets((self.who_knows(), *self._who_sees())),
            )
        )

    def _what(self) -> str:
        return self.voice.say(
            "Ce questionnaire réunit les points de vue de personnes qui connaissent, chacune à sa "
            "place, le fonctionnement {of_authority}. Il n’y a ni bonne ni mauvaise réponse : "
            "les différences de regard nourriront la discussion.",
            of_authority=self.voice.of_authority,
        )

    def _how(self) -> str:
        asked = self.voice.say(
            "Il compte {questions} questions sur {pages} pages.",
            questions=len(self.form.questions),
            pages=len(self.form.pages),
        )
        free = (
            "Vous pouvez passer toute question qui ne porte pas d’astérisque, et revenir en "
            "arrière."
            if any(question.mandatory for question in self.form.questions)
            else "Vous pouvez passer toute question, et revenir en arrière."
        )
        return f"{asked} {self.voice.say(free)}"

    def _when(self) -> str:
        if self.confidential:
            return self.voice.say(
                "Vos réponses sont gardées page après page : jusqu’au {day} au soir, votre lien "
                "personnel vous y ramène, pour continuer ou pour les modifier.",
                day=self.last_day,
            )
        return self.voice.say(
            "Comme rien ne relie vos réponses à vous, vous ne pourrez pas les reprendre plus "
            "tard : prévoyez de répondre en une fois, avant le {day} au soir.",
            day=self.last_day,
        )

    def who_knows(self) -> str:
        """Who sees a person's own answers, if anybody does."""
        if self.confidential:
            return self.voice.say(
                "L’équipe du programme est seule à savoir qui a répondu quoi. Elle s’en sert pour "
                "préparer les entretiens et pour n’écrire qu’aux personnes qui n’ont pas "
                "encore répondu."
            )
        return self.voice.say(
            "La plateforme ne garde aucun lien entre vous et vos réponses : personne ne peut "
            "retrouver ce que vous avez répondu, pas même l’équipe du programme."
        )

    def _who_sees(self) -> tuple[str, ...]:
        rules = self.study.confidentiality
        return (
            self.voice.say(
                "Les résultats réunissent les réponses de toutes les personnes interrogées. Un "
                "groupe de moins de {least} personnes n’est jamais montré à part.",
                least=rules.min_group,
            ),
            self.voice.say(
                "Un commentaire peut être repris, sans nom, s’il vient d’un groupe d’au "
                "moins {least} personnes ; sinon, il ne l’est qu’avec votre accord. Évitez d’y "
                "nommer quelqu’un.",
                least=rules.quote_group,
            )
            if self.confidential
            else self.voice.say(
                "Un commentaire n’est repris que s’il vient d’un groupe d’au moins {least} "
                "personnes. Évitez d’y nommer quelqu’un et d’y donner des détails qui vous "
                "feraient reconnaître.",
                least=rules.quote_group,
            ),
        )

    # --- personal data --------------------------------------------------------------------------

    def policy(self) -> str:
        """The personal data: whose task, what for, what is kept, how long, which rights."""
        sections = (
            ("Qui traite vos réponses", f"{self.team()}."),
            ("À quoi elles servent", self._purpose()),
            ("Ce qui est gardé", self._kept()),
            ("Jusqu’à quand", self._until()),
            ("Vos droits", self._rights()),
        )
        return "".join(section(self.voice.say(title), text) for title, text in sections)

    def team(self) -> str:
        """Who asks, for whom: the beginning of a sentence."""
        if self.study.programme:
            return self.voice.say(
                "L’équipe du programme « {programme} », pour le compte {of_authority}",
                programme=self.study.programme,
                of_authority=self.voice.of_authority,
            )
        return self.voice.say(
            "L’équipe qui conduit l’étude, pour le compte {of_authority}",
            of_authority=self.voice.of_authority,
        )

    def _purpose(self) -> str:
        return self.voice.say(
            "À décrire ensemble la situation, puis à en discuter. Elles ne servent à évaluer ni "
            "une personne ni un service."
        )

    def _kept(self) -> str:
        if not self.confidential:
            return self.voice.say(
                "Vos réponses, avec la date et l’heure de leur enregistrement. Ni votre nom, ni "
                "votre adresse électronique, ni l’adresse de votre ordinateur."
            )
        known = [
            _inside(attribute.label.say(self.voice.spoken))
            for attribute in self.study.profile
            if attribute.participant
        ]
        return self.voice.say(
            "Vos réponses, avec la date et l’heure de leur enregistrement, et votre inscription "
            "({known}). L’adresse de votre ordinateur n’est pas gardée.",
            known=", ".join((self.voice.say("nom"), self.voice.say("courriel"), *known)),
        )

    def _until(self) -> str:
        return self.voice.say(
            "Jusqu’au {day} au plus tard. Elles sont ensuite effacées ; seuls restent les "
            "résultats d’ensemble.",
            day=self.voice.day(self.wave.keep_until),
        )

    def _rights(self) -> str:
        contact = self.study.contact
        if contact:
            return self.voice.say(
                "Vous pouvez demander à voir vos réponses, à les corriger ou à les faire "
                "effacer : écrivez à {name} ({email})."
                if self.confidential
                else "Comme rien ne relie vos réponses à vous, elles ne pourront être ni "
                "retrouvées ni effacées après l’envoi. Pour toute question, écrivez à {name} "
                "({email}).",
                name=contact.name,
                email=contact.email,
            )
        if self.confidential:
            return self.voice.say(
                "Vous pouvez demander à voir vos réponses, à les corriger ou à les faire effacer : "
                "écrivez à l’équipe du programme, en répondant au courriel d’invitation."
            )
        return self.voice.say(
            "Comme rien ne relie vos réponses à vous, elles ne pourront être ni retrouvées ni "
            "effacées après l’envoi. Pour toute question, adressez-vous à la personne qui vous a "
            "transmis le lien."
        )

    def policy_label(self) -> str:
        """Beside the box to tick before starting."""
        return self.voice.say("J’ai lu comment mes réponses sont traitées.")

    def policy_error(self) -> str:
        """Shown when the box was not ticked."""
        return self.voice.say("Cochez cette case pour commencer.")

    # --- the end --------------------------------------------------------------------------------

    def end(self) -> str:
        """After the last page."""
        thanks = last_heading(self.voice.say("Merci. Vos réponses sont enregistrées."))
        later = self.voice.say(
            "Jusqu’au {day} au soir, le même lien vous permet de les modifier.",
            day=self.last_day,
        )
        after = self.voice.say(
            "Les résultats d’ensemble serviront ensuite de point de départ à une discussion."
        )
        return thanks + paragraphs(f"{later}\n\n{after}" if self.confidential else after)


def _inside(label: str) -> str:
    """A label inside a sentence: « poste », but « DSI »."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
