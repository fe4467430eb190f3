"""Places in a compiled template that are filled in after jinja has run.

Each mark is a control character that XML 1.0 forbids: no template can hold it, and no value can
bring it in (values are cleaned first). What is found after the render is therefore ours.
"""

GRID = "\x01"
"""After `<w:tbl>`: a table whose columns a tag may add or remove."""

DRAWING_ID = "\x02"
"""In place of the id of a `wp:docPr`."""

CHART = "\x04"
"""Around a chart: `CHART index CHART_NAME rendered name CHART`."""

CHART_NAME = "\x05"

BLOCK_START = "\x06"
"""Before a paragraph that holds charts."""

BLOCK_END = "\x07"
"""After a paragraph that holds charts."""

SEQUENCE = "\x0e"
"""Around the name of a sequence (« Figure »): the next number of it goes here."""

CONTENTS = "\x0f"
"""Around the number of a table of contents, in place of its paragraphs."""

ANCHOR = "\x10"
"""Around what identifies a paragraph, at its start: its id in the template, keys of its loops."""

ANCHOR_END = "\x14"
"""At the end of a paragraph that an anchor opens."""
