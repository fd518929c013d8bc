"""Terms of art."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.guidance.glossary import Term


def test_a_term_holds_in_both_nations_unless_it_says_otherwise() -> None:
    assert Term(term="LADO", means="An officer.").territory == "both"
    with pytest.raises(ValidationError, match="unexpected value"):
        Term.parse_obj({"term": "LADO", "means": "An officer.", "territory": "Scotland"})
