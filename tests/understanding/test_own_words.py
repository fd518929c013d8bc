"""What is said outright of oneself: ages and roles, and whose voice they rule out."""

from __future__ import annotations

import pytest

from assistant.guidance import Library
from assistant.guidance.names import NOBODY
from assistant.guidance.patterns import role_patterns
from assistant.understanding.own_words import age_said, voices_in_own_words

SOUNDS_YOUNG = {"child": 0.8, "adult-survivor": 0.1, "practitioner": 0.06, "relative": 0.04}
SOUNDS_OLD = {"adult-survivor": 0.7, "practitioner": 0.1, "relative": 0.1, "child": 0.1}
OWN_BEHAVIOUR = {"worried-about-own-behaviour": 0.9, "practitioner": 0.1}


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("im 14 and my uncle stays over", 14),
        ("I’m only eleven, is it normal", 11),
        ("i am 9", 9),
        ("I am ten and three quarters", 10),
        ("Im nearly 13 now", 13),
        ("I'm 18 in march and want to move out", 17),
        ("I (16F) live with my nan", 16),
        ("15 year old girl here. can i ask", 15),
        ("i just turned 12", 12),
        ("im in year 9 and", 11),
        ("last summer when I was 15 he came into my tent", 15),
        ("it began two years ago when i was 13", 15),
        ("I was 14 last year", 14),
        ("I was 12 thirty years ago, sorry, I was 12, 30 years ago", 42),
        ("I was 16 when he raped me, I'm 40 now", 40),
        ("I am a 42 year old woman", 42),
        ("shes 14 same as me", 14),
    ],
)
def test_an_age_of_the_writer(text: str, age: int) -> None:
    assert age_said(text) == age


@pytest.mark.parametrize(
    "text",
    [
        "my daughter is 12",
        "my friend is 13 and a man rings her",  # older brothers and sisters have such friends too
        "I'm 12 weeks pregnant",
        "I'm 10 and a half weeks gone",
        "im 15 minutes away from the school",
        "I'm 5 years into the job",
        "I'm 99.9% sure",
        "I'm 24/7 with him",
        "a girl told me 'im 13 and he hurts me'",
        'she wrote "I\'m 9, please help"',
        "he said I'm 12 and walked off",
        "can I see my file when I'm 16",
        "he thinks i'm 17",
        "when I was 16 it stopped",
        "last year, when I was 17, it stopped",  # the birthday may have been, or not
        "my friend's 8 year old said something",
        "we are in year 4 of the contract",
        "I teach year 9",
    ],
)
def test_what_says_nothing_of_the_writers_age(text: str) -> None:
    assert age_said(text) is None


def heard(library: Library, text: str, voices: dict[str, float]) -> dict[str, float]:
    said = voices_in_own_words(text, voices, role_patterns(library.roles))
    assert sum(said.values()) == pytest.approx(sum(voices.values()))
    return said


def likeliest(voices: dict[str, float]) -> str:
    return max(voices, key=lambda voice: voices[voice])


def test_a_young_person_is_no_adult_however_it_sounds(library: Library) -> None:
    said = heard(library, "I'm 17. It was my stepdad and it went on for years", SOUNDS_OLD)
    assert said["child"] == pytest.approx(1)
    # An age comes before a role: young leaders are young.
    said = heard(library, "I'm 16 and I'm a volunteer at the holiday club", SOUNDS_OLD)
    assert likeliest(said) == "child"


def test_whoever_has_a_role_is_no_child_whoevers_words_they_repeat(library: Library) -> None:
    for text in (
        "I'm a teaching assistant and a boy told me 'my dad hurts me at night, im 8'",
        "school nurse here: she said i'm 12 and i dont want to go home",
        "I am a child protection social worker, he hurts me she said",
    ):
        said = heard(library, text, SOUNDS_YOUNG)
        assert (said["child"], likeliest(said)) == (0, "practitioner")
    # A survivor may work with children.
    said = heard(library, "I'm a teacher. I was nine when he began", SOUNDS_OLD)
    assert likeliest(said) == "adult-survivor"


def test_an_adult_is_no_child(library: Library) -> None:
    said = heard(library, "I'm 40 now. When I was small he came at night", SOUNDS_YOUNG)
    assert (said["child"], likeliest(said)) == (0, "adult-survivor")
    said = heard(library, "I'm 40. She says dad hurts her", {"child": 0.6, "relative": 0.4})
    assert said == {"child": 0, "relative": pytest.approx(1)}
    # What sounded like a child's telling does not become everyday life.
    said = heard(library, "I'm 20. He's 9 now", {"child": 0.6, "relative": 0.3, NOBODY: 0.1})
    assert (said[NOBODY], likeliest(said)) == (0.1, "relative")


def test_what_is_not_said_changes_nothing(library: Library) -> None:
    for text in ("he comes in at night", "my daughter is 12", "'I'm a nurse', she said"):
        assert heard(library, text, SOUNDS_YOUNG) == SOUNDS_YOUNG
    said = heard(library, "I'm 15 and I'm scared of what I might do", OWN_BEHAVIOUR)
    assert likeliest(said) == "worried-about-own-behaviour"
