"""What writers say outright of themselves, before what is heard in their voice. Needs no Rasa.

An age and a work role tell who cannot be typing, whatever the words sound like: "im 12" is no
social worker, and a teacher who repeats what a pupil said is no child. What is said rules voices
out, in this order:

1. an age under eighteen, of now ("I'm 15") or reckoned ("last year, when I was 16");
2. a work role ("I'm a teacher", "as a GP");
3. an age from eighteen on.

What a voice had that is ruled out goes to the one that was said. Nothing else is touched: who is
young may fear what they might do themselves, and a survivor may teach. What stands in quotation
marks, or behind "she said", is another's words and says nothing of the writer.
"""

from __future__ import annotations

import re
from typing import Any, Iterator, Mapping, Optional

from assistant.guidance.lower_case import in_lower_case
from assistant.guidance.names import NOBODY
from assistant.understanding.readers import VoiceProbabilities

ADULT = 18
"""Age in years from which on somebody is no child."""

YOUNGEST, OLDEST = 6, 110
"""Ages that are believed: below and above, a number says something else."""

CHARACTERS_READ = 2000
"""Characters of a message in which something said of oneself is looked for."""

CHILD, SURVIVOR, RELATIVE, PRACTITIONER = "child", "adult-survivor", "relative", "practitioner"
_NEVER_YOUNG = (SURVIVOR, RELATIVE, PRACTITIONER)

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
).split()
_IN_WORDS = {word: number for number, word in enumerate(_NUMBERS, start=1)}
_AGE = rf"(?P<age>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_OLD = r"(?: ?-?(?:years?|yrs?)[ -]old| ?y/?o| years?(?= *(?:[.,!?;]|$)))"

# What follows an age, and no number of weeks, stone or miles.
_GOES_ON = (
    r"(?= *(?:$|[,;:!?)\]]|\.(?!\d)|[-–—](?!\w))"
    r"| and (?!a (?:half|bit) (?:weeks?|months?|hours?|stone|years? in))"
    r"| (?:but|so|now|today|this|at|my|he|she|they|we|i|it|its|is|im|if|with|f|m|male|female|girl"
    r"|boy|lad|lass|who|can|what|wat|do|does|dont|don't|because|cos|bc|btw|please|pls|plz|help"
    r"|there|theres|lol|nearly|though|going|hes|shes|he's|she's|nonbinary|trans|too|not|some"
    r"|how|where|when|or|still|already|same)\b"
    r"| in (?:foster|care|year|y\d|lower|upper|sixth|the (?:lower|upper) sixth)\b)"
)
_MONTHS = (
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sept sep oct nov dec"
).replace(" ", "|")
_SOON = (
    rf"(?P<soon> (?:in (?:{_MONTHS}|an?|\d+|{'|'.join(_NUMBERS)}|a few)\b|next|tomorrow|soon"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day))"
)
_I_AM = r"\b(?:i am|i'm|im)(?: (?:only|just|nearly|almost|still|now|also|like|an?|literally))*"
_PERSON = r"(?: (?:girl|boy|lad|female|male|f|m))?"
_AGES_NOW = tuple(
    re.compile(one)
    for one in (
        rf"{_I_AM} {_AGE}(?:{_OLD}|{_SOON}|{_GOES_ON})",
        rf"\b(?:i|me|im|i'm) ?[(\[](?:[fm] ?)?{_AGE} ?(?:yo|f|m|nb|male|female)?[)\],]",
        rf"(?:^|[.!?,;] ?)(?:an? )?{_AGE}(?:{_OLD}|f|m){_PERSON} here\b",
        rf"\bi(?:'ve|ve| have)? (?:just|only|only just) turned {_AGE}\b",
        rf"\bi turned {_AGE} (?:today|yesterday|(?:this|last) (?:week|month)|on \w+day)\b",
        rf"\b{_AGE},? (?:the )?same (?:age )?as (?:me|i am)\b",
    )
)
_SCHOOL_YEAR = re.compile(
    r"\b(?:i am|i'm|im|we are|we're)(?: (?:now|only|just|both|all))*"
    r" in (?:year|yr|y) ?(?:[4-9]|1[0-3])\b(?! of\b)"
)
_PUPIL = 11  # years: the age of somebody in some year of school, as far as it matters
_AGO = (
    r"(?P<ago>last (?:year|summer|month|week|christmas|easter|spring|autumn|winter|term)"
    rf"|(?P<years>an?|\d{{1,2}}|{'|'.join(_NUMBERS)}) years? ago|\w+ (?:months?|weeks?) ago)"
)
_I_WAS = rf"\bi was (?:only |just |about )?{_AGE}\b(?! (?:weeks?|months?|stone)\b)"
_RECKONED = (
    re.compile(rf"\b{_AGO},? (?:\S+ ){{0,6}}?when {_I_WAS[2:]}"),
    re.compile(rf"{_I_WAS},? (?:(?:and )?(?:that|it|which) was )?{_AGO}"),
)
_OF_OLD = re.compile(
    r"\b(?:when i was|i was (?:\d|a (?:child|kid|girl|boy|teen))"
    r"|as a (?:child|kid|girl|boy|teen\w*)|years ago|my childhood|used to)\b"
)

