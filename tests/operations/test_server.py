"""``notice serve`` as a process, and what stops it from starting."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional

import pytest
import yaml

from assistant.answers import current_content, loading
from assistant.answers.compiling import compile_content
from assistant.answers.content import Content
from assistant.answers.current import use_content
from assistant.operations.server import ServerError, build_app
from assistant.project import HOME_VARIABLE, Project
from tests.channels.conftest import credentials
from tests.operations.installed import facts_of_the_package
from tests.own_store import own_endpoints
from tests.ports import free_port

CHANNELS = {
    "assistant.channels.web.WebInput": {},
    "assistant.channels.teams.TeamsInput": {"development": True},
}
SECRET_WORD = "zebulonia"


def command(
    project: Project, *arguments: str, on_path: Optional[Path] = None
) -> subprocess.Popen[str]:
    found = [os.environ.get("PYTHONPATH"), str(on_path) if on_path else None]
    path = os.pathsep.join(filter(None, found))
    return subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", *arguments],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NOTICE_SESSION_SECRET": "s" * 32, "PYTHONPATH": path},
    )


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def running(
    project: Project, port: int, model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A server of this module's tests. In the end it is told to stop, and must."""
    facts = facts_of_the_package(project, tmp_path_factory.mktemp("facts"))
    endpoints = own_endpoints(project, tmp_path_factory.mktemp("store"))
    served = ("--port", str(port), "--endpoints", str(endpoints))
    process = command(project, *served, on_path=facts)
    try:
        wait_until_ready(process, port)
        yield
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert f"Ready: http://localhost:{port} " in out
        assert SECRET_WORD not in out + err
        assert "Traceback" not in err
    finally:
        process.kill()
        process.wait()


def wait_until_ready(process: subprocess.Popen[str], port: int) -> None:
    for _ in range(3000):
        assert process.poll() is None, process.communicate()[1]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz"):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server never became ready")


@pytest.mark.usefixtures("running")
def test_it_listens_on_this_machine_only(port: int) -> None:
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{port:04X}")]
    assert listening == [f"0100007F:{port:04X}"]


@pytest.mark.parametrize(
    ("endpoints", "said"),
    [
        (
            {"tracker_store": {"type": "assistant.store.forgetting.Misspelt"}},
            "Fix tracker_store",
        ),
        ({}, "Set tracker_store.type to"),
    ],
)
def test_it_does_not_start_with_a_wrong_configuration(
    project: Project, model: Path, tmp_path: Path, endpoints: object, said: str
) -> None:
    """Rasa would warn, and keep the conversations somewhere else."""
    path = tmp_path / "endpoints.yml"
    path.write_text(yaml.safe_dump(endpoints))
    process = command(project, "--port", "0", "--endpoints", str(path))
    _, err = process.communicate(timeout=300)
    assert process.returncode == 2
    assert said in " ".join(err.split()) and "Traceback" not in err


def test_wrong_credentials_are_named(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="origins"):
        build_app(credentials(tmp_path, origins=["*"]))
    path = tmp_path / "credentials.yml"
    for misspelt in ("assistant.channels.web.Misspelt", "misspelt"):
        path.write_text(f"{misspelt}:\n")
        with pytest.raises(ServerError, match=misspelt):
            build_app(path)


def test_a_channel_of_rasas_own_goes_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "credentials.yml"
    path.write_text("rest:\n")
    assert [channel.name() for channel in build_app(path).ctx.input_channels] == ["rest"]


def test_the_projects_own_files_can_be_used(project: Project) -> None:
    app = build_app(project.credentials)
    assert [channel.name() for channel in app.ctx.input_channels] == ["notice"]
    assert yaml.safe_load(project.endpoints.read_text())["tracker_store"]["type"]


@pytest.mark.usefixtures("running")
def test_the_script_tags_facts_fit_the_script(port: int) -> None:
    import base64
    import hashlib

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/widget.json") as response:
        facts = json.load(response)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/widget.js") as response:
        script = response.read()
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    digest = base64.b64encode(hashlib.sha384(script).digest()).decode()
    assert facts["integrity"] == f"sha384-{digest}" and facts["version"]


@pytest.mark.usefixtures("running")
def test_it_serves_answers(port: int) -> None:
    form = f"text=what is a strategy discussion and who comes to it, {SECRET_WORD}?".encode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/chat", data=form) as page:
        assert "review (November 2024):" in page.read().decode()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as figures:
        assert 'notice_replies_total{channel="notice",kind="answer"} 1.0' in figures.read().decode()


def test_the_content_is_read_and_compiled_once_for_all_channels(
    copy: Project, own_content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Mapping[str, Any]] = []

    def counted(*args: Any) -> dict[str, Any]:
        made.append(compile_content(*args))
        return dict(made[-1])

    monkeypatch.setattr(loading, "compile_content", counted)
    monkeypatch.setenv(HOME_VARIABLE, str(copy.root))
    use_content(None)
    path = tmp_path / "channels.yml"
    path.write_text(yaml.safe_dump(CHANNELS), encoding="utf-8")
    web, teams = build_app(path).ctx.input_channels
    assert len(made) == 1
    shown = current_content()
    assert shown is not own_content
    # One object for both: what one has read of it, the other has too.
    assert web.contacts(shown.contact_ids) == teams.contacts(shown.contact_ids) != ()
    use_content(None)
    assert current_content().digest == shown.digest
    assert len(made) == 1, "the next start reads what this one compiled"
