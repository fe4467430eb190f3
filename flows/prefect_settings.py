"""What Prefect must be told before it is imported: no telemetry, one home, patient start."""

import os
from pathlib import Path

DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # The pages ask the address they came from, whatever the port or the name of the server.
    "PREFECT_SERVER_UI_API_URL": "/api",
    # The second interface asks an analytics host for settings from the browser; the first does not.
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    # A first start makes its database: some 20 s on a small machine, the default gives up at 20.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_RUNNER_POLL_FREQUENCY": "5",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}


def prepare_prefect(home: Path) -> None:
    """Set Prefect's environment where the administrator has not; its data go under `home`/var."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_HOME", str(home / "var" / "prefect"))
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
