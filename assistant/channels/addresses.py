"""Where a request comes from, and which addresses are this machine's own."""

from __future__ import annotations

import ipaddress
from typing import Optional
from urllib.parse import urlsplit

from sanic.request import Request

PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")
"""Headers by which a proxy says for whom it asks."""


def address_of(request: Request) -> str:
    """The address that a request comes from: as a trusted proxy says, else its own."""
    return str(request.remote_addr or request.ip)


def is_from_this_machine(request: Request) -> bool:
    """Whether a program of this machine asks, for itself: behind a proxy everybody seems to."""
    proxied = any(name in request.headers for name in PROXY_HEADERS)
    return not proxied and is_loopback(request.ip)


def is_loopback(host: Optional[str]) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def is_loopback_url(url: str) -> bool:
    """Whether a URL leads to this machine itself."""
    try:
        return is_loopback(urlsplit(url).hostname)
    except ValueError:
        return False
