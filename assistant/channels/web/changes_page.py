"""``/changes`` and ``/changes.atom``: what changed, out of ``models/changes.json``.

The page and the feed are also what ``notice changes --html`` and ``--atom`` write.
"""

from __future__ import annotations

import functools
import itertools
import uuid
from typing import Any, Mapping, Optional, Sequence
from xml.etree import ElementTree

from sanic import Blueprint, HTTPResponse
from sanic import response as responses
from sanic.request import Request

from assistant.answers import current_content
from assistant.answers.changes import Change, Changes, digest_of_told, read_changes
from assistant.answers.find import THEMES
from assistant.answers.text import day_text
from assistant.channels.web.channel import Refused, WebInput, add_page
from assistant.channels.web.headers import page, page_policy
from assistant.channels.web.templating import STYLE, emergency, template
from assistant.project import find_project

TITLE = "What changed in the guidance"
NO_CHANGES = (
    "Nobody has written down here what changed. Whoever operates Notice builds it "
    "where its history is."
)
ATOM = "http://www.w3.org/2005/Atom"
FEED_TYPE = "application/atom+xml; charset=utf-8"

_KINDS = {
    "urgent": "urgent reply",
    "contact": "contact",
    "service": "service",
    "guided": "guided conversation",
    "welsh": "in Welsh",
}

_IDS = uuid.UUID("6a2a5a2e-8f0c-4a63-9a3c-0f3f1f3c7d11")  # ours: entries keep their ids by it


def changes_pages(web: WebInput) -> Blueprint:
    """The routes ``/changes`` and ``/changes.atom``.

    Args:
        web: the channel whose limits and origins hold here too.
    """
    made = _ChangesPages(web)
    blueprint = Blueprint("notice_changes")
    add_page(blueprint, "/changes", made.page)
    add_page(blueprint, "/changes.atom", made.feed)
    blueprint.exception(Exception)(made.refuse)
    return blueprint


class _ChangesPages:
    def __init__(self, web: WebInput) -> None:
        self._web = web
        self._policy = page_policy(web.settings.origins)

    async def page(self, request: Request) -> HTTPResponse:
        """What changed, as a page."""
        if request.path.endswith("/"):
            return responses.redirect("../changes", status=308)
        changes = await self._changes(request)
        old = not changes.fits(_digest_of_told(current_content().digest))
        html = changes_html(changes, emergency(self._web.contacts), old=old)
        return page(html, self._policy)

    async def feed(self, request: Request) -> HTTPResponse:
        """What changed, as an Atom feed."""
        changes = await self._changes(request)
        address = f"{request.scheme}://{request.host}{request.server_path}"
        feed = changes_atom(changes, address.removesuffix("/").removesuffix("changes.atom"))
        return responses.raw(feed.encode(), content_type=FEED_TYPE)

    async def _changes(self, request: Request) -> Changes:
        await self._web.count(request)
        changes = read_changes(find_project().changes)
        if changes is None:
            raise Refused(404, "no-changes", NO_CHANGES)
        return changes

    async def refuse(self, request: Request, error: Exception) -> HTTPResponse:
        """A sentence that says why there is nothing to see."""
        return self._web.refused(error).as_text()


@functools.lru_cache(maxsize=1)
def _digest_of_told(content: str) -> str:
    """The digest of what is told now; ``content`` is the present content's, by which it is kept."""
    return digest_of_told(find_project())


def changes_html(
    changes: Changes,
    danger: Sequence[Mapping[str, Any]] = (),
    alone: bool = False,
    old: bool = False,
) -> str:
    """The page of changes.

    Args:
        changes: newest first.
        danger: the contacts in the line above every page; 999 without.
        alone: make it a file that needs no other, without links to the server's pages.
        old: say that the answers have changed since.
    """
    days = itertools.groupby(changes.changes, key=lambda one: one.date)
    return template("changes.html").render(
        root="",
        style=STYLE.read_text(encoding="utf-8") if alone else None,
        emergency=danger,
        title=TITLE,
        made=day_text(changes.made),
        old=old,
        days=[
            (
                day_text(day),
                [{"change": one, "topic": _topic(one), "label": _label(one)} for one in of_day],
            )
            for day, of_day in days
        ],
    )


def changes_atom(changes: Changes, root: str = "") -> str:
    """The feed of changes (RFC 4287).

    Args:
        changes: newest first.
        root: the address of the folder of ``/changes``, with its slash; links are relative
            without.
    """
    entry_text = vars(template("change.html").module)["change"]
    feed = ElementTree.Element("feed", xmlns=ATOM)

    def add(parent: ElementTree.Element, name: str, text: str = "", **more: str) -> None:
        ElementTree.SubElement(parent, name, more).text = text or None

    add(feed, "title", f"Notice: {TITLE[0].lower()}{TITLE[1:]}")
    add(feed, "id", f"urn:uuid:{_IDS}")
    newest = changes.changes[0].date if changes.changes else changes.made
    add(feed, "updated", f"{newest}T00:00:00Z")
    add(feed, "link", rel="self", href=f"{root}changes.atom")
    add(feed, "link", rel="alternate", type="text/html", href=f"{root}changes")
    add(ElementTree.SubElement(feed, "author"), "name", "Notice")
    for one in changes.changes:
        entry = ElementTree.SubElement(feed, "entry")
        label = _label(one)
        add(entry, "title", f"{one.title} ({label})" if label else one.title)
        add(entry, "id", f"urn:uuid:{uuid.uuid5(_IDS, f'{one.date} {one.about}')}")
        add(entry, "updated", f"{one.date}T00:00:00Z")
        topic = _topic(one)
        page = f"answers/{topic}" if topic else "changes"
        add(entry, "link", rel="alternate", type="text/html", href=f"{root}{page}")
        add(entry, "content", str(entry_text(one)), type="html")
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True)


def _topic(change: Change) -> Optional[str]:
    """The id of the page that shows what changed, if there is one."""
    has_page = change.about.partition("/")[0] in THEMES and change.kind != "taken-out"
    return change.about if has_page else None


def _label(change: Change) -> str:
    """What kind of thing changed where that does not go without saying, and that it is new."""
    kind = _KINDS.get(change.about.partition("/")[0], "")
    return " ".join(filter(None, ("new" if change.kind == "new" else "", kind)))
