"""Reports that staff hold: found under any name, merged with their edits, never lost.

    published = publish(Report(...), store, language=…)

`finding` tells which file is the report, `publish` writes the next issue, `history` restores one,
`turns` lets one run at a time do so.
"""

from tasks.publishing.history import Edition, Restored, editions, restore
from tasks.publishing.publish import Published, Report, publish, refuse_erased
from tasks.publishing.turns import in_turn

__all__ = [
    "Edition",
    "Published",
    "Report",
    "Restored",
    "editions",
    "in_turn",
    "publish",
    "refuse_erased",
    "restore",
]
