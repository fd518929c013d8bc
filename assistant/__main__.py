"""``python -m assistant`` and the ``notice`` command."""

from __future__ import annotations

import os
import sys
import warnings


def main() -> int:
    """Run the command line. What keeps modules out comes before anything imports Rasa."""
    from assistant.training.late_imports import import_late
    from assistant.training.without_tensorflow import keep_tensorflow_out

    # Rasa's dependencies warn about each other's deprecations; a practitioner can do nothing.
    # Several of them set the filters anew while they are imported, so silence the printing.
    warnings.showwarning = lambda *args, **kwargs: None
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    keep_tensorflow_out()
    import_late()

    from assistant.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
