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

from assistant.answers.changes import (
    Change,
    Changes,
    Reworded,
    changed_lately,
    digest_of_told,
    read_changes,
)
from assistant.channels.web.changes_page import ATOM, NO_CHANGES, changes_atom, changes_html
from assistant.cli import run
from assistant.editing.change_log import write_change_log
from assistant.editing.changes import (
    change_lines,
    changes_file,
    changes_in_all,
    changes_of,
    digest,
    quarter,
    with_reviewers,
)
from assistant.editing.history import (
    NO_GIT,
    NO_HISTORY,
    SHALLOW,
    Edit,
    HistoryError,
    beginning,
    edits_since,
    joined,
    last_release,
)
from assistant.editing.told import State
from assistant.operations.server import build_app
from assistant.project import Project
from tests.channels.conftest import credentials, served

FILES = {
    "topic": "data/guidance/talk/recording.yml",
    "reply": "data/urgency/replies/general.yml",
    "contacts": "data/contacts.yml",
    "services": "data/services.yml",
    "sources": "data/sources.yml",
    "facts": "data/facts/all.yml",
    "guided": "data/guided/signs.yml",
    "roles": "data/roles.yml",
    "welsh": "data/welsh/guidance/talk/recording.yml",
}
TOPIC = FILES["topic"]
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
    (root / "domain.yml").touch()
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
    def made(day: str, why: str, /, **files: Optional[dict[str, Any]]) -> None:
        for name, content in files.items():
            path = repository / FILES[name]
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


def test_a_change_of_the_lead_for_wales_is_told_in_list_page_and_feed(
    repository: Path, commit: Commit
) -> None:
    for day, lead in (
        ("2026-01-02", None),
        ("2026-02-02", "In Wales, write it down."),
        ("2026-03-02", "In Wales, write it down within a day."),
        ("2026-04-02", None),
    ):
        in_wales = {"lead_wales": lead} if lead else {}
        commit(day, "Wales", topic={**topic("Write it down."), **in_wales})
    gone, reworded, added, _ = changes(repository)
    first = "To a person in Wales first: In Wales, write it down"
    assert (added.lead, added.added) == (None, (f"{first}.",))
    assert (reworded.lead, reworded.added) == (None, ())
    assert reworded.reworded == (Reworded(before=f"{first}.", after=f"{first} within a day."),)
    assert gone.removed == (f"{first} within a day.",)
    kept = Changes(made="2026-04-02", changes=(reworded,))
    for shown in (
        "\n".join(change_lines(reworded)),
        changes_html(kept),
        changes_atom(kept, "https://notice.example.org/"),
    ):
        assert f"{first}." in shown and f"{first} within a day." in shown


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


CITING = topic("Write it down.", {"text": "Use the child's own words.", "facts": ["own-words"]})
FACTS = {"facts": [{"id": "own-words", "authority": {"source": "code", "place": "page 4"}}]}


def sources(**changed: Any) -> dict[str, Any]:
    code = {"short": "The Code", "edition": "2025", "standing": "guidance"}
    other = {"short": "Another", "edition": str(len(changed)), "standing": "law"}
    return {"sources": {"code": {**code, **changed}, "other": other}}


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"edition": "2026"}, "The Code (2026; guidance): page 4"),
        (
            {"published": "2026-02-01"},
            "The Code (2025; published 1 February 2026; guidance): page 4",
        ),
        ({"short": "Code"}, "Code (2025; guidance): page 4"),
        ({"standing": "statutory-guidance"}, "The Code (2025; statutory guidance): page 4"),
        (
            {"superseded_by": "2026 is in force"},
            "The Code (2025; guidance): page 4. 2026 is in force.",
        ),
    ],
)
def test_what_changes_of_a_source_is_told_of_every_answer_that_cites_it(
    repository: Path, commit: Commit, changed: dict[str, Any], line: str
) -> None:
    quiet = {"title": "In doubt", "first": "Call 999.", "steps": [{"text": "Stay."}], "tell": {}}
    guide = {"title": "Signs", "pages": {"start": {"points": CITING["points"]}}}
    files = {"topic": CITING, "facts": FACTS, "reply": quiet, "guided": guide}
    commit("2026-01-02", "First", sources=sources(), **files)
    commit("2026-02-02", "What is new of the code", sources=sources(**changed))
    told = changes(repository, "2026-02-01")
    assert [one.about for one in told] == ["guided/signs", "talk/recording"], "and of no other"
    was = "The Code (2025; guidance): page 4"
    assert all(one.sources == (Reworded(before=was, after=line),) for one in told)
    assert f"  Source now:    {line}" in change_lines(told[1])
    page = changes_html(Changes(made="2026-02-03", changes=told))
    assert "Source now" in page and line in page


