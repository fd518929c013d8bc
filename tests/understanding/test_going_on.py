"""A message read in the light of what was said before: urgent replies, readers, few words."""

from __future__ import annotations

from typing import Any, Optional

import pytest

from assistant.answers import Content, current_content
from assistant.guidance import GENERAL, WELSH, Library, intent_name
from assistant.guidance.names import (
    FALLBACK,
    LANGUAGE,
    NOT_UNDERSTOOD,
    OTHER_LANGUAGE,
    OUT_OF_SCOPE,
    YOUNG_AGE_TOLD,
)
from assistant.understanding.going_on import Heard, age_told, hear, intent_in_context

CHILD, SURVIVOR = "urgent/child-user", "urgent/adult-survivor-in-crisis"
DANGER, SUICIDE = "urgent/immediate-danger", "urgent/suicide-or-self-harm"
A_CHILD = Heard(CHILD, "child", answered=True)
A_SURVIVOR = Heard(SURVIVOR, "adult-survivor", answered=True)


@pytest.fixture
def content() -> Content:
    return current_content()


def read(
    intent: str = OUT_OF_SCOPE,
    confidence: float = 0.9,
    voice: Optional[dict[str, float]] = None,
    certainty: float = 0.0,
    ranking: tuple[tuple[str, float], ...] = (),
) -> dict[str, Any]:
    """Parse data as Rasa gives it."""
    listed = ranking or ((intent, confidence),)
    return {
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": name, "confidence": share} for name, share in listed],
        "voice": voice or {},
        "urgency": {"certainty": certainty},
        "entities": [],
    }


def urgent(reply: str, certainty: float = 0.2) -> dict[str, Any]:
    return read(intent_name(reply), certainty=certainty)


def in_context(heard: Heard, text: str, parsed: dict[str, Any], content: Content) -> Optional[str]:
    intent = intent_in_context(heard, text, parsed, content)
    return intent.replace(".", "/") if intent else None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("im 12", 12),
        ("I'm 43", 43),
        ("i am only 9 years old", 9),
        ("thirteen", 13),
        ("im nearly 16 btw", 16),
        ("12", 12),
        ("she is 7", None),
        ("i was 12", None),
        ("it was 12 years ago", None),
        ("999", None),
        ("i have 2 kids", None),
        ("im 12 and he hurts me", None),
    ],
)
def test_an_age_is_told_by_who_says_nothing_else(text: str, age: Optional[int]) -> None:
    assert age_told(text) == age


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("im 12", "urgent/child-goes-on"),
        ("i cant ring anyone they will hear", "urgent/child-cannot-ring"),
        ("he takes my phone", "urgent/child-cannot-ring"),
        ("will anyone believe me", "urgent/child-fears-what-follows"),
        ("will he go to prison", "urgent/child-fears-what-follows"),
        ("no", "urgent/child-goes-on"),
    ],
)
def test_a_child_who_writes_on_is_not_turned_away(text: str, reply: str, content: Content) -> None:
    for turned_away in (OUT_OF_SCOPE, f"{OUT_OF_SCOPE}.health", NOT_UNDERSTOOD, FALLBACK):
        assert in_context(A_CHILD, text, read(turned_away), content) == reply
    # The survivor's words are not for a child, nor any other reply that harms one.
    for other in (SURVIVOR, "urgent/staff-allegation-now", "urgent/risk-from-self", GENERAL):
        assert in_context(A_CHILD, text, urgent(other, certainty=0.9), content) == reply


@pytest.mark.parametrize(
    "text",
    [
        "its not me its my friend",
        "no it's about a friend",
        "my best friend told me her stepdad touches her",
        "my friend made me promise not to tell anyone",
        "she is my friend how do i help my friend",
    ],
)
def test_a_child_who_fears_for_a_friend_is_told_what_to_do(text: str, content: Content) -> None:
    # A friend's words read alone are those of a child who is hurt.
    for parsed in (read(), read(NOT_UNDERSTOOD), urgent(CHILD, certainty=0.9)):
        assert in_context(A_CHILD, text, parsed, content) == "urgent/child-fears-for-friend"
    # After a survivor's reply they are nothing of the kind.
    assert in_context(A_SURVIVOR, text, read(), content) == "urgent/survivor-goes-on"


