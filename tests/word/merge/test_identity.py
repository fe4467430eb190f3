"""A file says which report it is, whatever its name."""

import pytest

from tasks.word.merge import Identity, identity, stamped
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.office import REASON, SOFFICE, saved_by_libreoffice
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Report, Section, render
from tests.word.merge.staff import Docx

PLAIN = render(Report((Section("a", "Axe a", (("a1", "Quatre personnes."),)),)))
WHO = Identity("demo/v1/collective", "3")


def test_stamp_is_read_back() -> None:
    """A stamped file says who it is and stays valid; the same stamp gives the same bytes."""
    content = stamped(PLAIN, WHO)
    assert identity(content) == WHO
    assert not ills(content)
    assert stamped(content, WHO) == content


def test_stamp_replaces_the_former_one() -> None:
    """A later stamp replaces the version and leaves other properties alone."""
    assert identity(stamped(stamped(PLAIN, WHO), Identity(WHO.report, "4"))).version == "4"


def test_other_files_have_no_identity() -> None:
    """A file without stamp, or no Word file at all, is nobody's."""
    assert identity(PLAIN) is None
    assert identity(b"no zip") is None


def test_merged_file_bears_the_new_version(refresh: Refresh) -> None:
    """What staff edited becomes the new issue, even when the data did not move."""
    base, new = stamped(PLAIN, WHO), stamped(PLAIN, Identity(WHO.report, "4"))
    docx = Docx(base)
    staff.type_after(docx.paragraphs()[1], " Oui.")
    result = refresh(base, docx.save(), new)
    assert identity(result.content).version == "4"
    assert result.log == ()


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason=REASON)
def test_identity_survives_libreoffice() -> None:
    """LibreOffice keeps the stamp, also when it saves twice."""
    twice = saved_by_libreoffice(saved_by_libreoffice([stamped(PLAIN, WHO)]))
    assert identity(twice[0]) == WHO
