"""What is known, and on whose authority."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.guidance.facts import Authority, Fact

FACT = {
    "id": "a-fact",
    "says": "Something.",
    "duty": "must",
    "authority": {"source": "an-act", "place": 47},
    "firmness": "confirmed",
}


def test_the_number_of_a_section_is_its_name_in_words() -> None:
    assert Fact.parse_obj(FACT).authority.place == "47"
    assert Authority(source="an-act").place is None


def test_a_fact_is_cited_unless_it_says_otherwise() -> None:
    assert Fact.parse_obj(FACT).cited
    assert not Fact.parse_obj({**FACT, "cited": False}).cited


@pytest.mark.parametrize("wrong", [{"duty": "shall"}, {"firmness": "exists"}])
def test_what_is_wrong_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="unexpected value"):
        Fact.parse_obj({**FACT, **wrong})
