"""A wrong configuration is found, and the fix is said."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, Optional

import pytest
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from sanic import HTTPResponse, Sanic
from sanic.request import Request

from assistant.operations import doctor
from assistant.project import Project
from assistant.understanding.encoder import EncoderError

STORE = "assistant.store.tracker_store.RedactingTrackerStore"
ANSWERS = "assistant.turn.nlg.CompiledAnswers"


def endpoints(tmp_path: Path, **others: Any) -> AvailableEndpoints:
    store = EndpointConfig(type=STORE, db=str(tmp_path / "kept" / "a.db"))
    nlg = EndpointConfig(type=ANSWERS)
    return AvailableEndpoints(**{"tracker_store": store, "nlg": nlg, **others})


async def problem(
    what: str, project: Project, configured: AvailableEndpoints, app: Optional[Sanic] = None
) -> Optional[str]:
    found = await doctor.check(project, configured, app)
    return {one.what: one.problem for one in found}[what]


@pytest.fixture(autouse=True)
def no_telemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "false")


async def test_this_project_is_in_order(project: Project, model: Path, tmp_path: Path) -> None:
    found = await doctor.check(project, endpoints(tmp_path), Sanic("in_order"))
    assert {one.what: one.problem for one in found if one.problem} == {}
    configured = endpoints(tmp_path, lock_store=EndpointConfig(type="redis", url="localhost"))
    problems = await doctor.problems_of(project, configured, Sanic("refused"))
    assert len(problems) == 1 and problems[0].startswith("lock store: ")


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("what", "configured", "fix"),
    [
        ("tracker store", {"tracker_store": EndpointConfig(type="nowhere.Store")}, "Fix tracker"),
        ("tracker store", {"tracker_store": None}, "Set tracker_store.type"),
        (
            "tracker store",
            {"tracker_store": EndpointConfig(type=STORE, url="postgresql://127.0.0.1:1/x")},
            "Cannot connect to tracker store",
        ),
        ("event broker", {"event_broker": EndpointConfig(type="nowhere.Broker")}, "Fix event"),
        ("lock store", {"lock_store": EndpointConfig(type="nowhere.Locks")}, "Could not find"),
        ("lock store", {"lock_store": EndpointConfig(type="redis", url="x")}, "RedisLockStore"),
        ("answers", {"nlg": None}, f"`type: {ANSWERS}`"),
        ("answers", {"nlg": EndpointConfig(url="http://127.0.0.1:1")}, f"`type: {ANSWERS}`"),
        ("HTTP API", {"model": EndpointConfig(url="http://127.0.0.1:1")}, "Take `models` out"),
    ],
)
async def test_wrong_endpoints_are_found(
    project: Project, tmp_path: Path, what: str, configured: dict[str, Any], fix: str
) -> None:
    found = await problem(what, project, endpoints(tmp_path, **configured))
    assert found is not None and fix in found


@pytest.mark.filterwarnings("ignore::UserWarning")
async def test_a_misspelt_importer_is_found(copy: Project, tmp_path: Path) -> None:
    copy.config.write_text(copy.config.read_text().replace("GuidanceImporter", "GuidanceImporte"))
    found = await problem("importer", copy, endpoints(tmp_path))
    assert found is not None and "Correct the name" in found
    found = await problem("model", copy, endpoints(tmp_path))
    assert found is not None and "notice train" in found


def test_the_names_of_the_last_release_are_found(copy: Project, tmp_path: Path) -> None:
    assert doctor.former_names(copy, endpoints(tmp_path)).warning is None
    text = copy.config.read_text()
    copy.config.write_text(text.replace("assistant.training.importer", "assistant.importer"))
    locks = EndpointConfig(type="assistant.locks.RedisLockStore")
    warning = doctor.former_names(copy, endpoints(tmp_path, lock_store=locks)).warning
    assert warning == (
        "in place of assistant.importer.GuidanceImporter "
        "write assistant.training.importer.GuidanceImporter; "
        "in place of assistant.locks.RedisLockStore write assistant.store.locks.RedisLockStore"
    )


async def load_model(request: Request) -> HTTPResponse:
    """As in Rasa's HTTP API."""
    return HTTPResponse()


async def test_what_the_machine_lacks_is_found(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed() -> None:
        raise EncoderError("The weights have changed.")

    monkeypatch.setattr(doctor, "shared_encoder", changed)
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 2**62)
    monkeypatch.setattr(doctor, "CHECKED_WITHIN", datetime.timedelta(days=-1))
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    app = Sanic("with_api")
    app.add_route(load_model, "/model", methods=["PUT"])
    found = await doctor.check(project, endpoints(tmp_path), app)
    problems = {one.what: one.problem or "" for one in found}
    assert "The weights have changed." in problems["encoder"]
    assert "Make room" in problems["disk"]
    assert "police-emergency" in problems["contacts"]
    assert "RASA_TELEMETRY_ENABLED=false" in problems["telemetry"]
    assert "without --enable-api" in problems["HTTP API"]


async def test_a_clock_that_is_wrong_is_found(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.operations.doctor.time.time", lambda: 0.0)
    found = await problem("clock", project, endpoints(tmp_path))
    assert found is not None and "set the clock" in found
