"""Thanks and nothing else: "ok ta", "nice one, cheers", "diolch i chi".

The model knows thanks by its examples; slang in a few words it takes for something else ("ta" is a
teaching assistant in most of what it has learned).
"""

from __future__ import annotations

import re

from assistant.guidance.lower_case import in_lower_case

LONGEST_THANKS = 100
"""Characters of thanks and nothing else: no longer message is looked through."""

_THANKS = re.compile(
    r"\b(?:ta|cheers|thanks|thank ?(?:you|u)|thankyou|thx|thnx|tnx|tysm|diolch|nice one"
    r"|much appreciated|(?:i )?(?:really )?appreciate (?:it|that|this))\b"
)
_BESIDE = re.compile(
    r"\b(?:very much|so much|a lot|a million|ever so|muchly|loads|again|once more|indeed"
    r"|for (?:that|this|it|(?:all )?(?:the|your) (?:help|info|information|answer|advice|time))"
    r"|ok|okay|oh|ah|aw|right|well|yes|yeah|yep|and|then|cool|great|brill|brilliant|lovely|perfect"
    r"|super|fab|ace|sound|wicked|awesome|many|big"
    r"|(?:that's|thats|that is|that was|this is) (?:so |really |very |all )?(?:great|brilliant"
    r"|perfect|lovely|useful|helpful|clear|sorted|it)"
    r"|(?:you're|youre|you are|ur) (?:an? )?(?:absolute )?(?:star|life ?saver|legend|gem|angel)"
    r"|mate|love|hun|pal|bud|darling|duck|bot|x+|lol|yn fawr(?: iawn)?|i (?:chi|ti)|am (?:hynny"
    r"|hyn|y wybodaeth|(?:eich|yr|dy) help))\b"
)


def is_thanks(text: str) -> bool:
    """Whether a message is thanks and nothing else.

    Args:
        text: the message as it was typed.
    """
    if len(text) > LONGEST_THANKS or "?" in text:
        return False
    plain = in_lower_case(text)
    rest, thanks = _THANKS.subn("", plain)
    return thanks > 0 and not re.search(r"\w", _BESIDE.sub("", rest))


__all__ = ["is_thanks"]
