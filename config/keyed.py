"""Sentences that know which one they are, whatever they say today."""


class Keyed(str):
    """A text with a key: what is said changes with the data, the key does not.

    A report's loop over sentences is anchored by the key, so that what staff wrote in one is
    found again when its figures have changed.
    """

    key: str

    def __new__(cls, text: str, key: str) -> "Keyed":
        """Return a text with a key."""
        made = super().__new__(cls, text)
        made.key = key
        return made

    def __reduce__(self) -> tuple[type["Keyed"], tuple[str, str]]:
        """Return what a copy is made of."""
        return Keyed, (str(self), self.key)


def key_of(text: str) -> str:
    """Return the key of a text; one that has none is known by what it says."""
    return text.key if isinstance(text, Keyed) else text
