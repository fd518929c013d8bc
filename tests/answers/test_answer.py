"""One answer as plain data."""

from __future__ import annotations

import re

from assistant.answers import Answer


def test_an_answer_survives_json(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert Answer.parse_raw(answer.json(exclude_none=True)) == answer


def test_no_answer_begins_with_a_yes_or_no_that_says_nothing(answers: dict[str, Answer]) -> None:
    """It may be asked the other way round: "can I still refer?" was told "No."."""
    leads = [lead for one in answers.values() for lead in (one.lead, one.lead_wales) if lead]
    assert [lead for lead in leads if re.match(r"(?:Yes|No)[.!;:]", lead)] == []


def test_only_who_works_in_a_school_is_sent_to_a_head(answers: dict[str, Answer]) -> None:
    """A childminder, a foster carer or a volunteer has neither a head nor governors."""
    texts = [lead for one in answers.values() for lead in (one.lead, one.lead_wales) if lead]
    for one in answers.values():
        texts += [point.text for point in (*one.points, *one.more)]
    sent = [
        text for text in texts if re.search(r"\b(?:[Tt]ell|[Aa]sk) the (?:head|chair of)\b", text)
    ]
    assert sent and [text for text in sent if "school" not in text.lower()] == []
