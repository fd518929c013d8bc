"""A sentence that asks for help in a text of another language is not lost in it."""

from __future__ import annotations

import pytest

from assistant.evaluation import read_questions
from assistant.guidance import WELSH, is_urgent
from assistant.project import Project
from assistant.turn.assistant import Assistant
from assistant.turn.languages_mixed import MOST_PARTS_IN_ENGLISH, english_parts
from assistant.turn.outcome import LONGEST_MESSAGE, Outcome
from assistant.turn.processor import TurnProcessor

URGENT = "My dad is touching me at night."
IN_WELSH = "Mae fy nhad yn fy nghyffwrdd."

ELSEWHERE = {
    "Polish": (
        "Dzień dobry, mieszkam w Londynie od trzech lat. Moja mama pracuje w szpitalu, a mój brat "
        "chodzi do szkoły. W sobotę jedziemy do babci na obiad, a potem oglądamy film."
    ),
    "Romanian": (
        "Bună ziua, locuiesc în Londra de trei ani. Mama mea lucrează la spital iar fratele meu "
        "merge la școală. Sâmbătă mergem la bunica și mâncăm împreună."
    ),
    "French": (
        "Bonjour, j'habite à Londres depuis trois ans. Ma mère travaille à l'hôpital et mon frère "
        "va à l'école. Samedi nous allons chez ma grand-mère pour manger."
    ),
    "German": (
        "Guten Tag, ich wohne seit drei Jahren in London. Meine Mutter arbeitet im Krankenhaus und "
        "mein Bruder geht zur Schule. Am Samstag fahren wir zur Oma zum Essen."
    ),
    "Urdu": (
        "میں تین سال سے لندن میں رہتی ہوں۔ "
        "میری ماں ہسپتال میں کام کرتی ہے۔ ہم ہفتے کو نانی کے گھر جاتے ہیں۔"
    ),
}


@pytest.mark.parametrize("language", ELSEWHERE)
async def test_an_urgent_sentence_in_english_wins(
    assistant: Assistant, conversation: str, language: str
) -> None:
    text = ELSEWHERE[language]
    calm = await assistant.reply(text, conversation)
    assert calm.outcome is Outcome.OTHER_LANGUAGE
    middle = len(text) // 2
    much = " ".join([text] * (LONGEST_MESSAGE // len(text) - 1))
    too_much = f"{much} {much}"
    for said in (
        f"{URGENT} {text}",
        f"{text} {URGENT}",
        f"{text[:middle]} {URGENT} {text[middle:]}",
        f"{URGENT.rstrip('.').lower()} {text}",
        f"{much} {URGENT}",
        f"{too_much} {URGENT} {too_much}",
    ):
        reply = await assistant.reply(said, conversation)
        assert reply.kind == "urgent" and reply.language == "en", said


async def test_one_in_welsh_wins_too(assistant: Assistant, conversation: str) -> None:
    english = "I would like to know about the training that is there for staff this year. " * 5
    for other in (english, ELSEWHERE["Polish"]):
        for said in (f"{IN_WELSH} {other}", f"{other} {IN_WELSH}"):
            reply = await assistant.reply(said, conversation)
            assert reply.kind == "urgent" and reply.language == WELSH, said


async def test_calm_english_in_a_text_of_another_language_is_not_urgent(
    assistant: Assistant, conversation: str
) -> None:
    said = f"I would like to know about training. {ELSEWHERE['Polish']}"
    assert (await assistant.reply(said, conversation)).kind != "urgent"


async def test_nothing_in_welsh_becomes_urgent_by_its_parts(
    project: Project, assistant: Assistant, conversation: str
) -> None:
    questions = read_questions(project.root / "tests" / "nlu" / "welsh.tsv")
    for number, question in enumerate(questions):
        whole = is_urgent((await assistant.parse(question.text))["intent"]["name"])
        reply = await assistant.reply(question.text, f"{conversation}-{number}")
        assert (reply.kind == "urgent") == whole, question.text


async def test_what_is_read_of_a_mixed_text_is_bounded(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    understand = TurnProcessor.understand

    async def counted(processor: TurnProcessor, text: str) -> dict[str, object]:
        read.append(text)
        return await understand(processor, text)

    monkeypatch.setattr(TurnProcessor, "understand", counted)
    await assistant.reply("zażółć gęślą jaźń żółw łódź one of them " * 40, conversation)
    assert len(read) <= 1 + 8 + MOST_PARTS_IN_ENGLISH + 1


def test_parts_in_english() -> None:
    said = "Dzień dobry. Then my dad Zbigniew is hurting me, proszę o pomoc. Call me at 6"
    assert english_parts(said) == ["Then my dad Zbigniew is hurting me,", "Call me at 6"]
    many = " łódź żółw ".join(["please help me"] * 50)
    assert english_parts(many) == ["please help me"] * MOST_PARTS_IN_ENGLISH
    assert english_parts(ELSEWHERE["Polish"]) == english_parts("") == []


def test_what_is_welsh_as_well_is_no_part_in_english() -> None:
    assert english_parts("ond does gen i ddim prawf") == []
    assert english_parts("mae arna i ofn, help me dad, plîs") == ["help me dad,"]
    # A word with an apostrophe is Welsh as a whole or not at all.
    assert english_parts("mae arna i ofn, i'd go to him, plîs") == ["i'd go to him,"]
