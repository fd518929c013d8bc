"""Rules on how an answer is written: sizes, sentences, words, reading age."""

from __future__ import annotations

import collections
import itertools
import re
from pathlib import Path
from typing import Any, Iterator, Mapping

from assistant.editing.content_to_check import ContentToCheck, PlacedText, Rule, words
from assistant.editing.standard_of_proof import wrong_tests
from assistant.guidance import Library, Problem, Welsh
from assistant.guidance.yaml_lines import FieldPath, read_yaml

LONGEST_LEAD = 40  # words: one or two sentences, or as many short ones
FEWEST_POINTS, MOST_POINTS = 4, 7
LONGEST_POINT = 35  # words
MOST_REVIEW = 2  # sections
LONGEST_REVIEW = 25  # words, in one sentence
MOST_CONTACTS = MOST_NEXT = 4
LONGEST_SENTENCE = 25  # words
MOST_ANSWERS_ALIKE = 3  # that may hold the same sentence
SHORTEST_FILLER = 5  # words: what is shorter may stand anywhere
HIGHEST_GRADE = 8  # Flesch-Kincaid: years at school; read at about twelve
HIGHEST_URGENT_GRADE = 6

# What sends a reader away with nothing, or speaks of our evidence instead of the matter.
_HOLLOW = re.compile(
    r"\b(?:not|never) (?:yet )?(?:been )?(?:confirmed|verified|seen)\b|\bunconfirmed\b"
    r"|\byet to be (?:confirmed|seen|checked|verified)|\bto be confirmed\b"
    r"|\b(?:is|are|was|were) not (?:yet )?known\b(?! to)|\bnot known (?:here|yet)\b"
    r"|;\s*not known\b"
    r"|\bno [a-z ]{0,30}\bis confirmed|confirmed here|not listed here"
    r"|\b(?:check|see|consult|look(?: it| this| that)? up|look on|visit|go to)\b[^.:;]{0,30}"
    r"\b(?:gov\.uk|legislation)\b|https?:|\bwww\."
    r"|\bcheck (?:if|whether) (?:this|it|that|the [a-z]+) (?:is|are|still)\b|\blook it up\b"
    r"|too early to say|we (?:could|can) ?not (?:confirm|check|find)"
    r"|could not be (?:checked|confirmed|found|seen)"
    r"|review (?:is silent|does not say|says nothing)"
    r"|\bnid yw(?:'n|n) hysbys\b|\bheb ei weld\b",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<=[.!?])[\"”)']*\s+")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
# What could be dialled: five digits or more, spaces and hyphens allowed between them.
NUMBER = re.compile(r"(?<![\d,-])\+?\d(?:[ -]?\d){4,}(?!\d)")


def size_of_the_lead(content: ContentToCheck) -> Iterator[Problem]:
    """The lead answers the likeliest question in forty words."""
    for topic in content.library.topics.values():
        for field, lead in (("lead", topic.lead), ("lead_wales", topic.lead_wales or "")):
            if words(lead) > LONGEST_LEAD:
                fix = f"the lead has {words(lead)} words; shorten it to {LONGEST_LEAD}"
                yield content.problem(content.file_of(topic), (field,), fix)


def number_of_points(content: ContentToCheck) -> Iterator[Problem]:
    """Four to seven points; what is over goes to ``more``."""
    for topic in content.library.topics.values():
        if not FEWEST_POINTS <= len(topic.points) <= MOST_POINTS:
            fix = (
                f"{len(topic.points)} points; write {FEWEST_POINTS} to {MOST_POINTS}, "
                "and put what is over into more"
            )
            yield content.problem(content.file_of(topic), ("points",), fix)


def size_of_points(content: ContentToCheck) -> Iterator[Problem]:
    """No point is longer than a person reads at a glance; of urgent replies see there."""
    for point in content.points():
        if point.kind != "urgent" and words(point.text) > LONGEST_POINT:
            fix = f"the point has {words(point.text)} words; shorten it to {LONGEST_POINT}"
            yield content.problem(point.path, (*point.at, "text"), fix)


