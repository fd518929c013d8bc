"""The command line: ``notice train | chat | ask | serve | check | evaluate | report | ...``.

Rasa is imported only by the commands that run a model, so that ``notice check`` and
``notice --help`` answer at once.
"""

from assistant.cli.app import app, run
from assistant.cli.console import FAILED, OK, UNUSABLE

__all__ = ["FAILED", "OK", "UNUSABLE", "app", "run"]
