"""Texts in several languages, and codes, as the YAML files hold them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints


class Frozen(BaseModel):
    """A configuration object: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(RootModel[Mapping[str, Annotated[str, StringConstraints(min_length=1)]]]):
    """One text in each language of a file: `{fr: Sommeil, en: Dormancy}`."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    def say(self, language: str) -> str:
        """Return the text in this language, or else in the first one it has."""
        return self.root.get(language) or next(iter(self.root.values()))

    @property
    def languages(self) -> frozenset[str]:
        """The languages this text exists in."""
        return frozenset(self.root)


Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,31}$")]
"""A stable name inside a file: a letter, then letters, digits, underscores."""

PlatformCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]{0,19}$")]
"""A question's code on LimeSurvey: a letter, then letters and digits, 20 at most."""

OptionCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,5}$")]
"""An answer's code on LimeSurvey: 5 characters at most."""

Share = Annotated[float, Field(ge=0, le=1)]
