"""Templates: opened, filled, refused."""

from datetime import UTC, datetime
from io import BytesIO
from itertools import count

import docx
import pytest
from docxtpl import RichText

from config.errors import TemplateError
from tasks.word.bookmarks import renumber_bookmarks
from tasks.word.properties import DocumentProperties
from tasks.word.styles import w
from tasks.word.template import WordTemplate
from tests.word.specimens import MAIN, lines, made, parts, render, repacked, root, texts

ESCAPE = "{{ cycler.__init__.__globals__.os.popen('id').read() }}"


def refused(template: bytes, context: dict | None = None) -> TemplateError:
    """Return the error of a template that must not render."""
    with pytest.raises(TemplateError) as caught:
        WordTemplate.open(template).render(context or {}, {}, DocumentProperties())
    return caught.value


def test_fields_of_body_and_header_are_listed():
    """A template tells the names that its context must hold, wherever they stand."""

    def build(document):
        document.add_paragraph("{{ title }} {% for d in dims %}{{ d.code }}{% endfor %}")
        document.sections[0].header.paragraphs[0].text = "{{ authority }}"

    assert WordTemplate.open(made(build)).fields() == {"title", "dims", "authority"}


def test_a_template_is_compiled_once_for_its_content():
    """Opening the same content again gives the compiled program that is kept."""
    template = lines("{{ title }}")
    assert WordTemplate.open(template).plan is WordTemplate.open(bytes(template)).plan


def test_the_same_input_gives_the_same_bytes():
    """Nothing of a render depends on a clock or on chance."""
    template = lines("# {{ title }}", "Texte")
    first = render(template, {"title": "Un"})
    assert first == render(template, {"title": "Un"})
    assert first != render(template, {"title": "Deux"})


def test_parts_without_tags_are_copied():
    """What no tag touches comes out as it was."""
    template = lines("{{ title }}")
    result = parts(render(template, {"title": "Un"}))
    for name in ("word/theme/theme1.xml", "word/numbering.xml", "word/fontTable.xml"):
        assert result[name] == parts(template)[name]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<w:p>&amp; & > \"'", "<w:p>&amp; & > \"'"),
        ("{{ 7*7 }} {% x %} {# y #}", "{{ 7*7 }} {% x %} {# y #}"),
        ("{_{ x }_} {_% y %_}", "{_{ x }_} {_% y %_}"),
        ("un\ndeux\r\ntrois\rquatre", "un⏎deux⏎trois⏎quatre"),
        ("a\tb", "a⇥b"),
        ("a\ab\fc\x0bd", "a b c d"),
        ("a\x00b\x1fc", "abc"),
        ("a\ud800b\ufffec", "a\ufffdb\ufffdc"),
        ("  deux  espaces  ", "  deux  espaces  "),
        ("é 🎉 – « »", "é 🎉 – « »"),
        ("x" * 20_000, "x" * 20_000),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_hostile_text_comes_out_as_typed(typed, shown):
    """Answers are text: never tags, never XML, and only what XML 1.0 can hold."""
    document = render(lines("# {{ answer }}", "[{{ answer }}]", "fin"), {"answer": typed})
    assert texts(document) == [shown, f"[{shown}]", "fin"]


def test_braces_can_be_written_in_a_template():
    """Docxtpl's `{_{` in a template stands for `{{` in the document."""
    assert texts(render(lines("{_{ champ }_} {_% si %_}"))) == ["{{ champ }} {% si %}"]


def test_none_prints_nothing_and_numbers_print_themselves():
    """A value that is not there leaves no « None » behind."""
    context = {"nothing": None, "three": 3, "half": 0.5}
    document = render(lines("[{{ nothing }}|{{ three }}|{{ half }}]"), context)
    assert texts(document) == ["[|3|0.5]"]


def test_a_key_named_like_a_method_is_the_key():
    """`group.items` reads the key `items`, not a method of dictionaries."""
    document = render(lines("{{ group.items }}"), {"group": {"items": "oui"}})
    assert texts(document) == ["oui"]


