"""The proxy of ``deploy/nginx``, run by the real nginx."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Iterator

import pytest

from assistant.project import Project
from benchmarks.services import Nginx
from tests.ports import free_port


@pytest.fixture
def nginx(project: Project, tmp_path: Path) -> Iterator[Nginx]:
    """A proxy none of whose servers is up."""
    made = Nginx(project, tmp_path, free_port(), [free_port(), free_port()])
    made.start()
    yield made
    made.end()


def get(nginx: Nginx, path: str) -> tuple[int, str, str]:
    opened = urllib.request.Request(f"http://127.0.0.1:{nginx.port}{path}")
    for _ in range(100):
        try:
            with urllib.request.urlopen(opened) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers["Content-Type"], error.read().decode()
        except OSError:  # not yet there
            time.sleep(0.05)
    raise AssertionError("nginx does not answer")


def test_the_configuration_is_right(nginx: Nginx) -> None:
    assert "syntax is ok" in nginx.check()


def test_a_closed_folder_keeps_no_page_from_people(nginx: Nginx, tmp_path: Path) -> None:
    """As a test's folder is, or a clone below a folder of somebody's own."""
    tmp_path.chmod(0o700)
    assert "Call 999" in get(nginx, "/chat")[2]


def test_without_a_server_the_official_channels_are_shown(nginx: Nginx) -> None:
    status, kind, text = get(nginx, "/webhooks/notice/message")
    assert status == 502 and kind == "application/json"
    contacts = {contact["id"] for contact in json.loads(text)["error"]["contacts"]}
    assert {"police-emergency", "childrens-social-care"} <= contacts
    status, kind, text = get(nginx, "/chat")
    assert status == 502 and kind.startswith("text/html")
    assert "Call 999" in text and "social care" in text and "tel:08001111" in text


def test_metrics_are_not_for_everybody(nginx: Nginx) -> None:
    assert get(nginx, "/metrics")[0] == 404


def test_nobody_is_logged(project: Project) -> None:
    text = (project.root / "deploy" / "nginx" / "nginx.conf").read_text()
    assert "access_log off;" in text and "error_log /dev/stderr crit;" in text
