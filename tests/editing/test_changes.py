"""What changed, read out of a small git repository: before, after and why; page, feed and mail."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Callable, Optional
from xml.etree import ElementTree

import pytest
import yaml

from assistant.answers.changes import Change, Changes, Reworded, changed_lately, read_changes
from assistant.channels.web.changes_page import ATOM, NO_CHANGES, changes_atom, changes_html
from assistant.cli import run
from assistant.editing.changes import changes_file, changes_in_all, changes_of, quarter
from assistant.editing.history import (
    NO_GIT,
    NO_HISTORY,
    SHALLOW,
    HistoryError,
    edits_since,
    last_release,
)
from assistant.operations.server import build_app
from tests.channels.conftest import credentials, served

TOPIC, REPLY, CONTACTS = (
    "data/guidance/talk/recording.yml",
    "data/urgency/replies/general.yml",
    "data/contacts.yml",
)
CHILDLINE = {"name": "Childline", "when": "A child wants to talk", "phone": "0800 1111"}

Commit = Callable[..., None]


def topic(lead: str, *points: Any) -> dict[str, Any]:
    listed = [point if isinstance(point, dict) else {"text": point} for point in points]
    return {"title": "Recording", "lead": lead, "points": listed}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / "data" / "guidance").mkdir(parents=True)
    (root / "config.yml").touch()
    git(root, "init", "-q")
    return root


def git(root: Path, *arguments: str, day: str = "2026-01-01") -> str:
    who = {"GIT_AUTHOR_NAME": "E", "GIT_AUTHOR_EMAIL": "e@e", "GIT_AUTHOR_DATE": f"{day}T12:00:00"}
    who |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in who.items()}
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(root), **who},
    )
    return done.stdout.strip()


@pytest.fixture
def commit(repository: Path) -> Commit:
    def made(day: str, why: str, **files: Optional[dict[str, Any]]) -> None:
        for name, content in files.items():
            path = repository / {"topic": TOPIC, "reply": REPLY, "contacts": CONTACTS}[name]
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump(content), encoding="utf-8")
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "--allow-empty", "-m", why, day=day)

    return made


def changes(repository: Path, since: str = "2026-01-01") -> tuple[Change, ...]:
    return changes_of(edits_since(repository, since))


def test_the_last_release_is_the_newest_tag_before_now(repository: Path, commit: Commit) -> None:
    commit("2026-01-02", "First", topic=topic("Write it down."))
    assert last_release(repository) is None
    git(repository, "tag", "v0.1.0")
    commit("2026-02-02", "Second", topic=topic("Write it down today."))
    git(repository, "tag", "v0.2.0")
    git(repository, "tag", "nightly")
    commit("2026-03-02", "Third", topic=topic("Write it down at once."))
    assert last_release(repository) == "v0.2.0"
    (change,) = changes_in_all(edits_since(repository, "v0.2.0"))
    assert change.lead == Reworded(before="Write it down today.", after="Write it down at once.")


def test_before_after_and_why_of_a_topic(repository: Path, commit: Commit) -> None:
    old = topic("Write it down.", "Use the child's own words, as exactly as you can.", "Sign it.")
    commit("2026-01-02", "First", topic=old)
    new = topic(
        "Write it down today.",
        {"text": "Use the child's own words, as exactly as you can.", "duty": "must"},
        "Keep it apart from the file.",
    )
    commit("2026-03-12", "Working Together 2026 asks for it", topic=new)
    changed, first = changes(repository)
    assert (first.kind, first.about, first.lead and first.lead.after) == (
        "new",
        "talk/recording",
        "Write it down.",
    )
    assert (changed.kind, changed.date) == ("changed", "2026-03-12")
    assert changed.why == ("Working Together 2026 asks for it",)
    assert changed.lead and (changed.lead.before, changed.lead.after) == (
        "Write it down.",
        "Write it down today.",
    )
    (reworded,) = changed.reworded
    assert reworded.after == "Must: Use the child's own words, as exactly as you can."
    assert changed.added == ("Keep it apart from the file.",) and changed.removed == ("Sign it.",)


def test_urgent_replies_and_contacts_count_too(repository: Path, commit: Commit) -> None:
    reply = {"title": "In doubt", "first": "Call 999.", "steps": [{"text": "Stay."}], "tell": {}}
    commit("2026-01-02", "First", reply=reply, contacts={"contacts": {"childline": CHILDLINE}})
    commit(
        "2026-02-02",
        "New number",
        reply={**reply, "first": "Call 999 now."},
        contacts={"contacts": {"childline": {**CHILDLINE, "phone": "0800 2222"}}},
    )
    contact, urgent = changes(repository, "2026-02-01")
    assert (contact.about, urgent.about) == ("contact/childline", "urgent/general")
    assert contact.reworded[0].before == "Telephone: 0800 1111"
    assert contact.reworded[0].after == "Telephone: 0800 2222"
    assert urgent.lead and urgent.lead.after == "Call 999 now."


def test_what_nobody_sees_is_no_change(repository: Path, commit: Commit) -> None:
    commit("2026-01-02", "First", topic=topic("Write.", "One thing to do.", "Another to leave."))
    other = topic("Write.", "Another to leave.", "One thing to do.")
    commit("2026-01-03", "Order, and the day of review", topic={**other, "reviewed": "2026-01-03"})
    assert [one.why for one in changes(repository)] == [("First",)]


def test_a_topic_taken_out_and_one_that_cannot_be_read(repository: Path, commit: Commit) -> None:
    commit("2026-01-02", "First", topic=topic("Write."))
    commit("2026-01-03", "Said elsewhere", topic=None)
    gone = changes(repository)[0]
    assert gone.kind == "taken-out" and gone.lead and gone.lead.before == "Write."
    path = repository / TOPIC
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("title: [", encoding="utf-8")
    commit("2026-01-04", "Broken")
    assert changes(repository)[0].why == ("Said elsewhere",)


def test_one_day_is_one_change_and_a_quarter_is_what_came_of_it(
    repository: Path, commit: Commit
) -> None:
    commit("2026-01-02", "First", topic=topic("One."))
    commit("2026-02-02", "Second", topic=topic("Two."))
    commit("2026-02-02", "Third", topic=topic("Three."))
    commit("2026-03-02", "Back again", topic=topic("One."))
    back, both, _ = changes(repository)
    assert both.why == ("Second", "Third")
    assert both.lead and (both.lead.before, both.lead.after) == ("One.", "Three.")
    assert back.why == ("Back again",)
    assert changes_in_all(edits_since(repository, "2026-02-01")) == ()


def test_since_a_revision_leaves_it_out(repository: Path, commit: Commit) -> None:
    commit("2026-01-02", "First", topic=topic("One."))
    revision = git(repository, "rev-parse", "HEAD")
    commit("2026-01-03", "Second", topic=topic("Two."))
    assert [one.why for one in changes(repository, revision)] == [("Second",)]
    for wrong in ("no-such-branch", "--output=x", "2026-13-45"):
        with pytest.raises(HistoryError, match="is no day"):
            changes(repository, wrong)


def test_what_is_merged_counts_once(repository: Path, commit: Commit) -> None:
    commit("2026-01-02", "First", topic=topic("One."))
    main = git(repository, "branch", "--show-current")
    git(repository, "checkout", "-q", "-b", "other")
    commit("2026-01-03", "On a branch", topic=topic("Two."))
    git(repository, "checkout", "-q", main)
    commit("2026-01-04", "Nothing to do with it")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge", "other", day="2026-01-05")
    assert [one.why for one in changes(repository)] == [("On a branch",), ("First",)]


def test_without_git_or_history_it_says_so(
    tmp_path: Path, repository: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit("2026-01-02", "First", topic=topic("One."))
    commit("2026-01-03", "Second", topic=topic("Two."))
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    with pytest.raises(HistoryError, match=SHALLOW):
        edits_since(tmp_path / "shallow", "2026-01-01")
    shutil.rmtree(repository / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(HistoryError, match=NO_HISTORY):
        edits_since(repository, "2026-01-01")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HistoryError, match=NO_GIT):
        edits_since(repository, "2026-01-01")


def test_quarters() -> None:
    day = datetime.date
    assert quarter("2026-Q1") == (day(2026, 1, 1), day(2026, 4, 1))
    assert quarter("2026-Q4") == (day(2026, 10, 1), day(2027, 1, 1))


def test_the_command(
    repository: Path,
    commit: Commit,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("NOTICE_HOME", str(repository))
    commit("2026-01-02", "First", topic=topic("One."))
    commit("2026-03-12", "A better word", topic=topic("Two."))
    commit("2026-04-01", "Too late for the quarter", topic=topic("Three."))
    assert run(["changes", "--since", "2026-03-01"]) == 0
    shown = capsys.readouterr().out
    assert "Recording (talk/recording), 12 March 2026\n  Why: A better word\n" in shown
    assert "  Before: One.\n  Now:    Two.\n" in shown
    assert run(["changes", "--quarter", "2026-Q1"]) == 0
    mail = capsys.readouterr().out
    assert mail.startswith("Subject: Notice: what changed in the guidance, 2026-Q1\n")
    assert "One answer, reply or contact changed to 31 March 2026." in mail
    assert "NEW" in mail and "Now:    Two." in mail and "Three." not in mail
    assert run(["changes", "--quarter", "2027-Q1"]) == 0
    assert "Nothing changed" in capsys.readouterr().out
    assert run(["changes", "--quarter", "last"]) == 2
    assert run(["changes", "--since", "nowhere"]) == 2
    atom, page = repository / "new" / "a.atom", repository / "p.html"
    told = ["changes", "--since", "2026-01-01", "--write"]
    assert run([*told, "--atom", str(atom), "--html", str(page)]) == 0
    kept = read_changes(repository / "models" / "changes.json")
    assert kept and [one.date for one in kept.changes] == ["2026-04-01", "2026-03-12", "2026-01-02"]
    assert "A better word" in atom.read_text() and "<link" not in page.read_text()


KEPT = Changes(
    made="2026-03-20",
    changes=(
        Change(
            date="2026-03-12",
            about="respond/refer",
            title="How to refer <quickly>",
            kind="changed",
            why=("A & B",),
            lead=Reworded(before="Old lead", after="New lead"),
            added=("Added <b>point</b>",),
        ),
        Change(
            date="2026-02-01",
            about="contact/childline",
            title="Childline",
            kind="new",
            why=("Why",),
        ),
    ),
)


def test_the_feed_is_atom_with_ids_that_stay() -> None:
    def named(name: str) -> str:
        return f"{{{ATOM}}}{name}"

    feed = ElementTree.fromstring(changes_atom(KEPT, "https://notice.example.org/"))
    assert feed.findtext(named("updated")) == "2026-03-12T00:00:00Z"
    assert all(feed.find(named(name)) is not None for name in ("title", "id", "author"))
    first, second = feed.findall(named("entry"))
    assert first.findtext(named("title")) == "How to refer <quickly>"
    assert first.find(named("link")).attrib["href"] == (  # type: ignore[union-attr]
        "https://notice.example.org/answers/respond/refer"
    )
    content = first.findtext(named("content")) or ""
    assert "New lead" in content and "Added &lt;b&gt;point" in content and "A &amp; B" in content
    assert second.findtext(named("title")) == "Childline (new contact)"
    again = ElementTree.fromstring(changes_atom(KEPT.copy(update={"made": "2026-03-30"})))
    ids = [[one.findtext(named("id")) for one in two.iter(named("entry"))] for two in (feed, again)]
    assert ids[0] == ids[1] and len(set(ids[0])) == 2


def test_the_page_has_no_markup_of_a_text() -> None:
    page = changes_html(KEPT)
    assert "How to refer &lt;quickly&gt;" in page and "<b>point" not in page
    assert 'href="answers/respond/refer"' in page and 'href="answers/contact' not in page
    assert "12 March 2026" in page


@pytest.mark.parametrize(
    ("today", "changed"),
    [("2026-03-12", True), ("2026-05-11", True), ("2026-05-12", False)],
)
def test_an_answer_says_for_sixty_days_that_it_changed(today: str, changed: bool) -> None:
    day = datetime.date.fromisoformat(today)
    found = changed_lately("respond/refer", KEPT.changes, day)
    assert (found is not None) == changed
    assert changed_lately("talk/recording", KEPT.changes, day) is None


async def test_the_server_shows_what_was_written_and_says_where_nothing_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.answers import changes
    from assistant.channels.web import changes_page
    from assistant.project import Project

    here = Project(tmp_path)
    for module in (changes, changes_page):
        monkeypatch.setattr(module, "find_project", lambda: here)
    async with served(build_app(credentials(tmp_path))) as client:
        for path in ("/changes", "/changes.atom"):
            nothing = await client.get(path)
            assert nothing.status == 404 and nothing.text.startswith(NO_CHANGES)
        assert "Changed" not in (await client.get("/answers/respond/refer")).text
        here.changes.parent.mkdir()
        today = datetime.date.today()
        lately = [one.copy(update={"date": today.isoformat()}) for one in KEPT.changes]
        here.changes.write_text(changes_file(lately, today), encoding="utf-8")
        page = await client.get("/changes")
        assert page.status == 200 and "New lead" in page.text and 'href="tel:999"' in page.text
        assert (
            page.headers["Content-Security-Policy"]
            == (await client.get("/chat")).headers["Content-Security-Policy"]
        )
        feed = await client.get("/changes.atom")
        assert feed.headers["Content-Type"].startswith("application/atom+xml")
        assert f'href="{client.url}/answers/respond/refer"' in feed.text
        answer = (await client.get("/answers/respond/refer")).text
        assert f'<a href="../../changes">Changed {today.day} {today:%B %Y}</a>' in answer
        here.changes.write_text(json.dumps({"half": 1}), encoding="utf-8")
        assert (await client.get("/changes")).status == 404
