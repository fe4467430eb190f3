"""Faults to inject into a sandbox platform, for tests and for training."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What goes wrong; the first family happens on the way, the second inside LimeSurvey."""

    SLOW = "slow"  # the answer comes after `seconds`
    CUT = "cut"  # the answer stops in the middle
    ERROR_PAGE = "error_page"  # HTTP 500 with an HTML page
    ERROR_EMPTY = "error_empty"  # HTTP 500, empty: out of memory or time
    NOT_FOUND = "not_found"  # HTTP 404
    FORBIDDEN = "forbidden"  # HTTP 403
    WEB_PAGE = "web_page"  # HTTP 200 with an HTML page
    EMPTY = "empty"  # HTTP 200, empty: interface switched off
    XML = "xml"  # interface set to XML-RPC
    PHP_WARNING = "php_warning"  # a warning printed before the JSON
    REDIRECT = "redirect"  # http → https
    WRONG_ID = "wrong_id"  # an answer to another question
    LOST = "lost"  # what was asked is done, but the connection breaks before any answer
    PROXY_LIMIT = "proxy_limit"  # done as well, but a proxy's time limit answers: HTTP 504

    EXPIRED_KEY = "expired_key"  # every session key is forgotten
    LOCKED_OUT = "locked_out"  # too many wrong passwords from here
    NO_RIGHT = "no_right"  # « No permission »
    SQL_ERROR = "sql_error"  # a PHP exception as `error`
    HALF = "half"  # of a survey imported, of participants added or mailed; then HTTP 500, empty


@dataclass
class Fault:
    """A fault waiting for its calls: it lets `after` calls pass, then hits `times` of them."""

    kind: FaultKind
    method: str | None = None  # any method when None
    after: int = 0
    times: int = 1
    seconds: float = 1.0

    def hits(self, method: str) -> bool:
        """Whether it strikes this call; counts it."""
        if self.method not in (None, method) or self.times == 0:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True
