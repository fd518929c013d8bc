"""The content, made into the plain data of ``content.json``.

Made from ``data/`` and the hand-written responses of ``domain.yml``.
"""

from __future__ import annotations

import json
from typing import Any, Iterator, Mapping, Sequence

from assistant.answers.answer import Answer, Frozen
from assistant.answers.buttons import guide_starts
from assistant.answers.contacts import routes
from assistant.answers.content import Choice, Page, Said
from assistant.answers.from_content import answer_for_topic, answer_for_urgent
from assistant.answers.guided import (
    answer_for_page,
    answer_for_role,
    answer_for_roles,
    takes_role,
)
from assistant.answers.search import compile_search
from assistant.answers.welsh import answers_in_welsh, titles_in_welsh
from assistant.guidance import ROLE_GUIDE, SERVICE_GUIDE, Library, guided_id, payload
from assistant.guidance.names import ROLE_FORGOTTEN_SAID
from assistant.guidance.patterns import (
    compile_patterns,
    nation_patterns,
    pattern_forms,
    role_patterns,
)


def compile_content(
    library: Library, responses: Mapping[str, Any], digest: str = ""
) -> dict[str, Any]:
    """The content as the plain data of ``content.json``.

    Args:
        library: all content.
        responses: the hand-written responses of ``domain.yml``.
        digest: of what it was compiled from.
    """
    answers = dict(_answers(library))
    follow_ups = _follow_ups(library)
    return {
        "digest": digest,
        "titles": {topic.id: topic.title for topic in library.topics.values()},
        "answers": {name: _plain(answer) for name, answer in answers.items()},
        "takes_role": sorted(name for name, one in answers.items() if takes_role(one, library)),
        "written_for": {one.id: list(one.written_for) for one in library.urgent.values()},
        "harm": {
            voice: _with_follow_ups(one.high, follow_ups)
            for voice, one in library.harm.harm.items()
        },
        "harm_low": {
            voice: _with_follow_ups(one.low, follow_ups) for voice, one in library.harm.harm.items()
        },
        "languages": {
            code: {"text": one.text, "english": one.english, "roman": list(one.roman)}
            for code, one in library.languages.languages.items()
        },
        "other_language": _other_language(library),
        "said": {name: _plain(said) for name, said in _said(responses, library)},
        "guides": [_plain(start) for start in _starts(library)],
        "pages": {name: _plain(page) for name, page in _pages(library)},
        "contacts": {route.id: _plain(route) for route in routes(list(library.contacts), library)},
        "nation": library.local.nation if library.local else None,
        "patterns": compile_patterns(library.urgency),
        "pattern_forms": pattern_forms(library.urgency),
        "follow_ups": follow_ups,
        "follow_up_patterns": compile_patterns(library.follow_ups),
        "follow_up_forms": pattern_forms(library.follow_ups),
        "role_patterns": role_patterns(library.roles),
        "nation_patterns": nation_patterns(library.roles),
        "search": _plain(compile_search(library)),
        "welsh": _welsh(library, answers),
    }


def _answers(library: Library) -> Iterator[tuple[str, Answer]]:
    for situation in library.urgent.values():
        yield situation.id, answer_for_urgent(situation, library)
    for topic in library.topics.values():
        yield topic.id, answer_for_topic(topic, library)
    for guide in library.guides.values():
        for name in guide.pages:
            yield guided_id(guide.id, name), answer_for_page(guide, name, library)
    yield guided_id(ROLE_GUIDE), answer_for_roles(library)
    for name in library.roles.roles:
        yield guided_id(ROLE_GUIDE, name), answer_for_role(name, library)


def _follow_ups(library: Library) -> dict[str, list[str]]:
    """By urgent reply, the replies that go on from it, the one that is given to all else last."""
    following: dict[str, list[str]] = {}
    for one in library.urgent.values():
        if one.after:
            following.setdefault(one.after, []).append(one.id)
    for replies in following.values():
        replies.sort(key=lambda one: one not in library.follow_ups.patterns)
    return following


def _with_follow_ups(replies: Sequence[str], follow_ups: Mapping[str, list[str]]) -> list[str]:
    """Replies that do harm to a reader: what goes on from one says the same to the same reader."""
    return [each for one in replies for each in (one, *follow_ups.get(one, ()))]


def _welsh(library: Library, english: dict[str, Answer]) -> dict[str, Any]:
    """What is said in Welsh; empty where nothing is."""
    welsh = library.welsh
    if welsh is None:
        return {"answers": {}, "titles": {}, "in_english": "", "patterns": {}, "widget": {}}
    answers = dict(answers_in_welsh(library, english))
    return {
        "answers": {name: _plain(answer) for name, answer in answers.items()},
        "titles": titles_in_welsh(library),
        "in_english": welsh.interface.in_english,
        "patterns": compile_patterns(welsh.patterns),
        "widget": json.loads(welsh.interface.json())["widget"],
    }


def _other_language(library: Library) -> dict[str, Any]:
    said = library.languages
    return {
        "english": said.english,
        "unknown": said.unknown,
        "contacts": list(said.contacts),
    }


def _pages(library: Library) -> Iterator[tuple[str, Page]]:
    for guide in library.guides.values():
        for name in guide.pages:
            after, before = guide.after(name), guide.before(name)
            yield (
                guided_id(guide.id, name),
                Page(
                    guide=guide.title,
                    after=guided_id(guide.id, after) if after else None,
                    before=guided_id(guide.id, before) if before else None,
                ),
            )
    search = guided_id(SERVICE_GUIDE)
    yield search, Page(guide=library.search.title, after=search, before=None)


def _starts(library: Library) -> list[Choice]:
    """The buttons that start the guided conversations."""
    return [Choice(title=s.title, payload=payload(s.id)) for s in guide_starts(library).values()]


def _said(responses: Mapping[str, Any], library: Library) -> Iterator[tuple[str, Said]]:
    """Hand-written responses; what their metadata asks for is filled in from the content."""
    starts = _starts(library)
    for name, variations in responses.items():
        written = variations[0]
        metadata = written.get("metadata") or {}
        buttons = [Choice(**button) for button in written.get("buttons", ())]
        yield (
            name,
            Said(
                text=written["text"],
                kind=metadata.get("kind", "smalltalk"),
                contacts=tuple(c for c in metadata.get("contacts", ()) if c in library.contacts),
                buttons=(*buttons, *(starts if metadata.get("guides") else ())),
            ),
        )
    for question, asked in library.search.questions.items():
        options = [
            Choice(
                title=option.title,
                payload=f"/service_option{json.dumps({question: name})}",
            )
            for name, option in asked.options.items()
            if option.button
        ]
        stop = Choice(title="Stop", payload="/guided_stop")
        yield f"utter_ask_{question}", Said(text=asked.ask, kind="guided", buttons=(*options, stop))
    yield ROLE_FORGOTTEN_SAID, Said(text=library.roles.forgotten, kind="smalltalk")


def _plain(model: Frozen) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(model.json(exclude_none=True))
    return plain


__all__ = ["compile_content"]
