"""The compiled content: true to what it is made of, taken up whole or not at all."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Callable, Optional

import pytest
import yaml

import assistant
from assistant.answers import compiled
from assistant.answers.compiled import (
    Content,
    compile_content,
    content_digest,
    current_content,
    load_content,
    reload_content,
    use_content,
)
from assistant.guidance import ContentError, Library, Nation, guided_id, load_library
from assistant.project import HOME_VARIABLE, Project
from tests.conftest import Edit

TOPIC = "guidance/talk/recording.yml"


@pytest.fixture
def shown(copy: Project, own_content: Content, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the project whose content this process shows."""
    monkeypatch.setenv(HOME_VARIABLE, str(copy.root))
    use_content(None)
    current_content()
    return copy


# --- what it is made of ----------------------------------------------------------------


ANSWERS: list[tuple[str, Callable[[Path], object]]] = [
    ("an answer", lambda root: append(root / "data" / TOPIC)),
    ("an urgent reply", lambda root: append(root / "data/urgency/replies/child-user.yml")),
    ("a contact", lambda root: append(root / "data/contacts.yml")),
    ("a fact", lambda root: append(root / "data/facts/talk-and-urgent.yml")),
    ("patterns", lambda root: append(root / "data/urgency/patterns.yml")),
    ("who is harmed", lambda root: append(root / "data/urgency/harm.yml")),
    ("roles", lambda root: append(root / "data/roles.yml")),
    ("languages", lambda root: append(root / "data/languages.yml")),
    ("hand-written responses", lambda root: append(root / "domain.yml")),
    ("own numbers", lambda root: (root / "data/local.yml").write_text("area: Ours\n")),
    ("a renamed topic", lambda root: rename(root / "data" / TOPIC, "notes.yml")),
    ("a renamed theme", lambda root: rename(root / "data/guidance/learning", "lessons")),
]

EXAMPLES = [
    "questions/talk/recording.yml",
    "voices/child.yml",
    "urgency/examples/child-user.yml",
    "urgency/not-urgent.yml",
    "rules.yml",
    "nlu/conversation.yml",
]


def append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


def rename(path: Path, name: str) -> None:
    path.rename(path.with_name(name))


@pytest.mark.parametrize(("what", "change"), ANSWERS)
def test_the_digest_changes_with_what_is_said(
    copy: Project, what: str, change: Callable[[Path], None]
) -> None:
    before = content_digest(copy)
    change(copy.root)
    assert content_digest(copy) != before, what


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_digest_does_not_change_with_how_people_ask(copy: Project, name: str) -> None:
    before = content_digest(copy)
    append(copy.data / name)
    assert content_digest(copy) == before


def test_a_copy_elsewhere_has_the_same_digest(project: Project, copy: Project) -> None:
    (copy.data / "local.yml").unlink(missing_ok=True)
    local = project.data / "local.yml"
    if not local.exists():
        assert content_digest(copy) == content_digest(project)


@pytest.mark.parametrize("folder", ["answers", "guidance"])
def test_the_digest_changes_with_the_code_that_compiles(
    copy: Project, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = content_digest(copy), Path.read_bytes
    changed = Path(assistant.__file__).parent / folder / "__init__.py"
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b"#" * (path == changed))
    assert content_digest(copy) != before


# --- loading ---------------------------------------------------------------------------


def test_it_is_compiled_once_and_read_from_then_on(
    copy: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def counted(data: Path) -> Library:
        made.append(data)
        return load_library(data)

    monkeypatch.setattr(compiled, "load_library", counted)
    first, second = load_content(copy), load_content(copy)
    assert made == [copy.data]
    assert first.digest == second.digest
    assert list(first.answer_ids) == list(second.answer_ids)
    append(copy.data / TOPIC)
    load_content(copy)
    assert len(made) == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '"text"', '{"digest": 1}'])
def test_a_damaged_file_is_made_anew(copy: Project, damage: str) -> None:
    copy.content.parent.mkdir()
    copy.content.write_text(damage)
    assert load_content(copy).has("talk/recording")
    assert json.loads(copy.content.read_text())["digest"] == content_digest(copy)


def test_a_folder_that_cannot_be_written_to_costs_time_only(
    copy: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**place: Path | str) -> None:
        raise PermissionError("a read-only container")

    monkeypatch.setattr(tempfile, "mkstemp", refused)
    assert load_content(copy).has("talk/recording")
    assert not copy.content.exists()


def test_no_half_file_is_ever_left(copy: Project) -> None:
    load_content(copy)
    assert [path.name for path in copy.models.iterdir()] == ["content.json"]


# --- taking up what has changed --------------------------------------------------------


def test_a_changed_answer_is_shown_without_training(shown: Project, edit: Edit) -> None:
    edit(TOPIC, "lead: >-\n", "lead: >-\n  This has just been written.\n")
    before = current_content()
    assert "just been written" not in lead()
    after = reload_content()
    assert after is current_content() is not before
    assert after.digest != before.digest
    assert lead().startswith("This has just been written.")


def lead() -> str:
    answer = current_content().answer("talk/recording")
    assert answer is not None
    return answer.lead


