"""What is imported late is loaded when it is first used, and is then what it always was."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.training.late_imports import CALLED

_BEFORE = """
import sys
from assistant.training.late_imports import import_late
from assistant.training.without_tensorflow import keep_tensorflow_out
"""

_MODULE = """
import_late(("wave",), {}, {})
import wave as late
assert "wave" in sys.modules
assert "Wave_read" not in object.__getattribute__(late, "__dict__")
assert late.Wave_read.__module__ == "wave" and "Wave_read" in vars(late)
"""

_PACKAGE = """
import_late((), {"late_shop": ["first"], "late_yard": ["shed"]}, {})
from late_shop import Message
import late_yard.shed
assert "heavy" not in sys.modules
assert Message is sys.modules["late_shop.first"].Message
from late_shop import EVERYTHING
assert EVERYTHING == ["all"] and "heavy" in sys.modules
try:
    from late_shop import misspelt
except ImportError:
    pass
else:
    raise AssertionError("a name that nobody gave")
import late_yard.house  # which finds the package as it was written to find it
assert late_yard.house.YARD == 1
"""

_CALLED = """
import_late((), {}, {"late_user": "late_called"})
import late_user
assert "heavy" not in sys.modules and "late_called" not in sys.modules
assert late_user.use(1).value == 1 and "heavy" in sys.modules
from late_called import Thing
assert isinstance(late_user.use(2), Thing)
"""

_RASA = """
keep_tensorflow_out()
import_late()
import rasa.core.agent
assert "aiogram" not in sys.modules and "pymongo" not in sys.modules
import asyncio
from rasa.core import jobs
from rasa.core.brokers.pika import PikaEventBroker
from rasa.core.channels import BUILTIN_CHANNELS, console
from rasa.core.channels.slack import SlackInput
from rasa.core.tracker_store import Key
assert len(BUILTIN_CHANNELS) == 15 and BUILTIN_CHANNELS["slack"] is SlackInput
assert "aiogram" in sys.modules and console.CmdlineInput is BUILTIN_CHANNELS["cmdline"]
assert Key("sender_id").eq("one").get_expression()["operator"] == "="
import aio_pika, boto3, pymongo.collection
assert aio_pika.RobustConnection and aio_pika.exceptions.AMQPError and boto3.session.Session
assert isinstance(pymongo.collection.Collection, type)
assert pymongo.MongoClient and isinstance(__import__("bson").ObjectId, type)
import sanic.server.loop
assert sanic.server.loop.strtobool("yes") == 1
assert type(asyncio.run(jobs.scheduler())).__name__ == "AsyncIOScheduler"
"""


@pytest.mark.parametrize(
    "script",
    [_MODULE, _PACKAGE, _CALLED, _RASA],
    ids=["a module", "a package", "a function", "Rasa's"],
)
def test_it_is_loaded_at_its_first_use(script: str, tmp_path: Path) -> None:
    for path, text in {
        "heavy.py": "",
        "late_shop/__init__.py": "import heavy\nfrom .first import Message\nEVERYTHING = ['all']",
        "late_shop/first.py": "class Message: ...",
        "late_yard/__init__.py": "import heavy\nYARD = 1",
        "late_yard/shed.py": "",
        "late_yard/house.py": "import sys\nYARD = vars(sys.modules['late_yard'])['YARD']",
        "late_called.py": "import heavy\nclass Thing:\n  def __init__(self, v): self.value = v",
        "late_user.py": "from late_called import Thing\ndef use(v) -> Thing: return Thing(v)",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{_BEFORE}{script}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("module", "other"), sorted(CALLED.items()))
def test_what_has_a_stand_in_is_only_called_or_annotated_with(module: str, other: str) -> None:
    """A class to be made another of, or an error to be caught, would not be what it seems."""
    source = ast.parse(inspect.getsource(importlib.import_module(module)))
    names = {
        alias.asname or alias.name
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom) and node.module == other
        for alias in node.names
    }
    allowed: set[int] = set()
    for node in ast.walk(source):
        if isinstance(node, ast.Call):
            allowed.add(id(node.func))
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns:
            allowed.update(id(below) for below in ast.walk(node.returns))
    used = [node for node in ast.walk(source) if isinstance(node, ast.Name) and node.id in names]
    assert used and all(id(node) in allowed for node in used)
