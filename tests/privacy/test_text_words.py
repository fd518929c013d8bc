"""The words of a text, as names are judged by them."""

from __future__ import annotations

from assistant.privacy.text_words import Words, is_possessive, is_strange


def test_a_word_has_no_possessive_and_is_looked_up_without_accents() -> None:
    (word,) = Words("Siân's")
    assert (word.text, word.lower, word.start, word.end) == ("Siân", "sian", 0, 6)
    assert word.capital and word.opens


def test_an_abbreviation_is_shouted_and_has_no_capital() -> None:
    words = Words("the LADO, MoJ, KPIs, Hope and o'Hara")
    shouted = [word.text for word in words if word.shouted]
    assert shouted == ["LADO", "MoJ", "KPIs"]
    assert [word.text for word in words if word.capital] == ["Hope"]


def test_capitals_of_a_message_in_capitals_say_nothing() -> None:
    words = Words("MY CLIENT SAYS NO")
    assert words.all_capitals and not any(word.capital or word.shouted for word in words)


def test_before_and_after_end_at_the_sentence() -> None:
    words = Words("She said. He left")
    assert words.after(1) is None and words.before(2) is None
    before, after = words.before(1), words.after(2)
    assert before is not None and before.lower == "she"
    assert after is not None and after.lower == "left"
    assert words.lower_at(2) == "he" and words.lower_at(4) == "" == words.lower_at(-1)


def test_a_slip_and_a_strange_word() -> None:
    words = Words("scholo qxzivjk school")
    assert [is_strange(word) for word in words] == [True, True, False]
    assert words.is_slip(words[0]) and not words.is_slip(words[1])


def test_possessives() -> None:
    assert is_possessive("hope's") and is_possessive("James'") and not is_possessive("hopes")
