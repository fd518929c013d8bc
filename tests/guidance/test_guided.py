"""Guided conversations: their content, their answers, the search and the roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answers import Answer, answer_for_topic, answer_text
from assistant.answers.guided import answer_for_page, answer_for_role, with_role
from assistant.guidance import ContentError, Library, load_library
from assistant.editing.checks import check_content
from assistant.training.importer import GUIDED_PAGE, KEEP_NOTHING, content_domain
from assistant.understanding.role_finder import role_patterns, said_role
from assistant.answers.search import SHOWN, ServiceSearch, compile_search
from tests.conftest import Edit


@pytest.fixture(scope="module")
def search(library: Library) -> ServiceSearch:
    return compile_search(library)


# --- content -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "mend"),
    [
        ("guided/signs.yml", "topic: recognise/", "topic: recognize/", "topic.0", "no such topic"),
        ("guided/signs.yml", "  start:", "  begin:", "pages", "the first page is 'start'"),
        (
            "guided/signs.yml",
            "cite: [kcsie-2026:paragraph-56]",
            "cite: [kcsie-2026:paragraph-0]",
            "pages.start.points.0.cite.0",
            "no such section",
        ),
        (
            "guided/signs.yml",
            'review: ["national-review:local/enquiries"]',
            "review: []",
            "review",
            "at least one section of the national review",
        ),
        (
            "guided/reflection.yml",
            "choices: [alone,",
            "choices: [lone,",
            "pages.start.choices.0",
            "no such page",
        ),
        (
            "guided/reflection.yml",
            "contacts: [samaritans]",
            "contacts: [samaritan]",
            "pages.alone.contacts.0",
            "no such contact",
        ),
        ("roles.yml", "themes: [recognise", "themes: [recognize", "themes.0", "no such theme"),
        (
            "roles.yml",
            "topic: respond/role-police",
            "topic: respond/police",
            "roles.police.topic.0",
            "no such topic",
        ),
        (
            "service-search.yml",
            "matches: [non-abusing-parents]",
            "matches: [parents]",
            "questions.audience.options.parent.matches.0",
            "no such word",
        ),
        ("service-search.yml", "  area:\n", "  region:\n", "questions", "in this order"),
        (
            "guidance/respond/refer.yml",
            "guided: referral-checklist",
            "guided: referal-checklist",
            "guided.0",
            "no such guided conversation",
        ),
    ],
)
def test_wrong_content_is_refused_with_file_field_and_mend(
    content: Path, edit: Edit, file: str, old: str, new: str, field: str, mend: str
) -> None:
    edit(file, old, new)
    with pytest.raises(ContentError) as caught:
        load_library(content)
    assert [p for p in caught.value.problems if p.field == field and mend in p.mend], caught.value
    assert all(problem.path == content / file for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("file", "old", "new", "part"),
    [
        ("guided/signs.yml", "Stay curious.", "Ring 0123 456789.", "telephone number"),
        ("guided/signs.yml", "Stay curious.", "Well " * 25 + "well.", "a sentence of 26 words"),
        ("roles.yml", "act anyway.", "act {anyway}.", "curly brackets"),
        ("service-search.yml", "Do not give an address.", "Or 0123 456789.", "telephone number"),
        ("services.yml", "for: [men-and-boys]", "for: [sailors]", "is matched by no option"),
    ],
)
def test_the_check_looks_into_guided_content(
    content: Path, edit: Edit, file: str, old: str, new: str, part: str
) -> None:
    edit(file, old, new)
    report = check_content(content, near_duplicates=False)
    assert [problem for problem in report.problems if part in problem.mend]


def test_every_page_cites_and_points_to_the_review(library: Library) -> None:
    for guide in library.guides.values():
        for name in guide.pages:
            answer = answer_for_page(guide, name, library)
            assert answer.kind == "guided" and answer.review
            assert all(point.numbers for point in answer.points)
            assert "In the review" in answer_text(answer)


def test_next_and_back_pass_over_pages_that_are_chosen(library: Library) -> None:
    reflection = library.guides["reflection"]
    assert reflection.after("supervision") == "question-1"
    assert reflection.before("question-1") == "start" == reflection.before("group")
    assert reflection.after("end") is None and reflection.before("start") is None


def test_the_reflection_session_keeps_nothing_and_the_others_do(library: Library) -> None:
    slots = content_domain(library)["slots"]
    kept, dropped = (
        next(m["intent"] for m in slots[KEEP_NOTHING]["mappings"] if m["value"] is value)
        for value in (False, True)
    )
    assert set(dropped) == {
        f"guided.reflection.{page}" for page in library.guides["reflection"].pages
    }
    assert {"guided.signs.start", "guided_stop", "goodbye"} <= set(kept)
    assert slots[GUIDED_PAGE]["initial_value"] == ""


# --- roles ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("I am a teacher", "education"),
        ("I'm a newly qualified primary school teacher, how do I refer?", "education"),
        ("As a GP, what do I write down?", "health"),
        ("health visitor here, a question", "health"),
        ("we are social workers", "social-work"),
        ("I’m not a teacher, I’m a nurse", "health"),
        ("I'm not a teacher", ""),
        ("I am no longer a police officer", ""),
        ("my son's teacher is worried", None),
        ("I'm a teacher's wife", None),
        ("I'm worried a teacher is hurting a pupil", None),
        ("he works as a teacher", None),
        ("is there a nurse here", None),
    ],
)
def test_only_the_persons_own_role_is_found(library: Library, said: str, role: str | None) -> None:
    assert said_role(said, role_patterns(library.roles)) == role


def test_a_roles_steps_come_first_with_their_places(library: Library) -> None:
    answer = answer_for_topic(library.topics["respond/strategy-discussion"], library)
    role = answer_for_role("education", library)
    merged = with_role(answer, role)
    first, *rest = merged.points
    assert first.text.startswith("First, for schools and early years: Tell your designated")
    assert tuple(rest) == answer.points
    places = {place.number: place.section for place in merged.places}
    assert [places[n] for n in first.numbers] == [
        "kcsie-2026:paragraph-56",
        "kcsie-2026:paragraph-59",
    ]
    assert len(places) == len(merged.places), "a number stands for one place"
    assert len(set(places.values())) == len(places), "a place has one number"
    assert with_role(answer, None) == answer


def test_role_steps_stand_only_where_they_help(library: Library) -> None:
    responses = content_domain(library)["responses"]
    with_steps = {
        name for name, (first, *_) in responses.items() if "{role_first}" in first["text"]
    }
    assert "utter_respond.refer" in with_steps
    assert "utter_respond.role-police" not in with_steps
    assert not [name for name in with_steps if name.startswith(("utter_urgent", "utter_support"))]


# --- the search ----------------------------------------------------------------------


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
    search: ServiceSearch, said: str, asked: str | None, options: dict[str, tuple[str, ...]]
) -> None:
    assert dict(search.read(said, asked).options) == options


@pytest.mark.parametrize(
    "said",
    ["how do I refer a child", "what are the signs in boys", "mandatory reporting in wales"],
)
def test_a_question_is_not_taken_for_an_answer_of_the_search(
    search: ServiceSearch, said: str
) -> None:
    assert search.read(said, "area").left_over > 0


@pytest.mark.parametrize("said", ["for a boy in Cardiff please", "it's for her mum", "counselling"])
def test_an_answer_leaves_no_word_over(search: ServiceSearch, said: str) -> None:
    assert search.read(said, "audience").left_over == 0


def found(search: ServiceSearch, audience: str, area: str, help_wanted: str) -> Answer:
    return search.answer({"audience": [audience], "area": [area], "help_wanted": [help_wanted]})


def ids(answer: Answer) -> list[str]:
    return [route.id for route in answer.contacts]


def test_doubtful_services_are_never_listed(library: Library, search: ServiceSearch) -> None:
    listed = {service.route.name for service in search.services}
    doubtful = {s.name for s in library.services.values() if s.status == "doubtful"}
    assert doubtful and not listed & doubtful


def test_the_directory_is_always_offered_last(search: ServiceSearch) -> None:
    for audience in search.questions["audience"]:
        for area in search.questions["area"]:
            for help_wanted in search.questions["help_wanted"]:
                contacts = ids(found(search, audience, area, help_wanted))
                assert contacts[-1] == "csa-centre-directory"
                assert len(contacts) == len(set(contacts)) <= SHOWN + 1


def test_services_fit_who_where_and_what(search: ServiceSearch) -> None:
    assert ids(found(search, "child", "wales", "talk"))[:2] == ["meic", "childline"]
    assert "meic" not in ids(found(search, "child", "england", "talk"))
    assert "napac" not in ids(found(search, "child", "england", "any-kind"))
    assert "rasa-north-wales" in ids(found(search, "adult-survivor", "north-wales", "counselling"))
    assert ids(found(search, "child", "west-midlands", "medical"))[0] == (
        "west-midlands-childrens-sarc"
    )


def test_each_service_says_when_it_was_checked_and_how_it_is_known(search: ServiceSearch) -> None:
    text = answer_text(found(search, "child", "wales", "talk"))
    line = next(line for line in text.splitlines() if "Childline" in line)
    assert "0800 1111" in line and "checked 21 November 2026" in line
    assert "From another body's page" in line


def test_where_nothing_fits_it_says_so(search: ServiceSearch) -> None:
    answer = found(search, "own-thoughts", "england", "medical")
    assert answer.lead.startswith("I have no open service")
    assert ids(answer) == ["csa-centre-directory"]
