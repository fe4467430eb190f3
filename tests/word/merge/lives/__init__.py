"""Random lives of a report: edits, saves, new data, refreshes; and what must hold after each.

What holds: no text of staff disappears; what nobody touched says what the data say; what staff
deleted stays away; what the data dropped is gone unless staff touched it; a second refresh
changes nothing and says nothing; the file stays valid.
"""
