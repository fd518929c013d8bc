"""What an answer offers next."""

from __future__ import annotations

from assistant.answers import Answer
from assistant.answers.buttons import NEXT_SHOWN, RULES_OF_WALES
from assistant.answers.nations import for_nation
from assistant.guidance import Library
from tests.answers.made_up import territories


def test_next_topics_are_written_and_few(answers: dict[str, Answer], library: Library) -> None:
    for answer in answers.values():
        own = (one for one in answer.next if one != RULES_OF_WALES)
        topics = [one for one in own if not one.id.startswith("guided/")]
        assert len(topics) <= NEXT_SHOWN
        assert all(library.topics[one.id].title == one.title for one in topics)


def test_who_has_said_no_nation_is_offered_the_rules_of_wales(
    answers: dict[str, Answer],
) -> None:
    offered = [answer for answer in answers.values() if RULES_OF_WALES in answer.next]
    assert offered
    for answer in answers.values():
        hidden = "Wales" in territories(answer.more) and "Wales" not in territories(answer.points)
        assert (RULES_OF_WALES in answer.next) == hidden, answer.topic
        for nation in ("England", "Wales"):
            assert RULES_OF_WALES not in for_nation(answer, nation).next
