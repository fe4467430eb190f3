"""Which maturity model a wave runs on, from its first refresh on."""

from datetime import UTC, datetime

from sqlalchemy import insert, select

from config.catalogue import say
from config.errors import StudyFileError
from tasks.store.database import Database
from tasks.store.tables import model_pins


class ModelPins(Database):
    """The pinned models."""

    def pin_model(self, study: str, wave: str, code: str, version: str, sha256: str) -> str | None:
        """Pin the model of a wave, or check it against the pin.

        The first call pins. Later another model or another version stops, since answers already
        given would be read with other codes; the same version with other content (a corrected
        text) is let through and told once.

        Returns:
            A sentence for staff when the content changed under the same version, else None.

        Raises:
            StudyFileError: the wave is pinned to another model or version.
        """
        with self.writing() as connection:
            pin = connection.execute(
                select(model_pins)
                .where(model_pins.c.study == study, model_pins.c.wave == wave)
                .order_by(model_pins.c.id.desc())
                .limit(1)
            ).one_or_none()
            if pin is not None and (pin.code, pin.version) != (code, version):
                raise self._other_model(wave, f"{pin.code} {pin.version}", f"{code} {version}")
            if pin is None or pin.sha256 != sha256:
                connection.execute(
                    insert(model_pins).values(
                        study=study,
                        wave=wave,
                        code=code,
                        version=version,
                        sha256=sha256,
                        pinned_at=datetime.now(UTC),
                    )
                )
        return None if pin is None or pin.sha256 == sha256 else self._corrected(code, version)

    def pinned_version(self, study: str, wave: str) -> str | None:
        """The version of the model that a wave runs on, or None before its first refresh."""
        query = select(model_pins.c.version).where(
            model_pins.c.study == study, model_pins.c.wave == wave
        )
        with self.reading() as connection:
            version: str | None = connection.execute(query.limit(1)).scalar()
        return version

    def _other_model(self, wave: str, pinned: str, given: str) -> StudyFileError:
        return StudyFileError(
            say(
                "La vague {wave} a commencé avec le modèle {pinned} ; le fichier d’étude demande "
                "maintenant {given}.",
                self.language,
                wave=wave,
                pinned=pinned,
                given=given,
            ),
            say(
                "Remettez le modèle {pinned} pour cette vague, ou ouvrez une nouvelle vague "
                "pour {given}.",
                self.language,
                pinned=pinned,
                given=given,
            ),
        )

    def _corrected(self, code: str, version: str) -> str:
        return say(
            "Le fichier du modèle {code} {version} a changé sans changer de version depuis la "
            "dernière actualisation : seuls des textes doivent avoir été corrigés.",
            self.language,
            code=code,
            version=version,
        )
