"""``notice gaps`` and ``notice sign-off``, as a person types them."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from assistant.cli import OK, UNUSABLE, run
from assistant.editing.sign_off import read_signatures

ASKED = [
    "can my client claim compensation for what her stepfather did",
    "how long does a young person have to claim compensation",
    "compensation form, who fills it in for a looked after child",
    "does a compensation award affect her benefits",
    "is there compensation even if he was never convicted",
    "compensation time limit if the claim was never made",
]


def test_gaps_of_a_file_are_shown_written_and_drafted(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in (copied / "data" / "questions").iterdir():
        if folder.name != "support":  # read anew by each of the commands below
            shutil.rmtree(folder)
    file, table = copied / "asked.txt", copied / "gaps.csv"
    file.write_text("\n".join(ASKED), encoding="utf-8")
    assert run(["gaps", "--file", str(file)]) == OK
    said = capsys.readouterr().out
    assert "Group 1:" in said and ASKED[3] in said and "Nearest topics:" in said
    assert run(["gaps", "--file", str(file), "--csv", str(table)]) == OK
    assert table.read_text("utf-8").startswith("group,conversations,question,nearest topics")
    draft = ["gaps", "--file", str(file), "--draft"]
    assert run([*draft, "9", "--topic", "support/compensation"]) == UNUSABLE
    assert run([*draft, "1"]) == UNUSABLE
    assert run([*draft, "1", "--topic", "compensation"]) == UNUSABLE
    capsys.readouterr()
    assert run([*draft, "1", "--topic", "support/compensation"]) == OK
    for path in capsys.readouterr().out.splitlines()[:2]:
        assert "TO FINISH:" in Path(path).read_text("utf-8")
        assert not any(f"- {one}" in Path(path).read_text("utf-8") for one in ASKED)
    assert run(["gaps", "--file", str(file)]) == UNUSABLE  # a draft is there to be finished


def test_gaps_of_the_store(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gaps"]) == OK
    assert "0 groups shown" in capsys.readouterr().out


def test_a_file_that_is_no_text_is_refused(copied: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = copied / "asked.txt"
    file.write_bytes(b"\xff\xfe\xfd")
    assert run(["gaps", "--file", str(file)]) == UNUSABLE
    assert run(["gaps", "--file", str(copied / "nothing.txt")]) == UNUSABLE
    assert "no UTF-8 text" in " ".join(capfd.readouterr().err.split())


def test_sign_off_writes_who_and_when(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    who = ["--by", "Safeguarding office", "--role", "Lead"]
    assert run(["sign-off", "talk/recording", *who]) == OK
    assert "talk/recording is signed off as it is" in capsys.readouterr().out
    kept = read_signatures(copied / "data")["talk/recording"]
    assert (kept.by, kept.role, kept.date) == ("Safeguarding office", "Lead", datetime.date.today())
    assert run(["sign-off", "talk/nothing", *who]) == UNUSABLE
    assert run(["sign-off", "guided/nothing", *who]) == UNUSABLE
    assert run(["sign-off", "talk/recording", "--by", " ", "--role", "Lead"]) == UNUSABLE
    assert run(["sign-off", "talk/recording"]) == UNUSABLE
