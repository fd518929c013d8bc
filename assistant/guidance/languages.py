"""What is said to messages in other languages than English."""

from __future__ import annotations

import datetime
from typing import Mapping, Optional

from assistant.guidance.model import ContentModel


class Language(ContentModel):
    """What somebody is told who writes in this language. ``read_by``: its native reader.

    ``english`` takes the place of the English sentence that all languages share.
    """

    name: str
    text: str
    english: Optional[str] = None
    roman: tuple[str, ...] = ()
    read_by: Optional[str] = None


class Languages(ContentModel):
    """``data/languages.yml``: what is said to messages in other languages than English."""

    english: str
    unknown: str
    languages: Mapping[str, Language]
    contacts: tuple[str, ...]
    checked: datetime.date