def size_of_the_review(content: ContentToCheck) -> Iterator[Problem]:
    """One or two sections, each with one sentence that ties it to the question."""
    for topic in content.library.topics.values():
        if len(topic.review) > MOST_REVIEW:
            fix = f"{len(topic.review)} sections of the review; keep the {MOST_REVIEW} nearest"
            yield content.problem(content.file_of(topic), ("review",), fix)
    for text in content.texts():
        if text.at[-1] != "says":
            continue
        if words(text.text) > LONGEST_REVIEW:
            fix = f"{words(text.text)} words; say it in one sentence of {LONGEST_REVIEW}"
            yield content.problem(text.path, text.at, fix)
        elif len(re.findall(r"[.!?](?=\s+[A-Z])", text.text)):
            yield content.problem(text.path, text.at, "more than one sentence; make it one")


def number_of_contacts_and_next(content: ContentToCheck) -> Iterator[Problem]:
    """At most four contacts and four topics to go on with."""
    for topic in content.library.topics.values():
        for field, listed, most in (
            ("contacts", topic.contacts, MOST_CONTACTS),
            ("next", topic.next, MOST_NEXT),
        ):
            if len(listed) > most:
                fix = f"{len(listed)} of them; keep the {most} that help most"
                yield content.problem(content.file_of(topic), (field,), fix)


def long_sentences(content: ContentToCheck) -> Iterator[Problem]:
    """No sentence over 25 words, from full stop to full stop: a colon ends none."""
    for text in _all_texts(content):
        for sentence in _FULL_STOP.split(text.text):
            if words(sentence) > LONGEST_SENTENCE:
                fix = f"a sentence of {words(sentence)} words; split it: {sentence[:50]}..."
                yield content.problem(text.path, text.at, fix)


def hollow_words(content: ContentToCheck) -> Iterator[Problem]:
    """Nothing shown says that something is not confirmed, or sends the reader to look it up."""
    shown = ((text.path, text.at, text.text) for text in _all_texts(content))
    for path, at, said in itertools.chain(shown, _shown_around(content)):
        found = _HOLLOW.search(said)
        if found:
            fix = f"'{found.group()}' leaves the reader with nothing; put it into open"
            yield content.problem(path, at, fix)


def _all_texts(content: ContentToCheck) -> Iterator[PlacedText]:
    """The texts of ``data`` and the hand-written responses of ``domain.yml``."""
    yield from content.texts()
    path = content.data.parent / "domain.yml"
    if path.exists():
        responses = read_yaml(path).data.get("responses", {})
        for name, variations in responses.items():
            for i, one in enumerate(variations):
                # A line break ends a sentence here: lists are written without full stops.
                for line in one["text"].splitlines():
                    yield PlacedText("guided", name, path, ("responses", name, i), line)


def _shown_around(content: ContentToCheck) -> Iterator[tuple[Path, FieldPath, str]]:
    """What is shown besides the texts: titles, documents, contacts, services, and all in Welsh."""
    library, data = content.library, content.data
    for topic in library.topics.values():
        yield content.file_of(topic), ("title",), topic.title
    for guide in library.guides.values():
        yield content.file_of_guide(guide), ("title",), guide.title
        for name, page in guide.pages.items():
            yield content.file_of_guide(guide), ("pages", name, "title"), page.title
    registers: tuple[tuple[str, Mapping[str, Any], tuple[str, ...]], ...] = (
        ("sources", library.sources, ("title", "short", "edition", "territory", "superseded_by")),
        ("contacts", library.contacts, ("name", "when", "hours", "sms")),
        ("services", library.services, ("name", "about", "hours", "area", "sms")),
    )
    for register, entries, fields in registers:
        for name, entry in entries.items():
            for field in fields:
                at = (register, name, field)
                yield data / f"{register}.yml", at, getattr(entry, field) or ""
    if library.welsh:
        yield from _in_welsh(data / "welsh", library, library.welsh)