def test_content_with_a_problem_is_not_taken_up_at_all(shown: Project, edit: Edit) -> None:
    """Not even the answers that are right: whole or not at all."""
    before = current_content()
    edit(TOPIC, "lead: >-\n", "lead: >-\n  This is right.\n")
    edit("guidance/talk/confidentiality.yml", "title:", "titel:")
    with pytest.raises(ContentError):
        reload_content()
    assert current_content() is before
    assert "This is right" not in lead()
    edit("guidance/talk/confidentiality.yml", "titel:", "title:")
    reload_content()
    assert lead().startswith("This is right.")


def test_it_is_loaded_once_however_often_it_is_asked_for(
    shown: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(project: Project) -> Content:
        raise AssertionError("loaded again")

    monkeypatch.setattr(compiled, "load_content", again)
    assert current_content() is current_content()


# --- what it holds ---------------------------------------------------------------------


def test_every_topic_situation_page_and_role_has_its_answer(library: Library) -> None:
    content = current_content()
    pages = [guided_id(guide.id, name) for guide in library.guides.values() for name in guide.pages]
    roles = [guided_id("my-role", name) for name in library.roles.roles]
    assert {*library.topics, *library.urgent, *pages, *roles} < set(content.answer_ids)
    for one in content.answer_ids:
        assert content.has(one) and content.answer(one) is not None
    assert set(content.titles) == set(library.topics)


def test_what_is_not_there_is_none() -> None:
    content = current_content()
    assert content.answer("talk/no-such") is None and not content.has("talk/no-such")
    assert content.title("talk/no-such") == ""
    assert content.said("utter_no_such") is None and content.page("guided/no/such") is None
    assert [one.id for one in content.contacts(["gone", "childline"])] == ["childline"]


def test_the_deployments_own_nation_holds_where_a_person_says_none(library: Library) -> None:
    data = compile_content(library, {})
    both, wales = Content(data), Content({**data, "nation": "Wales"})
    answer = "respond/refer"
    assert wales.answer(answer) == both.answer(answer, nation="Wales")
    assert wales.answer(answer) != both.answer(answer)
    assert wales.answer(answer, nation="England") == both.answer(answer, nation="England")


def test_hand_written_responses_have_their_contacts_and_buttons(project: Project) -> None:
    content = current_content()
    routes = content.said("utter_official_routes")
    assert routes and routes.kind == "suggest"
    assert {"police-emergency", "childrens-social-care"} <= set(routes.contacts)
    assert "999" in routes.text
    written = yaml.safe_load(project.domain.read_text())["responses"]
    for name in written:
        assert content.said(name), name
    what = content.said("utter_what_you_do")
    assert what and {"/guided.signs.start", "/guided.my-role.start"} <= {
        button.payload for button in what.buttons
    }


def test_who_asks_about_privacy_is_told_and_not_collected() -> None:
    """The question holds what people fear: it is none of the unanswered ones that editors read."""
    said = current_content().said("utter_privacy")
    assert said and said.kind == "smalltalk" and not said.buttons
    assert set(said.contacts) == {"police-emergency", "childline"}
    for part in ("cannot promise", "30 days", "court case", "Clear chat", "reports nothing"):
        assert part in said.text
    for name in ("utter_privacy", "utter_if_bot"):
        assert (one := current_content().said(name)) and "reading along" not in one.text


def test_what_is_said_gives_the_contacts_of_the_persons_nation(
    project: Project, library: Library
) -> None:
    responses = yaml.safe_load(project.domain.read_text())["responses"]
    data = compile_content(library, responses)
    both, wales = Content(data), Content({**data, "nation": "Wales"})
    cases: list[tuple[Content, Optional[Nation]]]
    cases = [(both, "Wales"), (both, "England"), (wales, None), (wales, "England")]
    for content, nation in cases:
        own, ours = nation or "Wales", set(content.scripted_texts)
        for name in responses:
            said, everywhere = content.said(name, nation), both.said(name)
            assert said and everywhere
            routes = both.contacts(everywhere.contacts)
            kept = [one for one in routes if one.territory in (own, "both", "UK")]
            assert list(said.contacts) == [one.id for one in kept]
            for one in routes:
                assert (f"  {one.name}: " in said.text) == (one in kept), (name, own)
            # Known as ours, so that nothing of it is masked when a chat is kept.
            assert said.text in ours
        other = content.said_in("pl", nation)
        assert (f"childrens-social-care{'-wales' if own == 'Wales' else ''}") in other.contacts
        assert len(both.said_in("pl").contacts) == len(other.contacts) + 1
    for name in ("utter_official_routes", "utter_human_contacts"):
        said = both.said(name, "Wales")
        assert said and "childrens-social-care-wales" in said.contacts


def test_the_titles_of_all_buttons_are_known() -> None:
    choices = current_content().choices
    assert {"Start", "Next", "Back", "Stop", "Finish", "Recording what a child says"} <= choices
    assert "England" in choices or "Wales" in choices


def test_where_a_page_stands(library: Library) -> None:
    content = current_content()
    start = content.page("guided/signs/start")
    assert start and start.before is None and start.after and content.page(start.after)
    end = content.page("guided/reflection/end")
    assert end and end.after is None and end.guide == library.guides["reflection"].title
