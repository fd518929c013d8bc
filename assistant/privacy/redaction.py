"""Redaction: what identifies a person is masked, what carries meaning stays.

Ages, roles, relations and the names of services stay; ``my client John, 7, of 3 High Street``
becomes ``my client [name], 7, of [address]``. Applied to everything that is kept or leaves.
What is found, what is missed and what it costs: docs/privacy.md.

Nothing here remembers a text, so any number of threads may redact at once.
"""

from __future__ import annotations

import functools
import re
from typing import Any, Iterable, Iterator, Sequence

from assistant.guidance import ContentError, Registers, load_registers
from assistant.metrics import time_step
from assistant.privacy.addresses import ADDRESS_PATTERNS, POSTCODE_PATTERNS, TOWN_WITH_POSTCODE
from assistant.privacy.dates import DATE_PATTERNS
from assistant.privacy.masks import MASK, MASKS, WITHHELD
from assistant.privacy.name_recogniser import NameRecogniser
from assistant.privacy.numbers import NUMBER_PATTERNS, STATUTORY_INSTRUMENT
from assistant.privacy.online import ONLINE_PATTERNS
from assistant.privacy.organisations import ORGANISATION_PATTERNS, SMALL_TOWN
from assistant.privacy.other_scripts import OTHER_SCRIPT_PATTERNS
from assistant.privacy.places import DEDICATION, PLACE_PATTERNS, AddressAndPlaceRecogniser
from assistant.privacy.plain_text import PlainText
from assistant.privacy.plates import PLATE_RECOGNISERS
from assistant.privacy.recognisers import Finding, OutsideKept, Recogniser
from assistant.privacy.vocabulary import family_also_words, fold, is_word, kept_phrases, names
from assistant.project import ProjectError, find_project

LONGEST_TEXT_CHARACTERS = 20_000
"""Characters of a text that is redacted; a longer one is not kept at all."""

PIECE_CHARACTERS = 4_000
"""Characters that are redacted at once; a longer text is redacted in pieces."""

OVERLAP_CHARACTERS = 200
"""Characters that two pieces share: more than an identifier and what announces it."""

_NUMBERS = frozenset({"PHONE", "NUMBER", "REFERENCE"})

# Names of laws, reports and methods that hold a person's name and mean none.
_NAMED_AFTER_PEOPLE = (
    r"(?:sarah'?s|clare'?s|megan'?s|awaab'?s|helen'?s) law|martha'?s rule|"
    r"(?-i:[A-Z][a-z]{1,14}'s (?:Law|Rule|Act|Inquiry))|"
    r"(?-i:(?:[A-Z][a-z]{1,14} ){1,2}Inquiry)|"
    # A word for anybody: "such a Karen", "a right Charlie"; a letter for a word.
    r"(?:such|bit of|proper|right|real|total|being|typical) an? (?:karen|jack|charlie)|"
    r"(?:proper|right|real|total|typical) (?:karen|charlie)|the [a-z][ -]words?|"
    r"jay (?:report|inquiry|review)|professor jay|cass (?:report|review)|"
    r"re [a-z](?:-[a-z])?(?= (?:threshold|test|case|judgment|guidance|principles?|\(|\[(?:19|20)))|"
    r"(?:(?<=after )|(?<=under ))re [a-z](?! ?\(?\d)|(?<=following )re [a-z]|"
    r"(?:baby|child) [a-z](?= (?:case|review|inquiry|report|scandal|reforms))|"
    r"hackney v\.? williams|williams v\.? hackney|gillick v\.? \w{1,20}|merton(?=[ -]compliant)|"
    r"tavistock(?= (?:ruling|judgment|case|clinic|centre|and portman))|charity commission|"
    r"great ormond street|(?:elective(?:ly)? )?home ed(?=\W|$)(?! (?:said|says|hit|is|was))|"
    r"(?:schools|policing|victims) bill|"
    r"(?:the )?casey (?:report|audit|review)|laming (?:report|inquiry)|munro review|"
    r"stop it now|wendy house|three houses|church of (?:england|scotland|wales|ireland)|"
    r"(?:high|crown|family|county|youth|supreme) court|house of (?:lords|commons)|court of appeal|"
    r"sunday school|royal assent|cat(?:egory)? [abc](?:,? (?:and |or )?[abc])*(?= image)|"
    r"(?:youth|family|criminal|restorative|social) justice(?: council| board)?|"
    r"art\.? \d{1,3}|the hague|an inspector calls|"
    r"(?:citizens advice|shannon trust|hollie guard|clare pledge)"
)


