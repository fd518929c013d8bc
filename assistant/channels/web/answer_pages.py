"""A page for each answer, and a list of all with a search: no JavaScript, no conversation.

Served beside ``/chat``. What is typed into the search is in no address: it is sent in the body
of a form, for addresses are kept by browsers and proxies.
"""

from __future__ import annotations

import asyncio
import datetime
from typing import Any, Mapping, Optional, Sequence

from sanic import Blueprint, HTTPResponse
from sanic import response as responses
from sanic.request import Request

from assistant.answers import Answer, Content, current_content
from assistant.answers.changes import changed_lately, read_changes
from assistant.answers.find import LONGEST_SEARCH, THEMES, by_theme, find_answers
from assistant.answers.links import mail_draft
from assistant.answers.text import day_text
from assistant.channels.web.channel import LARGEST_BODY, TOO_LONG, Refused, WebInput, add_route
from assistant.channels.web.headers import page_policy, secure
from assistant.channels.web.render import answer_json, contact_json
from assistant.channels.web.templating import emergency, template
from assistant.guidance import guided_id
from assistant.project import find_project
from assistant.turn.official import first_lines, urgent_by_pattern
from assistant.turn.outcome import CALL_999, LONGEST_MESSAGE

NO_SUCH_ANSWER = "There is no such answer, or not any more. Here are all of them."
NOTHING_FOUND = "No answer has these words. Try fewer or other words, or ask Notice."

_REFLECTION = "reflection"
"""The guided conversation with the Panel's six questions, one a page."""

_QUESTIONS: Mapping[str, str] = {
    "recognise": "question-3",  # steps to identify this form of abuse
    "talk": "question-4",  # children's needs and voices
    "respond": "question-2",  # acting differently when responding
    "support": "question-6",  # views of children, parents and carers
    "review": "question-1",  # key lessons
    "learning": "question-1",
    "recognise/black-and-minoritised-children": "question-5",
}
"""The page of the Panel's question that belongs to a theme, or to one topic."""


def answer_pages(web: WebInput) -> Blueprint:
    """The routes ``/answers`` and ``/answers/<theme>/<topic>``.

    Args:
        web: the channel whose limits and origins hold here too.
    """
    made = _AnswerPages(web)
    blueprint = Blueprint("notice_answer_pages")
    for path, handler in (
        ("/answers", made.list),
        ("/answers/<theme:str>/<topic:str>", made.answer),
    ):
        add_route(blueprint, "GET", path, handler)
        add_route(blueprint, "HEAD", path, handler)
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
        if len(request.body) > LARGEST_BODY:
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
                changed=_changed(name),
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
            return responses.text(f"{refused.sentence} {CALL_999}", status=refused.status)
        if refused.retry_after is not None:
            response.headers["retry-after"] = str(refused.retry_after)
        return response

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
        response = responses.html(html, status=status)
        secure(response, self._policy)
        return response


def _root(request: Request) -> str:
    """The way up from a page to the folder of ``/chat``, also below a path prefix."""
    return "../" * (str(request.path).count("/") - 1)


def _changed(topic: str) -> Optional[str]:
    """The day on which an answer changed, if that is not long ago."""
    kept = read_changes(find_project().changes)
    day = changed_lately(topic, kept.changes, datetime.date.today()) if kept else None
    return day_text(day.isoformat()) if day else None


def supervision_mail(answer: Answer, address: str, content: Content) -> str:
    """The link that opens a mail to a supervisor: the answer, its page and one question.

    Args:
        answer: what it is about.
        address: of the answer's page.
        content: where the Panel's questions stand.
    """
    lines = [answer.title, "", answer.lead, "", f"The whole answer, with its sources: {address}"]
    question = reflection_question(answer.topic, content)
    if question:
        lines += ["", "A question of the Panel to think about together:", question]
    lines += ["", "Leave out names and anything that could identify a child."]
    return mail_draft(f"For supervision: {answer.title}", lines)


def reflection_question(topic: str, content: Content) -> Optional[str]:
    """The Panel's question that belongs to a topic, in the words of the reflection session."""
    page = _QUESTIONS.get(topic) or _QUESTIONS.get(topic.partition("/")[0])
    found = content.answer(guided_id(_REFLECTION, page)) if page else None
    return found.lead if found else None
