"""From answers as received to clean answers and their journal. Never silent.

`reading` makes columns, `responses` says which responses count, `texts` tidies what was typed,
`profiles` tells the side, `answers` reads each item by the model, `clean` does it all in order.
"""

from tasks.cleaning.clean import CleanAnswers, clean
from tasks.cleaning.profiles import invited_by_side
from tasks.cleaning.reading import respondent_key

__all__ = ["CleanAnswers", "clean", "invited_by_side", "respondent_key"]
