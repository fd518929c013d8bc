"""Words in another script than the Latin one.

Names in them cannot be told from other words here, and the assistant reads none of them.
"""

from __future__ import annotations

from assistant.privacy.recognisers import CERTAIN, PatternRecogniser

_LETTER = (
    r"[\u0370-\u1cff\u1f00-\u1fff\u2c80-\u2dff\u2e80-\uffef"
    r"\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
_OTHER_SCRIPT = (
    rf"(?<![^\W_])[a-z\u00c0-\u036f]*+{_LETTER}"
    rf"(?:[\w\u0300-\u036f'-]|{_LETTER}|[ ,;.](?={_LETTER}))*+"
)


def _is_other_script(text: str) -> bool:
    return any(character >= "\u0370" and character.isalpha() for character in text)


OTHER_SCRIPT_PATTERNS = (
    PatternRecogniser("OTHER_SCRIPT", CERTAIN, _OTHER_SCRIPT, _is_other_script),
)
"""Words that are not, or not all, in Latin letters, with what stands between them."""
