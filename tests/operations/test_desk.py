"""The reading room: all that is said and what is behind it, on this machine only."""

from __future__ import annotations

import asyncio
import html
import http.server
import os
import re
import shutil
import threading
from collections import Counter
from pathlib import Path
from typing import AsyncIterator, Iterator

import aiohttp
import pytest
import pytest_asyncio
from multidict import CIMultiDict

from assistant.answers import Content, load_content
from assistant.answers.changes import Change, Reworded
from assistant.editing.sign_off import to_be_signed, told_answers, told_replies
from assistant.guidance import WELSH, ContentError, Library, Problem
from assistant.operations.desk.room import History, Rooms, teams_text, terminal_text
from assistant.operations.desk.server import desk_app
from assistant.operations.desk.sign_on import NOT_BY_THE_PROXY, NOT_SIGNED_ON, SignOn, sign_on_of
from assistant.operations.use_report import TOO_FEW_TEXT, Use
from assistant.project import Project
from tests.channels.conftest import Answered, Client, served
from tests.ports import free_port

TOPIC, REPLY = "talk/recording", "urgent/child-user"
CHANGE = Change(
    date="2026-11-30",
    about=TOPIC,
    title="Recording",
    kind="changed",
    why=("An edition of <December>",),
    reworded=(Reworded(before="As it was.", after="As it is."),),
)
HISTORY = History(since="v0.1.0", changes={TOPIC: CHANGE})


@pytest.fixture(scope="module")
def rooms(project: Project) -> Rooms:
    use = Use(topics=Counter({TOPIC: 17}), useful=Counter({TOPIC: 4}))
    return Rooms(project, HISTORY, use)


@pytest_asyncio.fixture(scope="module")
async def client(rooms: Rooms) -> AsyncIterator[Client]:
    async with served(desk_app(rooms)) as made:
        yield made


@pytest.fixture(scope="module")
def compiled(project: Project) -> Content:
    return load_content(project)


def unmarked(page: Answered) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def plain(text: str) -> str:
    return " ".join(text.split())


async def test_every_answer_stands_in_the_list_and_has_its_page(
    client: Client, library: Library, compiled: Content
) -> None:
    page = await client.get("/")
    assert page.status == 200
    every = set(to_be_signed(compiled))
    assert every > {*library.topics, *library.urgent}
    assert set(re.findall(r'href="answers/([^"]+)"', page.text)) == every
    for name in every:
        own = await client.get(f"/answers/{name}")
        assert own.status == 200
        shown = unmarked(own)
        for answer in told_answers(name, compiled):
            texts = [answer.lead, *(point.text for point in answer.points)]
            assert all(plain(text) in shown for text in texts)
        assert all(plain(said.text) in shown for said in told_replies(name, compiled))
        ids = re.findall(r' id="([^"]+)"', own.text)
        assert len(ids) == len(set(ids))


async def test_all_that_is_behind_an_answer_is_shown(
    client: Client, library: Library, compiled: Content
) -> None:
    page = unmarked(await client.get(f"/answers/{TOPIC}"))
    topic, answer = library.topics[TOPIC], compiled.answer(TOPIC)
    assert answer is not None
    assert plain(terminal_text(answer)) in page and plain(teams_text(answer)) in page
    for point in topic.points:
        assert all(plain(library.facts[fact].says) in page for fact in point.facts)
    assert all(plain(note) in page for note in topic.open)
    assert "what do I write down after a child tells me something" in page
    assert "given 17" in page and f"found useful {TOO_FEW_TEXT}" in page
    assert "Before As it was." in page and "Now As it is." in page and "<December>" in page
    assert "not signed off" in page and f"notice sign-off {TOPIC} --by" in page


def test_the_day_since_when_is_written_as_people_write_it() -> None:
    assert HISTORY.since_text == "v0.1.0"
    assert History(since="2025-12-02").since_text == "2 December 2025"


async def test_welsh_is_shown_beside_the_english(client: Client, compiled: Content) -> None:
    page = await client.get(f"/answers/{TOPIC}")
    welsh = compiled.answer(TOPIC, language=WELSH)
    assert welsh is not None and "As the web shows it, in Welsh" in page.text
    assert f'<p class="lead">{welsh.lead}</p>' in html.unescape(page.text)
    assert page.text.count('lang="cy"') == 3, "web, Teams and terminal"
    assert "in Welsh" not in (await client.get("/answers/talk/parents-and-carers")).text


async def test_guided_conversations_roles_and_fixed_replies_have_pages(client: Client) -> None:
    signs = await client.get("/answers/guided/signs")
    assert "As Teams shows it, Step 1: feelings" in signs.text
    assert "notice sign-off guided/signs --by" in signs.text and "child-sign-feelings" in signs.text
    services = await client.get("/answers/guided/find-a-service")
    assert "NSPCC helpline" in services.text and "Childline" in services.text
    assert "I can read English only" in (await client.get("/answers/replies/other_language")).text


async def test_an_urgent_reply_has_its_contacts_above_its_steps(client: Client) -> None:
    page = unmarked(await client.get(f"/answers/{REPLY}"))
    web = page.partition("As the web shows it")[2]
    assert web.index("Childline") < web.index("What is happening is not your fault")


async def test_search_and_what_is_not_there(client: Client) -> None:
    found = await client.call("POST", "/", aiohttp.FormData({"text": "recording"})())
    assert f'href="answers/{TOPIC}"' in found.text and 'value="recording"' in found.text
    nothing = await client.call("POST", "/", aiohttp.FormData({"text": '"><i>zq'})())
    assert "No answer has these words." in nothing.text and "<i>" not in nothing.text
    assert (await client.get("/answers/talk/nothing")).status == 404
    assert (await client.get("/answers/guided/nothing")).status == 404