def test_rich_text_keeps_its_runs_in_the_order_of_the_schema():
    """Docxtpl's RichText works, and its properties come out valid."""
    rich = RichText("gras\x0b & <b>", bold=True, color="#C00000", highlight="#FFFF00", size=24)
    document = render(lines("Avant {{r rich }} après"), {"rich": rich})
    assert texts(document) == ["Avant gras  & <b> après"]
    run = next(root(document).iter(w("b"))).getparent()
    assert [child.tag for child in run] == [w(name) for name in ("b", "color", "sz", "szCs", "shd")]


@pytest.mark.parametrize("field", ["inconnu", "d.inconnu"])
def test_an_unknown_field_is_named_with_its_heading(field):
    """The message names the field as typed, the heading above it, and its sentence."""
    template = lines("# Premier", "{{ d.code }}", "# Participation", f"Il y a {{{{ {field} }}}}.")
    error = refused(template, {"d": {"code": "A"}})
    assert f"« {field} »" in error.message
    assert "« Participation »" in error.message
    assert f"Il y a {{{{ {field} }}}}." in error.message
    assert error.remedy


def test_an_unknown_field_is_named_in_english_too():
    """The reader's language is the language of the message."""
    template = WordTemplate.open(lines("# Part", "{{ nothing }}"), "en")
    with pytest.raises(TemplateError, match="does not exist"):
        template.render({}, {}, DocumentProperties())


def test_an_unknown_field_of_a_header_names_the_header():
    """Where no heading stands above, the part is named."""

    def build(document):
        document.sections[0].header.paragraphs[0].text = "{{ inconnu }}"

    assert "dans un en-tête" in refused(made(build)).message


