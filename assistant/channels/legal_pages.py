"""The privacy and terms pages that a Teams app must link to; the texts are in ``legal/``."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint, HTTPResponse
from sanic import response as responses
from sanic.request import Request

PAGES = {"privacy": "/privacy", "terms": "/terms"}

_FOLDER = Path(__file__).with_name("legal")


def legal_pages() -> Blueprint:
    """A blueprint that serves ``/privacy`` and ``/terms``.

    Raises:
        OSError: a page cannot be read.
    """
    blueprint = Blueprint("legal_pages")
    for name, path in PAGES.items():
        _add(blueprint, name, path, (_FOLDER / f"{name}.html").read_text(encoding="utf-8"))
    return blueprint


def _add(blueprint: Blueprint, name: str, path: str, page: str) -> None:
    async def show(request: Request) -> HTTPResponse:
        return responses.html(page)

    blueprint.add_route(show, path, methods=["GET"], name=name)