@pytest.mark.parametrize(
    "text",
    [
        "can i tell my friend",
        "my friend is hurting me",
        "my friends dad hurts me",
        "my friend knows my dad touches me and told her mum",
        "my friend promised not to say",
    ],
)
def test_a_friend_who_knows_or_hurts_is_not_the_one_to_fear_for(
    text: str, content: Content
) -> None:
    assert in_context(A_CHILD, text, read(), content) == "urgent/child-goes-on"


def test_a_survivor_who_writes_on_is_not_turned_away(content: Content) -> None:
    for text in ("i'm 43", "he is dead now", "will anyone believe me"):
        for parsed in (read(), read(NOT_UNDERSTOOD), urgent(CHILD), urgent(GENERAL)):
            assert in_context(A_SURVIVOR, text, parsed, content) == "urgent/survivor-goes-on"


def test_in_welsh_what_is_not_understood_goes_on_too(content: Content) -> None:
    welsh = {**read(OTHER_LANGUAGE, voice={"practitioner": 0.9}), LANGUAGE: WELSH}
    assert in_context(A_CHILD, "alla i ddim", welsh, content) == "urgent/child-goes-on"
    assert in_context(A_SURVIVOR, "alla i ddim", welsh, content) == "urgent/survivor-goes-on"
    for heard in (Heard(), Heard(GENERAL), Heard(CHILD, "practitioner"), Heard(answered=True)):
        assert in_context(heard, "alla i ddim", welsh, content) is None
    general = {**urgent(GENERAL), LANGUAGE: WELSH}
    assert in_context(A_CHILD, "alla i ddim", general, content) == "urgent/child-goes-on"
    understood = {**read("talk.recording"), LANGUAGE: WELSH}
    assert in_context(A_CHILD, "sut mae cofnodi", understood, content) is None
    # No voice is heard in it: the finder of voices has learned English.
    heard = hear(Heard(), "alla i ddim ffonio neb o gwbl", welsh, "urgent", CHILD, content)
    assert heard == Heard(CHILD, None, answered=True, in_welsh=True)


def test_what_is_plainly_urgent_stays_what_it_is(content: Content) -> None:
    sure = urgent(SUICIDE, certainty=0.9)
    assert in_context(A_CHILD, "i have had enough", sure, content) is None
    by_words = urgent(SUICIDE, certainty=0.1)
    assert in_context(A_CHILD, "i want to kill myself", by_words, content) is None
    assert in_context(A_CHILD, "nobody believes me i want to die", by_words, content) is None


def test_what_has_an_answer_of_its_own_gets_it(content: Content) -> None:
    thanks = read("thank", 1.0)
    assert in_context(A_CHILD, "thanks", thanks, content) is None
    topic = read("support.images-online", 0.9)
    assert in_context(A_CHILD, "how do i get a picture down", topic, content) is None
    unsure = read("support.images-online", 0.3)
    assert in_context(A_CHILD, "and the other one", unsure, content) == "urgent/child-goes-on"
    harmful = read("recognise.retraction", 0.95)
    assert in_context(A_CHILD, "what if i take it back", harmful, content) is not None


def test_a_message_that_says_much_is_read_by_itself(content: Content) -> None:
    assert in_context(A_CHILD, "word " * 26, read(), content) is None


def test_an_age_after_the_general_reply(content: Content) -> None:
    unknown = Heard(GENERAL, None, answered=True)
    assert in_context(unknown, "im 12", read(), content) == CHILD
    assert in_context(unknown, "im 40", read(), content) == GENERAL
    hurt = Heard(GENERAL, "adult-survivor", answered=True)
    assert in_context(hurt, "im 40", read(), content) == SURVIVOR
    # A child who may have hurt another must not read that it is not their fault.
    worried = Heard("urgent/risk-from-self", "worried-about-own-behaviour", answered=True)
    assert in_context(worried, "im 13", read(), content) == GENERAL


def test_a_child_who_begins_with_their_age_is_welcome(content: Content) -> None:
    assert in_context(Heard(), "im 12", read(NOT_UNDERSTOOD), content) == YOUNG_AGE_TOLD
    assert in_context(Heard(), "im 42", read(NOT_UNDERSTOOD), content) is None


