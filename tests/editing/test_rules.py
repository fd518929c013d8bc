"""Each rule finds what breaks it, and passes what does not."""

from __future__ import annotations

import re
from typing import Any, Callable, NamedTuple, Union

import pytest

from assistant.editing import (
    evidence,
    in_both_nations,
    owners,
    questions,
    readings,
    registers,
    sign_off,
    standard,
    urgent,
    welsh,
)
from assistant.editing.checks import RULES
from assistant.editing.content_to_check import Rule
from tests.editing.conftest import Break, Files, Found, a_point

ANSWER = "guidance/talk/recording.yml"
REPLY = "urgency/replies/danger.yml"
JARGON = "multidisciplinary professionals immediately operationalise safeguarding protocols"


class Case(NamedTuple):
    """A rule, what breaks it, and what it says then."""

    rule: Rule
    broken: Break
    says: str


def change(file: str, *keys: Union[str, int], to: Any) -> Break:
    """Set one field of a file, or the file."""

    def broken(files: Files) -> None:
        part: Any = files
        for key in (file, *keys)[:-1]:
            part = part[key]
        part[(file, *keys)[-1]] = to

    return broken


def all_of(*breaks: Break) -> Break:
    def broken(files: Files) -> None:
        for one in breaks:
            one(files)

    return broken


def point(text: str, *facts: str, file: str = ANSWER, **more: Any) -> Break:
    """Make this the first point of an answer, or the first step of a reply."""
    field = "steps" if file == REPLY else "points"
    return change(file, field, 0, to=a_point(text, *facts, **more))


def lead(text: str) -> Break:
    return change(ANSWER, "lead", to=text)


def without(file: str, *keys: Union[str, int]) -> Break:
    """Take a field out, or the file."""

    def broken(files: Files) -> None:
        part: Any = files
        for key in (file, *keys)[:-1]:
            part = part[key]
        del part[(file, *keys)[-1]]

    return broken


def add(file: str, *keys: Union[str, int], entries: list[Any]) -> Break:
    def broken(files: Files) -> None:
        part = files[file]
        for key in keys:
            part = part[key]
        part.extend(entries)

    return broken


def said(text: str) -> Break:
    """A hand-written response, in ``domain.yml`` beside ``data``."""
    return change("../domain.yml", to={"responses": {"utter_hello": [{"text": text}]}})


def in_answers(count: int, *sentences: str) -> Break:
    """The same sentence in this many answers; of several, one after the other."""

    def broken(files: Files) -> None:
        for i in range(count):
            name = f"talk/more-{i}"
            files[f"guidance/{name}.yml"] = {
                **files[ANSWER],
                "points": [a_point(f"Other {i} {one}.") for one in "abcd"],
                "lead": f"This is number {i}. {sentences[i % len(sentences)]}",
            }

    return broken


def words(count: int) -> str:
    return " ".join(["word."] * count)


def local_points(count: int) -> Break:
    some = [a_point("In Leeds, for example, so.", "in-leeds", scope="local") for _ in range(count)]
    return change(ANSWER, "more", to=some)


def local_contact(checked: str) -> Break:
    entry = {"name": "Ours", "phone": "01632 960 001", "checked": checked}

    def broken(files: Files) -> None:
        files["local.yml"] = {"area": "Ours", "contacts": {"council": entry}}

    return broken


