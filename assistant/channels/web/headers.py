"""Who may call, and the headers that every response carries."""

from __future__ import annotations

from typing import Optional, Sequence
from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, html

OWN_ORIGIN = "self"
"""Stands for the server's own origin, under whatever name it is reached."""

DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ONE_HOUR = "3600"


def origin_of(request: Request, allowed: Sequence[str]) -> Optional[str]:
    """The origin of the page that calls: ``self``, one of the allowed, or None for any other.

    Browsers leave the header out when a page reads from its own server. The host alone is
    compared, because behind a proxy the server does not see ``https``.
    """
    origin = request.headers.get("origin")
    try:
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    except ValueError:  # no address: "http://["
        return None
    if origin is None or own:
        return OWN_ORIGIN
    return origin.lower() if origin.lower() in allowed else None


def allow_origin(request: Request, response: BaseHTTPResponse, allowed: Sequence[str]) -> None:
    """Let pages of allowed origins read the response (CORS). No cookies, so no credentials."""
    response.headers["vary"] = "Origin"
    origin = request.headers.get("origin", "")
    if origin.lower() not in allowed:
        return
    response.headers["access-control-allow-origin"] = origin
    response.headers["access-control-expose-headers"] = "Retry-After"
    if request.method == "OPTIONS":
        response.headers["access-control-allow-methods"] = "GET, POST"
        response.headers["access-control-allow-headers"] = "Authorization, Content-Type"
        response.headers["access-control-max-age"] = ONE_HOUR


def page_policy(allowed: Sequence[str]) -> str:
    """The content security policy of pages: own files only, no inline script or style.

    Args:
        allowed: origins whose pages may show this one in a frame.
    """
    ancestors = " ".join(["'self'", *allowed])
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
        f"frame-ancestors {ancestors}"
    )


def secure(response: BaseHTTPResponse, policy: str = DATA_POLICY) -> None:
    """Set the headers that every response carries; one that is set already stays.

    Args:
        response: the response.
        policy: the content security policy; that of data by default.
    """
    for name, value in {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        # To our own server the origin of a form must be sent; others learn nothing.
        "referrer-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    }.items():
        response.headers.setdefault(name, value)


def page(text: str, policy: str, status: int = 200) -> HTTPResponse:
    """A page of HTML with the headers of every response.

    Args:
        text: the HTML.
        policy: the content security policy of :func:`page_policy`.
        status: of HTTP.
    """
    response = html(text, status=status)
    secure(response, policy)
    return response
