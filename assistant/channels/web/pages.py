"""The pages and the widget's script, served beside the channel by ``notice serve``."""

from __future__ import annotations

import asyncio
import base64
import functools
import hashlib
import importlib.metadata
from pathlib import Path
from typing import Any, Optional
from uuid import UUID, uuid4, uuid5

from sanic import Blueprint, HTTPResponse
from sanic import response as responses
from sanic.request import Request

from assistant.answers import current_content
from assistant.answers.text import contact_lines
from assistant.channels.web.channel import (
    LARGEST_BODY_BYTES,
    NOT_UNDERSTOOD,
    TAKES_MESSAGES,
    TOO_LONG,
    Refused,
    WebInput,
    add_page,
    add_route,
    guide_titles,
    refuse_if_restarting,
)
from assistant.channels.web.contract import Reason
from assistant.channels.web.headers import page, page_policy, secure
from assistant.channels.web.render import contact_json
from assistant.channels.web.sessions import Session
from assistant.channels.web.templating import STYLE, emergency, template
from assistant.turn.official import first_lines, log_fault
from assistant.turn.outcome import LONGEST_MESSAGE, Outcome
from assistant.turn.replies import Reply

CHANNELS = Path(__file__).resolve().parent.parent
STATIC = CHANNELS / "static"
DEMONSTRATION = CHANNELS / "pages"
WIDGET = STATIC / "widget.js"

EARLIER_TIMEOUT_S = 1.0
"""Seconds that a page waits for what was said before: an urgent reply must not wait for a store."""

DISTRIBUTION = "notice-assistant"
FIVE_MINUTES = "public, max-age=300"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}

CHAT_ENDED = "Your earlier chat has ended. This is a new one."
NOT_DELETED = (
    "This chat could not be deleted, because Notice does not know its key any more. "
    "Notice deletes old chats by itself."
)
NOT_RATED = "That chat has ended, so this could not be kept."
ORIGIN_REFUSED = (
    "That page may not send questions to Notice, so yours was not taken. Please type it here."
)


def pages(web: WebInput) -> Blueprint:
    """The routes ``/``, ``/chat``, ``/widget.js``, ``/widget.json``, ``/widget.cy.json``.

    Args:
        web: the channel that the pages talk through.
    """
    made = _Pages(web)
    blueprint = Blueprint("notice_pages")
    for path, handler in (
        ("/chat", made.chat),
        ("/chat.css", made.style),
        ("/widget.js", made.widget),
        ("/widget.json", made.widget_facts),
        ("/widget.cy.json", made.widget_in_welsh),
        ("/", made.demonstration),
        ("/pages/<name:str>", made.demonstration),
    ):
        add_page(blueprint, path, handler)
    add_route(blueprint, "POST", "/chat", made.ask, **TAKES_MESSAGES)
    blueprint.exception(Exception)(made.refuse)
    return blueprint