CASES = [
    # --- how an answer is written
    Case(standard.size_of_the_lead, lead(words(41)), "the lead has 41 words; shorten it to 40"),
    Case(
        standard.number_of_points, change(ANSWER, "points", to=[a_point()] * 3), "3 points; write 4"
    ),
    Case(
        standard.number_of_points, change(ANSWER, "points", to=[a_point()] * 8), "8 points; .* more"
    ),
    Case(standard.size_of_points, point(words(36)), "the point has 36 words; shorten it to 35"),
    Case(
        standard.size_of_points, change(ANSWER, "more", 0, "text", to=words(36)), r"more\.0\.text"
    ),
    Case(
        standard.size_of_the_review,
        change(ANSWER, "review", 0, "says", to=words(26).replace(".", "")),
        "26 words; say it in one sentence of 25",
    ),
    Case(
        standard.size_of_the_review,
        change(ANSWER, "review", 0, "says", to="It asks for it. It says so."),
        "more than one sentence; make it one",
    ),
    Case(
        standard.size_of_the_review,
        change(
            ANSWER, "review", to=[{"cite": "national-review", "says": "So.", "fit": "nearest"}] * 3
        ),
        "3 sections of the review; keep the 2 nearest",
    ),
    Case(
        standard.number_of_contacts_and_next,
        change(ANSWER, "contacts", to=["council"] * 5),
        "contacts: 5 of them; keep the 4",
    ),
    Case(
        standard.number_of_contacts_and_next,
        change(ANSWER, "next", to=["respond/refer"] * 5),
        "next: 5 of them; keep the 4",
    ),
    Case(
        standard.long_sentences,
        point(f"{'word ' * 25}word."),
        "a sentence of 26 words; split it: word word",
    ),
    Case(standard.hollow_words, lead("The number is not confirmed."), "'not confirmed' leaves the"),
    Case(standard.hollow_words, point("Check gov.uk for the rest."), "'Check gov.uk' leaves"),
    Case(standard.hollow_words, point("No date is confirmed."), "'No date is confirmed' leaves"),
    Case(standard.hollow_words, lead("The review does not say."), "'review does not say' leaves"),
    Case(standard.hollow_words, lead("It stands on www.example.org."), "'www.' leaves"),
    *(
        Case(standard.hollow_words, lead(f"{text}."), "leaves the reader with nothing")
        for text in (
            "The number is unconfirmed",
            "The edition was not seen",
            "It is not known",
            "The date has yet to be confirmed",
            "See the GOV.UK page",
            "Check whether this is still in force",
            "Look it up on legislation.gov.uk",
        )
    ),
    Case(standard.hollow_words, change(ANSWER, "title", to="Not confirmed"), "title: 'Not conf"),
    Case(
        standard.hollow_words,
        change("sources.yml", "sources", "leeds", "edition", to="2026, not seen"),
        r"leeds\.edition: 'not seen' leaves",
    ),
    Case(
        standard.hollow_words,
        change("contacts.yml", "contacts", "charity", "when", to="Check gov.uk"),
        r"charity\.when: 'Check gov.uk' leaves",
    ),
    Case(
        standard.hollow_words,
        change("services.yml", "services", "helpers", "about", to="Its hours are not known."),
        r"helpers\.about: 'are not known' leaves",
    ),
    Case(
        standard.hollow_words,
        change("guided/walk.yml", "pages", "start", "title", to="Yet to be confirmed"),
        r"start\.title: 'Yet to be confirmed' leaves",
    ),
    Case(
        standard.hollow_words,
        said("The number is not confirmed."),
        r"domain\.yml:\d+: responses\.utter_hello\.0: 'not confirmed' leaves",
    ),
    Case(standard.long_sentences, said("word " * 26), r"domain\.yml:\d+: .*a sentence of 26 words"),
    Case(standard.telephone_numbers, said("Ring 01632 960 123."), r"domain\.yml.*put it in cont"),
    Case(standard.wrong_test, said("Refer on the balance of probabilities."), r"domain\.yml"),
    Case(
        standard.same_sentence,
        in_answers(
            4, "A suspicion (or fear) is quite enough here.", "A suspicion is quite enough here."
        ),
        "this sentence stands in 4 answers",
    ),
    Case(
        standard.same_sentence,
        in_answers(4, "A suspicion is quite enough here."),
        "this sentence stands in 4 answers; reword it: a suspicion is",
    ),
    Case(
        standard.reading_age,
        lead(f"{JARGON} {JARGON}."),
        r"reading grade \d+\.\d, over 8; shorter sentences",
    ),
    Case(
        standard.reading_age,
        change(REPLY, "first", to=f"999: {JARGON}, {JARGON}."),
        r"danger\.yml:\d+: reading grade \d+\.\d, over 6",
    ),
    Case(
        standard.reading_age,
        change("guided/walk.yml", "pages", "start", "lead", to=f"{JARGON}."),
        r"pages\.start: reading grade",
    ),
    Case(
        standard.wrong_test,
        lead("Refer when the balance of probabilities is met."),
        "'balance of probabilities' is not the test to refer or enquire",
    ),
    Case(
        standard.wrong_test,
        lead("Make section 47 enquiries where it is beyond reasonable doubt."),
        "'beyond reasonable doubt' is not the test to refer or enquire",
    ),
    Case(
        standard.wrong_test,
        lead("Safeguarding works on the balance of probabilities."),
        "say in this sentence which court's test it is",
    ),
    *(
        Case(standard.wrong_test, lead(text), "is not the test to refer or enquire")
        for text in (
            "Refer only when the balance of probabilities is met.",
            "Refer, no matter what, on the balance of probabilities.",
            "Do not refer until it is more likely than not.",
            "Make no referral without proof beyond reasonable doubt.",
            "Be sure on the balance of probabilities, a matter of facts, then tell the council.",
            "You need criminal proof to refer.",
            "A court wants proof beyond reasonable doubt before you refer.",
            "Nobody should refer unless it is, on balance, more probable than not.",
        )
    ),
    Case(
        standard.telephone_numbers, lead("Ring 01632 960 123."), "'01632 960 123' looks like a tele"
    ),
    Case(
        standard.telephone_numbers,
        change(REPLY, "first", to="Call 999 or 0800 1112."),
        "'0800 1112' is no number of contacts.yml; correct it",
    ),
    Case(
        in_both_nations.names_999,
        all_of(
            point("In danger? Call 999."),
            change(ANSWER, "points", 1, "territory", to="both"),
        ),
        r"recording\.yml:\d+: points: 999 is not named to a person in Wales, but to others",
    ),
    Case(
        in_both_nations.names_999,
        add(ANSWER, "more", entries=[a_point("In danger? Call 999.", territory="Wales")]),
        "999 is not named to a person in England",
    ),
    Case(
        in_both_nations.names_999,
        all_of(
            lead("In danger, call 999."),
            change(ANSWER, "lead_wales", to="Tell social services."),
            change(ANSWER, "points", 1, "territory", to="both"),
        ),
        "999 is not named to a person in Wales",
    ),
    Case(
        in_both_nations.asks_to_record,
        all_of(
            point("Write it down.", territory="England"),
            change(ANSWER, "points", 1, "territory", to="both"),
        ),
        "nobody in Wales is asked to have it written down, but others are; add a point for Wales, "
        "or say why not in open: 'Written down, Wales: ...'",
    ),
    Case(
        in_both_nations.asks_to_record,
        add(ANSWER, "more", entries=[a_point("Confirm it in writing.", territory="Wales")]),
        "nobody in England is asked to have it in writing",
    ),
    # --- what a point rests on
    Case(evidence.cited_fact, point("Be sensible.", "unsaid"), "unsaid: no source says it"),
    Case(
        evidence.who_says_must,
        point("Tell the council.", "law-should", duty="must"),
        "no fact of this point says must on law or statutory guidance; write should",
    ),
    Case(
        evidence.who_says_must,
        point("Tell the court.", "practice-law", duty="must"),
        "must rests on practice-law, which nobody has read; write should",
    ),
    Case(
        evidence.who_says_must,
        point("Leeds, for example, asks it.", "in-leeds", "law-should", duty="must", scope="local"),
        "no fact of this point says must on law or statutory guidance; write should",
    ),
    Case(
        evidence.profession_named,
        point("Doctors tell the council.", "doctors", duty="must"),
        r"names who and whose rule it is: Doctors must \(GMC\)",
    ),
    Case(
        evidence.local_page_alone,
        point("In Leeds, for example, use a form.", "in-leeds"),
        "Leeds procedures is one area's page; name national authority, or .* scope: local",
    ),
    Case(
        evidence.local_page_in_urgent_reply,
        point("In Leeds, for example, use a form.", "in-leeds", "write", file=REPLY),
        "Leeds procedures: no page of one area here; name a national one",
    ),
    Case(
        evidence.local_place_named,
        point("Use a form.", "in-leeds", scope="local"),
        "name the place as an example: 'For example in Leeds",
    ),
    Case(
        evidence.local_place_named,
        point("In Leeds you use a form.", "in-leeds", scope="local"),
        "name the place as an example",
    ),
    Case(
        evidence.share_of_local_points,
        local_points(2),
        r"2 of \d+ points rest on one area's page alone, more than 5%",
    ),
    Case(
        evidence.recalled_number,
        point("Go on within 3 days.", "practice", "write"),
        "'3 day' rests on practice, which nobody has read",
    ),
    Case(
        evidence.number_of_no_fact,
        point("Write it down within 12 hours.", "within-24"),
        "'12 hour' stands in none of its facts: within-24",
    ),
    Case(
        evidence.number_of_no_fact,
        point("Write it down within 24 hours.", "noted"),
        "'24 hour' stands in none of its facts: noted",
    ),
    Case(
        evidence.number_of_no_fact,
        point("It was 40% of them.", "write"),
        "'40%' stands in none of its facts: write",
    ),
    Case(
        evidence.recalled_contact,
        point("Ring for help.", "practice-number", "write"),
        "practice-number gives a contact that nobody has read; take it out",
    ),
    Case(
        evidence.recalled_contact,
        change("contacts.yml", "contacts", "charity", "firmness", to="recalled"),
        "contacts.charity.firmness: a contact that nobody has read is not shown",
    ),
    Case(
        evidence.recalled_claim_about_the_review,
        point("The review wants it.", "practice-review", "write"),
        "practice-review: nobody has read this in the review",
    ),
    Case(
        evidence.english_point_on_welsh_rule,
        point("Tell the council at once.", "in-wales"),
        "Procedures of Wales holds in Wales only; name an authority for England",
    ),
    Case(
        evidence.welsh_point_names_wales,
        point("Tell the council at once.", "in-wales", territory="Wales"),
        "name Wales in the text",
    ),
    # --- urgent replies
    Case(
        urgent.sizes_of_the_reply,
        change(REPLY, "first", to=f"Call 999. {words(39)}"),
        "first: 41 words; shorten it to 40",
    ),
    Case(
        urgent.sizes_of_the_reply,
        change(REPLY, "other_reader", to=words(41)),
        "other_reader: 41 words; shorten it to 40",
    ),
    Case(
        urgent.sizes_of_the_reply,
        change(REPLY, "tell", "text", to=words(51)),
        r"tell\.text: 51 words; shorten it to 50",
    ),
    Case(
        urgent.sizes_of_the_reply,
        change(REPLY, "lines", to=[{"who": "child", "text": words(41)}]),
        r"lines\.0\.text: 41 words; shorten it to 40",
    ),
    Case(
        urgent.sizes_of_the_reply,
        point(words(36), file=REPLY),
        r"steps\.0\.text: 36 words; shorten it to 35",
    ),
    Case(
        urgent.sizes_of_the_reply,
        change(REPLY, "steps", to=[a_point()] * 3),
        "3 steps; write 4 to 9",
    ),
    Case(
        urgent.sizes_of_the_reply,
        change(REPLY, "steps", to=[a_point()] * 10),
        "10 steps; write 4 to 9",
    ),
    Case(
        urgent.title_of_the_reply,
        change(REPLY, "title", to="t" * 61),
        "title: 61 characters; shorten it to 60",
    ),
    Case(
        urgent.names_999_first,
        change(REPLY, "first", to="Call somebody."),
        "the first lines do not name 999; name it",
    ),
    Case(
        urgent.speaks_to_another_reader,
        without(REPLY, "other_reader"),
        "add a line for whoever else may be reading",
    ),
    Case(
        urgent.says_that_it_is_a_program,
        change(REPLY, "tell", "text", to="Tell your lead."),
        r"tell\.text: say that this is a computer program",
    ),
    Case(
        urgent.says_that_55_shows_no_place,
        change(REPLY, "first", to="Call 999 from a mobile, and press 55 when they ask."),
        "steps: it tells to press 55; say in a step that this does not show where the caller is",
    ),
    Case(
        urgent.routes_in_both_nations,
        change(REPLY, "contacts", to=["police", "childline", "council"]),
        "contacts: no contact for Wales is listed; add one",
    ),
    Case(
        urgent.routes_in_both_nations,
        change(REPLY, "contacts", to=["police", "childline", "council-wales"]),
        "contacts: no contact for England is listed; add one",
    ),
    Case(
        urgent.each_service_in_both_nations,
        change(REPLY, "contacts", to=["police", "council"]),
        "contacts: council is listed for one nation only; list council-wales too",
    ),
    Case(
        urgent.each_service_in_both_nations,
        change(REPLY, "contacts", to=["police", "council-wales"]),
        "contacts: council-wales is listed for one nation only; list council too",
    ),
    Case(
        urgent.told_in_both_nations,
        change(REPLY, "steps", 0, "territory", to="Wales"),
        "steps: a step is for Wales only; add one for England, or 'Told in Wales only: ...'",
    ),
    Case(
        urgent.told_in_both_nations,
        change(REPLY, "tell", "text", to="In England an adult can call a centre."),
        r"tell\.text: it names England only; name Wales, or write 'Told in England only: ...' in",
    ),
    # --- how people ask
    Case(
        questions.enough_questions,
        change("questions/talk/recording.yml", "questions", to=["how do I record"] * 14),
        "only 14 questions; write at least 15",
    ),
    Case(
        questions.enough_questions,
        without("questions/talk/recording.yml"),
        "questions/talk/recording.yml:1: questions: the file is missing: only 0 questions",
    ),
    Case(
        questions.enough_examples,
        change("urgency/examples/danger.yml", "examples", to=["help"] * 59),
        "only 59 examples; write at least 60",
    ),
    Case(
        questions.same_question,
        add("questions/talk/recording.yml", "questions", entries=["HOW do I refer, 3?"]),
        r"questions\.15: the same question stands in respond/refer; keep one",
    ),
    Case(
        questions.same_question,
        add("questions/talk/recording.yml", "questions", entries=["How do I record 3?"]),
        r"questions\.15: the same question stands here; keep one",
    ),
    Case(
        questions.same_question,
        change(
            "urgency/not-urgent.yml",
            "not_urgent",
            "talk/recording",
            to=["what is it", "help me now 3"],
        ),
        r"not_urgent\.talk/recording\.1: the same question stands in urgent/danger; keep one",
    ),
    Case(
        questions.nearly_the_same_question,
        all_of(
            add(
                "questions/talk/recording.yml",
                "questions",
                entries=["Who is allowed to read what I write"],
            ),
            add(
                "questions/respond/refer.yml",
                "questions",
                entries=["Who's allowed to read what I write"],
            ),
        ),
        "nearly the same as 'Who is allowed to read what I write' in talk/recording; reword one",
    ),
    # --- registers
    Case(
        registers.old_registers,
        change("sources.yml", "sources", "leeds", "checked", to="2025-11-29"),
        r"sources\.leeds\.checked: last checked on 2025-11-29; check it again",
    ),
    Case(
        registers.old_registers,
        change("contacts.yml", "contacts", "police", "checked", to="2025-11-29"),
        r"contacts\.police\.checked",
    ),
    Case(
        registers.old_registers,
        change("services.yml", "services", "helpers", "checked", to="2025-11-29"),
        r"services\.helpers\.checked",
    ),
    Case(
        registers.old_registers,
        change("languages.yml", "checked", to="2025-11-29"),
        r"languages\.yml:\d+: checked",
    ),
    Case(
        registers.old_registers, local_contact("2025-11-29"), r"local\.yml:\d+: contacts\.council"
    ),
    Case(
        registers.old_answers,
        change(ANSWER, "reviewed", to="2025-11-29"),
        "reviewed: last reviewed on 2025-11-29; review it again",
    ),
    Case(registers.old_answers, change(REPLY, "reviewed", to="2025-11-29"), "danger.yml"),
    Case(registers.old_answers, change("guided/walk.yml", "reviewed", to="2025-11-29"), "walk.yml"),
    Case(
        registers.names_in_shorthand,
        change("shorthand.yml", "terms", "sophie", to="somebody"),
        r"shorthand\.yml:\d+: terms\.sophie: this is a name too",
    ),
    Case(
        registers.catalogue_answered,
        add("catalogue.yml", "topics", entries=[{"id": "talk/more", "covers": "more"}]),
        r"topics\.2: talk/more has no answer; write guidance/talk/more.yml",
    ),
    Case(
        registers.catalogue_answered,
        without("catalogue.yml", "topics", 0),
        "talk/recording is not in catalogue.yml; add a line there",
    ),
    Case(
        registers.words_of_services,
        add("services.yml", "services", "helpers", "help", entries=["dancing"]),
        "'dancing' of the service helpers is matched by no option; add it to one",
    ),
    # --- readings
    Case(
        readings.answers_are_read,
        without("readings/all.yml", "readings", "talk/recording"),
        r"recording\.yml:\d+: reviewed: nobody has read it since 2026-11-30; have it read",
    ),
    Case(
        readings.answers_are_read,
        change("readings/all.yml", "readings", "urgent/danger", "date", to="2026-11-29"),
        r"danger\.yml:\d+: reviewed: nobody has read it since",
    ),
    Case(
        readings.answers_are_read,
        change("readings/all.yml", "readings", "talk/gone", to={}),
        r"readings\.talk/gone",
    ),
    Case(
        readings.answers_are_read,
        lambda files: files["readings/all.yml"]["readings"].update(
            {"talk/gone": files["readings/all.yml"]["readings"]["talk/recording"]}
        ),
        r"readings\.talk/gone: no such answer; take it out",
    ),
    Case(readings.answers_are_read, without("readings/all.yml", "readings", "roles"), "roles.yml"),
    Case(
        readings.answers_are_read,
        without("readings/all.yml", "readings", "guided/walk"),
        "walk.yml",
    ),
    Case(
        readings.answers_are_read,
        change("readings/all.yml", "readings", "talk/recording", "digest", to="0123456789ab"),
        r"talk/recording\.digest: its words are no longer those .* digest: '\w{12}'",
    ),
    Case(
        readings.answers_are_read,
        change("readings/all.yml", "readings", "roles", "digest", to="0123456789ab"),
        r"roles\.digest: a digest stands with answers and urgent replies only",
    ),
    Case(
        readings.the_review_fits,
        change("readings/all.yml", "readings", "talk/recording", "second", "review_fits", to=False),
        r"review_fits: the section of the review does not fit here, nor in 0 others of 7, .* 5%",
    ),
]
SOUND = [
    Case(
        standard.telephone_numbers, lead("In 2022/23 it was 3.6% of 55,000, and 193 children."), ""
    ),
    Case(standard.telephone_numbers, lead("Call 999, or 111 and option 2."), ""),
    Case(standard.wrong_test, lead("Only a court needs proof beyond reasonable doubt."), ""),
    *(
        Case(standard.wrong_test, lead(text), "")
        for text in (
            "To refer you need no proof beyond reasonable doubt.",
            "Nobody who refers needs criminal proof.",
            "The test to enquire is well below more likely than not.",
            "The balance of probabilities is not the test to refer.",
            "Proof beyond reasonable doubt is only for a criminal court, so refer.",
            "Reasonable cause starts an enquiry; only a court needs proof beyond reasonable doubt.",
        )
    ),
    Case(standard.hollow_words, lead("Find out whether the child is safe now."), ""),
    Case(standard.hollow_words, said("You can ask about the law."), ""),
    Case(standard.long_sentences, said("- word word\n" * 20), ""),
    Case(standard.wrong_test, lead("A court finds facts on the balance of probabilities."), ""),
    Case(standard.same_sentence, in_answers(3, "A suspicion is quite enough here."), ""),
    Case(
        in_both_nations.names_999,
        all_of(
            point("In danger? Call 999.", territory="both"),
            change(ANSWER, "points", 1, "territory", to="Wales"),
        ),
        "",
    ),
    # All points are of England, so they are shown in Wales too.
    Case(in_both_nations.names_999, point("In danger? Call 999."), ""),
    Case(standard.same_sentence, in_answers(5, "Call 999 now."), ""),
    Case(standard.hollow_words, lead("GOV.UK finds the council by its postcode."), ""),
    Case(evidence.cited_fact, point("Be sensible.", "unsaid", "write"), ""),
    Case(evidence.who_says_must, point("Tell the court.", "practice-section", duty="must"), ""),
    Case(evidence.who_says_must, point("Tell the council.", "law", duty="must"), ""),
    Case(
        evidence.profession_named,
        point("Doctors must (GMC) tell the council.", "doctors", duty="must"),
        "",
    ),
    Case(
        evidence.local_page_alone,
        point("In Leeds, for example, use a form.", "in-leeds", scope="local"),
        "",
    ),
    Case(
        evidence.local_place_named, point("Leeds's way is a form.", "in-leeds", scope="local"), ""
    ),
    Case(
        evidence.local_place_named,
        all_of(lead("This is about Leeds."), point("Use a form.", "in-leeds", scope="local")),
        "",
    ),
    Case(evidence.share_of_local_points, local_points(1), ""),
    Case(evidence.recalled_number, point("Go on within 24 hours.", "practice", "within-24"), ""),
    Case(evidence.number_of_no_fact, point("Call 999. Section 47 asks it.", "law"), ""),
    Case(evidence.english_point_on_welsh_rule, point("At once.", "in-wales", "write"), ""),
    Case(
        evidence.welsh_point_names_wales,
        point("In Wales tell the council.", "in-wales", territory="Wales"),
        "",
    ),
    Case(
        urgent.says_that_55_shows_no_place,
        change(
            REPLY,
            "steps",
            0,
            "text",
            to="Call 999 and press 55. That does not show the police where you are.",
        ),
        "",
    ),
    Case(urgent.routes_in_both_nations, change(REPLY, "contacts", to=["police", "charity"]), ""),
    Case(
        urgent.each_service_in_both_nations, change(REPLY, "contacts", to=["police", "charity"]), ""
    ),
    Case(
        urgent.told_in_both_nations,
        all_of(
            change(REPLY, "steps", 0, "territory", to="Wales"),
            change(REPLY, "open", to=["Told in Wales only: England has no such line."]),
        ),
        "",
    ),
    Case(
        urgent.told_in_both_nations,
        all_of(
            change(REPLY, "steps", 0, "territory", to="Wales"),
            change(REPLY, "steps", 1, "territory", to="England"),
            change(REPLY, "first", to="Call 999. In Wales press 2, in England option 2."),
        ),
        "",
    ),
    Case(
        questions.same_question,
        change("urgency/not-urgent.yml", "not_urgent", "talk/recording", to=["how do I record 3"]),
        "",
    ),
    Case(registers.old_answers, change(ANSWER, "reviewed", to="2025-11-30"), ""),
    Case(registers.old_registers, local_contact("2025-11-30"), ""),
    Case(
        readings.answers_are_read,
        change("readings/all.yml", "readings", "urgent/danger", "date", to="2026-12-01"),
        "",
    ),
]


