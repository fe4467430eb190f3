"""Saving files with a real LibreOffice, many in one call."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

SOFFICE = shutil.which("soffice")
REASON = "LibreOffice (soffice) is not installed"


def saved_by_libreoffice(contents: Sequence[bytes]) -> list[bytes]:
    """Return the files as LibreOffice writes them when it opens and saves them."""
    assert SOFFICE is not None, REASON
    with TemporaryDirectory() as folder:
        before, after = Path(folder) / "before", Path(folder) / "after"
        before.mkdir()
        paths = [before / f"{number}.docx" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [SOFFICE, "--headless", profile, "--convert-to", "docx", "--outdir"]
        subprocess.run(
            [*command, str(after), *map(str, paths)], check=True, capture_output=True, timeout=600
        )
        return [(after / path.name).read_bytes() for path in paths]
