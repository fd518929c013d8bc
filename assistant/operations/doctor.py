"""What is wrong with the configuration and the machine, each with its fix.

Rasa warns and goes on where a tracker store, an event broker or an importer is misspelt: then
nothing is kept, or everything. So the server asks :func:`problems_of` before it takes messages
and does not start while anything is wrong, and ``notice doctor`` prints the same.
"""

from __future__ import annotations

import asyncio
import datetime
import os
import shutil
import time
from dataclasses import dataclass
from typing import Awaitable, Callable, Optional

import yaml
from rasa.core.brokers.broker import EventBroker
from rasa.core.lock_store import InMemoryLockStore, LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.common import class_from_module_path
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from assistant.answers import load_content
from assistant.editing.due import due_by, review_calendar
from assistant.editing.sign_off import COMMAND, read_signatures, states
from assistant.guidance import ContentError, load_library
from assistant.project import Project
from assistant.store.forgetting import inner_store
from assistant.store.tracker_store import RedactingTrackerStore
from assistant.training.train import altered_members, archive_of, current_model
from assistant.turn.nlg import CompiledAnswers
from assistant.understanding.encoder import EncoderError, shared_encoder

LEAST_FREE_BYTES = 500 * 1024 * 1024
CHECKED_WITHIN = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``problem`` says what is wrong and the fix, or is None.

    ``warning`` says what should be done soon: the server starts with it.
    """

    what: str
    problem: Optional[str] = None
    warning: Optional[str] = None


async def check(
    project: Project,
    endpoints: AvailableEndpoints,
    app: Optional[Sanic] = None,
    model_is_ready: bool = False,
) -> list[Finding]:
    """Look at everything that can be wrong before messages are taken.

    Args:
        project: the files.
        endpoints: what ``endpoints.yml`` says, read by Rasa's ``AvailableEndpoints``.
        app: the server that is about to start, if there is one.
        model_is_ready: the model was looked at just now, which reads it and every example.
    """
    looked: list[tuple[str, Callable[[], Awaitable[Optional[str]]]]] = [
        ("importer", lambda: _in_thread(_importer, project)),
        ("answers", lambda: _in_thread(_answers, endpoints)),
        ("contacts", lambda: _in_thread(_contacts, project)),
        ("encoder", lambda: _in_thread(_encoder)),
        ("tracker store", lambda: _tracker_store(endpoints)),
        ("event broker", lambda: _event_broker(endpoints)),
        ("lock store", lambda: _lock_store(endpoints)),
        ("clock", lambda: _in_thread(_clock, project)),
        ("disk", lambda: _in_thread(_disk, project)),
        ("telemetry", lambda: _in_thread(_telemetry)),
        ("HTTP API", lambda: _in_thread(_http_api, endpoints, app)),
    ]
    if not model_is_ready:
        looked.insert(0, ("model", lambda: _in_thread(_model, project)))
    findings = []
    for what, look in looked:
        try:
            findings.append(Finding(what, await look()))
        except Exception as error:
            findings.append(Finding(what, f"cannot be used. Fix this: {error or type(error)}"))
    return findings


def overdue(project: Project, today: datetime.date) -> Finding:
    """Whether anything is overdue for checking: a warning, for old guidance beats none.

    Contacts are left out: an overdue one is a problem of :func:`check`.
    """
    what = "review calendar"
    try:
        calendar = review_calendar(load_library(project.data))
    except ContentError:
        return Finding(what, warning="the content has problems. Run `notice check`.")
    yesterday = today - datetime.timedelta(days=1)
    late = [one for one in due_by(calendar, yesterday) if one.kind != "contact"]
    if not late:
        return Finding(what)
    first = late[0]
    return Finding(
        what,
        warning=f"{len(late)} overdue for checking, the first since {first.due}: "
        f"{first.kind} {first.id}. Run `notice due`.",
    )


def signed_off(project: Project, launch: bool = False) -> Finding:
    """Whether all that people are told is signed off as it is.

    Args:
        project: the files.
        launch: take it for a problem. Else it is a warning, for trying things out needs none.
    """
    what = "sign-off"

    def finding(text: str) -> Finding:
        return Finding(what, problem=text) if launch else Finding(what, warning=text)

    try:
        found = states(load_content(project), read_signatures(project.data))
    except ContentError:
        return finding("the content has problems. Run `notice check`.")
    never = sum(state == "unsigned" for state in found.values())
    changed = sum(state == "changed" for state in found.values())
    if not never and not changed:
        return Finding(what)
    return finding(
        f"of {len(found)} answers, urgent replies, guided conversations and fixed replies {never} "
        f"are not signed off and {changed} have changed since. Read them with `notice desk`; "
        f"run `{COMMAND}`."
    )


def former_names(project: Project, endpoints: AvailableEndpoints) -> Finding:
    """Whether the configuration names a class by a module that it has moved from.

    Such a name works for one release. Python's own warning is not printed (``__main__.py``).
    """
    what = "names of classes"
    config = yaml.safe_load(project.config.read_text(encoding="utf-8")) or {}
    parts = (config.get(key) or [] for key in ("importers", "pipeline", "policies"))
    names = [str(entry.get("name")) for part in parts for entry in part]
    configured = (endpoints.tracker_store, endpoints.lock_store)
    names += [one.type for one in configured if one and one.type]
    moved = []
    for name in names:
        module, _, _ = name.rpartition(".")
        if not module.startswith("assistant."):
            continue
        try:
            found = class_from_module_path(name)
        except (ImportError, RasaException):  # a problem of check()
            continue
        if not found.__module__.startswith(module):  # a package may name its module's class
            moved.append(f"in place of {name} write {found.__module__}.{found.__name__}")
    return Finding(what, warning="; ".join(moved) or None)


async def problems_of(project: Project, endpoints: AvailableEndpoints, app: Sanic) -> list[str]:
    """What is wrong, one line each: a server that gets any does not start.

    The model is the one thing left out: who starts a server has made sure of it (``ready_model``).
    """
    findings = await check(project, endpoints, app, model_is_ready=True)
    return [f"{found.what}: {found.problem}" for found in findings if found.problem]


async def _in_thread(look: Callable[..., Optional[str]], *args: object) -> Optional[str]:
    return await asyncio.to_thread(look, *args)


def _model(project: Project) -> Optional[str]:
    if current_model(project) is not None:
        return None
    archive = archive_of(project)
    if archive.is_file() and (altered := altered_members(archive)):
        return f"{archive} is damaged or was altered ({', '.join(altered[:3])}). Run: notice train"
    return "there is no model of the present examples. Run: notice train"


def _importer(project: Project) -> Optional[str]:
    named = yaml.safe_load(project.config.read_text(encoding="utf-8")).get("importers") or []
    for entry in named:
        try:
            class_from_module_path(entry["name"])
        except (ImportError, AttributeError, KeyError, TypeError):
            return f"config.yml names {entry}, and Rasa would go on without. Correct the name."
    if not named:
        return "config.yml names no importer, so there is no content. Restore `importers`."
    return None


def _answers(endpoints: AvailableEndpoints) -> Optional[str]:
    """That Rasa says the compiled answers: without the class it would say their names."""
    wanted = f"{CompiledAnswers.__module__}.{CompiledAnswers.__name__}"
    if endpoints.nlg is None or endpoints.nlg.type != wanted:
        return f"endpoints.yml: write `nlg:` with `type: {wanted}`."
    return None


def _contacts(project: Project) -> Optional[str]:
    try:
        content = load_content(project)
    except ContentError as error:
        return f"the content has {len(error.problems)} problem(s). Run `notice check`."
    oldest = (datetime.date.today() - CHECKED_WITHIN).isoformat()
    stale = [route.id for route in content.contacts(content.contact_ids) if route.checked < oldest]
    if stale:
        return f"not checked for a year: {', '.join(stale)}. Check them, then set `checked`."
    return None


def _encoder() -> Optional[str]:
    try:
        shared_encoder()
    except EncoderError as error:
        return f"{error} Install the packages again: `make`."
    return None


async def _tracker_store(endpoints: AvailableEndpoints) -> Optional[str]:
    configured = endpoints.tracker_store
    store = inner_store(TrackerStore.create(configured))
    wrong = _other_class("tracker_store", configured, store)
    if wrong:
        return wrong
    if not isinstance(store, RedactingTrackerStore):
        return (
            f"{type(store).__name__} keeps what people type, or keeps nothing. "
            "Set tracker_store.type to assistant.store.tracker_store.RedactingTrackerStore."
        )
    await store.retrieve("self-check")  # raises if the database does not answer
    return None


async def _event_broker(endpoints: AvailableEndpoints) -> Optional[str]:
    configured = endpoints.event_broker
    if configured is None:
        return None
    broker = await EventBroker.create(configured)
    if broker is None:
        return f"{configured.type} cannot be used. Fix event_broker.type in endpoints.yml."
    await broker.close()
    return None


async def _lock_store(endpoints: AvailableEndpoints) -> Optional[str]:
    configured = endpoints.lock_store
    store = LockStore.create(configured)
    wrong = _other_class("lock_store", configured, store)
    if wrong:
        return wrong
    if configured is not None and configured.type == "redis":
        return (
            "Rasa's own Redis lock store lets two turns in at once. "
            "Set lock_store.type to assistant.store.locks.RedisLockStore."
        )
    if not isinstance(store, InMemoryLockStore) and hasattr(store, "ping"):
        await store.ping()  # raises if it does not answer
    return None


def _other_class(key: str, configured: Optional[EndpointConfig], made: object) -> Optional[str]:
    """That Rasa has made what is configured: where it cannot, it goes on with one of its own."""
    wanted = (configured.type or "" if configured else "").rpartition(".")[2]
    if not wanted or wanted in {"in_memory", "redis", "sql", type(made).__name__}:
        return None
    return (
        f"endpoints.yml names {wanted}, and Rasa would go on with {type(made).__name__}. "
        f"Fix {key}.type."
    )


def _clock(project: Project) -> Optional[str]:
    newest = max(path.stat().st_mtime for path in [project.config, *project.models.glob("*")])
    if time.time() < newest - 24 * 60 * 60:
        return "the clock is earlier than the model. Retention goes by it: set the clock."
    return None


def _disk(project: Project) -> Optional[str]:
    free = shutil.disk_usage(project.root).free
    if free < LEAST_FREE_BYTES:
        return f"{free // 1024**2} MB are free, and 500 are needed. Make room."
    return None


def _telemetry() -> Optional[str]:
    if os.environ.get("RASA_TELEMETRY_ENABLED", "true").lower() != "false":
        return "Rasa would send usage figures away. Set RASA_TELEMETRY_ENABLED=false."
    return None


def _http_api(endpoints: AvailableEndpoints, app: Optional[Sanic]) -> Optional[str]:
    """No routes of Rasa's HTTP API, and no models from elsewhere (CVE-2024-49375)."""
    if endpoints.model is not None:
        return "a model is code, and endpoints.yml fetches it from elsewhere. Take `models` out."
    paths = [route.path for route in app.router.routes] if app else []
    if any(path.split("/")[0] in {"model", "conversations", "domain"} for path in paths):
        return "Rasa's HTTP API is on. Start the server without --enable-api."
    return None
