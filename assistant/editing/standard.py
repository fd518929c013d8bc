"""Rules on how an answer is written: sizes, sentences, words, reading age."""

from __future__ import annotations

import collections
import re
from pathlib import Path
from typing import Iterator

from assistant.editing.checked import Checked, Placed, Rule, words
from assistant.guidance import Problem
from assistant.guidance.yaml_lines import Path_

LONGEST_LEAD = 40  # words: one or two sentences, or as many short ones
FEWEST_POINTS, MOST_POINTS = 4, 7
LONGEST_POINT = 35  # words
MOST_REVIEW = 2  # sections
LONGEST_REVIEW = 25  # words, in one sentence
MOST_CONTACTS = MOST_NEXT = 4
LONGEST_SENTENCE = 25  # words
MOST_ANSWERS_ALIKE = 3  # that may hold the same sentence
SHORTEST_FILLER = 5  # words: what is shorter may stand anywhere
HIGHEST_GRADE = 9  # Flesch-Kincaid: years at school
HIGHEST_URGENT_GRADE = 6

# What sends a reader away with nothing, or speaks of our evidence instead of the matter.
_HOLLOW = re.compile(
    r"not confirmed|\bno [a-z ]{0,30}\bis confirmed|confirmed here|not known here|not listed here"
    r"|(?:check|see|consult|look up|look on|visit) (?:on )?(?:www\.)?gov\.uk|https?:|www\."
    r"|too early to say|we (?:could|can) ?not (?:confirm|check|find)"
    r"|could not be (?:checked|confirmed|found)|review (?:is silent|does not say|says nothing)",
    re.IGNORECASE,
)
# The tests that are not those to refer, to hold a strategy discussion or to make enquiries.
_TEST = re.compile(
    r"balance of probabilit(?:y|ies)|beyond (?:all )?reasonable doubt", re.IGNORECASE
)
_WHOSE = re.compile(r"\bcourts?\b|\btrials?\b|\bjudges?\b|\bjury\b|\bfacts?\b", re.IGNORECASE)
_REFERRING = re.compile(
    r"\brefer(?:s|red|ring|rals?)?\b|\breport(?:s|ed|ing)?\b|enquir|section 47"
    r"|strategy (?:discussion|meeting)|\btell(?:s|ing)? (?:children's )?social care",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|nobody|never|without|neither|nor|only|too often)\b|\bno\b(?!,)|n't\b",
    re.IGNORECASE,
)
# What could be dialled: five digits or more, spaces and hyphens allowed between them.
NUMBER = re.compile(r"(?<![\d,-])\+?\d(?:[ -]?\d){4,}(?!\d)")


def size_of_the_lead(checked: Checked) -> Iterator[Problem]:
    """The lead answers the likeliest question in forty words."""
    for topic in checked.library.topics.values():
        for field, lead in (("lead", topic.lead), ("lead_wales", topic.lead_wales or "")):
            if words(lead) > LONGEST_LEAD:
                fix = f"the lead has {words(lead)} words; shorten it to {LONGEST_LEAD}"
                yield checked.problem(checked.file_of(topic), (field,), fix)


def number_of_points(checked: Checked) -> Iterator[Problem]:
    """Four to seven points; what is over goes to ``more``."""
    for topic in checked.library.topics.values():
        if not FEWEST_POINTS <= len(topic.points) <= MOST_POINTS:
            fix = (
                f"{len(topic.points)} points; write {FEWEST_POINTS} to {MOST_POINTS}, "
                "and put what is over into more"
            )
            yield checked.problem(checked.file_of(topic), ("points",), fix)


def size_of_points(checked: Checked) -> Iterator[Problem]:
    """No point is longer than a person reads at a glance; of urgent replies see there."""
    for point in checked.points():
        if point.kind != "urgent" and words(point.text) > LONGEST_POINT:
            fix = f"the point has {words(point.text)} words; shorten it to {LONGEST_POINT}"
            yield checked.problem(point.path, (*point.at, "text"), fix)


def size_of_the_review(checked: Checked) -> Iterator[Problem]:
    """One or two sections, each with one sentence that ties it to the question."""
    for topic in checked.library.topics.values():
        if len(topic.review) > MOST_REVIEW:
            fix = f"{len(topic.review)} sections of the review; keep the {MOST_REVIEW} nearest"
            yield checked.problem(checked.file_of(topic), ("review",), fix)
    for text in checked.texts():
        if text.at[-1] != "says":
            continue
        if words(text.text) > LONGEST_REVIEW:
            fix = f"{words(text.text)} words; say it in one sentence of {LONGEST_REVIEW}"
            yield checked.problem(text.path, text.at, fix)
        elif len(re.findall(r"[.!?](?=\s+[A-Z])", text.text)):
            yield checked.problem(text.path, text.at, "more than one sentence; make it one")