class _Pages:
    def __init__(self, web: WebInput) -> None:
        self._web = web
        self._policy = page_policy(web.settings.origins)
        self._template = template("chat.html")

    # The page that needs no JavaScript.

    async def chat(self, request: Request) -> HTTPResponse:
        """An empty chat."""
        if request.path.endswith("/"):
            return _without_slash()
        await self._web.count(request)
        return self._page(self._chat(self._web.open_session(request)))

    async def ask(self, request: Request) -> HTTPResponse:
        """What the form sent: a question or a choice, feedback, or the wish to clear the chat."""
        if request.path.endswith("/"):
            return _without_slash()
        if len(request.body) > LARGEST_BODY_BYTES:
            raise Refused(413, "too-large", TOO_LONG)
        await self._web.count(request)
        form = request.form or {}
        action = form.get("action")
        try:
            session = self._web.session_of(
                request, form.get("session"), even_ended=action == "clear"
            )
        except Refused as refused:
            if refused.status != 401:
                raise
            if action == "clear":  # never of a new session, which would be empty
                raise Refused(401, "session", NOT_DELETED) from None
            return await self._answer_in_new_session(request)
        await self._web.count_of(session)
        if action == "clear":
            await self._web.clear(request, session)
            return self._page(self._chat(None, notice="This chat has been deleted."))
        if action:
            return await self._rate(request, session)
        return await self._answer(request, session)

    async def _answer_in_new_session(self, request: Request) -> HTTPResponse:
        """Go on in a new chat where the old one has ended: nobody types a question twice."""
        session = self._web.open_session(request, own_page=True)
        await self._web.count_of(session)
        if request.form and request.form.get("action"):
            return self._page(self._chat(session, notice=NOT_RATED))
        ended = CHAT_ENDED if request.form and request.form.get("session") else None
        return await self._answer(request, session, ended)

    async def _answer(
        self, request: Request, session: Session, notice: Optional[str] = None
    ) -> HTTPResponse:
        payload, typed = request.form.get("payload"), _lines(request.form.get("text") or "")
        said = payload or typed
        # A question sent twice from one page has one id; another question has another.
        message_id = str(uuid5(_uuid(request.form.get("page")), said))
        earlier = await self._earlier(request, session)
        buttons = [one for turn in earlier for one in turn["reply"]["buttons"]]
        titles = guide_titles() | {one["payload"]: one["title"] for one in buttons}

        def render(reply: Reply) -> tuple[Outcome, str]:
            turn = self._turn(request, message_id, titles.get(said, said), reply)
            before = [one for one in earlier if one["id"] != message_id]
            # What was typed in vain need not be typed again.
            kept = typed if reply.failed and not payload else ""
            html = self._chat(session, turn=turn, earlier=before, notice=notice, typed=kept)
            return reply.outcome, html

        outcome, html = await self._web.answer(
            request.app, said, session.conversation, message_id, render
        )
        refuse_if_restarting(outcome)
        return self._page(html)

    async def _rate(self, request: Request, session: Session) -> HTTPResponse:
        rating, _, reason = request.form["action"][0].partition(":")
        message_id = str(_uuid(request.form.get("message")))
        try:
            why = Reason(reason) if reason else None
        except ValueError:
            raise Refused(400, "bad-request", NOT_UNDERSTOOD) from None
        await self._web.rate(request, session, message_id, rating == "useful", why)
        turns = await self._earlier(request, session)
        return self._page(
            self._chat(
                session,
                notice="Thank you. That helps to make the answers better.",
                turn=turns.pop() if turns else None,
                earlier=turns,
            )
        )

    async def _earlier(self, request: Request, session: Session) -> list[dict[str, Any]]:
        """What was said before; nothing if it cannot be read in time: the answer goes first."""
        try:
            async with asyncio.timeout(EARLIER_TIMEOUT_S):
                turns = await self._web.turns(request, session)
            return [self._turn(request, turn.message_id, turn.text, turn.reply) for turn in turns]
        except Exception as error:
            log_fault(error)
            return []

    async def refuse(self, request: Request, error: Exception) -> HTTPResponse:
        """A page that says why there is no answer, with what was typed still in its box."""
        refused = self._web.refused(error)
        # Another site's form must bring neither its session nor its text into a page of ours.
        form = (request.form or {}) if refused.status != 403 else {}
        problem = refused.sentence if refused.status != 403 else ORIGIN_REFUSED
        try:
            html = self._chat(
                None,
                problem=problem,
                token=form.get("session"),
                typed=_lines(form.get("text") or ""),
            )
        except Exception:
            return refused.as_text()
        return refused.with_retry_after(self._page(html, status=refused.status))

    def _chat(self, session: Optional[Session], **values: Any) -> str:
        first, contacts = first_lines()
        return self._template.render(
            session=session.token if session else values.pop("token", None) or "",
            page=uuid4(),
            emergency=emergency(self._web.contacts),
            first=first,
            official=[contact_json(one) for one in contacts],
            longest=LONGEST_MESSAGE,
            guides=current_content().guides,
            **values,
        )

    def _turn(
        self, request: Request, message_id: Optional[str], text: str, reply: Reply
    ) -> dict[str, Any]:
        shown = self._web.renderer(request)(reply)
        hidden = set(contact_lines(self._web.contacts(reply.contacts)))  # shown as links instead
        lines = [line for line in reply.text.splitlines() if line not in hidden]
        return {"id": message_id, "text": text, "reply": shown, "blocks": _blocks(lines)}

    def _page(self, html: str, status: int = 200) -> HTTPResponse:
        return page(html, self._policy, status)

    # Files.

    async def style(self, request: Request) -> HTTPResponse:
        """The style sheet of the page."""
        return await _file(STYLE)

    async def widget(self, request: Request) -> HTTPResponse:
        """The widget's script: public, so that pages of other origins may load and check it."""
        return _for_any_origin(await _file(WIDGET))

    async def widget_facts(self, request: Request) -> HTTPResponse:
        """The widget's version and integrity hash, for the script tag of the embedding page."""
        if not WIDGET.is_file():
            return _not_found()
        version = importlib.metadata.version(DISTRIBUTION)
        integrity = _integrity(WIDGET, WIDGET.stat().st_mtime_ns)
        return responses.json({"version": version, "integrity": integrity})

    async def widget_in_welsh(self, request: Request) -> HTTPResponse:
        """The widget's own words in Welsh; 404 where there are none."""
        said = current_content().welsh["widget"]
        if not said:
            return _not_found()
        response = _for_any_origin(responses.json(said, ensure_ascii=False))
        response.headers["cache-control"] = FIVE_MINUTES
        return response

    async def demonstration(self, request: Request, name: str = "index.html") -> HTTPResponse:
        """A page of a make-believe intranet with the widget on it, or a file of that page."""
        response = await _file(DEMONSTRATION / name)
        secure(response, self._policy)
        return response


