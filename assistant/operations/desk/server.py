"""The pages of the reading room, for the machine that they are served on and no other.

Off until somebody runs ``notice desk``. It listens on the loopback address only and knows no
sign-on: whoever is to read elsewhere gets the handbook. No script, no file from elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Awaitable, Callable
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from sanic import HTTPResponse, Sanic
from sanic import response as responses
from sanic.request import Request

from assistant.answers.find import LONGEST_SEARCH
from assistant.channels.web.headers import secure
from assistant.channels.web.templating import STYLE
from assistant.guidance import ContentError
from assistant.operations.desk.room import Rooms
from assistant.operations.http_server import HttpServer
from assistant.privacy.logs import configure_private_logging

LOOPBACK, PORT = "127.0.0.1", 5006
USE_DAYS = 90
"""How many days of use are shown."""

_OWN_NAMES = frozenset({LOOPBACK, "localhost"})
"""Names by which the desk answers: a page elsewhere whose name leads here is none of ours."""

_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_FOLDER = Path(__file__).with_name("templates")
_TEMPLATES = Environment(
    loader=ChoiceLoader([FileSystemLoader(_FOLDER), FileSystemLoader(STYLE.parent)]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def serve_desk(rooms: Rooms, port: int) -> None:
    """Serve the desk until it is stopped.

    Raises:
        OSError: the port cannot be listened on.
    """
    configure_private_logging()
    HttpServer(desk_app(rooms), LOOPBACK, port).run()


def desk_app(rooms: Rooms) -> Sanic:
    """The app of the desk."""
    app = Sanic("notice_desk", configure_logging=False)
    app.config.FALLBACK_ERROR_FORMAT = "text"
    desk = _Desk(rooms)
    for method, path, handler in (
        ("GET", "/", desk.list),
        ("POST", "/", desk.search),
        ("GET", "/answers/<theme:str>/<topic:str>", desk.answer),
        ("GET", "/chat.css", desk.style),
        ("GET", "/desk.css", desk.own_style),
    ):
        _add(app, method, path, handler)
    return app


def _add(
    app: Sanic, method: str, path: str, handler: Callable[..., Awaitable[HTTPResponse]]
) -> None:
    async def guarded(request: Request, **parts: str) -> HTTPResponse:
        if urlsplit(f"//{request.host}").hostname not in _OWN_NAMES:
            return responses.text("The desk is read on its own machine.", status=403)
        try:
            response = await handler(request, **parts)
        except ContentError as error:
            response = _page("desk-problems.html", 500, problems=list(map(str, error.problems)))
        secure(response, _POLICY)
        return response

    app.add_route(guarded, path, methods=[method], name=f"{method.lower()}_{path}")


class _Desk:
    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    async def list(self, request: Request) -> HTTPResponse:
        """All answers."""
        room = self._rooms.now()
        shelves = list(room.shelves())
        return _page("desk.html", room=room, shelves=shelves, text="", longest=LONGEST_SEARCH)

    async def search(self, request: Request) -> HTTPResponse:
        """The answers with the words that were typed."""
        room = self._rooms.now()
        text = ((request.form or {}).get("text") or "")[:LONGEST_SEARCH]
        found = [("Found, best first", room.find(text))] if text.strip() else list(room.shelves())
        return _page("desk.html", room=room, shelves=found, text=text, longest=LONGEST_SEARCH)

    async def answer(self, request: Request, theme: str, topic: str) -> HTTPResponse:
        """One answer, and all that is behind it."""
        room = self._rooms.now()
        page = room.page(f"{theme}/{topic}")
        if page is None:
            return responses.text("There is no such answer.", status=404)
        return _page("desk-answer.html", room=room, root="../../", page=page, days=USE_DAYS)

    async def style(self, request: Request) -> HTTPResponse:
        """The style sheet of the answers' pages."""
        return await responses.file(STYLE, mime_type="text/css")

    async def own_style(self, request: Request) -> HTTPResponse:
        """What the desk adds to it."""
        return await responses.file(_FOLDER / "desk.css", mime_type="text/css")


def _page(name: str, status: int = 200, /, **values: Any) -> HTTPResponse:
    given = {"root": "", "emergency": [], "style": None, **values}
    return responses.html(_TEMPLATES.get_template(name).render(given), status=status)