@pytest.mark.parametrize(
    "tag",
    [
        ESCAPE,
        "{{ ''['__class__'] }}",
        "{{ title._private }}",
        "{{ title|attr('__class__') }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% autoescape false %}{{ title }}{% endautoescape %}",
        "{{ title|safe }}",
        "{{ 'a' * 100000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ title.ljust(1000000000) }}",
        "{{ title|center(1000000000) }}",
        "{{ list.append(1) }}",
        "{% for i in range(10000000) %}{% endfor %}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(tag):
    """Ways out of the sandbox, around escaping, or to fill the memory are refused."""
    error = refused(lines("# Le piège", tag), {"title": "x", "list": []})
    assert "« Le piège »" in error.message


def test_the_famous_escape_is_refused_at_opening():
    """A way out of the sandbox stops the template before anything is rendered."""
    with pytest.raises(TemplateError, match="interdit"):
        WordTemplate.open(lines("# Titre", ESCAPE))


@pytest.mark.parametrize(
    "tag", ["{{ title", "{% if %}", "{% for x in y %}", "{{ title|nofilter }}"]
)
def test_a_tag_that_cannot_be_read_is_shown(tag):
    """A mistake in a tag is told with the heading above it."""
    assert "« Ici »" in refused(lines("# Ici", f"{tag} fin"), {"title": "x", "y": []}).message


def test_a_method_is_not_printed():
    """What is no text or number is refused: its address would change at each render."""
    assert "d.keys" in refused(lines("{{ d.keys }}"), {"d": {}}).message


def test_a_broken_document_is_not_written():
    """A tag that opens before a table and closes inside it is told, not handed to Word."""

    def build(document):
        document.add_paragraph("a {% if yes %} b")
        document.add_table(1, 1).cell(0, 0).text = "c {% endif %} d"

    assert MAIN in refused(made(build), {"yes": False}).message


def test_a_missing_file_is_named(tmp_path):
    """A template that is not there is named."""
    with pytest.raises(TemplateError, match=r"absent\.docx"):
        WordTemplate.open(tmp_path / "absent.docx")


def test_core_properties_are_written_once_escaped():
    """Title, subject, author, keywords and language come out as given; dates only if given."""
    properties = DocumentProperties(
        title="L'état d’Étretat & <co>",
        subject="Maturité",
        author="L'équipe",
        keywords=("un", "deux & trois"),
        language="fr-CH",
        created=datetime(2026, 3, 2, 8, tzinfo=UTC),
    )
    core = docx.Document(BytesIO(render(lines("x"), properties=properties))).core_properties
    assert (core.title, core.subject, core.author) == (
        "L'état d’Étretat & <co>",
        "Maturité",
        "L'équipe",
    )
    assert (core.keywords, core.language) == ("un, deux & trois", "fr-CH")
    assert core.created == core.modified == datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_tags_in_core_properties_are_filled():
    """A template may hold tags in its own properties; what the caller leaves empty stays."""

    def build(document):
        document.core_properties.title = "Rapport de {{ name }}"
        document.core_properties.subject = "Sujet"

    document = render(made(build), {"name": "l'été & co"})
    core = docx.Document(BytesIO(document)).core_properties
    assert (core.title, core.subject) == ("Rapport de l'été & co", "Sujet")


def test_the_language_of_the_text_is_set():
    """The styles' default language is the document's, so that Word checks spelling in it."""
    styles = root(
        render(lines("x"), properties=DocumentProperties(language="fr-CH")), "word/styles.xml"
    )
    found = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    assert found.get(w("val")) == "fr-CH"


def test_drawing_and_bookmark_ids_are_unique_in_loops():
    """A bookmark of the author in a loop is written once; ids never meet."""

    def build(document):
        document.add_paragraph("{%p for x in range(3) %}")
        paragraph = document.add_paragraph("{{ x }}")
        start = paragraph._p.makeelement(w("bookmarkStart"), {w("id"): "7", w("name"): "mine"})
        end = paragraph._p.makeelement(w("bookmarkEnd"), {w("id"): "7"})
        paragraph._p.insert(0, start)
        paragraph._p.append(end)
        document.add_paragraph("{%p endfor %}")

    names = [e.get(w("name")) for e in root(render(made(build))).iter(w("bookmarkStart"))]
    assert names.count("mine") == 1


def test_halves_of_bookmarks_are_taken_out():
    """What a condition or a loop leaves of a bookmark is no bookmark."""
    start, end = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>', '<w:bookmarkEnd w:id="{0}"/>'
    text = "".join(
        (
            *(start.format(1, "a"), start.format(1, "b"), "x", end.format(1)),
            *(end.format(2), start.format(3, "c"), "y"),
        )
    )
    kept = start.format(0, "b") + "x" + end.format(0) + "y"
    assert renumber_bookmarks(text, count()) == kept


def test_ids_that_word_gave_to_paragraphs_go():
    """Word's paragraph ids would come out twice in a loop; they are left out."""
    template = lines("{%p for x in range(2) %}", "{{ x }}", "{%p endfor %}")
    xml = parts(template)[MAIN].decode()
    space = "http://schemas.microsoft.com/office/word/2010/wordml"
    marked = xml.replace(
        "<w:p>", f'<w:p xmlns:w14="{space}" w14:paraId="0A1B2C3D" w14:textId="77777777">'
    )
    document = render(repacked(template, {MAIN: marked.encode()}))
    assert texts(document) == ["0", "1"]
    assert b"paraId" not in parts(document)[MAIN]


def test_empty_paragraphs_that_close_themselves_are_kept():
    """An empty paragraph in Word's short form swallows nothing that follows it."""
    template = lines("un", "{%p if yes %}", "deux", "{%p endif %}", "{{ three }}")
    xml = parts(template)[MAIN].replace(b"</w:p>", b'</w:p><w:p w:rsidR="00A1"/><w:p/>')
    document = render(repacked(template, {MAIN: xml}), {"yes": True, "three": "trois"})
    assert [text for text in texts(document) if text] == ["un", "deux", "trois"]


def test_footnotes_are_filled():
    """Tags in footnotes are rendered like those of the body."""
    notes = (
        f'<w:footnotes xmlns:w="{w("x")[1:-2]}"><w:footnote w:id="1"><w:p><w:r><w:t>{{{{ title }}}}'
        "</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    template = lines("{{ title }}")
    links = parts(template)["word/_rels/document.xml.rels"].decode()
    link = (
        '<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    types = parts(template)["[Content_Types].xml"].decode()
    override = (
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    changed = repacked(
        template,
        {
            "word/footnotes.xml": notes.encode(),
            "word/_rels/document.xml.rels": links.replace("</Relationships>", link).encode(),
            "[Content_Types].xml": types.replace("</Types>", override).encode(),
        },
    )
    note = root(render(changed, {"title": "A & B"}), "word/footnotes.xml")
    assert "".join(note.itertext()) == "A & B"
