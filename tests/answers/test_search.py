"""The search for a service: what a message says of it, and which services fit."""

from __future__ import annotations

import pytest

from assistant.answers import Answer, answer_text
from assistant.answers.search import SHOWN, CompiledSearch, compile_search
from assistant.guidance import Library


@pytest.fixture(scope="module")
def search(library: Library) -> CompiledSearch:
    return compile_search(library)


@pytest.mark.parametrize(
    ("said", "asked", "options"),
    [
        ("for a boy in Cardiff", None, {"audience": ("boy",), "area": ("south-wales",)}),
        ("not sure", "area", {"area": ("anywhere",)}),
        ("not sure", None, {}),
        ("no, in Wales", "help_wanted", {"area": ("wales",)}),
        ("not Leeds, Cardiff", "area", {"area": ("south-wales",)}),
        ("not a helpline, counselling", "help_wanted", {"help_wanted": ("counselling",)}),
        ("a disabled girl", "audience", {"audience": ("disabled", "child")}),
        ("children", "audience", {"audience": ("child",)}),
        ("Northern lights", "area", {}),
    ],
)
def test_what_a_message_tells(
    search: CompiledSearch, said: str, asked: str | None, options: dict[str, tuple[str, ...]]
) -> None:
    assert dict(search.read(said, asked).options) == options


@pytest.mark.parametrize(
    "said",
    ["how do I refer a child", "what are the signs in boys", "mandatory reporting in wales"],
)
def test_a_question_is_not_taken_for_an_answer_of_the_search(
    search: CompiledSearch, said: str
) -> None:
    assert search.read(said, "area").unmatched_words > 0


@pytest.mark.parametrize("said", ["for a boy in Cardiff please", "it's for her mum", "counselling"])
def test_an_answer_leaves_no_word_over(search: CompiledSearch, said: str) -> None:
    assert search.read(said, "audience").unmatched_words == 0


def found(search: CompiledSearch, audience: str, area: str, help_wanted: str) -> Answer:
    return search.answer({"audience": [audience], "area": [area], "help_wanted": [help_wanted]})


def ids(answer: Answer) -> list[str]:
    return [route.id for route in answer.contacts]


def test_doubtful_services_are_never_listed(library: Library, search: CompiledSearch) -> None:
    listed = {service.route.name for service in search.services}
    kept_back = {s.name for s in library.services.values() if s.firmness in ("doubtful", "exists")}
    assert not listed & kept_back
    assert all(service.known != "doubtful" for service in search.services)


def test_the_directory_is_always_offered_last(library: Library, search: CompiledSearch) -> None:
    directory = library.services[library.search.results.directory].name
    for audience in search.questions["audience"]:
        for area in search.questions["area"]:
            for help_wanted in search.questions["help_wanted"]:
                answer = found(search, audience, area, help_wanted)
                assert answer.contacts[-1].name == directory
                assert len(ids(answer)) == len(set(ids(answer))) <= SHOWN + 1


def test_services_fit_who_where_and_what(library: Library, search: CompiledSearch) -> None:
    assert {"meic", "childline"} <= set(ids(found(search, "child", "wales", "talk"))[:2])
    assert "meic" not in ids(found(search, "child", "england", "talk"))
    assert "napac" not in ids(found(search, "child", "england", "any-kind"))
    for audience in search.questions["audience"]:
        option = search.questions["audience"][audience]
        for route in found(search, audience, "england", "talk").contacts[:-1]:
            (service,) = [s for s in search.services if s.route.id == route.id]
            words = service.words["audience"]
            assert option.any or not words or set(words) & {*option.matches, "anyone"}


def test_each_service_says_when_it_was_checked_and_how_it_is_known(
    library: Library, search: CompiledSearch
) -> None:
    text = answer_text(found(search, "child", "wales", "talk"))
    line = next(line for line in text.splitlines() if line.startswith("  Childline"))
    service = next(one for one in library.services.values() if one.name.startswith("Childline"))
    checked = f"{service.checked.day} {service.checked:%B %Y}"
    assert "0800 1111" in line and line.endswith(f"{checked}.") and "hecked" in line


def test_where_nothing_fits_it_says_so(search: CompiledSearch) -> None:
    answer = found(search, "own-thoughts", "england", "medical")
    assert answer.lead.startswith(search.none)
    assert len(ids(answer)) == 1


def test_the_search_survives_json(search: CompiledSearch) -> None:
    assert CompiledSearch.parse_raw(search.json(exclude_none=True)) == search
