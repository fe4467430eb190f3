"""The forms in which RemoteControl says that something is wrong."""


class Status(Exception):
    """A business error: `{"status": …}` as the result."""


class PhpError(Exception):
    """A PHP exception: its text in the `error` of the envelope."""


class ServerError(Exception):
    """A fatal PHP error: an HTTP 500 page."""


class PlainBody(Exception):
    """Text printed in place of an answer."""


class PhpDeath(Exception):
    """PHP out of time or memory: HTTP 500, empty."""