def test_another_authority_of_a_fact_and_another_edition_of_the_review_are_told(
    repository: Path, commit: Commit
) -> None:
    review = {"short": "Review", "edition": "2024", "sections": {"opening": {"label": "foreword"}}}
    registers = sources()
    registers["sources"]["national-review"] = review
    linked = {**CITING, "review": [{"cite": "national-review:opening", "says": "It asks."}]}
    commit("2026-01-02", "First", topic=linked, facts=FACTS, sources=registers)
    moved = {"facts": [{"id": "own-words", "authority": {"source": "other"}}]}
    commit("2026-02-02", "The law says it itself", facts=moved)
    (change,) = changes(repository, "2026-02-02")
    assert [(one.before, one.after) for one in change.sources] == [
        ("The Code (2025; guidance): page 4", ""),
        ("", "Another (0; law)"),
    ]
    registers["sources"]["national-review"] = {**review, "edition": "2026"}
    commit("2026-03-02", "The review anew", sources=registers)
    (change,) = changes(repository, "2026-03-02")
    assert change.sources[0].after == "Review (2026): foreword"


def test_the_sources_of_joined_edits_keep_the_order_of_the_answer() -> None:
    cited = {f"source-{number}": "2026" for number in range(20)}
    new, day = State("Title", "Lead", (), cited), datetime.date(2026, 2, 2)
    empty, old = State("Title", "Lead", ()), State("Title", "Lead", (), {"source-0": "2025"})
    first, last = Edit(day, "a", (), empty, old), Edit(day, "a", (), old, new)
    after = joined(first, last).after
    assert after and list(after.sources) == list(cited)


def test_services_guides_roles_and_welsh_are_told_of(repository: Path, commit: Commit) -> None:
    def files(word: str) -> dict[str, Any]:
        page = {"title": "Step", "lead": "Look.", "points": [{"text": f"Note {word}."}]}
        role = {"title": "police", "first": [{"text": f"Tell {word}.", "duty": "should"}]}
        return {
            "services": {"services": {"helpers": {"name": "Helpers", "about": word, "area": "UK"}}},
            "guided": {"title": "Signs", "pages": {"start": page}},
            "roles": {"title": "My role", "lead": f"Say {word}.", "roles": {"police": role}},
            "welsh": {"title": "Cofnodi", "lead": word, "points": ["Un."], "english": word},
        }

    commit("2026-01-02", "First", **files("one"))
    commit("2026-02-02", "Second", **files("two"))
    told = {one.about: one for one in changes(repository, "2026-02-01")}
    assert list(told) == [
        "guided/my-role",
        "guided/my-role/police",
        "guided/signs",
        "service/helpers",
        "welsh/talk/recording",
    ]
    assert told["guided/my-role/police"].reworded[0].after == "Tell two. (should)"
    assert told["welsh/talk/recording"].lead == Reworded(before="one", after="two")
    assert not told["welsh/talk/recording"].reworded, "the digest of the English is not told"


def test_who_reviewed_it_and_why_stand_in_the_lines_of_the_commit(
    repository: Path, commit: Commit
) -> None:
    commit("2026-01-02", "First", topic=topic("One."))
    message = (
        "Recording\n\nWhy: The code of 2026 asks for it\n"
        "Reviewed-by: Designated doctor <someone@example.org>\nReviewed-by: Head of safeguarding"
    )
    commit("2026-02-02", message, topic=topic("Two."))
    change = changes(repository)[0]
    assert change.why == ("The code of 2026 asks for it",)
    assert change.reviewed_by == ("Designated doctor", "Head of safeguarding")
    assert "  Reviewed by: Designated doctor" in change_lines(change)
    kept = Changes(made="2026-02-03", changes=(change,))
    for shown in (changes_html(kept), changes_atom(kept)):
        assert "Reviewed by: Head of safeguarding" in shown
    end = datetime.date(2026, 4, 1)
    assert "Reviewed by: Head of safeguarding" in digest("2026-Q1", (change,), end, end)


def test_who_signed_it_off_reviewed_the_newest_change_only(
    repository: Path, commit: Commit
) -> None:
    for day, lead in (("2026-01-02", "One."), ("2026-02-02", "Two."), ("2026-03-02", "Three.")):
        commit(day, lead, topic=topic(lead))
    told = with_reviewers(changes(repository), {"talk/recording": "Lead (An office)"})
    assert [one.reviewed_by for one in told] == [("Lead (An office)",), (), ()]
    own = told[0].copy(update={"reviewed_by": ("Doctor",)})
    assert with_reviewers([own], {"talk/recording": "Lead"})[0].reviewed_by == ("Doctor",)


