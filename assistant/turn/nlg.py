"""What Rasa says: answers by their id, out of the compiled content.

Named in ``endpoints.yml`` as Rasa's own extension point for that, so that ``rasa shell``,
``rasa run`` and every channel say the same::

    nlg:
      type: assistant.turn.nlg.CompiledAnswers

What it gives has the id of the answer in its metadata; the domain holds names only.
"""

from __future__ import annotations

from typing import Any, Optional, Sequence

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant.answers import Answer, answer_text, current_content
from assistant.answers.kept import (
    ANSWER,
    MOST_POINTS_FIRST,
    NATION_ASKED,
    POINTS_FIRST,
    SHOWS_WHOLE_ANSWER,
)
from assistant.answers.nation_asked import nation_asked
from assistant.guidance import GENERAL, ROLE_GUIDE, guided_id, intent_name, is_urgent, payload
from assistant.guidance.names import (
    ASKED_POINTS,
    LANGUAGE,
    NATION,
    OFFERED_TOPICS,
    OTHER_LANGUAGE_SAID,
    ROLE,
    ROLE_SET,
    answered_by,
)
from assistant.turn.official import offered_below
from assistant.understanding.language import ENGLISH


class CompiledAnswers(NaturalLanguageGenerator):
    """Rasa's generator over :func:`assistant.answers.current_content`."""

    def __init__(
        self,
        endpoint_config: Optional[EndpointConfig] = None,
        domain: Optional[Domain] = None,
    ) -> None:
        """Take what Rasa gives: the domain's responses are said where the content has none."""
        self._domains_own = TemplatedNaturalLanguageGenerator(domain.responses if domain else {})

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> Optional[dict[str, Any]]:
        """The message of a response: its text, buttons and metadata, or None if there is none."""
        content = current_content()
        role = tracker.get_slot(ROLE) or None
        own_nation = tracker.get_slot(NATION) or None
        asked = nation_asked(tracker.latest_message.text or "") if tracker.latest_message else None
        nation = asked or own_nation
        answer_id = answered_by(utter_action)
        if utter_action == ROLE_SET:
            answer_id = guided_id(ROLE_GUIDE, role) if role else guided_id(ROLE_GUIDE)
        urgent = is_urgent(intent_name(answer_id))
        if urgent and not content.has(answer_id):
            answer_id = GENERAL  # a situation that the content no longer has
        # An urgent reply is the same for everybody: it is also given with no slot at hand.
        spoken = _language(tracker)
        answer = content.answer(
            answer_id, None if urgent else role, None if urgent else nation, spoken
        )
        if answer is not None:
            first = _asked_points(answer, tracker)
            answer = answer.with_first(first)
            message = _answer_message(answer, answer_id, role, nation, _also_about(tracker))
            message["metadata"] |= {POINTS_FIRST: first} if first else {}
            if asked not in (None, own_nation) and answer.kind != "urgent":
                message["metadata"][NATION_ASKED] = asked
            return message
        said = content.said(utter_action, nation)
        if utter_action == OTHER_LANGUAGE_SAID:
            said = content.said_in(spoken, nation)
        if said is None:
            own: Optional[dict[str, Any]] = await self._domains_own.generate(
                utter_action, tracker, output_channel, **kwargs
            )
            return own
        return {
            "text": said.text,
            "buttons": [button.dict() for button in said.buttons],
            "metadata": {"kind": said.kind, "contacts": list(said.contacts)},
        }


def _answer_message(
    answer: Answer,
    answer_id: str,
    role: Optional[str],
    nation: Optional[str],
    also_about: Sequence[str],
) -> dict[str, Any]:
    content = current_content()
    metadata: dict[str, Any] = {
        "kind": answer.kind,
        "topic": answer.topic,
        ANSWER: answer_id,
        SHOWS_WHOLE_ANSWER: True,
        "content": content.digest[:12],
    }
    buttons = [
        {"title": one.title, "payload": payload(one.id, one.language)} for one in answer.next
    ]
    if answer.language != ENGLISH:
        metadata[LANGUAGE] = answer.language
    if answer.kind == "urgent":
        offered = offered_below(answer, also_about)
        buttons = [content.choice(one, answer.language).dict() for one in offered]
    else:
        metadata |= {ROLE: role} if role else {}
        metadata |= {NATION: nation} if nation else {}
    if content.page(answer_id):
        metadata["page"] = answer_id
    return {"text": answer_text(answer), "buttons": buttons, "metadata": metadata}


def _asked_points(answer: Answer, tracker: DialogueStateTracker) -> list[str]:
    """The marks of the points that the message asks for, of those that this answer has."""
    parsed = tracker.latest_message.parse_data if tracker.latest_message else {}
    marks = {point.mark for point in answer.every_point}
    asked = [mark for mark in parsed.get(ASKED_POINTS) or () if mark in marks]
    return asked[:MOST_POINTS_FIRST]


def _also_about(tracker: DialogueStateTracker) -> Sequence[str]:
    """The topics that an urgent message is about as well."""
    parsed = tracker.latest_message.parse_data if tracker.latest_message else {}
    return parsed.get(OFFERED_TOPICS) or ()


def _language(tracker: DialogueStateTracker) -> str:
    """The language that the message was found to be in, or that a button asks for."""
    parsed = tracker.latest_message.parse_data if tracker.latest_message else {}
    asked = (one["value"] for one in parsed.get("entities") or () if one["entity"] == LANGUAGE)
    return str(parsed.get(LANGUAGE) or next(asked, ""))
