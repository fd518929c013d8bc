"""Answers in Welsh: other words, the same sources, numbers and order."""

from __future__ import annotations

import pytest

from assistant.answers import answer_text
from assistant.answers.compiling import compile_content
from assistant.answers.content import Content
from assistant.guidance import GENERAL, WELSH, Library
from assistant.guidance.welsh import WAITING, Welsh


@pytest.fixture(scope="module")
def content(library: Library) -> Content:
    return Content(compile_content(library, {}))


@pytest.fixture
def welsh(library: Library) -> Welsh:
    assert library.welsh is not None
    return library.welsh


def test_all_urgent_replies_and_twelve_answers_are_there(library: Library, welsh: Welsh) -> None:
    assert set(welsh.situations) == set(library.urgent)
    assert len(welsh.topics) == 12


def test_each_waits_for_a_native_reader_or_names_one(welsh: Welsh) -> None:
    said = [*welsh.topics.values(), *welsh.situations.values(), welsh.contacts, welsh.interface]
    assert all(one.reader == WAITING or "20" in one.reader for one in said)


def test_the_parts_are_those_of_the_english(content: Content, welsh: Welsh) -> None:
    for answer_id in (*welsh.topics, *welsh.situations):
        said, english = content.answer(answer_id, language=WELSH), content.answer(answer_id)
        assert said is not None and english is not None
        assert said.language == WELSH
        assert [one.numbers for one in said.points] == [one.numbers for one in english.points]
        assert [one.phone for one in said.contacts] == [one.phone for one in english.contacts]
        assert [one.url for one in said.contacts] == [one.url for one in english.contacts]
        assert [one.section for one in said.review] == [one.section for one in english.review]
        assert said.lead != english.lead


def test_the_words_around_an_answer_are_welsh_too(content: Content) -> None:
    answer = content.answer("talk/recording", language=WELSH)
    assert answer is not None
    text = answer_text(answer)
    assert "Ffynonellau:" in text and "Gyda phwy i gysylltu:" in text
    assert "Sources:" not in text and "Who to contact" not in text
    assert text.endswith(answer.limits)


def test_what_is_not_in_welsh_is_answered_in_english(content: Content) -> None:
    answer = content.answer("respond/mash", language=WELSH)
    assert answer is not None and answer.language == "en"
    assert content.choice("respond/mash", WELSH).title.endswith("(yn Saesneg)")
    assert content.choice("talk/recording", WELSH).payload == '/talk.recording{"language": "cy"}'


def test_a_stale_topic_is_answered_in_english_and_a_stale_urgent_reply_stays(
    library: Library, welsh: Welsh
) -> None:
    topic = welsh.topics["talk/recording"].copy(update={"english": "0" * 12})
    reply = welsh.situations[GENERAL].copy(update={"english": "0" * 12})
    stale = welsh.copy(
        update={
            "topics": {**welsh.topics, "talk/recording": topic},
            "situations": {**welsh.situations, GENERAL: reply},
        }
    )
    content = Content(compile_content(library.copy(update={"welsh": stale}), {}))
    answer, urgent = (
        content.answer("talk/recording", language=WELSH),
        content.answer(GENERAL, language=WELSH),
    )
    assert answer is not None and answer.language == "en"
    assert urgent is not None and urgent.language == WELSH


def test_a_situation_that_is_not_in_welsh_gets_the_general_reply_in_welsh(
    library: Library, welsh: Welsh
) -> None:
    fewer = {GENERAL: welsh.situations[GENERAL]}
    less = library.copy(update={"welsh": welsh.copy(update={"situations": fewer})})
    answer = Content(compile_content(less, {})).answer("urgent/child-user", language=WELSH)
    assert answer is not None and (answer.topic, answer.language) == (GENERAL, WELSH)
