"""The search for a service: what a message says of it, and which services fit.

Compiled from ``data/service-search.yml`` and ``data/services.yml`` into the compiled content.
"""

from __future__ import annotations

import re
from typing import Iterable, Mapping, Optional, Sequence

from assistant.answers.answer import Answer, Frozen, NextTopic, Route
from assistant.answers.buttons import next_topics
from assistant.answers.contacts import routes
from assistant.answers.guided import guided_answer
from assistant.answers.text import day_text
from assistant.guidance import (
    SEARCHED,
    SERVICE_GUIDE,
    Library,
    Nation,
    Service,
    guided_id,
    words_of,
)
from assistant.guidance.guided import AREA, AUDIENCE, HELP_WANTED, SearchOption
from assistant.guidance.lower_case import in_lower_case

SHOWN = 5
"""Services listed besides the directory: more would bury the first."""

SECONDARY = 3
"""How much less a service fits by each word that it names before the one that fits."""

RANKING_ORDER = (AUDIENCE, HELP_WANTED, AREA)
"""What counts most for the order of the services found, most first."""

_WORD = re.compile(r"[\w+'’-]+")
_NEGATED = re.compile(r"\bnot (?:(?:a|an|the|in|for|from) )*$")

# How firmly a service's details are known, in the words of the answer; firmest first.
_KNOWN = {
    "confirmed": "Checked",
    "cross-checked": "Known from several other pages; checked",
    "reported": "Reported by others; checked",
}


class Option(Frozen):
    """One answer to a question: ``say`` are patterns of its names."""

    title: str
    any: bool
    matches: tuple[str, ...]
    say: tuple[str, ...]


class ListedService(Frozen):
    """A service that may be shown, and what it says of itself by question of the search."""

    route: Route
    words: Mapping[str, tuple[str, ...]]
    known: str


class SearchInput(Frozen):
    """What a message told: options by question, and how many of its words are about else."""

    options: Mapping[str, tuple[str, ...]]
    unmatched_words: int


class CompiledSearch(Frozen):
    """The compiled search. Make one with :func:`compile_search`."""

    questions: Mapping[str, Mapping[str, Option]]
    services: tuple[ListedService, ...]
    found: Answer
    none: str
    again: str
    fillers: tuple[str, ...]

    def read(self, text: str, asked: Optional[str]) -> SearchInput:
        """What a message says.

        Args:
            text: the message.
            asked: the question that was asked; "not sure" and "skip" answer that one only. One
                that an older version asked counts as none.
        """
        asked = asked if asked in self.questions else None
        plain = in_lower_case(text)
        options: dict[str, tuple[str, ...]] = {}
        covered: set[int] = set()
        for question in (*([asked] if asked else ()), *SEARCHED):
            if question in options:
                continue
            named = [
                (match.span(), name)
                for name, option in self.questions[question].items()
                if question == asked or not option.any
                for pattern in option.say
                for match in re.finditer(pattern, plain)
            ]
            taken = _longest(named)
            covered |= {i for (start, end), _ in taken for i in range(start, end)}
            meant = [name for (start, _), name in taken if not _NEGATED.search(plain[:start])]
            if meant:
                options[question] = tuple(dict.fromkeys(meant))
        left = [
            word.group()
            for word in _WORD.finditer(plain)
            if word.start() not in covered and word.group() not in self.fillers
        ]
        return SearchInput(options=options, unmatched_words=len(left))

    def area_of(self, nation: Optional[Nation]) -> Optional[list[str]]:
        """The option of the question for the area that is this nation, as a list; None if none."""
        return [name for name, one in self.questions[AREA].items() if one.title == nation] or None

    def answer(
        self, chosen: Mapping[str, Sequence[str]], nation: Optional[Nation] = None
    ) -> Answer:
        """The services that fit, best first, and the directory always.

        Args:
            chosen: options by question.
            nation: where the person works: "anywhere" is anywhere in it.
        """
        services = self._within(nation, chosen)
        fitting = sorted(
            (rank, i) for i, s in enumerate(services) if (rank := self._rank(s, chosen))
        )
        best = tuple(services[i].route for _, i in fitting[:SHOWN])
        asked = [
            " or ".join(self.questions[question][one].title for one in chosen[question])
            for question in SEARCHED
        ]
        opening = self.found.lead if best else self.none
        lead = f"{opening} ({'; '.join(asked)})" if not best else f"{'; '.join(asked)}. {opening}"
        directory = self.found.contacts
        return self.found.copy(update={"lead": lead, "contacts": (*best, *directory)})

    def _within(
        self, nation: Optional[Nation], chosen: Mapping[str, Sequence[str]]
    ) -> Sequence[ListedService]:
        """The services; of one nation alone where the area may be any."""
        areas = self.questions[AREA]
        own = {word for name in self.area_of(nation) or () for word in areas[name].matches}
        if not own or not all(areas[name].any for name in chosen[AREA]):
            return self.services
        return [service for service in self.services if own & set(service.words[AREA])]

    def _rank(
        self, service: ListedService, chosen: Mapping[str, Sequence[str]]
    ) -> Optional[tuple[int, ...]]:
        """How well a service fits, smaller is better; None if it does not."""
        ranks = []
        for question in RANKING_ORDER:
            wanted = [self.questions[question][one] for one in chosen[question]]
            rank = _fit(service.words[question], wanted)
            if rank is None:
                return None
            ranks.append(rank)
        return (*ranks, list(_KNOWN).index(service.known))


