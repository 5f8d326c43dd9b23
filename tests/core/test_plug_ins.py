"""Code of other packages: found by its entry points, imported late, named when it fails, switched off on request."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mmae_core
from mmae_core import EcgError, plug_ins
from mmae_core.cli import main
from mmae_core.evaluation.scorers import load_scorer
from mmae_core.readers import read_record, registry
from mmae_core.resources import resource


@pytest.fixture
def lines_file(tmp_path: Path) -> Path:
    """A demo recording in the example's made-up format, without the leads that follow from others."""
    record = mmae_core.read_record(resource("demo", "00195_hr.hea"))
    leads = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
    rows = [record.lead_names.index(lead) for lead in leads]
    samples = "\n".join(" ".join(map(str, column)) for column in np.round(record.read()[rows].T * 1000).astype(int))
    path = tmp_path / "one.ecglines"
    path.write_text(f"ECG-LINES 1\nrate 500\nleads {' '.join(leads)}\n{samples}\n", encoding="ascii")
    return path


@pytest.mark.usefixtures("example_package")
def test_a_reader_of_another_package_opens_its_format_everywhere(lines_file: Path) -> None:
    record = read_record(lines_file)
    assert record.lead_names == mmae_core.STANDARD_LEADS
    assert record.source.format == "ECG lines"
    expected = mmae_core.read_record(resource("demo", "00195_hr.hea")).read()
    np.testing.assert_allclose(record.read(), expected, atol=0.002)
    assert ".ecglines" in registry.known_suffixes()
    (lines_file.with_name("cut.ecglines")).write_bytes(lines_file.read_bytes()[:60])
    with pytest.raises(EcgError, match=r"cut\.ecglines"):
        read_record(lines_file.with_name("cut.ecglines"))