def _in_welsh(
    folder: Path, library: Library, welsh: Welsh
) -> Iterator[tuple[Path, FieldPath, str]]:
    for topic_id, topic in welsh.topics.items():
        for said, _ in topic.pairs(library.topics[topic_id]):
            yield folder / "guidance" / f"{topic_id}.yml", (), said
    for situation_id, reply in welsh.situations.items():
        path = folder / "urgency" / f"{situation_id.partition('/')[2]}.yml"
        for said, _ in reply.pairs(library.urgent[situation_id]):
            yield path, (), said
    for contact_id, contact in welsh.contacts.contacts.items():
        for said, _ in contact.pairs(library.contacts[contact_id]):
            yield folder / "contacts.yml", ("contacts", contact_id), said


def same_sentence(content: ContentToCheck) -> Iterator[Problem]:
    """The same sentence in more than three answers is filler, whatever stands in brackets."""
    where: dict[str, dict[str, PlacedText]] = collections.defaultdict(dict)
    for text in content.texts():
        # Urgent replies and guided pages say the same thing in the same words, on purpose.
        if text.kind == "answer":
            for sentence in map(_without_brackets, text.sentences):
                if words(sentence) >= SHORTEST_FILLER:
                    where[sentence.lower()].setdefault(text.part_of, text)
    for sentence, texts in where.items():
        if len(texts) > MOST_ANSWERS_ALIKE:
            for text in list(texts.values())[MOST_ANSWERS_ALIKE:]:
                fix = f"this sentence stands in {len(texts)} answers; reword it: {sentence[:50]}..."
                yield content.problem(text.path, text.at, fix)


def _without_brackets(sentence: str) -> str:
    return _BRACKETS.sub("", sentence)


def reading_age(content: ContentToCheck) -> Iterator[Problem]:
    """An answer can be read at about twelve, an urgent reply at about ten."""
    for path, at, shown, highest in _read_in_one_go(content):
        grade = reading_grade(" ".join(shown))
        if grade > highest:
            fix = f"reading grade {grade:.1f}, over {highest}; shorter sentences, plainer words"
            yield content.problem(path, at, fix)


def _read_in_one_go(content: ContentToCheck) -> Iterator[tuple[Path, FieldPath, list[str], int]]:
    for topic in content.library.topics.values():
        points = [point.text for point in (*topic.points, *topic.more)]
        yield content.file_of(topic), (), [topic.lead, *points], HIGHEST_GRADE
    for one in content.library.urgent.values():
        parts = [one.first, one.other_reader or "", *(line.text for line in one.lines)]
        parts += [one.tell.text, *(step.text for step in one.steps)]
        yield content.file_of_urgent(one), (), parts, HIGHEST_URGENT_GRADE
    for guide in content.library.guides.values():
        path = content.file_of_guide(guide)
        for name, page in guide.pages.items():
            shown = [page.lead, *(point.text for point in page.points)]
            yield path, ("pages", name), shown, HIGHEST_GRADE


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text: years at school that its reader needs."""
    import textstat  # type: ignore[import-untyped]

    grade: float = textstat.flesch_kincaid_grade(text)
    return grade


def wrong_test(content: ContentToCheck) -> Iterator[Problem]:
    """Whoever refers or enquires needs reasonable cause to suspect, and no proof."""
    for text in _all_texts(content):
        for fix in wrong_tests(text.text):
            yield content.problem(text.path, text.at, fix)


def telephone_numbers(content: ContentToCheck) -> Iterator[Problem]:
    """Numbers stand in contacts.yml; only an urgent reply shows one, and the same one."""
    known = {
        plain_number(number)
        for contact in content.library.contacts.values()
        for number in (contact.phone, contact.sms)
        if number
    }
    for text in _all_texts(content):
        for number in NUMBER.findall(text.text):
            if text.kind != "urgent":
                fix = f"'{number}' looks like a telephone number; put it in contacts.yml"
                yield content.problem(text.path, text.at, fix)
            elif plain_number(number) not in known:
                fix = f"'{number}' is no number of contacts.yml; correct it"
                yield content.problem(text.path, text.at, fix)


def plain_number(number: str) -> str:
    """A telephone number without what is written between its digits."""
    return re.sub(r"\D", "", number)


RULES: tuple[Rule, ...] = (
    size_of_the_lead,
    number_of_points,
    size_of_points,
    size_of_the_review,
    number_of_contacts_and_next,
    long_sentences,
    hollow_words,
    same_sentence,
    reading_age,
    wrong_test,
    telephone_numbers,
)
