"""Zip members packed once and written many times, with no clock in them."""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

RENDERED, KEPT = 3, 9
"""Deflate levels: of what each render writes (half the time of 6 for a twentieth more bytes), and
of what is packed once."""


@dataclass(frozen=True)
class Member:
    """A part as it lies in the zip: packed once, written many times."""

    name: str
    packed: bytes
    size: int
    crc: int
    method: int

    @classmethod
    def pack(cls, name: str, data: bytes, level: int = RENDERED) -> "Member":
        """Deflate a part, by default as one that is written at each render."""
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
        return cls(name, packed, len(data), zlib.crc32(data), zipfile.ZIP_DEFLATED)

    @classmethod
    def store(cls, name: str, data: bytes) -> "Member":
        """Keep as it is a part that is itself compressed, such as a workbook."""
        return cls(name, data, len(data), zlib.crc32(data), zipfile.ZIP_STORED)

    def renamed(self, name: str) -> "Member":
        """Return the same part under another name."""
        return replace(self, name=name)


_EARLIEST = 1 << 21 | 1 << 16  # 1 January 1980, as the zip format writes it
_UTF8_NAME = 0x800


def write_zip(members: Iterable[Member]) -> bytes:
    """Return a zip file of parts that are packed already; no clock in it.

    `zipfile` cannot write members that are already compressed, hence the two records by hand
    (APPNOTE.TXT 4.3.7 and 4.3.12).
    """
    out: list[bytes] = []
    directory: list[bytes] = []
    count = offset = 0
    for member in members:
        name = member.name.encode()
        common = struct.pack(
            "<HHHIIIIHH",
            20,
            _UTF8_NAME,
            member.method,
            _EARLIEST,
            member.crc,
            len(member.packed),
            member.size,
            len(name),
            0,
        )
        local = b"PK\x03\x04" + common + name
        where = struct.pack("<HHHII", 0, 0, 0, 0, offset)
        directory.append(b"PK\x01\x02" + struct.pack("<H", 20) + common + where + name)
        out += (local, member.packed)
        offset += len(local) + len(member.packed)
        count += 1
    size = sum(map(len, directory))
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, size, offset, 0)
    return b"".join((*out, *directory, end))
