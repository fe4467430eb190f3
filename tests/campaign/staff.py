"""A team with a study of its own and an empty platform, reached over HTTP like a real one."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import select, update

from config.settings import PRODUCT_CONFIG, Settings
from flows.closing import ClosingRequest, close_campaign
from flows.listing import ListRequest, list_people
from flows.opening import OpeningRequest, open_campaign
from flows.outcome import Outcome
from flows.setup import Setup, prepare
from tasks.store.tables import campaigns, holds
from tasks.survey.sandbox.faults import Fault, FaultKind
from tasks.survey.sandbox.platform import SandboxPlatform
from tests.conftest import Team, directly

STUDY, SURVEY = "essai", 650_001
TODAY = date.today()  # noqa: DTZ011 - the platform's own day
HEADINGS = ("Prénom", "Nom", "Courriel", "Langue", "Poste", "Service")


def person(number: int, **more: str) -> dict[str, str]:
    """An invented participant, as a row of a list."""
    return {
        "Prénom": f"Prénom{number}",
        "Nom": f"Nom{number}",
        "Courriel": f"personne{number:02d}@example.org",
        "Langue": "français",
        "Poste": f"poste {number}",
        "Service": "Voirie",
        **more,
    }


def csv_list(rows: Iterable[dict[str, str]], headings: Iterable[str] = HEADINGS) -> bytes:
    """Rows as the CSV that a French Excel writes."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [*headings], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


class Staff(Team):
    """What programme staff do to run a campaign, in one word each."""

    def __init__(self, settings: Settings, platform: SandboxPlatform, url: str) -> None:
        super().__init__(settings, platform, url)
        self.write_study()

    def write_study(self, **changes: Any) -> None:
        """Write the study's file: the demo's, on a small model, open since yesterday."""
        source = YAML(typ="safe").load(PRODUCT_CONFIG / "studies" / "demo.yaml")
        wave = {
            **source["waves"][0],
            "opens": TODAY - timedelta(days=1),
            "closes": TODAY + timedelta(days=20),
            "survey_id": SURVEY,
            "keep_until": TODAY + timedelta(days=400),
        }
        study = {
            name: value for name, value in source.items()
            if name not in ("sides", "side_rule", "profile", "programme")
        } | {
            "code": STUDY,
            "model": "capgemini2012",
            "output": "rapports/essai",
            "profile": source["profile"][:2],
            "waves": [wave],
            **changes,
        }  # fmt: skip
        path = self.settings.home / "config" / "studies" / f"{STUDY}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        YAML().dump(study, path)

    @property
    def setup(self) -> Setup:
        """The study, loaded."""
        return prepare(OpeningRequest(study=STUDY), self.settings)

    def put_list(self, content: bytes, name: str = "liste.csv") -> Path:
        """Put a list into the study's folder."""
        path = self.setup.folder / name
        path.write_bytes(content)
        return path

    def open(self, file: str = "") -> Outcome:
        """Open the campaign."""
        return open_campaign(OpeningRequest(study=STUDY, file=file), self.settings, directly)

    def send(self, rows: Iterable[dict[str, str]], **how: bool) -> Outcome:
        """Send a list."""
        listed = [*rows]
        self.put_list(csv_list(listed, listed[0]))
        request = ListRequest(study=STUDY, file="liste.csv", **how)
        return list_people(request, self.settings, directly)

    def close(self, **how: Any) -> Outcome:
        """Close the campaign."""
        return close_campaign(ClosingRequest(study=STUDY, **how), self.settings, directly)

    def pass_time(self, minutes: int) -> None:
        """Let what the store noted be that much older."""
        with self.setup.store() as store, store.writing() as connection:
            for table, column in ((campaigns, "import_began_at"), (holds, "until")):
                for row in connection.execute(select(table)).all():
                    if (noted := getattr(row, column)) is not None:
                        key = [*table.primary_key][-1]
                        connection.execute(
                            update(table)
                            .where(key == getattr(row, key.name))
                            .values({column: noted - timedelta(minutes=minutes)})
                        )

    def break_down(self, kind: FaultKind, method: str, **how: Any) -> None:
        """Let one call fail."""
        self.platform.faults.append(Fault(kind, method, **how))


def addresses(staff: Staff) -> list[str]:
    """The addresses on the platform, in order."""
    return [one.email for one in staff.platform.survey(SURVEY).participants or ()]
