"""Who may log in to a sandbox platform, and the session keys it gave."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Literal

from pydantic import SecretStr

from tasks.survey.sandbox.replies import Status

ALLOWED_FAILURES = 3
LOCKED_SECONDS = 600.0

Right = Literal["superadmin", "survey", "responses", "settings", "participants", "write"]
ALL_RIGHTS: frozenset[Right] = frozenset(
    {"superadmin", "survey", "responses", "settings", "participants", "write"}
)


@dataclass(frozen=True)
class Account:
    """A user of the platform; `responses` is the right to read and to export them.

    `write` stands for all rights to create, change, delete, activate and mail.
    """

    name: str
    password: SecretStr
    rights: frozenset[Right] = ALL_RIGHTS


@dataclass
class Accounts:
    """Logins as LimeSurvey counts them: three failures lock the address out for ten minutes."""

    users: dict[str, Account] = field(default_factory=dict)
    keys: dict[str, Account] = field(default_factory=dict)
    failures: int = 0
    locked_until: float = 0.0

    def login(self, name: str, password: str) -> str:
        """Give a session key.

        Raises:
            Status: wrong name or password, or locked out (even with the right password).
        """
        if time.monotonic() < self.locked_until:
            raise Status(
                "You have exceeded the number of maximum login attempts. "
                "Please wait 10 minutes before trying again."
            )
        account = self.users.get(name)
        if account is None or account.password.get_secret_value() != password:
            self._count_failure()
            raise Status("Invalid user name or password")
        self.failures = 0
        key = secrets.token_urlsafe(24)
        self.keys[key] = account
        return key

    def lock(self) -> None:
        """Refuse every login for ten minutes."""
        self.locked_until = time.monotonic() + LOCKED_SECONDS

    def unlock(self) -> None:
        """Forget the failures."""
        self.failures, self.locked_until = 0, 0.0

    def _count_failure(self) -> None:
        self.failures += 1
        if self.failures >= ALLOWED_FAILURES:
            self.lock()
