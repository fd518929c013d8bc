"""E-mail addresses, links and user names, also as people hide them."""

from __future__ import annotations

import pytest

from assistant.privacy.online import ONLINE_PATTERNS
from tests.privacy.finding import found


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("write to a.b@example.org", "a.b@example.org"),
        ("sam at example dot org", "sam at example dot org"),
        ("sam(at)example(dot)org", "sam(at)example(dot)org"),
        ("see https://example.org/4711?a=b", "https://example.org/4711?a=b"),
        ("lookhttps://www.foo.de/a.smith", "www.foo.de/a.smith"),  # pasted without a space
        ("he is @zeb_99", "@zeb_99"),
        ("his snap is big.ron77", "big.ron77"),
        ("NoobSlayer on there", "NoobSlayer"),
        ("this guy zyxx.exe has it", "zyxx.exe"),
    ],
)
def test_an_identifier_is_found_whole(text: str, identifier: str) -> None:
    assert identifier in found(ONLINE_PATTERNS, text)


@pytest.mark.parametrize(
    "text", ["KS2 in Year10", "covid19", "4yrs", "WhatsApp", "she is at home", "my friend.then we"]
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert not found(ONLINE_PATTERNS, text)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("his gamertag is Frosty-n-Chips4 now", "Frosty-n-Chips4"),
        ("on playstation as Owl-Dad-77 daily", "Owl-Dad-77"),
        ("the account is nan.zofia.baking", "nan.zofia.baking"),
        ("then mx.frostt88 wrote", "mx.frostt88"),
        ("zofia_b71 at example.net", "zofia_b71 at example.net"),
        ("see linktr.ee/owl-dad", "linktr.ee/owl-dad"),
        ("see example.example/owl-dad", "example.example/owl-dad"),
        ("another one, vexx.m.offical, wrote", "vexx.m.offical"),
        ("is u/frosty_chips here", "u/frosty_chips"),
        ("see Zofia-Brenham_plan_v3.pdf", "Zofia-Brenham_plan_v3.pdf"),
        ("his xbox name is Owl Of Doom 77 there", "Owl Of Doom 77"),
        ("the server called quiet corner, he", "quiet corner"),
        ("she sells at zofiascakes.co.uk now", "zofiascakes.co.uk"),
    ],
)
def test_user_names_of_more_forms(text: str, identifier: str) -> None:
    assert identifier in found(ONLINE_PATTERNS, text)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.gov.uk/government/collections/child-protection",
        "legislation at www.legislation.gov.uk/ukpga/1989/41",
        "the account is closed.",
        "we met at home.then",
        "version no.12",
        "no.no.no it was.then.he",
        "save core-group-minutes.docx there",
        "the hospital u/stairs",
        "see childline.org.uk and talktofrank.com",
    ],
)
def test_public_pages_and_words_stay(text: str) -> None:
    assert not found(ONLINE_PATTERNS, text)