def number_of_contacts_and_next(checked: Checked) -> Iterator[Problem]:
    """At most four contacts and four topics to go on with."""
    for topic in checked.library.topics.values():
        for field, listed, most in (
            ("contacts", topic.contacts, MOST_CONTACTS),
            ("next", topic.next, MOST_NEXT),
        ):
            if len(listed) > most:
                fix = f"{len(listed)} of them; keep the {most} that help most"
                yield checked.problem(checked.file_of(topic), (field,), fix)


def long_sentences(checked: Checked) -> Iterator[Problem]:
    """No sentence over 25 words."""
    for text in checked.texts():
        for sentence in text.sentences:
            if words(sentence) > LONGEST_SENTENCE:
                fix = f"a sentence of {words(sentence)} words; split it: {sentence[:50]}..."
                yield checked.problem(text.path, text.at, fix)


def hollow_words(checked: Checked) -> Iterator[Problem]:
    """Nothing shown says that something is not confirmed, or sends the reader to look it up."""
    for text in checked.texts():
        found = _HOLLOW.search(text.text)
        if found:
            fix = f"'{found.group()}' leaves the reader with nothing; put it into open"
            yield checked.problem(text.path, text.at, fix)


def same_sentence(checked: Checked) -> Iterator[Problem]:
    """The same sentence in more than three answers is filler."""
    where: dict[str, dict[str, Placed]] = collections.defaultdict(dict)
    for text in checked.texts():
        # Urgent replies and guided pages say the same thing in the same words, on purpose.
        if text.kind == "answer":
            for sentence in text.sentences:
                if words(sentence) >= SHORTEST_FILLER:
                    where[sentence.lower()].setdefault(text.part_of, text)
    for sentence, texts in where.items():
        if len(texts) > MOST_ANSWERS_ALIKE:
            for text in list(texts.values())[MOST_ANSWERS_ALIKE:]:
                fix = f"this sentence stands in {len(texts)} answers; reword it: {sentence[:50]}..."
                yield checked.problem(text.path, text.at, fix)


def reading_age(checked: Checked) -> Iterator[Problem]:
    """An answer can be read at about twelve, an urgent reply at about ten."""
    for path, at, shown, highest in _read_in_one_go(checked):
        grade = reading_grade(" ".join(shown))
        if grade > highest:
            fix = f"reading grade {grade:.1f}, over {highest}; shorter sentences, plainer words"
            yield checked.problem(path, at, fix)


def _read_in_one_go(checked: Checked) -> Iterator[tuple[Path, Path_, list[str], int]]:
    for topic in checked.library.topics.values():
        points = [point.text for point in (*topic.points, *topic.more)]
        yield checked.file_of(topic), (), [topic.lead, *points], HIGHEST_GRADE
    for one in checked.library.urgent.values():
        parts = [one.first, one.other_reader or "", *(line.text for line in one.lines)]
        parts += [one.tell.text, *(step.text for step in one.steps)]
        yield checked.file_of_urgent(one), (), parts, HIGHEST_URGENT_GRADE
    for guide in checked.library.guides.values():
        path = checked.file_of_guide(guide)
        for name, page in guide.pages.items():
            shown = [page.lead, *(point.text for point in page.points)]
            yield path, ("pages", name), shown, HIGHEST_GRADE


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text: years at school that its reader needs."""
    import textstat  # type: ignore[import-untyped]

    grade: float = textstat.flesch_kincaid_grade(text)
    return grade


def wrong_test(checked: Checked) -> Iterator[Problem]:
    """Whoever refers or enquires needs reasonable cause to suspect, and no proof.

    A sentence that names another test says whose it is: a court's, for the facts it finds.
    """
    for text in checked.texts():
        for sentence in text.sentences:
            test = _TEST.search(sentence)
            if not test or _DENIED.search(sentence):
                continue
            if _REFERRING.search(sentence):
                fix = "is not the test to refer or enquire; write reasonable cause to suspect"
                yield checked.problem(text.path, text.at, f"'{test.group()}' {fix}")
            elif not _WHOSE.search(sentence):
                fix = "say in this sentence which court's test it is, or take it out"
                yield checked.problem(text.path, text.at, f"'{test.group()}': {fix}")


def telephone_numbers(checked: Checked) -> Iterator[Problem]:
    """Numbers stand in contacts.yml; only an urgent reply shows one, and the same one."""
    known = {
        plain_number(number)
        for contact in checked.library.contacts.values()
        for number in (contact.phone, contact.sms)
        if number
    }
    for text in checked.texts():
        for number in NUMBER.findall(text.text):
            if text.kind != "urgent":
                fix = f"'{number}' looks like a telephone number; put it in contacts.yml"
                yield checked.problem(text.path, text.at, fix)
            elif plain_number(number) not in known:
                fix = f"'{number}' is no number of contacts.yml; correct it"
                yield checked.problem(text.path, text.at, fix)


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
