"""A page for each answer, and a list of all with a search: no JavaScript, no conversation.

Served beside ``/chat``. What is typed into the search is in no address: it is sent in the body
of a form, for addresses are kept by browsers and proxies.
"""

from __future__ import annotations

import asyncio
from typing import Any, Mapping, Sequence

from sanic import Blueprint, HTTPResponse
from sanic import response as responses
from sanic.request import Request

from assistant.answers import Answer, current_content
from assistant.answers.changes import changed_text
from assistant.answers.find import LONGEST_SEARCH, THEMES, by_theme, find_answers
from assistant.answers.text import day_text
from assistant.channels.web.channel import (
    LARGEST_BODY_BYTES,
    TOO_LONG,
    Refused,
    WebInput,
    add_page,
    add_route,
)
from assistant.channels.web.headers import page, page_policy
from assistant.channels.web.render import answer_json, contact_json
from assistant.channels.web.supervision import supervision_mail
from assistant.channels.web.templating import emergency, template
from assistant.turn.official import first_lines, urgent_by_pattern
from assistant.turn.outcome import LONGEST_MESSAGE

NO_SUCH_ANSWER = "There is no such answer, or not any more. Here are all of them."
NOTHING_FOUND = "No answer has these words. Try fewer or other words, or ask Notice."


def answer_pages(web: WebInput) -> Blueprint:
    """The routes ``/answers`` and ``/answers/<theme>/<topic>``.

    Args:
        web: the channel whose limits and origins hold here too.
    """
    made = _AnswerPages(web)
    web.has_answer_pages = True
    blueprint = Blueprint("notice_answer_pages")
    add_page(blueprint, "/answers", made.list)
    add_page(blueprint, "/answers/<theme:str>/<topic:str>", made.answer)
    add_route(blueprint, "POST", "/answers", made.search)
    blueprint.exception(Exception)(made.refuse)
    return blueprint


class _AnswerPages:
    def __init__(self, web: WebInput) -> None:
        self._web = web
        self._policy = page_policy(web.settings.origins)

    async def list(self, request: Request) -> HTTPResponse:
        """All answers by theme."""
        if request.path.endswith("/"):
            return responses.redirect("../answers", status=308)
        await self._web.count(request)
        return self._list(request, by_theme(current_content()))

    async def search(self, request: Request) -> HTTPResponse:
        """The answers with the words that were typed."""
        if request.path.endswith("/"):
            return responses.redirect("../answers", status=308)
        if len(request.body) > LARGEST_BODY_BYTES:
            raise Refused(413, "too-large", TOO_LONG)
        await self._web.count(request)
        text = (request.form or {}).get("text") or ""
        content = current_content()
        if not text.strip():
            return self._list(request, by_theme(content))
        # Urgent comes first here too, and whoever finds nothing is not left with nothing.
        # Off the event loop, and no more than of a message: nobody waits for a long search.
        found = await asyncio.to_thread(find_answers, text, content)
        looked_at = text[:LONGEST_MESSAGE]
        urgent = await asyncio.to_thread(urgent_by_pattern, looked_at) is not None
        problem = None if found else NOTHING_FOUND
        return self._list(request, {}, text=text, found=found, urgent=urgent, problem=problem)

    async def answer(self, request: Request, theme: str, topic: str) -> HTTPResponse:
        """The page of an answer."""
        name = f"{theme}/{topic}"
        if request.path.endswith("/"):
            return responses.redirect(f"../{topic}", status=308)
        await self._web.count(request)
        content = current_content()
        # Of topics only: an urgent reply is for whoever needs it now, not to be read about.
        answer = content.answer(name) if content.title(name) else None
        if answer is None:
            return self._list(request, by_theme(content), problem=NO_SUCH_ANSWER, status=404)
        address = f"{request.scheme}://{request.host}{request.server_path}"
        return self._page(
            template("answer.html").render(
                root=_root(request),
                emergency=emergency(self._web.contacts),
                address=address,
                theme=THEMES.get(theme, theme),
                shown=answer_json(answer),
                reviewed=day_text(answer.reviewed) if answer.reviewed else None,
                changed=changed_text(answer),
                next=[one for one in answer.next if content.title(one.id)],
                supervision=supervision_mail(answer, address, content),
            )
        )

    async def refuse(self, request: Request, error: Exception) -> HTTPResponse:
        """A page that says why there is no answer, with the official channels."""
        refused = self._web.refused(error)
        try:
            response = self._list(request, {}, problem=refused.sentence, status=refused.status)
        except Exception:
            return refused.as_text()
        return refused.with_retry_after(response)

    def _list(
        self,
        request: Request,
        themes: Mapping[str, Sequence[Answer]],
        status: int = 200,
        **values: Any,
    ) -> HTTPResponse:
        first, contacts = first_lines()
        html = template("answers.html").render(
            root=_root(request),
            emergency=emergency(self._web.contacts),
            first=first,
            official=[contact_json(one) for one in contacts],
            themes=[(THEMES.get(theme, theme), answers) for theme, answers in themes.items()],
            longest=LONGEST_SEARCH,
            **values,
        )
        return self._page(html, status)

    def _page(self, html: str, status: int = 200) -> HTTPResponse:
        return page(html, self._policy, status)


def _root(request: Request) -> str:
    """The way up from a page to the folder of ``/chat``, also below a path prefix."""
    return "../" * (str(request.path).count("/") - 1)
