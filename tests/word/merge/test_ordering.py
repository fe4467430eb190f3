"""In which order blocks stand after a merge."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.word.merge.ordering import Versions, arrange


def order(base: str, edited: str, new: str, removed: str = "", **levels: int) -> str:
    """Return the merged order of one-letter blocks; capitals are staff's."""
    return "".join(arrange(Versions(base, edited, new, levels), removed))


def test_new_blocks_follow_their_neighbour() -> None:
    """A new block comes after the one before it, past what staff wrote there."""
    assert order("ac", "aSc", "abc") == "aSbc"
    assert order("ac", "ca", "abc") == "cab"


def test_nearer_neighbour_wins() -> None:
    """When the block before it was deleted, a new block comes before the next one."""
    assert order("abcd", "ad", "abcxd") == "axd"


def test_first_block_comes_first() -> None:
    """A new beginning comes before the old one."""
    assert order("b", "b", "ab") == "ab"


def test_section_of_staff_is_passed_by_headings_only() -> None:
    """A sentence joins its section; a new section comes after the one that staff added."""
    assert order("ha", "haTS", "hab", h=1, T=1) == "habTS"
    assert order("ha", "haTS", "hai", h=1, T=1, i=1) == "haTSi"


def test_moves_of_the_data_take_notes_of_staff_along() -> None:
    """What staff wrote under a block moves with it."""
    assert order("abc", "abSc", "cab") == "cabS"
    assert order("abc", "abcS", "cab") == "cSab"


def test_moves_of_staff_win() -> None:
    """What staff moved stays there when the data move it too."""
    assert order("abcd", "bcda", "bacd") == "bcda"


def test_deleted_section_takes_nothing_new() -> None:
    """New blocks under a heading that staff deleted with all below it stay away."""
    assert order("hagb", "gb", "haxgb", h=1, g=1) == "gb"
    assert order("hagb", "agb", "haxgb", h=1, g=1) == "axgb"


blocks = st.permutations("abcdefgh")


@given(blocks, blocks, blocks, st.integers(0, 8), st.integers(0, 8), st.integers(0, 8))
def test_nothing_is_lost_or_doubled(
    base: list[str], edited: list[str], new: list[str], i: int, j: int, k: int
) -> None:
    """The order holds what staff have and what is new, each once; a second time is the same."""
    base, new = base[:i], new[:k]
    edited = [name for name in edited[:j] if name in base] + ["S", "T"][: j % 3]
    found = arrange(Versions(base, edited, new, {}), ())
    assert sorted(found) == sorted({*edited, *(name for name in new if name not in base)})
    assert arrange(Versions(new, found, new, {}), ()) == found
