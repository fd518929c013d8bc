"""The database of the tracker store: how it is opened, and a conversation written."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any, Iterator

import sqlalchemy as sa
from rasa.core.tracker_store import create_engine_kwargs
from sqlalchemy.engine import URL, Engine
from sqlalchemy.orm import Session

CONNECT_TIMEOUT_S = 3  # a person waits
STATEMENT_TIMEOUT_MS = 4000

_BEGIN = sa.text("BEGIN IMMEDIATE")
_LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:conversation, 0))")


def storable(text: str) -> str:
    """The text without half characters and zeros: JSON can carry them, tracker stores cannot."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def make_engine(url: URL) -> Engine:
    """An engine that waits a short time only, and puts no values into its error messages."""
    options: dict[str, Any] = create_engine_kwargs(url)
    if url.get_backend_name() == "postgresql":
        arguments = options.setdefault("connect_args", {})
        arguments["connect_timeout"] = CONNECT_TIMEOUT_S
        most = STATEMENT_TIMEOUT_MS
        limits = f"-c statement_timeout={most} -c lock_timeout={most}"
        arguments["options"] = f"{arguments.get('options', '')} {limits}".strip()
        options["pool_pre_ping"] = True  # a restarted server leaves dead connections behind
    engine = sa.create_engine(url, hide_parameters=True, **options)
    if url.get_backend_name() == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def private_file(path: Path) -> Path:
    """The path, its folder and file made so that only their owner can read them.

    Raises:
        OSError: they cannot be made.
    """
    if not path.parent.exists():  # never a folder that is somebody else's too
        path.parent.mkdir(mode=0o700, parents=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)
    return path


@contextlib.contextmanager
def writing(session: Session, conversation: str) -> Iterator[None]:
    """A transaction that no other writer of the same conversation can overlap.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: it could not begin or be kept; nothing of it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_LOCK, {"conversation": conversation})
    else:
        session.execute(_BEGIN)
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # transactions begin where this module begins them
    connection.execute("PRAGMA secure_delete = ON")


__all__ = ["make_engine", "private_file", "writing"]
