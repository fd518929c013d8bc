"""How a message ended, by name: metrics, alarms, the report of use and the wording follow it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Mapping, Optional

Kind = Literal[
    "answer", "urgent", "suggest", "out-of-scope", "smalltalk", "guided", "other-language"
]
"""What kind of reply a person got."""


class Outcome(StrEnum):
    """What became of one message."""

    ANSWERED = "answered"
    URGENT = "urgent"
    GUIDED = "guided"
    SUGGESTED = "suggested"
    OUT_OF_SCOPE = "out-of-scope"
    SMALLTALK = "smalltalk"
    OTHER_LANGUAGE = "other-language"
    NOTHING_TYPED = "nothing-typed"
    TOO_LONG = "too-long"
    TURNED_OFF = "turned-off"
    RESTARTING = "restarting"
    QUEUE_FULL = "queue-full"
    TIMED_OUT = "timed-out"
    STORE_UNAVAILABLE = "store-unavailable"
    CRASHED = "crashed"

    @property
    def sentence(self) -> Optional[str]:
        """What the person is told in place of an answer; None where there is an answer."""
        return _SENTENCES.get(self)

    @property
    def is_fault(self) -> bool:
        """True for what an operator must look at: nobody chose it and no message is to blame."""
        return self in _FAULTS


CALL_999 = "If a child is in danger, call 999 now."
LONGEST_MESSAGE = 2000  # characters
SORRY = "Sorry, something went wrong and I cannot answer that now."

_SENTENCES = {
    Outcome.NOTHING_TYPED: "Please type a question.",
    Outcome.TOO_LONG: (
        f"That message is longer than {LONGEST_MESSAGE:,} characters. "
        "Please ask the question on its own, without the case notes."
    ),
    Outcome.TURNED_OFF: (
        "This assistant is turned off at the moment. Please use the contacts above."
    ),
    Outcome.RESTARTING: f"The assistant is restarting. Please try again in a minute. {CALL_999}",
    Outcome.QUEUE_FULL: "Many people are asking at the moment. Please try again in a minute.",
    Outcome.TIMED_OUT: SORRY,
    Outcome.STORE_UNAVAILABLE: SORRY,
    Outcome.CRASHED: SORRY,
}

_FAULTS = frozenset({Outcome.TIMED_OUT, Outcome.STORE_UNAVAILABLE, Outcome.CRASHED})

_BY_KIND: Mapping[Kind, Outcome] = {
    "answer": Outcome.ANSWERED,
    "urgent": Outcome.URGENT,
    "guided": Outcome.GUIDED,
    "suggest": Outcome.SUGGESTED,
    "out-of-scope": Outcome.OUT_OF_SCOPE,
    "smalltalk": Outcome.SMALLTALK,
    "other-language": Outcome.OTHER_LANGUAGE,
}


def kind_of(named: Optional[str]) -> Kind:
    """The kind of this name; one that has gone, and no name at all, is small talk."""
    return next((kind for kind in _BY_KIND if kind == named), "smalltalk")


def outcome_of(kind: Kind) -> Outcome:
    """The outcome of a turn that gave a reply of this kind."""
    return _BY_KIND[kind]
