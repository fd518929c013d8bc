"""A short run of ``benchmarks/resilience.py``; the full one is in docs/resilience.md."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from assistant.project import Project


def test_nothing_is_lost_while_parts_die(project: Project, model: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.resilience"]
    run = subprocess.run(
        [*command, "--messages", "150", "--conversations", "15"],
        cwd=project.root,
        capture_output=True,
        text=True,
    )
    # Of standard error the end only: warnings of libraries would push the faults out of sight.
    assert run.returncode == 0, run.stderr[-500:] + run.stdout
    assert "PostgreSQL stopped" in run.stdout and "(SIGTERM)" in run.stdout
