"""Urgency by pattern: who does what to whom, and when, over lemmas.

Needs no classifier and no Rasa: it is also what answers when those are down.
A pattern of ``data/urgency.yml`` is compiled to one regular expression over a sentence
written as lemmas: ``He touched her last night!`` becomes ``he touch her last night``.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Mapping, Optional, Sequence

from assistant.guidance.model import UrgentPattern, UrgentSituation
from assistant.spacy_model import load_spacy

if TYPE_CHECKING:
    from spacy.language import Language

CompiledPatterns = dict[str, list[str]]
"""Urgent id to regular expressions; plain data, so that it travels in the model."""

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
# spaCy's word pieces that carry no meaning here.
_DROPPED = {"PUNCT", "SPACE", "SYM"}


def compile_patterns(
    urgent: Mapping[str, UrgentSituation], word_sets: Mapping[str, Sequence[str]]
) -> CompiledPatterns:
    """All patterns of all situations as regular expressions, in the order of the content."""
    return {
        situation.id: [_expression(pattern, word_sets) for pattern in situation.patterns]
        for situation in urgent.values()
    }


def _expression(pattern: UrgentPattern, word_sets: Mapping[str, Sequence[str]]) -> str:
    gap = rf"(?: \S+){{0,{pattern.within}}} "
    steps = gap.join(f"(?:{_alternatives(word, word_sets)})" for word in pattern.words)
    unless = "|".join(_alternatives(name, word_sets) for name in pattern.unless)
    guard = rf"(?!.*\b(?:{unless})\b)" if unless else ""
    return rf"^{guard}.*\b{steps}\b"


def _alternatives(word: str, word_sets: Mapping[str, Sequence[str]]) -> str:
    choices: list[str] = []
    for part in word.split("|"):
        choices += word_sets[part] if part.isupper() else [part]
    # Longest first, so that "right now" is tried before "right".
    return "|".join(re.escape(choice) for choice in sorted(choices, key=len, reverse=True))


class UrgencyPatterns:
    """Matches messages against compiled patterns."""

    def __init__(self, compiled: CompiledPatterns) -> None:
        """Take what :func:`compile_patterns` gave."""
        self._patterns = {
            urgent_id: [re.compile(expression) for expression in expressions]
            for urgent_id, expressions in compiled.items()
        }

    def match(self, text: str) -> Optional[str]:
        """The first urgent situation whose pattern a sentence of the text meets, or None."""
        sentences = lemma_sentences(text)
        for urgent_id, patterns in self._patterns.items():
            if any(pattern.search(sentence) for sentence in sentences for pattern in patterns):
                return urgent_id
        return None


def split_sentences(text: str) -> list[str]:
    """Sentences as people type them: ended by a stop, a question mark or a new line."""
    return [part for part in (piece.strip() for piece in _SENTENCE_END.split(text)) if part]


def lemma_sentences(text: str) -> list[str]:
    """Each sentence as lower-case lemmas with single spaces.

    Pronouns keep their own form ("her", not "she"): who does it to whom is in them.
    """
    sentences = []
    for doc in _language().pipe(split_sentences(text)):
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
