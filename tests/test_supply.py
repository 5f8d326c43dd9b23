"""The locked set of packages fits what the project requires, and can be looked up in advisories without a network."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
LOCKED = ("run", "dev", "torch-cpu", "torch-pypi")


def tool(name: str) -> ModuleType:
    """A script of `packaging/`, as it would find its neighbours."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, REPOSITORY / "packaging" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture
def lock() -> ModuleType:
    return tool("lock")


@pytest.fixture
def audit(lock: ModuleType) -> ModuleType:
    return tool("audit")


def test_every_requirement_is_locked_in_a_version_it_allows(lock: ModuleType) -> None:
    assert lock.check() == []


def test_a_requirement_that_is_not_locked_is_a_fault(lock: ModuleType) -> None:
    pins = lock.locked("run", "torch-cpu")
    assert list(lock.unmet(["numpy>=2.1", "torch==2.13.0"], pins)) == []
    assert list(lock.unmet(["numpy>=999"], pins)) == [f"numpy>=999 is pinned to {version_of('numpy', pins)}"]
    without = [pin for pin in pins if pin.name not in ("wfdb", "aiohttp")]
    assert list(lock.unmet(["wfdb"], without)) == ["wfdb is not there"]
    without = [pin for pin in pins if pin.name != "mpmath"]
    faults = list(lock.unmet(["torch"], without))
    assert any(fault.startswith("mpmath") for fault in faults), "torch requires sympy, and that requires it"


def version_of(name: str, pins: list[Any]) -> str:
    (version,) = {pin.version for pin in pins if pin.name == name}
    return str(version)


@pytest.mark.parametrize("name", LOCKED)
def test_locked_files_hold_names_versions_conditions_and_hashes_alone(lock: ModuleType, name: str) -> None:
    text = (REPOSITORY / "packaging" / "locked" / f"{name}.txt").read_text(encoding="utf-8")
    pins = lock.read_pins(text)
    assert len(pins) >= {"run": 30, "dev": 100, "torch-cpu": 2, "torch-pypi": 10}[name]
    assert all(pin.hashes for pin in pins)
    assert re.findall(r"https?:|file:|//|^-|index-url|find-links| @ ", text, flags=re.MULTILINE) == []
    assert [pin.name for pin in pins if pin.name in ("mmae-core", "ecg-viewer")] == []


@pytest.mark.parametrize("line", ["numpy>=2", "numpy==2.4.6", "-e .", "torch @ file:///tmp/torch.whl"])
def test_what_is_not_pinned_and_hashed_is_refused(lock: ModuleType, line: str) -> None:
    with pytest.raises(ValueError, match="not one pinned and hashed package"):
        lock.read_pins(line + "\n")


def advisory(name: str, *events: dict[str, str], **others: object) -> dict[str, Any]:
    """Made for these tests, in the form of OSV; it says nothing about a real package."""
    package = {"ecosystem": "PyPI", "name": name}
    affected = {"package": package, "ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}
    told = {"id": "MADE-UP-1", "modified": "2026-01-02T03:04:05Z", "summary": "made up", "affected": [affected]}
    return told | others


@pytest.mark.parametrize(("version", "is_hit"), [("1.9", False), ("2.0", True), ("2.9.1", True), ("3.0", False),
                                                 ("4.0", True), ("4.1", True), ("4.2", False)])
def test_a_version_is_affected_from_its_introduction_to_its_fix(
    audit: ModuleType, lock: ModuleType, version: str, is_hit: bool
) -> None:
    told = advisory("Some.Package", {"introduced": "2.0"}, {"fixed": "3.0"}, {"introduced": "4.0"},
                    {"last_affected": "4.1"})
    found = audit.hits([told], [lock.Pin("some-package", version, "", ("0" * 64,))])
    assert bool(found) is is_hit
    if found:
        assert found[0].text() == f"some-package {version}: MADE-UP-1: made up; fixed in 3.0"


def test_withdrawn_advisories_and_other_ecosystems_affect_nothing(audit: ModuleType, lock: ModuleType) -> None:
    pins = [lock.Pin("numpy", "2.4.6", "", ("0" * 64,))]
    everything = advisory("numpy", {"introduced": "0"})
    assert len(audit.hits([everything], pins)) == 1
    assert audit.hits([everything | {"withdrawn": "2026-02-01T00:00:00Z"}], pins) == []
    everything["affected"][0]["package"]["ecosystem"] = "npm"
    assert audit.hits([everything], pins) == []
    everything["affected"][0] = {"package": {"ecosystem": "PyPI", "name": "numpy"}, "versions": ["2.4.6"]}
    assert len(audit.hits([everything], pins)) == 1


def test_an_export_is_read_and_the_audit_says_that_it_ran(
    audit: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("MADE-UP-1.json", json.dumps(advisory("wfdb", {"introduced": "999"})))
    assert audit.main(["--advisories", str(file)]) == 0
    assert re.search(r"The audit ran: 1 advisories, the newest of 2026-01-02; of \d{3} locked packages none affected",
                     capsys.readouterr().out)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("MADE-UP-2.json", json.dumps(advisory("wfdb", {"introduced": "0"})))
    assert audit.main(["--advisories", str(file)]) == 1
    assert "wfdb" in capsys.readouterr().out


def test_without_advisories_the_audit_says_that_it_did_not_run(
    audit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "STORED", tmp_path / "advisories.zip")
    assert audit.main([]) == 0
    assert "The audit did NOT run" in capsys.readouterr().out
    for content in ("[]", "{}", "no JSON"):
        (tmp_path / "all.json").write_text(content)
        assert audit.main(["--advisories", str(tmp_path / "all.json")]) == 2
        assert "The audit did NOT run" in capsys.readouterr().err
