"""Edits of staff survive the refresh: the three-way merge of Word documents.

    result = merge(base, edited, new, author="Rapport automatique", date=now, words=merge_words())

See `merging.py` for the whole, `decisions.py` for the rules, `model.py` for what comes back.
"""

from tasks.word.merge.identity import Identity, identity, stamped
from tasks.word.merge.merging import merge
from tasks.word.merge.model import Kind, MergeEvent, MergeResult, MergeWords, Offers, Subject
from tasks.word.merge.words import merge_words

__all__ = [
    "Identity",
    "Kind",
    "MergeEvent",
    "MergeResult",
    "MergeWords",
    "Offers",
    "Subject",
    "identity",
    "merge",
    "merge_words",
    "stamped",
]
