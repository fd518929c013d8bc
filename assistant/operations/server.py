"""The server of ``notice serve``: Rasa's channels, the pages, health checks and metrics.

It runs what ``rasa run`` runs, with these differences: no TensorFlow, the actions in this
process, no HTTP API (CVE-2024-49375), no page that names Rasa's version, and a refusal to
start where Rasa would warn and go on with something else than what was configured.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
from pathlib import Path
from typing import Any, Callable, Sequence

from rasa.core import agent as rasa_agent
from rasa.core.channels import channel as rasa_channel
from rasa.core.channels.channel import InputChannel
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.common import class_from_module_path
from rasa.shared.utils.io import read_config_file
from sanic import HTTPResponse, Sanic
from sanic import response as responses
from sanic.exceptions import SanicException, ServiceUnavailable
from sanic.request import Request

from assistant.answers import reload_content
from assistant.answers.text import contact_lines
from assistant.channels.addresses import is_from_this_machine
from assistant.channels.base import ACCEPT_WHILE_STOPPING, GRACE_S, NotReadyError, assistant_of
from assistant.channels.legal_pages import legal_pages
from assistant.channels.web import WebInput
from assistant.channels.web.answer_pages import answer_pages
from assistant.channels.web.changes_page import changes_pages
from assistant.channels.web.headers import secure
from assistant.channels.web.pages import pages
from assistant.guidance import ContentError
from assistant.metrics import blueprint as metrics
from assistant.operations.doctor import problems_of
from assistant.operations.endpoints import read_endpoints
from assistant.operations.http_server import LARGEST_BODY_BYTES, HttpServer
from assistant.operations.process_file import hold
from assistant.privacy.logs import configure_private_logging
from assistant.project import Project
from assistant.store.forgetting import delete_old_daily
from assistant.training.without_tensorflow import refuse_tensorflow_components
from assistant.turn.in_process_actions import InProcessActions
from assistant.turn.official import first_lines, log_fault
from assistant.turn.outcome import CALL_999, SORRY, Outcome
from assistant.turn.queue import TURN_TIMEOUT_S

logger = logging.getLogger(__name__)

NO_SUCH_PAGE = "There is no such page."

DRAIN_TIME_S = 5
"""Seconds that a stopping server still answers, until everybody knows that it is not ready."""

ANSWERED_TO_THE_END = frozenset({"/healthz", "/readyz", "/metrics"})
"""What a stopping server answers to the end."""


class ServerError(RuntimeError):
    """The server cannot start; the message says why in plain words."""


def serve(
    project: Project,
    model: Path,
    host: str,
    port: int,
    credentials: Path,
    endpoints: Path,
    open_metrics: bool = False,
) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM).

    Args:
        project: the files.
        model: a trained model archive.
        host: the address to listen on.
        port: the port to listen on.
        credentials: Rasa's ``credentials.yml``: the channels.
        endpoints: Rasa's ``endpoints.yml``: tracker store, lock store, event broker.
        open_metrics: show the figures to whoever reaches the port, not to this machine only.

    Raises:
        ServerError: a file, the model or what is configured cannot be used.
        ProjectError: the endpoints cannot be read.
    """
    app = build_app(credentials, open_metrics)
    try:
        http = HttpServer(app, host, port)
    except OSError as error:
        raise ServerError(f"{error}. Choose another with --port, or stop what holds it.") from error
    served = _endpoints(endpoints)

    async def load(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        await _check(project, served, app)
        await load_assistant(app, model, served)
        gc.freeze()  # what is there now is never garbage
        gc.enable()

    async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        # Named: Sanic cancels only such tasks when it stops.
        app.add_task(delete_old_daily(app.ctx.agent.tracker_store), name="delete old daily")
        _obey_signals(app, loop, http.stop)
        with contextlib.suppress(OSError):  # a folder that cannot be written to has no reload
            app.ctx.process_file = hold(project.server_processes)
        place = "localhost" if host == "127.0.0.1" else host
        print(f"Ready: http://{place}:{http.port} (Ctrl+C stops it)", flush=True)

    app.register_listener(load, "before_server_start")
    app.register_listener(begin, "after_server_start")
    app.register_listener(_close_event_broker, "after_server_stop")
    http.run()


def _obey_signals(app: Sanic, loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    """SIGTERM stops the server gracefully, SIGHUP has it take up changed content."""
    # In place of Sanic's own, which stops at once; Ctrl+C still does.
    loop.add_signal_handler(signal.SIGTERM, lambda: app.add_task(stop_gracefully(app, stop)))
    loop.add_signal_handler(signal.SIGHUP, take_up_content)


def build_app(credentials: Path, open_metrics: bool = False) -> Sanic:
    """The app with the channels of ``credentials.yml``, the pages and the health checks.

    Raises:
        ServerError: the credentials cannot be used.
    """
    configure_private_logging()
    try:
        configured = read_config_file(str(credentials))
        channels = [_channel(name, settings) for name, settings in configured.items()]
    except (RasaException, ValueError) as error:
        raise ServerError(f"{credentials}: {error}") from error
    return app_with(channels, open_metrics)


def _channel(name: str, settings: dict[str, Any]) -> InputChannel:
    """A channel by its name in ``credentials.yml``: one of Rasa's, or the path of a class.

    As in ``rasa.core.run``, whose import brings Rasa's own server and test tools, matplotlib
    among them.

    Raises:
        RasaException: there is no such channel.
    """
    try:
        channel = class_from_module_path(name) if "." in name else _rasas_own(name)
        made: InputChannel = channel.from_credentials(settings)
    except (AttributeError, ImportError, KeyError) as error:
        raise RasaException(
            f"There is no channel '{name}'. Correct its name, or take it out."
        ) from error
    return made


def _rasas_own(name: str) -> type[InputChannel]:
    # Here: the list brings the clients of Slack, Telegram and others (late_imports.py).
    from rasa.core.channels import BUILTIN_CHANNELS

    channel: type[InputChannel] = BUILTIN_CHANNELS[name]
    return channel


def app_with(channels: Sequence[InputChannel], open_metrics: bool = False) -> Sanic:
    """The app with these channels, the pages, the health checks and the figures.

    The figures are shown to this machine only, on whatever address the server listens: who may
    ask questions need not see them. ``open_metrics`` shows them to everybody.
    """
    app = Sanic("notice", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY_BYTES
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = TURN_TIMEOUT_S + GRACE_S
    app.config.FALLBACK_ERROR_FORMAT = "text"
    rasa_channel.register(list(channels), app, route="/webhooks/")
    for web in channels:
        if isinstance(web, WebInput):
            app.blueprint(pages(web))
            app.blueprint(answer_pages(web))
            app.blueprint(changes_pages(web))
    app.ctx.draining = app.ctx.rejecting = False
    app.blueprint(legal_pages())
    app.blueprint(metrics(lambda request: open_metrics or is_from_this_machine(request)))
    app.register_middleware(_refuse_when_stopping, "request")
    app.add_route(_alive, "/healthz", methods=["GET", "HEAD"])
    app.add_route(_ready, "/readyz", methods=["GET", "HEAD"])
    app.register_middleware(_secured, "response")
    app.exception(Exception)(_failed)
    return app


async def load_assistant(app: Sanic, model: Path, endpoints: AvailableEndpoints) -> None:
    """Load the model into the app, as Rasa does.

    Raises:
        ServerError: Rasa could not load the model.
        TensorFlowNeededError: the model has a component that this process cannot run.
    """
    loaded = await rasa_agent.load_agent(model_path=str(model), endpoints=endpoints)
    if not loaded.is_ready():
        raise ServerError(f"The model {model} cannot be loaded.")
    nodes = loaded.processor.model_metadata.predict_schema.nodes.values()
    refuse_tensorflow_components(node.uses for node in nodes)
    app.ctx.agent = loaded
    await assistant_of(app).warm_up()  # now, so that the first person does not wait for it


async def _close_event_broker(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
    """What Rasa closes when a server stops."""
    loaded = getattr(app.ctx, "agent", None)
    if loaded and loaded.tracker_store.event_broker:
        await loaded.tracker_store.event_broker.close()


def _endpoints(path: Path) -> AvailableEndpoints:
    endpoints = read_endpoints(path)
    # Never an action server: it would be sent what people type, unmasked.
    endpoints.action = InProcessActions()
    return endpoints


async def _check(project: Project, endpoints: AvailableEndpoints, app: Sanic) -> None:
    problems = await problems_of(project, endpoints, app)
    if problems:
        raise ServerError("\n".join(["The server does not start. Fix this first:", *problems]))


async def stop_gracefully(app: Sanic, stop: Callable[[], None]) -> None:
    """Stop a server so that nobody notices: what SIGTERM does.

    First the server says that it is not ready, and still answers while the proxy or Kubernetes
    learns that. Then it refuses new messages, with the official channels, which a proxy
    passes on to another server; what is under way ends. Then it stops. Messages of a channel
    that sends its replies by a way of their own get the official channels by that way.
    """
    app.ctx.draining = True
    await asyncio.sleep(DRAIN_TIME_S)
    app.ctx.rejecting = True
    await asyncio.sleep(TURN_TIMEOUT_S + GRACE_S)  # no turn takes longer
    with contextlib.suppress(NotReadyError):
        await assistant_of(app).finish(TURN_TIMEOUT_S)
    stop()


def take_up_content() -> None:
    """Show the content as it is now: what SIGHUP and ``notice reload`` do. Whole or not at all."""
    try:
        content = reload_content()
        logger.warning("Content taken up: %s", content.digest[:12])
    except ContentError as error:
        logger.error("Content not taken up, %d problem(s): run notice check", len(error.problems))


async def _alive(request: Request) -> HTTPResponse:
    return responses.json({"status": "up"})


async def _ready(request: Request) -> HTTPResponse:
    """Ready when the model is loaded and the server is not about to stop.

    The database is not asked: without it the official channels are still given, and a proxy
    that leaves out every server gives nothing.
    """
    try:
        assistant_of(request.app)
    except NotReadyError:
        return responses.json({"status": "not ready"}, status=503)
    if request.app.ctx.draining:
        return responses.json({"status": "stopping"}, status=503)
    return responses.json({"status": "ready"})


async def _failed(request: Request, error: Exception) -> HTTPResponse:
    """What nothing else handled. Sanic would log the error's message, which may quote a person."""
    status = error.status_code if isinstance(error, SanicException) else 500
    if status < 500:
        return responses.text(f"{NO_SUCH_PAGE} {CALL_999}", status=status)
    if isinstance(error, ServiceUnavailable):
        sentence = Outcome.RESTARTING.sentence or ""
    else:
        sentence = f"{SORRY} (Reference for the log: {log_fault(error)})"
    first, contacts = first_lines()
    lines = [first, *contact_lines(contacts), sentence]
    return responses.text("\n".join(lines), status=status)


async def _refuse_when_stopping(request: Request) -> None:
    taken = request.path in ANSWERED_TO_THE_END or (
        request.route and hasattr(request.route.ctx, ACCEPT_WHILE_STOPPING)
    )
    if request.app.ctx.rejecting and not taken:
        raise ServiceUnavailable("stopping")


async def _secured(request: Request, response: HTTPResponse) -> None:
    secure(response)
