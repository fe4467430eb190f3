"""What was pulled, noted and issued: the only part of the house that touches SQL.

`repository.open_store(url)` is the door; everything comes back as frozen records.
"""
