"""Actions on the last answer: its sources in full, more of it, the same again."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reading import about_last_answer, last_answer
from assistant.answers import Answer, answer_text
from assistant.answers.buttons import RULES_OF_WALES
from assistant.answers.kept import SHOWS_WHOLE_ANSWER
from assistant.answers.text import point_text, source_lines, source_lines_in_full
from assistant.guidance import payload

NOTHING_YET = (
    "I have not answered a question yet. Ask me one, and I will show where the answer is from."
)
NO_MORE = "That is all I have on this."


class ActionExplainSource(Action):
    """ "Where does it say that?": every source of the last answer, with its address."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_explain_source"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the sources."""
        answer = last_answer(tracker)
        if answer is None:
            dispatcher.utter_message(text=NOTHING_YET, metadata={"kind": "smalltalk"})
            return []
        lines = [f"Sources of the answer on “{answer.title}”:", *source_lines_in_full(answer)]
        dispatcher.utter_message(text="\n".join(lines), metadata=_about(answer, tracker))
        return []


class ActionTellMore(Action):
    """ "Tell me more": what the short answer left out, then where to go on."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_tell_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the further points, or say that there are none."""
        answer = last_answer(tracker)
        if answer is None:
            dispatcher.utter_message(text=NOTHING_YET, metadata={"kind": "smalltalk"})
            return []
        lines = [f"More on “{answer.title}”:" if answer.more else NO_MORE]
        lines += [f"- {point_text(point)}" for point in answer.more]
        numbers = {number for point in answer.more for number in point.numbers}
        lines += source_lines(answer, numbers)
        answer = answer.copy(update={"next": tuple(n for n in answer.next if n != RULES_OF_WALES)})
        if answer.next:
            lines.append("You may also want:")
        dispatcher.utter_message(
            text="\n".join(lines), buttons=_next_buttons(answer), metadata=_about(answer, tracker)
        )
        return []


class ActionRepeatAnswer(Action):
    """ "Say that again"."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_repeat_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the last answer once more."""
        answer = last_answer(tracker)
        if answer is None:
            dispatcher.utter_message(text=NOTHING_YET, metadata={"kind": "smalltalk"})
        else:
            utter_answer(dispatcher, answer, about_last_answer(tracker))
        return []


def utter_answer(dispatcher: CollectingDispatcher, answer: Answer, kept: dict[str, Any]) -> None:
    """Utter a whole answer; ``kept`` is what finds it again: its id, the role, the nation."""
    dispatcher.utter_message(
        text=answer_text(answer),
        buttons=_next_buttons(answer),
        metadata={"kind": answer.kind, "topic": answer.topic, **kept, SHOWS_WHOLE_ANSWER: True},
    )


def _next_buttons(answer: Answer) -> list[dict[str, str]]:
    return [{"title": one.title, "payload": payload(one.id)} for one in answer.next]


def _about(answer: Answer, tracker: Tracker) -> dict[str, Any]:
    # The answer travels on, so that "tell me more" after "where does it say that" works.
    return {"kind": answer.kind, "topic": answer.topic, **about_last_answer(tracker)}
