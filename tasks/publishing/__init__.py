"""Reports that staff hold: found under any name, merged with their edits, never lost.

    published = publish(Report(...), store, language=…)

`finding` tells which file is the report, `publish` writes the next issue, `history` restores one.
"""

from tasks.publishing.history import Edition, editions, restore
from tasks.publishing.publish import Published, Report, publish

__all__ = ["Edition", "Published", "Report", "editions", "publish", "restore"]