def _fit(words: Sequence[str], wanted: Sequence[Option]) -> Optional[int]:
    """How well a service's words on one question fit the options, smaller is better.

    A service that fits more of the options comes first; then the words that the option, and the
    service itself, name first.
    """
    fits = [
        min(
            option.matches.index(word) + SECONDARY * n
            for n, word in enumerate(words)
            if word in option.matches
        )
        for option in wanted
        if set(words) & set(option.matches)
    ]
    if fits:
        return min(fits) - 10 * len(fits)
    if any(option.any for option in wanted):
        return 10
    # Nothing is said for it, but nothing against it either.
    return 20 if not words or "anyone" in words else None


def compile_search(library: Library) -> CompiledSearch:
    """The search with all services that may be shown: never a doubtful one."""
    search = library.search
    return CompiledSearch(
        questions={
            question: {name: _option(option) for name, option in asked.options.items()}
            for question, asked in search.questions.items()
        },
        services=tuple(
            _listed(one, service, library)
            for one, service in library.services.items()
            if service.firmness in _KNOWN and one != search.results.directory
        ),
        found=_found(library),
        none=search.results.none,
        again=search.again,
        fillers=search.fillers,
    )


def _option(option: SearchOption) -> Option:
    return Option(
        title=option.title,
        any=option.any,
        matches=option.matches,
        say=tuple(_pattern(phrase) for phrase in option.say),
    )


def _listed(service_id: str, service: Service, library: Library) -> ListedService:
    return ListedService(
        route=_route(service_id, service, library),
        words={question: words_of(service, question) for question in SEARCHED},
        known=service.firmness,
    )


def _found(library: Library) -> Answer:
    """What is said with the services found; of the contacts the directory alone."""
    search = library.search
    results = search.results
    found = guided_answer(
        library,
        topic=search.topic,
        title=search.title,
        lead=results.lead,
        points=results.points,
        review=search.review,
        buttons=(
            *(
                NextTopic(id=f'change_search{{"change": "{question}"}}', title=title)
                for question, title in results.change.items()
            ),
            NextTopic(id=guided_id(SERVICE_GUIDE), title="Start again"),
            *next_topics(results.next, library),
        ),
    )
    directory = _route(results.directory, library.services[results.directory], library)
    return found.copy(update={"contacts": (directory,)})


def _route(service_id: str, service: Service, library: Library) -> Route:
    """How to reach a service, from the contacts where it is one of them."""
    checked = day_text(service.checked.isoformat())
    when = f"{service.about} Area: {service.area}. {_KNOWN[service.firmness]} {checked}."
    if service.contact:
        route = routes([service.contact], library)[0]
        return route.copy(update={"name": service.name, "when": when, "service": True})
    return Route(
        id=service_id,
        name=service.name,
        when=when,
        phone=service.phone,
        sms=service.sms,
        email=service.email,
        url=service.url,
        hours=service.hours,
        checked=service.checked.isoformat(),
        service=True,
    )


def _pattern(phrase: str) -> str:
    """A phrase as whole words, with or without a plural s."""
    return rf"(?<![\w-]){re.escape(phrase.lower())}(?:s|'s)?(?![\w+-])"


def _longest(named: Iterable[tuple[tuple[int, int], str]]) -> list[tuple[tuple[int, int], str]]:
    """The names that overlap no longer one, in the order of the text."""
    taken: list[tuple[tuple[int, int], str]] = []
    for span, name in sorted(named, key=lambda one: one[0][0] - one[0][1]):
        if all(span[1] <= start or end <= span[0] for (start, end), _ in taken):
            taken.append((span, name))
    return sorted(taken)


__all__ = ["CompiledSearch", "SearchInput", "compile_search"]