def test_first_versions_are_no_changes(repository: Path, commit: Commit) -> None:
    def formed(lead: str) -> dict[str, Any]:
        return {
            **topic(lead, {"text": "Write.", "facts": ["own-words"]}),
            "review": [{"cite": "national-review", "says": "It asks.", "fit": "nearest"}],
            "reviewed": datetime.date(2026, 1, 1),
        }

    commit("2026-01-02", "Drafts", topic=topic("One."))
    assert beginning(repository) is None
    commit("2026-01-03", "All answers in their form", topic=formed("Two."))
    commit("2026-02-02", "A correction", topic=formed("Three."))
    assert [one.why for one in changes(repository)] == [("A correction",)]
    commit("2026-02-03", "Before the release", topic=formed("Four."))
    git(repository, "tag", "v1.0.0")
    commit("2026-03-02", "Changed", topic=formed("Five."))
    git(repository, "tag", "v1.1.0")
    assert [one.why for one in changes(repository)] == [("Changed",)]


def test_a_branch_takes_no_newer_edition_back(repository: Path, commit: Commit) -> None:
    commit("2026-01-02", "First", topic=CITING, facts=FACTS, sources=sources())
    main = git(repository, "branch", "--show-current")
    git(repository, "checkout", "-q", "-b", "other")
    commit("2026-02-02", "Words", topic={**CITING, "lead": "Write it down today."})
    git(repository, "checkout", "-q", main)
    commit("2026-02-01", "Edition", sources=sources(edition="2026"))
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge", "other", day="2026-02-03")
    (change,) = changes_in_all(edits_since(repository, "2026-01-15"))
    assert [one.after for one in change.sources] == ["The Code (2026; guidance): page 4"]
    assert change.lead and change.lead.after == "Write it down today."


def test_the_file_is_written_where_there_is_history_and_when_it_is_old(
    repository: Path, commit: Commit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, today = Project(repository), datetime.date(2026, 3, 2)
    commit("2026-01-02", "First", topic=topic("One."))
    assert write_change_log(project, today)
    written = project.changes.read_bytes()
    assert write_change_log(project, today + datetime.timedelta(days=1))
    assert project.changes.read_bytes() == written, "nothing changed, so nothing is read again"
    commit("2026-03-01", "Second", topic=topic("Two."))
    assert write_change_log(project, today)
    kept = read_changes(project.changes)
    assert kept and kept.changes[0].why == ("Second",)
    shutil.rmtree(repository / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert not write_change_log(project, today) and project.changes.is_file()


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


def test_a_quarter_that_runs_ends_today() -> None:
    end = datetime.date(2027, 1, 1)
    mail = digest("2026-Q4", (), end, datetime.date(2026, 12, 2))
    assert "to 2 December 2026." in mail
    assert "to 31 December 2026." in digest("2026-Q4", (), end, datetime.date(2027, 2, 1))


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
    assert "One answer, reply, contact or service changed to 31 March 2026." in mail
    assert "NEW" in mail and "Now:    Two." in mail and "Three." not in mail
    assert run(["changes", "--quarter", "2027-Q1"]) == 0
    assert "Nothing changed" in capsys.readouterr().out
    assert run(["changes", "--quarter", "last"]) == 2
    assert run(["changes", "--since", "nowhere"]) == 2
    atom, page = repository / "new" / "a.atom", repository / "p.html"
    told = ["changes", "--since", "2026-01-01", "--write"]
    assert run([*told, "--atom", str(atom), "--html", str(page)]) == 0
    kept = read_changes(repository / "models" / "changes.json")
    assert kept and kept.fits(digest_of_told(Project(repository)))
    assert [one.date for one in kept.changes] == ["2026-04-01", "2026-03-12", "2026-01-02"]
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
    from assistant.channels.web import changes_page, templating

    here = Project(tmp_path)
    for module in (changes, changes_page, templating):
        monkeypatch.setattr(module, "find_project", lambda: here)
    async with served(build_app(credentials(tmp_path))) as client:
        for path in ("/changes", "/changes.atom"):
            nothing = await client.get(path)
            assert nothing.status == 404 and nothing.text.startswith(NO_CHANGES)
        assert "Changed" not in (await client.get("/answers/respond/refer")).text
        here.changes.parent.mkdir()
        today = datetime.date.today()
        lately = [one.copy(update={"date": today.isoformat()}) for one in KEPT.changes]
        log = Changes(made=today.isoformat(), changes=tuple(lately), content="of other content")
        here.changes.write_text(changes_file(log), encoding="utf-8")
        assert "Answers have changed since." in (await client.get("/changes")).text
        fitting = log.copy(update={"content": digest_of_told(here)})
        here.changes.write_text(changes_file(fitting), encoding="utf-8")
        for path, link in (("/answers", "changes"), ("/chat", "changes")):
            assert f'href="{link}"' in (await client.get(path)).text
        page = await client.get("/changes")
        assert "Answers have changed since." not in page.text
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
