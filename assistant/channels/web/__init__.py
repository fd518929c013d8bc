"""The web channel: JSON over HTTPS for the widget, and a page that needs no JavaScript."""

from assistant.channels.web.channel import WebInput

__all__ = ["WebInput"]
