"""The app package: manifest, icons, the pages it links to, and its commands."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from PIL import Image

from assistant import cli
from assistant.channels import legal_pages
from assistant.store.tracker_store import DEFAULT_DAYS
from assistant.turn.assistant import Assistant
from tests.channels.teams.stand_in import APP_ID, Bot
from tests.channels.teams.tools import manifest_schema

HOST = "notice.example.org"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    target = tmp_path / "notice-teams.zip"
    arguments = ["teams-package", "--app-id", APP_ID, "--host", HOST, "--output", str(target)]
    assert cli.run(arguments) == cli.OK
    return target


def manifest_of(package: Path) -> dict[str, Any]:
    with zipfile.ZipFile(package) as archive:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        return manifest


def test_the_manifest_fits_microsofts_schema(package: Path) -> None:
    manifest = manifest_of(package)
    schema = manifest_schema(manifest["manifestVersion"])
    jsonschema.Draft4Validator(schema).validate(manifest)
    for part in ("icons", "bots"):
        broken = {**manifest, part: "wrong"}
        assert list(jsonschema.Draft4Validator(schema).iter_errors(broken))


def test_the_package_is_for_this_bot_and_host(package: Path) -> None:
    manifest = manifest_of(package)
    assert manifest["id"] == manifest["bots"][0]["botId"] == APP_ID
    assert manifest["developer"]["privacyUrl"] == f"https://{HOST}/privacy"
    assert manifest["developer"]["termsOfUseUrl"] == f"https://{HOST}/terms"
    assert manifest["validDomains"] == [HOST]
    assert "${" not in json.dumps(manifest)


def test_the_icons_are_as_microsoft_asks(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        assert sorted(archive.namelist()) == ["color.png", "manifest.json", "outline.png"]
        assert size_of(archive.read("color.png")) == (192, 192)
        outline = archive.read("outline.png")
    assert size_of(outline) == (32, 32)
    # White or nothing: Teams colours it.
    colours = {pixel[:3] for pixel in pixels_of(outline)}
    assert colours == {b"\xff\xff\xff"}
    assert {pixel[3] for pixel in pixels_of(outline)} >= {0, 255}


def test_a_wrong_id_or_host_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "x.zip")
    for app_id, host, said in (
        ("no-guid", HOST, "--app-id must be"),
        (APP_ID, f"https://{HOST}/", "--host must be"),
        (APP_ID, 'x", "y', "--host must be"),
    ):
        arguments = ["teams-package", "--app-id", app_id, "--host", host, "--output", target]
        assert cli.run(arguments) == cli.UNUSABLE
        assert said in capsys.readouterr().err
    assert not Path(target).exists()


async def test_every_listed_command_is_answered(package: Path, assistant: Assistant) -> None:
    (commands,) = manifest_of(package)["bots"][0]["commandLists"]
    for number, command in enumerate(commands["commands"]):
        reply = await assistant.reply(command["title"], f"command-{number}")
        assert (
            reply.kind in ("answer", "guided", "smalltalk")
            or "people you can talk to" in reply.text
        )
        await assistant.forget(f"command-{number}")


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.language = self.language or str(dict(attributes).get("lang", ""))


def test_the_privacy_page_names_the_days_that_chats_are_kept() -> None:
    page = Path(legal_pages.__file__).with_name("legal") / "privacy.html"
    assert f"deleted {DEFAULT_DAYS} days after its last message" in page.read_text("utf-8")


@pytest.mark.parametrize(("path", "part"), [("/privacy", "Logs hold no word"), ("/terms", "999")])
async def test_the_pages_that_the_package_links_to(bot: Bot, path: str, part: str) -> None:
    async with bot.http.get(bot.url + path) as response:
        assert response.status == 200
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        page = await response.text()
    assert part in page
    outline = Outline()
    outline.feed(page)
    assert outline.language == "en" and outline.tags.count("h1") == 1 and "main" in outline.tags
    assert not {"script", "style", "img", "iframe"} & set(outline.tags)


def size_of(png: bytes) -> tuple[int, ...]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def pixels_of(png: bytes) -> list[bytes]:
    """The pixels of an 8 bit RGBA picture."""
    assert png[25] == 6
    data = Image.open(io.BytesIO(png)).tobytes()
    return [data[at : at + 4] for at in range(0, len(data), 4)]
