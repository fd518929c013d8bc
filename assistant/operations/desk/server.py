"""The pages of the reading room. Off until somebody runs ``notice desk``.

For the machine that they are served on and no other, or for whom the organisation's proxy has
signed on (:mod:`assistant.operations.desk.sign_on`). No script, no file from elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Awaitable, Callable, Optional

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from sanic import HTTPResponse, Sanic
from sanic import response as responses
from sanic.exceptions import MethodNotSupported, NotFound
from sanic.request import Request

from assistant.answers.find import LONGEST_SEARCH
from assistant.channels.web.headers import secure
from assistant.channels.web.templating import STYLE
from assistant.guidance import ContentError
from assistant.operations.desk.room import Rooms
from assistant.operations.desk.sign_on import SignOn, refusal, signed_on
from assistant.operations.http_server import HttpServer
from assistant.privacy.logs import configure_private_logging

USE_DAYS = 90
"""How many days of use are shown."""

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


def serve_desk(rooms: Rooms, host: str, port: int, sign_on: Optional[SignOn] = None) -> None:
    """Serve the desk until it is stopped.

    Args:
        rooms: what is shown.
        host: the address to listen on.
        port: the port to listen on.
        sign_on: the proxy that it is behind; without one it is for this machine alone.

    Raises:
        OSError: the port cannot be listened on.
    """
    configure_private_logging()
    HttpServer(desk_app(rooms, sign_on), host, port).run()


def desk_app(rooms: Rooms, sign_on: Optional[SignOn] = None) -> Sanic:
    """The app of the desk, behind a sign-on or for this machine alone."""
    app = Sanic("notice_desk", configure_logging=False)
    app.config.FALLBACK_ERROR_FORMAT = "text"
    desk = _Desk(rooms, sign_on)
    for method, path, handler in (
        ("GET", "/", desk.list),
        ("POST", "/", desk.search),
        ("GET", "/answers/<theme:str>/<topic:str>", desk.answer),
        ("GET", "/chat.css", desk.style),
        ("GET", "/desk.css", desk.own_style),
    ):
        app.add_route(_guarded(handler, sign_on), path, methods=[method], name=f"{method} {path}")

    async def nothing(request: Request, error: Exception) -> HTTPResponse:
        return refusal(request, sign_on) or responses.text("There is no such page.", status=404)

    app.exception(NotFound, MethodNotSupported)(nothing)
    return app


def _guarded(
    handler: Callable[..., Awaitable[HTTPResponse]], sign_on: Optional[SignOn]
) -> Callable[..., Awaitable[HTTPResponse]]:
    async def guarded(request: Request, **parts: str) -> HTTPResponse:
        refused = refusal(request, sign_on)
        if refused is not None:
            return refused
        try:
            response = await handler(request, **parts)
        except ContentError as error:
            problems = list(map(str, error.problems))
            who = signed_on(request, sign_on)
            response = _page("desk-problems.html", 500, problems=problems, signed_on=who)
        secure(response, _POLICY)
        return response

    return guarded


class _Desk:
    def __init__(self, rooms: Rooms, sign_on: Optional[SignOn]) -> None:
        self._rooms, self._sign_on = rooms, sign_on

    def _list(self, request: Request, shelves: list[Any], text: str = "") -> HTTPResponse:
        who = signed_on(request, self._sign_on)
        room = self._rooms.now()
        shown = {"room": room, "shelves": shelves, "text": text, "signed_on": who}
        return _page("desk.html", **shown, longest=LONGEST_SEARCH)

    async def list(self, request: Request) -> HTTPResponse:
        """All answers."""
        return self._list(request, list(self._rooms.now().shelves()))

    async def search(self, request: Request) -> HTTPResponse:
        """The answers with the words that were typed."""
        room = self._rooms.now()
        text = ((request.form or {}).get("text") or "")[:LONGEST_SEARCH]
        found = [("Found, best first", room.find(text))] if text.strip() else list(room.shelves())
        return self._list(request, found, text)

    async def answer(self, request: Request, theme: str, topic: str) -> HTTPResponse:
        """One answer, and all that is behind it."""
        room = self._rooms.now()
        page = room.page(f"{theme}/{topic}")
        if page is None:
            return responses.text("There is no such answer.", status=404)
        who = signed_on(request, self._sign_on)
        shown = {"room": room, "page": page, "days": USE_DAYS, "signed_on": who}
        return _page("desk-answer.html", root="../../", **shown)

    async def style(self, request: Request) -> HTTPResponse:
        """The style sheet of the answers' pages."""
        return await responses.file(STYLE, mime_type="text/css")

    async def own_style(self, request: Request) -> HTTPResponse:
        """What the desk adds to it."""
        return await responses.file(_FOLDER / "desk.css", mime_type="text/css")


def _page(name: str, status: int = 200, /, **values: Any) -> HTTPResponse:
    given = {"root": "", "emergency": [], "style": None, **values}
    return responses.html(_TEMPLATES.get_template(name).render(given), status=status)