class Redactor:
    """Masks identifiers in texts. Make one with :func:`shared_redactor`."""

    def __init__(self, kept: frozenset[str], public_numbers: frozenset[str] = frozenset()) -> None:
        """Take the names of organisations that stay, and the digits of their numbers."""
        pattern = names_that_stay(kept)
        self._public = public_numbers
        self.recognisers: Sequence[Recogniser] = (
            NameRecogniser(pattern),
            DEDICATION,
            TOWN_WITH_POSTCODE,
            OutsideKept(
                pattern,
                (
                    AddressAndPlaceRecogniser(),
                    *PLACE_PATTERNS,
                    *ORGANISATION_PATTERNS,
                    SMALL_TOWN,
                    *ADDRESS_PATTERNS,
                    *PLATE_RECOGNISERS,
                ),
            ),
            *ONLINE_PATTERNS,
            *POSTCODE_PATTERNS,
            *DATE_PATTERNS,
            OutsideKept(STATUTORY_INSTRUMENT, NUMBER_PATTERNS),
            *OTHER_SCRIPT_PATTERNS,
        )

    def redact(self, text: str) -> str:
        """The text with its identifiers masked. Redacting it again changes nothing."""
        if not any(character.isalnum() for character in text):
            return text
        if len(text) > LONGEST_TEXT_CHARACTERS:
            return WITHHELD
        with time_step("redact"):
            parts, end = [], 0
            for found in self._findings(text):
                parts += [text[end : found.start], MASKS[found.kind]]
                end = found.end
            return "".join([*parts, text[end:]])

    def find(self, text: str) -> list[tuple[int, int]]:
        """Start and end of what :meth:`redact` masks, for measuring it."""
        return [(found.start, found.end) for found in self._findings(text)]

    def redact_data(self, data: Any) -> Any:
        """A copy of plain data with every text in it redacted; keys stay as they are."""
        if isinstance(data, str):
            return self.redact(data)
        if isinstance(data, dict):
            return {key: self.redact_data(value) for key, value in data.items()}
        if isinstance(data, (list, tuple)):
            return [self.redact_data(value) for value in data]
        return data

    def _findings(self, text: str) -> list[Finding]:
        """What is masked, in the text as it was typed, in order and without overlaps."""
        plain = PlainText(text)
        findings: list[Finding] = []
        step = PIECE_CHARACTERS - OVERLAP_CHARACTERS
        for start in range(0, max(1, len(plain.text) - OVERLAP_CHARACTERS), step):
            piece = plain.text[start : start + PIECE_CHARACTERS]
            for found in self._in_piece(piece):
                if found.kind in _NUMBERS and self._is_public(piece[found.start : found.end]):
                    continue
                place = plain.original(start + found.start, start + found.end)
                findings.append(Finding(*place, found.kind, found.score))
        return list(_joined(findings))

    def _is_public(self, number: str) -> bool:
        """True for the telephone number of a helpline of the registers."""
        return _digits(number) in self._public

    def _in_piece(self, text: str) -> Iterator[Finding]:
        # What is masked already is no part of any sentence.
        text = MASK.sub(lambda mask: "•" * len(mask.group()), text)
        for recogniser in self.recognisers:
            yield from recogniser.find(text)


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _joined(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Overlapping findings as one, of the kind with the highest score."""
    current: Finding | None = None
    for found in sorted(findings, key=lambda finding: (finding.start, -finding.end)):
        if current is None:
            current = found
        elif found.start >= current.end:
            yield current
            current = found
        else:
            best = max(current, found, key=_score_and_length)
            end = max(current.end, found.end)
            current = Finding(current.start, end, best.kind, best.score)
    if current is not None:
        yield current


def _score_and_length(finding: Finding) -> tuple[float, int]:
    return finding.score, finding.end - finding.start


def names_that_stay(phrases: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the phrases, the longest first, and what is named after people."""
    plain = {PlainText(phrase).text.strip() for phrase in phrases}
    named = (phrase for phrase in plain if re.search(r"[^\W\d_]{3}", phrase))
    # By their first characters: or each of a thousand phrases would be tried at each word.
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(named, key=len, reverse=True):
        by_first.setdefault(phrase[0].lower(), []).append(re.escape(phrase[1:]))
    grouped = [f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items()]
    alternatives = "|".join([*grouped, _NAMED_AFTER_PEOPLE])
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


@functools.lru_cache(maxsize=1)
def shared_redactor() -> Redactor:
    """The redactor of this process; its first use reads the lists of names and words."""
    try:
        registers = load_registers(find_project().data)
    except (ProjectError, ContentError):
        return Redactor(frozenset())  # without the content more is masked, never less
    kept = _names_of_services(registers) | kept_phrases()
    return Redactor(kept, _numbers_of_services(registers))


def _numbers_of_services(registers: Registers) -> frozenset[str]:
    """The digits of the numbers at which the registers' helplines are rung."""
    contacts, services = registers.contacts.values(), registers.services.values()
    numbers = [n for contact in contacts for n in (contact.phone, contact.sms) if n]
    numbers += [n for service in services for n in (service.phone, service.sms) if n]
    return frozenset(digits for number in numbers if (digits := _digits(number)))


def _names_of_services(registers: Registers) -> frozenset[str]:
    """The registers' names of organisations, documents and terms: "Childline", "Sarah's Law"."""
    contacts = [contact.name for contact in registers.contacts.values()]
    services = [service.name for service in registers.services.values()]
    sources = [
        name for source in registers.sources.values() for name in (source.short, source.title)
    ]
    terms = [name for term in registers.glossary for name in (term.term, *term.also)]
    parts = _parts([*contacts, *services, *terms])
    parts |= {re.sub(r" (?:Foundation|Trust|Centre|Network)$", "", part) for part in parts}
    return frozenset(parts | {part for part in _parts(sources) if not _may_be_a_person(part)})


def _parts(phrases: Iterable[str]) -> set[str]:
    return {part.strip() for phrase in phrases for part in re.split(r"[(),:;]", phrase)}


def _may_be_a_person(part: str) -> bool:
    """True for what a title's author leaves: "Young", "Brown and Wood", "Re H"."""
    words = [word for word in re.findall(r"[^\W\d_]+", part) if word not in {"and", "et", "al"}]
    if len(words) < 2:
        return not part.isupper()
    if any(len(word) == 1 for word in words):
        return True
    return all(map(_may_be_a_name, map(fold, words)))


def _may_be_a_name(word: str) -> bool:
    return word in names() or word in family_also_words() or not is_word(word)