@functools.lru_cache(maxsize=1)
def _integrity(path: Path, modified: int) -> str:
    """The hash of a script as browsers compare it; made anew when the file has changed."""
    return f"sha384-{base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()}"


async def _file(path: Path) -> HTTPResponse:
    """A file that ships with the assistant; 404 for one that does not, or of another kind."""
    try:
        there = path.suffix in TYPES and path.is_file()  # noqa: ASYNC240 - a local disk
    except OSError:  # a name that no file can have
        there = False
    if not there:
        return _not_found()
    response = await responses.file(path, mime_type=TYPES[path.suffix])
    response.headers["cache-control"] = FIVE_MINUTES
    return response


def _for_any_origin(response: HTTPResponse) -> HTTPResponse:
    response.headers["access-control-allow-origin"] = "*"
    response.headers["cross-origin-resource-policy"] = "cross-origin"
    return response


def _without_slash() -> HTTPResponse:
    """From ``/chat/`` to ``/chat``, with what was sent, also below a path prefix."""
    return responses.redirect("../chat", status=308)


def _lines(text: str) -> str:
    """A text as its box holds and counts it: forms send a line's end as two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_found() -> HTTPResponse:
    return responses.text("There is no such page.", status=404)


def _blocks(lines: list[str]) -> list[dict[str, Any]]:
    """Lines of a text as paragraphs and lists."""
    blocks: list[dict[str, Any]] = []
    for line in lines:
        if not line.startswith("- "):
            blocks.append({"text": line.strip(), "points": []})
        elif blocks and blocks[-1]["points"]:
            blocks[-1]["points"].append(line[2:])
        else:
            blocks.append({"text": None, "points": [line[2:]]})
    return blocks


def _uuid(text: Optional[str]) -> UUID:
    """The id that a form sent; a new one if it was changed to something else."""
    try:
        return UUID(text)
    except (TypeError, ValueError):
        return uuid4()