@pytest.mark.usefixtures("example_package")
def test_a_scorer_of_another_package_is_evaluated_by_its_name(ptbxl_mini: Path, tmp_path: Path) -> None:
    scorer = load_scorer("roughness")
    assert scorer.name == "roughness"
    status = main(["evaluate", "--model", "roughness", "--data", str(ptbxl_mini), "--folds", "9",
                   "--output", str(tmp_path / "report.json")])
    assert status == 0
    assert '"roughness"' in (tmp_path / "report.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("example_package")
def test_nothing_is_imported_before_it_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    for name in [name for name in sys.modules if name.startswith("ecg_example")]:
        del sys.modules[name]
    assert [one.name for one in plug_ins.all_plug_ins()] == ["lines", "roughness", "beat-list", "Voltages"]
    main(["info"])
    shown = capsys.readouterr().out
    assert "reader “lines” of the package ecg-example 1.0" in shown
    assert "panel “Voltages” of the package ecg-example 1.0" in shown
    assert not any(name.startswith("ecg_example") for name in sys.modules)


@pytest.mark.usefixtures("example_package")
@pytest.mark.parametrize("value", ["1", "yes"])
def test_a_hospital_switches_all_off(
    value: str, monkeypatch: pytest.MonkeyPatch, lines_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ECG_VIEWER_NO_PLUGINS", value)
    plug_ins.look_again()
    registry.formats_of_others.cache_clear()
    assert plug_ins.all_plug_ins() == ()
    with pytest.raises(EcgError, match="does not state its sampling rate"):
        read_record(lines_file)
    with pytest.raises(EcgError, match="roughness"):
        load_scorer("roughness")
    main(["info"])
    assert "Plug-ins are switched off (ECG_VIEWER_NO_PLUGINS)" in capsys.readouterr().out
    main(["info", "--plug-ins"])
    assert capsys.readouterr().out.startswith("Plug-ins are switched off")


def test_a_broken_one_is_named_in_a_sentence_and_stops_nothing(
    install_plug_ins: Any, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    install_plug_ins("acme", {
        "mmae_core.readers": {"gone": "no_such_module_at_all", "raises": "acme_raises", "empty": "acme_empty",
                              "leaves": "acme_leaves"},
        "mmae_core.scorers": {"nothing": "acme_empty:make"},
    }, {"acme_raises": "raise RuntimeError('at import')", "acme_empty": "", "acme_leaves": "raise SystemExit(3)"})
    with caplog.at_level(logging.WARNING):
        assert registry.formats_of_others() == ()
        assert read_record(resource("demo", "00195_hr.hea")).n_samples == 5000
        with pytest.raises(EcgError, match=r"scorer “nothing” of the package acme: it cannot be used.*AttributeError"):
            load_scorer("nothing")
    assert "acme" in caplog.text
    plug_ins.look_again()
    registry.formats_of_others.cache_clear()
    assert "cannot be used" not in " ".join(plug_ins.plug_in_lines()), "nothing has been tried again"
    main(["info", "--plug-ins"])
    shown = capsys.readouterr().out
    for name, reason in (("gone", "ModuleNotFoundError"), ("raises", "RuntimeError: at import"),
                         ("empty", "AttributeError"), ("leaves", "SystemExit: 3")):
        assert f"reader “{name}” of the package acme: it cannot be used ({reason}" in shown


SCORER = """
import numpy as np
from mmae_core.config import PreprocessConfig
from mmae_core.scoring.window_scorer import WindowScores

class Own:
    name, preprocess, needs_r_peaks, n_parameters, macs_per_record = "own", PreprocessConfig(), False, 0, 0

    def score_windows(self, inputs, *, with_maps=False):
        if with_maps:
            raise ValueError("of its own")
        return WindowScores(np.zeros(1), None, ("",))

def without(device):
    return Own()

def make(device):
    found = Own()
    found.training = {}
    return found
"""


def test_a_scorer_is_named_for_what_it_lacks_and_for_what_goes_wrong_later(
    install_plug_ins: Any, ptbxl_mini: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install_plug_ins("acme", {"mmae_core.scorers": {"lacks": "acme_own:without", "own": "acme_own:make"}},
                     {"acme_own": SCORER})
    with pytest.raises(plug_ins.PlugInFailed, match=r"“lacks” of the package acme.*AttributeError.*training"):
        load_scorer("lacks")
    scorer = load_scorer("own")
    with pytest.raises(plug_ins.PlugInFailed, match=r"“own” of the package acme.*ValueError: of its own"):
        scorer.score_windows([], with_maps=True)
    assert main(["evaluate", "--model", "own", "--data", str(ptbxl_mini), "--folds", "9",
                 "--output", str(tmp_path / "report.json")]) == 2
    said = capsys.readouterr().err
    assert "“own” of the package acme" in said
    assert "scores of 8 windows: 1" in said


def test_the_names_of_what_comes_with_the_program_cannot_be_taken(install_plug_ins: Any) -> None:
    install_plug_ins("acme", {
        "mmae_core.readers": {"wfdb": "acme_reader"},
        "mmae_core.scorers": {"MMAE-ECG-plus": "acme_reader:make", "own": "acme_reader:make"},
    }, {"acme_reader": "FORMAT = 'wfdb'\nSUFFIXES = ('.hea',)\ndef claims(file): return True\n"
        "def read(file, part=''): 1/0\ndef make(device): 1/0\n"})
    assert registry.formats_of_others() == ()
    assert read_record(resource("demo", "00195_hr.hea")).source.format == "WFDB"
    assert load_scorer("mmae-ecg-plus").name == "mmae-ecg-plus"
    lines = plug_ins.plug_in_lines()
    assert [line for line in lines if "the program has one of that name" in line and "“wfdb”" in line] != []
    assert [line for line in lines if "the program has one of that name" in line and "“MMAE-ECG-plus”" in line] != []


def test_a_folder_that_lies_about_cannot_take_a_bundled_models_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mmae-ecg-plus").mkdir()
    (tmp_path / "mmae-ecg-plus" / "peer.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert load_scorer("mmae-ecg-plus").name == "mmae-ecg-plus"


def test_of_two_packages_with_one_name_the_second_is_refused(install_plug_ins: Any) -> None:
    for package in ("acme", "bcme"):
        install_plug_ins(package, {"mmae_core.scorers": {"own": f"{package}_scorer:make"}},
                         {f"{package}_scorer": "def make(device): return None\n"})
    assert [one.target for one in plug_ins.plug_ins("mmae_core.scorers")] == ["acme_scorer:make"]
    assert any("acme has one of that name" in line for line in plug_ins.plug_in_lines())


def test_what_lacks_a_member_is_named_without_calling_anything(
    install_plug_ins: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    install_plug_ins("acme", {
        "mmae_core.readers": {"unread": "acme_unread"},
        "mmae_core.scorers": {"text": "acme_wordless:TIP", "fails": "acme_wordless:write"},
        "ecg_viewer.exports": {"wordless": "acme_wordless"},
    }, {"acme_unread": "FORMAT, SUFFIXES, claims, read = 'Acme', ('.acme',), len, 3\n",
        "acme_wordless": "TIP, ENDING = '', '.txt'\ndef write(*_): raise SystemExit\n"})
    assert main(["info", "--plug-ins"]) == 0
    shown = capsys.readouterr().out
    for name, reason in (("unread", "TypeError: read: no function"), ("wordless", "AttributeError: "),
                         ("text", "TypeError: acme_wordless:TIP: no function")):
        assert f"“{name}” of the package acme: it cannot be used ({reason}" in shown
    assert "scorer “fails” of the package acme 1.0\n" in shown
    assert "imported, not called" in shown
