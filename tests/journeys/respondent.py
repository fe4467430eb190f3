"""A respondent in a browser: reads each page, types, goes on; with the keyboard, by names."""

from typing import TYPE_CHECKING

from tasks.survey.building.form import Form, FormPage, FormQuestion
from tests.journeys.answers import Answers, other_key, row_key

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NEXT = "#ls-button-submit"
TITLE = '[role="heading"][aria-level="1"]'


def plain(text: str) -> str:
    """A text with ordinary spaces."""
    return " ".join(text.split())


class Respondent:
    """Somebody who follows a personal link; every text met must be the form's."""

    def __init__(self, page: "Page", form: Form, language: str) -> None:
        self.page, self.form, self.language = page, form, language

    def answer(self, link: str, answers: Answers, pages: int | None = None) -> None:
        """Answer from wherever the platform takes up; stop after so many pages of the form."""
        self.page.goto(link)
        if self.page.locator("#datasecurity_accepted").count():
            self.page.locator("#datasecurity_accepted").focus()
            self.page.keyboard.press("Space")
            self._next()
        places = {plain(page.title[self.language]): at for at, page in enumerate(self.form.pages)}
        while self.page.locator(NEXT).count():
            at = places[plain(self.page.locator(TITLE).inner_text())]
            if pages is not None and at >= pages:
                return
            self._fill(self.form.pages[at], answers)
            self._next()
        assert self.page.locator("h1.completed-heading").count() == 1

    def _next(self) -> None:
        with self.page.expect_navigation():
            self.page.locator(NEXT).click()

    def _fill(self, page: FormPage, answers: Answers) -> None:
        shown = self.page.locator(".question-container").all()
        assert len(shown) == len(page.questions)
        for box, question in zip(shown, page.questions, strict=True):
            text = plain(box.locator(".question-text").inner_text())
            assert text == plain(question.texts[self.language])
            self._type(box, question, answers)

    def _type(self, box: "Locator", question: FormQuestion, answers: Answers) -> None:
        if question.kind == "L":
            self._choose(box, question, answers.get(question.code))
        elif question.kind == "M":
            self._tick(box, question, answers)
        elif question.code in answers:
            box.locator("textarea").fill(answers[question.code])

    def _choose(self, box: "Locator", question: FormQuestion, code: str | None) -> None:
        options = {one.code: plain(one.texts[self.language]) for one in question.options}
        assert [plain(one) for one in box.locator("label").all_inner_texts()] == [*options.values()]
        if code is not None:
            self._press(box, "radio", options[code])

    def _tick(self, box: "Locator", question: FormQuestion, answers: Answers) -> None:
        for row in question.rows:
            if row_key(question, row) in answers:
                self._press(box, "checkbox", plain(row.texts[self.language]))
        if other_key(question) in answers:
            box.locator("input[type=text]").first.fill(answers[other_key(question)])

    def _press(self, box: "Locator", role: str, name: str) -> None:
        """Find by what a screen reader says, and press the space bar."""
        # A ticked box has its tick for a name too.
        field = box.get_by_role(role, name=name, exact=role == "radio")  # type: ignore[arg-type]
        if not field.is_checked():
            field.focus()
            self.page.keyboard.press("Space")
        assert field.is_checked()


def refused(page: "Page", link: str) -> bool:
    """Whether a link leads to no question any more."""
    page.goto(link)
    return page.locator(NEXT).count() == 0