_QUOTED = re.compile(
    r"\"[^\"]{2,600}\"|“[^”]{2,600}”|‘[^’]{2,600}’(?!\w)|(?<![\w'])'(?! )[^\"\n]{2,400}?'(?!\w)"
)
_NOT_OF_NOW = re.compile(
    r"(?:\b(?:said|says|saying|say|told \w+|tells \w+|wrote|writes|texted|messaged|think|thinks"
    r"|thought|pretend|pretended|like|if|when|once|until|till|til|unless|by the time|wish|imagine)"
    r"[ ,:]*(?:that )?|@)$"
)


def voices_in_own_words(
    text: str, voices: VoiceProbabilities, role_patterns: Mapping[str, str]
) -> dict[str, float]:
    """How likely each voice is, by what its writer says outright and then by how it sounds.

    Args:
        text: the message.
        voices: how likely each voice is by how it sounds.
        role_patterns: by role, how people say that it is theirs.
    """
    age = age_said(text)
    if age is not None and age < ADULT:
        return _moved(voices, _NEVER_YOUNG, CHILD)
    if said_of_oneself(text, role_patterns):
        return _moved(voices, (CHILD,), PRACTITIONER)
    if age is not None:
        return _moved(voices, (CHILD,), SURVIVOR if _OF_OLD.search(_plain(text)) else None)
    return dict(voices)


def age_said(text: str) -> Optional[int]:
    """The writer's age as far as a message says it, or None.

    Where two are said ("I was 16 when it began, I'm 40 now") it is the one of now; of an age that
    is reckoned, the one that it is at least.
    """
    plain = without_others_words(_plain(text))
    now = [*_ages_now(plain), *(_PUPIL for _ in _SCHOOL_YEAR.finditer(plain))]
    if now:
        return now[0]
    return next((one for one in _reckoned(plain) if one is not None), None)


def said_of_oneself(text: str, patterns: Mapping[Any, str]) -> Optional[str]:
    """What a message says of its writer, "" if it takes one back and says no other, else None.

    Args:
        text: the message.
        patterns: by value, how people say it; a group ``not`` takes it back.
    """
    plain = without_others_words(_plain(text))
    taken_back = None
    for name, pattern in patterns.items():
        for match in re.finditer(pattern, plain):
            if _NOT_OF_NOW.search(plain[: match.start()]):
                continue
            if not match.groupdict().get("not"):
                return str(name)
            taken_back = ""
    return taken_back


def without_others_words(plain: str) -> str:
    """A text without what stands in quotation marks."""
    return _QUOTED.sub("@", plain)


def _ages_now(plain: str) -> Iterator[int]:
    for pattern in _AGES_NOW:
        for found in pattern.finditer(plain):
            soon = 1 if found.groupdict().get("soon") else 0
            years = _number(found["age"]) - soon
            if YOUNGEST <= years <= OLDEST and not _NOT_OF_NOW.search(plain[: found.start()]):
                yield years


def _reckoned(plain: str) -> Iterator[Optional[int]]:
    """Ages of now by those of then; None where a birthday between decides who it is."""
    for pattern in _RECKONED:
        for found in pattern.finditer(plain):
            years, then = found["years"], _number(found["age"])
            least = then + (_number(years) if years else 0)
            most = least if years else then + 1
            yield least if (least < ADULT) == (most < ADULT) else None


def _number(said: str) -> int:
    return 1 if said in ("a", "an") else _IN_WORDS.get(said) or int(said)


def _moved(
    voices: VoiceProbabilities, ruled_out: tuple[str, ...], said: Optional[str]
) -> dict[str, float]:
    """The voices without those that are ruled out; their share goes to the one that was said, or
    to all others as they stand to each other. Nobody's emergency gets none of it: what sounds like
    one voice or another told of something."""
    left = {voice: share for voice, share in voices.items() if voice not in ruled_out}
    taken = sum(voices.values()) - sum(left.values())
    if said is not None:
        left[said] = left.get(said, 0.0) + taken
    elif (rest := sum(share for voice, share in left.items() if voice != NOBODY)) > 0:
        factors = {voice: 1.0 if voice == NOBODY else 1 + taken / rest for voice in left}
        left = {voice: share * factors[voice] for voice, share in left.items()}
    return {**dict.fromkeys(ruled_out, 0.0), **left}


def _plain(text: str) -> str:
    return in_lower_case(text[:CHARACTERS_READ])


__all__ = ["age_said", "said_of_oneself", "voices_in_own_words", "without_others_words"]
