"""The app package that a Teams administrator uploads: manifest and icons in one zip."""

from __future__ import annotations

import re
import string
import uuid
import zipfile
from pathlib import Path

SOURCES = "teams"
"""The folder of the project that holds the manifest and the icons."""

MANIFEST, ICONS = "manifest.json", ("color.png", "outline.png")

_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class PackageError(ValueError):
    """The package cannot be built; the message says what to give instead."""


def build_package(project: Path, app_id: str, host: str, target: Path) -> Path:
    """Write the package.

    Args:
        project: the folder that holds ``teams/``.
        app_id: the bot's application id in Entra ID.
        host: where the assistant is reached over https, without a path.
        target: the zip to write; its folder must exist.

    Returns:
        The target.

    Raises:
        PackageError: the id is no GUID, or the host no host name.
        OSError: a file cannot be read or written.
    """
    try:
        app_id = str(uuid.UUID(app_id))
    except ValueError:
        raise PackageError(
            f"--app-id must be the bot's application id, such as {uuid.UUID(int=0)}"
        ) from None
    if not _HOST.fullmatch(host.lower()):
        raise PackageError("--host must be a host name alone, such as notice.example.gov.uk")
    sources = project / SOURCES
    template = string.Template((sources / MANIFEST).read_text(encoding="utf-8"))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        # `$schema` is the manifest's own and stays.
        package.writestr(MANIFEST, template.safe_substitute(APP_ID=app_id, HOST=host.lower()))
        for icon in ICONS:
            package.write(sources / icon, icon)
    return target