def test_no_few_words_make_another_reader(content: Content) -> None:
    for voice, harm in content.harm.items():
        harmful = {*harm, *content.harm_low.get(voice, ())}
        for reply in (one for one in content.written_for if one in harmful):
            heard = Heard(None, voice, answered=True)
            shown = in_context(heard, "what if i do not", urgent(reply, 0.9), content)
            assert shown is not None and shown not in content.harm.get(voice, ()), (voice, reply)
            long = "word " * 13
            assert in_context(heard, long, urgent(reply, 0.9), content) is None


def test_nothing_becomes_less_urgent(content: Content) -> None:
    heard = [Heard(), A_CHILD, A_SURVIVOR, *(Heard(None, one, True) for one in content.harm)]
    for before in heard:
        for reply in content.written_for:
            shown = in_context(before, "and what if not", urgent(reply), content)
            assert shown is None or shown.startswith("urgent/"), (before, reply, shown)


def test_a_few_words_after_an_answer_are_not_turned_away(content: Content) -> None:
    answered = Heard(None, "practitioner", answered=True)
    ranking = ((OUT_OF_SCOPE, 0.6), ("respond.escalate", 0.35), ("respond.refer", 0.02))
    parsed = read(OUT_OF_SCOPE, 0.6, ranking=ranking)
    assert in_context(answered, "manager disagrees", parsed, content) == "respond/escalate"
    vague = ((OUT_OF_SCOPE, 0.6), ("respond.escalate", 0.1), ("respond.refer", 0.1))
    parsed = read(OUT_OF_SCOPE, 0.6, ranking=vague)
    assert in_context(answered, "and if not then", parsed, content) == FALLBACK
    assert in_context(Heard(), "and if not then", parsed, content) is None
    asked = "can you write me a plan of eleven lessons for year nine"
    assert in_context(answered, asked, read(OUT_OF_SCOPE, 0.97), content) is None


def test_who_is_heard(content: Content) -> None:
    def after(before: Heard, text: str, parsed: dict[str, Any], reply: str = "") -> Heard:
        kind = "urgent" if reply.startswith("urgent/") else "answer"
        return hear(before, text, parsed, kind, reply, content)

    told = after(Heard(), "he comes into my room at night", read(voice={"child": 0.9}), CHILD)
    assert told == A_CHILD
    few = after(Heard(), "it hurts", read(voice={"child": 0.9}), DANGER)
    assert few.voice is None and few.told == CHILD
    # A teacher repeats what a child said: nine words are not enough to be the child.
    teacher = Heard(None, "practitioner", True)
    repeats = after(
        teacher, "he said he will hurt me if i tell", read(voice={"child": 0.9}), GENERAL
    )
    assert repeats.voice == "practitioner"
    entity = {**read(), "entities": [{"entity": "role", "value": "teacher"}]}
    assert after(Heard(), "i'm a teacher", entity).voice == "practitioner"
    assert after(A_CHILD, "i want to die", read(), SUICIDE).told == CHILD
    nobody = after(
        Heard(), "what is for tea at school today", read(voice={"nobodys-emergency": 1.0})
    )
    assert nobody.voice is None


def test_no_reply_that_goes_on_harms_who_is_likely_typing(content: Content) -> None:
    worried = {"worried-about-own-behaviour": 0.6, "child": 0.4}
    for parsed in (read(voice=worried), {**urgent(GENERAL), "voice": worried}):
        assert in_context(A_CHILD, "am i like him", parsed, content) not in content.goes_on_from


def test_what_harms_a_reader_harms_by_what_goes_on_from_it(content: Content) -> None:
    for harm in (*content.harm.values(), *content.harm_low.values()):
        for first, replies in content.follow_ups.items():
            assert (first not in harm) or set(replies) <= set(harm)


def test_every_reply_that_goes_on_is_for_the_same_reader(library: Library) -> None:
    followed = [one for one in library.urgent.values() if one.after]
    assert followed
    for one in followed:
        assert one.after is not None
        assert one.written_for == library.urgent[one.after].written_for
