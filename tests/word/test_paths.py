"""What a template reads: paths, through loops and names of its own."""

import pytest

from config.errors import TemplateError
from tasks.word.environment import XML
from tasks.word.paths import known_paths, used_paths
from tasks.word.template import WordTemplate
from tests.word.specimens import lines, made

CONTEXT = {
    "report": {"title": "Étude"},
    "axes": [{"dimensions": [{"title": "Culture"}]}, {"dimensions": [], "note": "…"}],
}


@pytest.mark.parametrize(
    ("source", "last"),
    [
        ("{{ report.title }}", "report.title"),
        ("{{ report['title'] }}", "report.title"),
        ("{% for a in axes %}{% for d in a.dimensions %}{{ d.title }}{% endfor %}{% endfor %}",
         "axes[].dimensions[].title"),
        ("{% for a in axes | list %}{{ a.note }}{% endfor %}", "axes[].note"),
        ("{% set r = report %}{{ r.title }}", "report.title"),
        ("{{ axes[0].note }}", "axes[].note"),
        ("{% for a in axes[:2] %}{{ loop.index }}{{ a.note }}{% endfor %}", "axes[].note"),
    ],
)  # fmt: skip
def test_a_path_is_followed_to_the_context(source: str, last: str) -> None:
    """Whatever a loop calls its items, the path says where they come from."""
    used = used_paths(XML.parse(source))
    assert last in used
    assert used.keys() <= known_paths(CONTEXT)


def test_what_is_computed_has_no_path() -> None:
    """Nothing is said of the result of a call or a condition, but of what it reads."""
    used = used_paths(XML.parse("{{ (report if axes else other).title }}{{ range(3)[0].x }}"))
    assert set(used) == {"report", "axes", "other", "range"}


def test_items_of_a_list_are_known_together() -> None:
    """A field that only the second item has is a field of the list."""
    assert "axes[].note" in known_paths(CONTEXT)
    assert "axes[].dimensions[].title" in known_paths(CONTEXT)


def test_a_place_is_told_by_its_heading() -> None:
    """Each path comes with the heading it stands under, without the tags of that heading."""

    def build(document):
        document.add_heading("Qui a répondu{% if a %}{% endif %}", 1)
        document.add_paragraph("{{ report.title }}")

    places = WordTemplate.open(made(build)).places()
    assert places["report.title"].replace("\u00a0", " ") == "sous le titre « Qui a répondu »"


@pytest.mark.parametrize(
    "texts",
    [
        ("Avant", "{%p if a %}", "Dedans", "Après"),
        ("{%p for b in c %}", "{%p if a %}", "Dedans", "{%p endfor %}", "{%p for d in e %}",
         "{%p endfor %}"),
    ],
)  # fmt: skip
def test_the_tag_that_was_left_open_is_named(texts: tuple[str, ...]) -> None:
    """The message shows the opening tag, not the end of the document where it was missed."""
    with pytest.raises(TemplateError, match=r"\{%p if a %\}\s» n’est pas refermée"):
        WordTemplate.open(lines(*texts))


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("{{ x.__class__ }}", "interdit"),
        ("{{ x", "Il manque ou il reste une accolade"),
        ("{{ x y }}", "ne se comprend pas"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "interdit"),
    ],
)
def test_tags_in_the_properties_obey_the_same_rules(title: str, said: str) -> None:
    """A hostile or broken title of the file is refused in the same words as one in the text."""

    def build(document):
        document.core_properties.title = title

    with pytest.raises(TemplateError, match=said) as caught:
        WordTemplate.open(made(build))
    assert "propriétés du document" in str(caught.value)
