"""The content that this process shows; a changed one is taken up as a whole, at once."""

from __future__ import annotations

from typing import Optional

from assistant.answers.content import Content
from assistant.answers.loading import load_content
from assistant.project import find_project


class _Current:
    content: Optional[Content] = None


def current_content() -> Content:
    """The content that this process shows; loaded from the project at first use.

    Raises:
        ContentError: the content has problems.
    """
    if _Current.content is None:
        _Current.content = load_content(find_project())
    return _Current.content


def use_content(content: Optional[Content]) -> None:
    """Show this content from now on; None has it loaded anew at the next use."""
    _Current.content = content


def reload_content() -> Content:
    """Take up the project's content as it is now, whole or not at all.

    Raises:
        ContentError: it has problems; what was shown before goes on being shown.
    """
    content = load_content(find_project())
    use_content(content)
    return content


__all__ = ["current_content", "reload_content", "use_content"]
