"""The recommendations that a model's dimensions point to. One YAML file a model."""

from config.text import Code, Frozen, Text


class Recommendation(Frozen):
    """Something the source of a model recommends, in the programme's own words."""

    code: Code
    theme: Text
    title: Text
    text: Text


class Recommendations(Frozen):
    """All recommendations that belong to the model of the same code.

    A model without a file of its own has an empty set; only then is `source` missing.
    """

    code: Code
    source: Text | None = None
    recommendations: tuple[Recommendation, ...] = ()

    def find(self, code: str) -> Recommendation | None:
        """The recommendation of this code, or None."""
        return next((one for one in self.recommendations if one.code == code), None)
