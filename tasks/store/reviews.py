"""What staff decided on each passage of the interviews that may be printed."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from tasks.interviews.model import Consent
from tasks.interviews.reviewing import PassageKind, Review, Reviews
from tasks.store.database import Database
from tasks.store.tables import reviews as table


class ReviewDecisions(Database):
    """The decisions of a wave's review."""

    def save_reviews(self, study: str, wave: str, reviews: Reviews) -> None:
        """Keep the decisions of a wave's review workbook; they replace those kept before."""
        rows = [
            {
                "study": study,
                "wave": wave,
                "key": key,
                "respondent": review.respondent or "",
                "saved_at": datetime.now(UTC),
                "body": asdict(review),
            }
            for key, review in reviews.items()
        ]
        with self.writing() as connection:
            connection.execute(delete(table).where(table.c.study == study, table.c.wave == wave))
            if rows:
                connection.execute(insert(table), rows)

    def reviews(self, study: str, wave: str) -> Reviews:
        """The decisions of a wave, by the key of their passage."""
        query = select(table.c.key, table.c.body).where(
            table.c.study == study, table.c.wave == wave
        )
        with self.reading() as connection:
            return {row.key: _review(row.body) for row in connection.execute(query)}


def _review(body: dict[str, Any]) -> Review:
    consent = body["consent"]
    typed = {
        "kind": PassageKind(body["kind"]),
        "consent": None if consent is None else Consent(consent),
    }
    return Review(**(body | typed))