def name(case: Case) -> str:
    return getattr(case.rule, "__name__", "rule")


@pytest.mark.parametrize("case", CASES, ids=name)
def test_what_breaks_a_rule_is_found(case: Case, found: Found) -> None:
    problems = found(case.rule, case.broken)
    assert any(re.search(case.says, problem) for problem in problems), problems
    assert all(re.search(r"\.yml:\d+: ", problem) for problem in problems)


@pytest.mark.parametrize("case", SOUND, ids=name)
def test_what_is_sound_passes(case: Case, found: Found) -> None:
    assert found(case.rule, case.broken) == []


@pytest.mark.parametrize("rule", [*RULES, *questions.SLOW_RULES], ids=lambda rule: rule.__name__)
def test_the_made_up_content_breaks_no_rule(rule: Rule, found: Found) -> None:
    assert found(rule, None) == []


def test_every_rule_is_tested() -> None:
    tested: set[Callable[..., Any]] = {case.rule for case in CASES}
    assert tested | TESTED_ELSEWHERE == {*RULES, *questions.SLOW_RULES}


TESTED_ELSEWHERE: set[Callable[..., Any]] = {
    welsh.numbers_of_translations,  # test_welsh.py
    welsh.parts_of_translations,
    sign_off.signatures_are_whole,  # test_sign_off.py
    owners.owners_own_what_there_is,  # test_due.py
    questions.nobodys_own_words,  # test_drafts.py
}


def test_the_reading_age_is_measured_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert standard.reading_grade("Tell the council today. Write it down.") < 4
    assert standard.reading_grade("Multidisciplinary professionals operationalise protocols.") > 15


def test_a_reading_with_a_digest_holds_until_a_word_changes(found: Found) -> None:
    digest = ("readings/all.yml", "readings", "talk/recording", "digest")
    (problem,) = found(readings.answers_are_read, change(*digest, to="0"))
    now = problem.rpartition("digest: ")[2].strip("'")
    assert found(readings.answers_are_read, change(*digest, to=now)) == []
    reworded = change(ANSWER, "points", 1, "text", to="Another word.")
    (problem,) = found(readings.answers_are_read, all_of(change(*digest, to=now), reworded))
    assert "its words are no longer those that were read" in problem
    # One without holds by its day.
    assert found(readings.answers_are_read, reworded) == []
