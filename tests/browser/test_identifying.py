"""The warning before something is sent that may tell who a child is."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import expect

from assistant.guidance.examples import load_examples
from assistant.project import Project
from tests.browser.conftest import OpenPage, open_widget, widget
from tests.browser.tools import node

IDENTIFYING = {
    "a mother told me that Emma Jones is not safe": ["name"],
    "the boy is called Aaron": ["name"],
    "Mrs Patel rang about her neighbour": ["name"],
    "his NHS number is 943 476 5919": ["nhs"],
    "they live at 14 Elm Road": ["address"],
    "the postcode is LS6 2AB": ["address"],
    "ring mum on 07700 900123": ["phone"],
    "his dad's work number is 020 7946 0018": ["phone"],
    "write to someone@example.org": ["email"],
    "national insurance QQ 12 34 56 C": ["insurance"],
    "she was born on 04/07/2015": ["date"],
    "dob 4 July 2015": ["date"],
}

HARMLESS = [
    "Which part of Keeping Children Safe in Education covers this?",
    "What does Working Together to Safeguard Children 2023 say?",
    "Can I ring the NSPCC on 0808 800 5000?",
    "Is 943 476 5910 one?",  # wrong check digit
    "What is Sarah's Law?",
    "what does section 47 of the Children Act 1989 say",
    "What is the position in England and Wales?",
]


def found(texts: list[str]) -> list[list[str]]:
    script = """
    import { readFileSync } from "node:fs";
    import { identifying } from "./src/identifying.ts";
    const texts = JSON.parse(readFileSync(0, "utf8"));
    console.log(JSON.stringify(texts.map(identifying)));
    """
    arguments = ("--input-type=module", "--eval", script)
    return list(json.loads(node(*arguments, standard_input=json.dumps(texts))))


def test_identifying_details_are_found_and_others_are_not() -> None:
    assert dict(zip(IDENTIFYING, found(list(IDENTIFYING)))) == IDENTIFYING
    assert [text for text, kinds in zip(HARMLESS, found(HARMLESS)) if kinds] == []


def test_practitioners_questions_are_left_alone(project: Project) -> None:
    asked = load_examples(project.data).questions
    questions = [question for topic in asked.values() for question in topic]
    assert len(questions) > 1000
    flagged = [text for text, kinds in zip(questions, found(questions)) if kinds]
    # Long stories name towns and people of the public: there a warning does no harm.
    assert len(flagged) <= len(questions) // 200, flagged


@pytest.mark.parametrize("choice", ["Change the question", "Send as it is"])
async def test_the_person_may_edit_or_send(open_page: OpenPage, choice: str) -> None:
    text = "Emma Jones told me that her uncle hurts her"
    page = await open_page()
    await open_widget(page)
    box = widget(page).get_by_label("Your question", exact=True)
    await box.fill(text)
    await box.press("Enter")
    warning = widget(page).get_by_role("group", name="Your question may hold a name")
    await expect(warning).to_be_focused()
    await expect(widget(page).locator(".turns > li")).to_have_count(0)

    await warning.get_by_role("button", name=choice).click()

    await expect(warning).to_have_count(0)
    await expect(box).to_be_focused()
    sent = choice == "Send as it is"
    await expect(box).to_have_value("" if sent else text)
    await expect(widget(page).locator(".answer")).to_have_count(1 if sent else 0)
