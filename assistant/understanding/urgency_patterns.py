"""Urgency by pattern: who does what to whom, and when, over lemmas.

Needs no classifier and no Rasa: it is also what answers when those are down.
A pattern of ``data/urgency/patterns.yml`` is compiled to one regular expression over a sentence
written as lemmas: ``He touched her last night!`` becomes ``he touch her last night``.
"""

from __future__ import annotations

import functools
import re
import threading
from typing import TYPE_CHECKING, Any, Optional

from assistant.guidance.patterns import CompiledPatterns
from assistant.privacy.spacy_model import load_spacy
from assistant.understanding.long_texts import bounded

if TYPE_CHECKING:
    from spacy.language import Language

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
# Signs without end: spaCy's tokeniser takes quadratic time on them.
_RUNS = re.compile(r"([^\w\s])\1{3,}")
MAX_SENTENCES = 60
"""Sentences that are read: far more than a message within the limit has words for."""

# spaCy promises nothing to two threads at once.
_one_at_a_time = threading.Lock()
# spaCy's word pieces that carry no meaning here.
_DROPPED = {"PUNCT", "SPACE", "SYM"}


def match_patterns(text: str, compiled: CompiledPatterns) -> Optional[str]:
    """The first urgent situation whose pattern a sentence of the text meets, or None.

    Args:
        text: of any length; no more of it is read than :mod:`.long_texts` says.
        compiled: the content's patterns.
    """
    sentences = lemma_sentences(text)
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
    pieces = (bounded(_RUNS.sub(r"\1\1\1", piece)) for piece in _SENTENCE_END.split(text))
    return [piece for piece in pieces if piece]


def lemma_sentences(text: str) -> list[str]:
    """Each sentence as lower-case lemmas with single spaces.

    Pronouns keep their own form ("her", not "she"): who does it to whom is in them.
    """
    sentences = []
    pieces = split_sentences(text)[:MAX_SENTENCES]
    with _one_at_a_time:
        for doc in _language().pipe(pieces):
            words = [_word(token) for token in doc if token.pos_ not in _DROPPED]
            sentences.append(" ".join(words))
    return sentences


def _word(token: Any) -> str:
    lowered: str = token.lower_.replace("’", "'")
    if token.pos_ == "PRON" or not token.lemma_:
        return lowered
    lemma: str = token.lemma_.lower()
    return lemma


@functools.lru_cache(maxsize=1)
def _language() -> Language:
    return load_spacy(exclude=["parser", "ner"])
