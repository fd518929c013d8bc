"""What is imported late is loaded when it is first used, and is then what it always was."""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import sys
from assistant.training.late_imports import import_late
import_late(("wave",))
import wave as late
assert "wave" in sys.modules
assert "Wave_read" not in object.__getattribute__(late, "__dict__")
assert late.Wave_read.__module__ == "wave" and "Wave_read" in vars(late)
"""


def test_a_module_is_loaded_at_its_first_use() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
