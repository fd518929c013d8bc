"""Tests that a text names and that are not those to refer, to hold a strategy discussion or to
make enquiries: proof, the balance of probabilities.

A sentence that names one says whose it is: a court's, for the facts it finds. It may deny the
test, but nothing else that it denies helps.
"""

from __future__ import annotations

import re
from typing import Iterator

_CLAUSE_END = re.compile(r"(?<=[.!?;])[\"”)']*\s+")
_TEST = re.compile(
    r"\bbalance of probabilit(?:y|ies)|\bon balance\b|\bmore (?:likely|probable) than not"
    r"|\bbeyond (?:all |any |a )?(?:reasonable )?doubt|\b(?:civil|criminal) (?:standard of )?proof"
    r"|\b(?:civil|criminal) standard\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\bcourts?\b|\btrials?\b|\bjudges?\b|\bjury\b"
    r"|\b(?:finds?|found|finding|decides?|disputed) (?:disputed )?facts?\b|\bfacts? found\b",
    re.IGNORECASE,
)
_REFERRING = re.compile(
    r"\brefer(?:s|red|ring|rals?)?\b|\breport(?:s|ed|ing)?\b|enquir|section 47"
    r"|strategy (?:discussion|meeting)"
    r"|\b(?:tell(?:s|ing)?|ring(?:s|ing)?|call(?:s|ing)?) (?:the |your |children's )*"
    r"(?:council|social (?:care|services|worker)|police|authorit|lead|safeguarding)",
    re.IGNORECASE,
)
_DENIAL = r"\b(?:not|no|nobody|never|without|neither|nor|below|too often asked for)\b|n't\b"
_TURNS = "until|unless|before|when|once|if|only|without|but|except|less"
# A denial of the test itself stands right before it, with nothing between that turns it round;
# or the test "is not" something.
_DENYING = re.compile(
    rf"(?:{_DENIAL})(?=(?:\W+(?!(?:{_TURNS})\b)[\w']+){{0,4}}\W*$)", re.IGNORECASE
)
_DENIED_AFTER = re.compile(
    r"^\W*(?:is|are|was|were|does|do)(?:n't| not| never)\b(?! (?:met|reached|there|passed))",
    re.IGNORECASE,
)


def wrong_tests(text: str) -> Iterator[str]:
    """What is wrong with each test that the text names, and what to do."""
    for clause in _CLAUSE_END.split(text):
        for test in _TEST.finditer(clause):
            fix = _wrong(clause, test)
            if fix:
                yield f"'{test.group()}'{fix}"


def _wrong(clause: str, test: re.Match[str]) -> str:
    """What is wrong with a test in this clause; empty if nothing is."""
    part_before = clause[: test.start()].rpartition(", ")[2]
    part_after = clause[test.end() :].partition(", ")[0]
    part = f"{part_before} {test.group()} {part_after}"
    denials = len(_DENYING.findall(part_before))
    # "No referral without proof" denies twice, and so asks for it.
    others = len(re.findall(_DENIAL, part_before, re.IGNORECASE)) - denials
    if (denials and not others) or _DENIED_AFTER.match(part_after):
        return ""
    theirs = bool(_WHOSE.search(part)) and not _REFERRING.search(part)
    if _REFERRING.search(clause) and not theirs:
        return " is not the test to refer or enquire; write reasonable cause to suspect"
    if not _WHOSE.search(clause):
        return ": say in this sentence which court's test it is, or take it out"
    return ""