async def test_only_its_own_machine_and_nothing_from_elsewhere(client: Client) -> None:
    assert (await client.get("/", Host="evil.test")).status == 403
    assert (await client.get("/", Host="localhost:5006")).status == 200
    page = await client.get("/")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'") and "script" not in policy
    assert "<script" not in page.text and "style=" not in page.text
    for sheet in ("chat.css", "desk.css"):
        assert sheet in page.text and (await client.get(f"/{sheet}")).status == 200


async def test_content_with_problems_is_named(
    client: Client, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ContentError([Problem(Path("data/x.yml"), 3, "lead", "write <something>")])

    monkeypatch.setattr(rooms, "now", broken)
    page = await client.get("/")
    assert page.status == 500 and "data/x.yml:3" in unmarked(page)
    assert "write <something>" in unmarked(page)


HEADER, PUBLIC = "X-Auth-Request-Email", "desk.example.org"


def behind(proxy: str = "127.0.0.1") -> SignOn:
    made = sign_on_of(HEADER, proxy, PUBLIC, "127.0.0.1")
    assert made is not None
    return made


async def test_behind_a_sign_on_nobody_reads_who_has_not_signed_on(rooms: Rooms) -> None:
    async with served(desk_app(rooms, behind())) as client:
        for path in ("/", f"/answers/{TOPIC}", "/desk.css", "/nothing"):
            refused = await client.get(path, Host=PUBLIC)
            assert (refused.status, refused.text) == (401, NOT_SIGNED_ON)
            empty = await client.get(path, Host=PUBLIC, **{HEADER: " "})
            assert empty.status == 401
            rebound = await client.get(path, Host="evil.test", **{HEADER: "lead@example.org"})
            assert (rebound.status, rebound.text) == (403, NOT_BY_THE_PROXY)
        page = await client.get("/", Host=f"{PUBLIC}:8443", **{HEADER: "<i>lead@example.org"})
        assert page.status == 200 and "Signed on as &lt;i&gt;lead@example.org" in page.text
        assert "this machine only" not in page.text
        own = await client.get(f"/answers/{TOPIC}", Host=PUBLIC, **{HEADER: "lead@example.org"})
        assert "Signed on as lead@example.org" in own.text
        twice = [("Host", PUBLIC), (HEADER, "a@example.org"), (HEADER, "lead@example.org")]
        async with client.http.get(client.url, headers=CIMultiDict(twice)) as answered:
            assert answered.status == 401


async def test_the_header_counts_from_the_proxy_only(rooms: Rooms) -> None:
    async with served(desk_app(rooms, behind("10.0.0.5"))) as client:
        for path in ("/", "/nothing"):
            page = await client.get(path, Host=PUBLIC, **{HEADER: "lead@example.org"})
            assert (page.status, page.text) == (403, NOT_BY_THE_PROXY)


async def test_without_a_sign_on_the_header_is_nothing(client: Client) -> None:
    page = await client.get("/", **{HEADER: "lead@example.org"})
    assert page.status == 200 and "Signed on" not in page.text


NGINX = shutil.which("nginx", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin"]))


class SignOnOfTheTest(http.server.BaseHTTPRequestHandler):
    """In place of oauth2-proxy: whoever has the cookie is signed on."""

    def do_GET(self) -> None:
        known = "signed-on" in (self.headers["Cookie"] or "")
        self.send_response(202 if known and self.path == "/oauth2/auth" else 401)
        if known:
            self.send_header(HEADER, "lead@example.org")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def sign_on_service() -> Iterator[int]:
    service = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SignOnOfTheTest)
    thread = threading.Thread(target=service.serve_forever)
    thread.start()
    yield service.server_port
    service.shutdown()
    thread.join()
    service.server_close()


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
async def test_the_example_of_the_document_with_a_real_nginx(
    rooms: Rooms, project: Project, tmp_path: Path, sign_on_service: int
) -> None:
    document = (project.root / "docs" / "operate.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```nginx\n(server \{.*?\n\})\n```", document, re.DOTALL)
    port = free_port()
    async with served(desk_app(rooms, behind())) as desk:
        for old, new in (
            ("listen 443 ssl", f"listen 127.0.0.1:{port}"),
            ("127.0.0.1:4180", f"127.0.0.1:{sign_on_service}"),
            ("http://127.0.0.1:5006", desk.url),
        ):
            assert old in example
            example = example.replace(old, new)
        example = re.sub(r"\n +ssl_certificate.*", "", example)
        kept = "".join(
            f"{kind}_temp_path {tmp_path}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (tmp_path / "nginx.conf").write_text(
            f"daemon off; pid {tmp_path}/pid; error_log stderr crit;\n"
            f"events {{}}\nhttp {{ {kept}\n{example}\n}}"
        )
        command = [str(NGINX), "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
        process = await asyncio.create_subprocess_exec(*command)
        try:
            proxied = Client(desk.http, f"http://127.0.0.1:{port}", desk.app)
            while True:
                try:
                    refused = await proxied.get("/", Host=PUBLIC, **{HEADER: "evil@example.org"})
                    break
                except aiohttp.ClientConnectionError:
                    assert process.returncode is None, "nginx does not start"
                    await asyncio.sleep(0.05)
            assert refused.status == 401 and "Desk" not in refused.text
            forged = {HEADER: "evil@example.org", "Cookie": "signed-on"}
            page = await proxied.get(f"/answers/{TOPIC}", Host=PUBLIC, **forged)
            assert page.status == 200 and "Signed on as lead@example.org" in page.text
            assert (await proxied.get("/desk.css", Host=PUBLIC, **forged)).status == 200
            assert (await desk.get("/", Host=PUBLIC)).status == 401
        finally:
            process.terminate()
            await process.wait()
