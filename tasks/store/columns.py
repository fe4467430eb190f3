"""Column types: times that keep their zone, and bodies kept compressed."""

import json
import zlib
from datetime import UTC, datetime

from sqlalchemy import Dialect, LargeBinary, String, TypeDecorator

FAST = 1  # zlib level: a pull of 20,000 small bodies spends its time here, and gains little above


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept as ISO 8601 text in UTC so that every database agrees on it."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """Write the time in UTC."""
        return None if value is None else value.astimezone(UTC).isoformat()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        """Read the time back, aware."""
        return None if value is None else datetime.fromisoformat(value)


class Packed(TypeDecorator[bytes]):
    """Bytes kept compressed; what comes back equals what went in."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, _dialect: Dialect) -> bytes | None:
        """Compress."""
        return None if value is None else zlib.compress(value, FAST)

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> bytes | None:
        """Decompress."""
        return None if value is None else zlib.decompress(value)


class PackedJson(TypeDecorator[object]):
    """A JSON value kept compressed; ASCII inside, so that lone surrogates survive too."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> bytes | None:
        """Write as canonical JSON."""
        return None if value is None else zlib.compress(canonical(value).encode("ascii"), FAST)

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> object:
        """Read the JSON back."""
        return None if value is None else json.loads(zlib.decompress(value))


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text, hence equal hashes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
