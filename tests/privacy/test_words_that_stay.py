"""Words that are nobody's name beside what shows it, and a name elsewhere."""

from __future__ import annotations

import pytest

from assistant.privacy.text_words import Words
from assistant.privacy.words_that_stay import stays


@pytest.mark.parametrize(
    ("word", "nobody", "name"),
    [
        ("gibbs", "the Gibbs cycle helps", "told Gibbs about it"),
        ("fraser", "Under Fraser can I", "our son Fraser can"),
        ("fraser", "the Fraser guidelines", "it is Fraser Zofia"),
        ("hackett", "What Hackett says", "Hackett told me"),
        ("apgar", "an Apgar score of 9", "his son Apgar score"),
        ("tourette", "Tourette's syndrome", "Tourette's score"),
        ("dash", "then DASH came out high", "then Dash came out high"),
        ("nino", "her NINO is lost", "ZOFIA NINO is lost"),
        ("amber", "the Brook tool gave Amber", "the tool of Amber"),
        ("max", "max 40 words", "max told me"),
        ("max", "72 hrs max", "then max"),
        ("lado", "the LADO told me", "then zofia"),
    ],
)
def test_what_stands_beside_a_word_tells_whether_it_stays(
    word: str, nobody: str, name: str
) -> None:
    for text, expected in ((nobody, True), (name, False)):
        words = Words(text)
        at = [each.lower for each in words].index(word) if word in text.lower() else 0
        assert stays(words, at) is expected, text
