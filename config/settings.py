"""Settings of an installation, from `MATURITY_*` variables or a `.env` file; secrets masked."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PRODUCT_CONFIG = Path(__file__).parent


class Settings(BaseSettings):
    """Where things live and how the platform is reached.

    `home` is the working folder: the database, the reports and, when it has one, the team's own
    `config/` (models, studies, recommendations) which then comes before the product's.
    """

    model_config = SettingsConfigDict(
        env_prefix="MATURITY_", env_file=".env", extra="ignore", frozen=True
    )

    home: Path = Field(default_factory=Path.cwd)
    language: str = "fr"
    database_url: str = ""
    limesurvey_url: str = ""
    limesurvey_user: str = ""
    limesurvey_password: SecretStr = SecretStr("")
    http_timeout: float = 60.0  # seconds to wait for one answer of the platform
    window: int = 1000  # ids pulled in one call: safer and faster than one large export
    prefect_api_url: str = Field(default="", validation_alias="PREFECT_API_URL")

    @property
    def database(self) -> str:
        """The URL of the store: SQLite under `home` unless told otherwise."""
        return self.database_url or f"sqlite:///{self.home / 'var' / 'maturity.sqlite'}"

    @property
    def demo_database(self) -> Path:
        """The store of `maturity demo`: its invented answers never mix with a team's own."""
        return self.home / "var" / "demo.sqlite"

    def config_folders(self, kind: str) -> tuple[Path, ...]:
        """Folders searched for `kind` (`models`, `studies`…): the team's first, then ours."""
        folders = (self.home / "config" / kind, PRODUCT_CONFIG / kind)
        return tuple(dict.fromkeys(folder for folder in folders if folder.is_dir()))
