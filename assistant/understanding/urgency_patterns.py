"""Urgency by pattern: who does what to whom, and when, over words in their base form.

Needs no classifier and no Rasa: it is also what answers when those are down.
A pattern of ``data/urgency/patterns.yml`` is compiled to one regular expression over a sentence
in base forms: ``He touched her last night!`` is read as ``he touch her last night``.
"""

from __future__ import annotations

import functools
import re
from typing import Mapping, Optional

from assistant.guidance.base_forms import in_base_forms
from assistant.guidance.patterns import CompiledPatterns
from assistant.understanding.long_texts import bounded

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
MAX_SENTENCES = 60
"""Sentences that are read: far more than a message within the limit has words for."""


def match_patterns(
    text: str, compiled: CompiledPatterns, forms: Mapping[str, str]
) -> Optional[str]:
    """The first urgent situation whose pattern a sentence of the text meets, or None.

    Args:
        text: of any length; no more of it is read than :mod:`.long_texts` says.
        compiled: the content's patterns.
        forms: the base form of each inflected form of their words.
    """
    sentences = [in_base_forms(one, forms) for one in split_sentences(text)[:MAX_SENTENCES]]
    for urgent_id, expressions in compiled.items():
        for expression in expressions:
            pattern = _compiled(expression)
            if any(pattern.search(sentence) for sentence in sentences):
                return urgent_id
    return None


@functools.lru_cache(maxsize=2048)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def split_sentences(text: str) -> list[str]:
    """Sentences as people type them: ended by a stop, a question mark or a new line."""
    pieces = (bounded(piece) for piece in _SENTENCE_END.split(text))
    return [piece for piece in pieces if piece]
