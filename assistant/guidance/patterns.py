"""Patterns of the content as regular expressions: of urgency, of roles and of nations.

Matching is understanding (:mod:`assistant.understanding.urgency_patterns`); compiling is content.
"""

from __future__ import annotations

import re
from typing import Mapping, Sequence

from assistant.guidance.base_forms import base_forms
from assistant.guidance.guided import Roles
from assistant.guidance.urgent import UrgencyPatternsFile, UrgentPattern

CompiledPatterns = dict[str, list[str]]
"""Urgent id to regular expressions: plain data, kept in the compiled content."""


def compile_patterns(urgency: UrgencyPatternsFile) -> CompiledPatterns:
    """All patterns of all situations as regular expressions, in the order of the content."""
    return {
        situation: [_expression(pattern, urgency.words) for pattern in patterns]
        for situation, patterns in urgency.patterns.items()
    }


def pattern_forms(urgency: UrgencyPatternsFile) -> dict[str, str]:
    """The base form of each inflected form of a word that a pattern names."""
    return base_forms(pattern_words(urgency), urgency.forms)


def pattern_words(urgency: UrgencyPatternsFile) -> list[str]:
    """All words and phrases of the patterns and their word sets."""
    written = [word for words in urgency.words.values() for word in words]
    for pattern in (pattern for patterns in urgency.patterns.values() for pattern in patterns):
        written += [part for word in pattern.words for part in word.split("|")]
    return [word for word in written if not word.isupper()]


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


def role_patterns(roles: Roles) -> dict[str, str]:
    """For each role, a pattern of how people say that it is theirs.

    "I'm a newly qualified teacher", "as a GP, ..." at the start of a sentence, "health visitor
    here"; with the group ``not`` where they say that it is not theirs. A teacher of whom the
    message speaks ("my son's teacher") is nobody's role.
    """
    between = "|".join(map(re.escape, roles.before))
    starts = (
        r"\b(?:i am|i'm|im|i work as|i am working as|my (?:role|job) is|speaking as|we are|we're)"
        r"(?P<not> not| no longer)?(?: now| also| just| actually)?(?: an?| the| your| one of the)?"
        r"|(?:^|[.!?;] ?)as(?: an?| the)"
    )
    patterns = {}
    for name, role in roles.roles.items():
        said = _any_of(role.say)
        word = rf"(?:{said})s?(?![\w'-])"
        patterns[name] = (
            rf"(?:{starts})(?: (?:{between}|year \w+|\w+ly),?){{0,5}} {word}"
            rf"|(?:^|[.!?;,] ?)(?:an? )?(?:(?:{between}) ){{0,2}}{word} here\b"
        )
    return patterns


def nation_patterns(roles: Roles) -> dict[str, str]:
    """For each nation, a pattern of how people say that they work there.

    "I work in Wales", "we're a school in Cardiff", "I'm based in England". A place of which the
    message only speaks ("her dad lives in Wales") is nobody's.
    """
    starts = (
        r"\b(?:i|we)(?: am|'m| are|'re)?(?: now| all| both)?"
        r"(?: (?:work|practise|teach|live|working|teaching|based|an?(?: \w+){1,3}))? in(?: the)?"
        r"|\b(?:my|our) (?:school|team|practice|council|service|area|job|work) is in"
    )
    return {
        nation: rf"(?:{starts}) (?:{_any_of(words.say)})(?![\w'-])"
        for nation, words in roles.nations.items()
    }


def _any_of(names: Sequence[str]) -> str:
    """Any of these names, longest first, in lower case."""
    return "|".join(re.escape(one.lower()) for one in sorted(names, key=len, reverse=True))
