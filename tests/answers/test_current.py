"""A changed content is taken up whole or not at all, without training."""

from __future__ import annotations

import pytest

from assistant.answers import Content, current, current_content, reload_content
from assistant.answers.current import use_content
from assistant.guidance import ContentError
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

    monkeypatch.setattr(current, "load_content", again)
    assert current_content() is current_content()
