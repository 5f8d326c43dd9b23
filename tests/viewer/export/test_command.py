"""`ecg-viewer export`: several recordings, a line each, honest exit statuses, nothing overwritten."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import wfdb

from ecg_viewer.app import main as program
from ecg_viewer.export.command import main
from ecg_viewer.export.export_files import prefixes
from ecg_viewer.state.review.events import Event
from ecg_viewer.state.review.journal import Journal
from mmae_core.errors import ModelMismatch, UnsupportedRecord
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord, require_model_length
from mmae_core.resources import resource

pytestmark = pytest.mark.usefixtures("qapp")


class KnownScorer:
    """A model whose answers are the examples'."""

    def __init__(self, examples: SimpleNamespace) -> None:
        self._examples = examples
        self.error: Exception | None = None

    def load(self, model: str | None) -> object:
        if self.error is not None:
            raise self.error
        return self._examples.model

    def assess(
        self, record: EcgRecord, start_s: float, end_s: float, should_stop: object, preview: object = None,
    ) -> tuple[object, object]:
        require_model_length(record, 10)
        if record.name == "bad":
            raise UnsupportedRecord("bad lacks leads.")
        return self._examples.anomaly_map(record), self._examples.found

    def layers(self, record: EcgRecord, anomaly_map: object, findings: object, should_stop: object) -> None:
        return None

    def describe(self, folder: Path) -> object:
        raise ModelMismatch("not asked")


@pytest.fixture
def scorer(examples: SimpleNamespace) -> KnownScorer:
    return KnownScorer(examples)


def demo(name: str = "00170") -> str:
    return str(resource("demo") / f"{name}_hr")


def test_formats_and_recordings_are_written_with_a_line_each(
    scorer: KnownScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(
        [demo(), demo("00195"), "--format", "pdf,csv", "--format", "npz", "--output", str(tmp_path / "new" / "out")],
        scorer,  # type: ignore[arg-type]
    )
    assert status == 0
    names = {path.name for path in (tmp_path / "new" / "out").iterdir()}
    assert names == {
        f"{name}_hr{ending}" for name in ("00170", "00195")
        for ending in (".pdf", "_findings.csv", "_leads.csv", "_maps.npz")
    }
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in lines] == ["1/2 00170_hr", "2/2 00195_hr"]


def test_measurements_are_a_table_even_of_a_recording_that_the_model_cannot_assess(
    scorer: KnownScorer, tmp_path: Path
) -> None:
    record = read_record(Path(demo()))
    kept = [place for place, lead in enumerate(record.lead_names) if lead not in ("V1", "V2", "V3")]
    names = [record.lead_names[place] for place in kept]
    wfdb.wrsamp("bad", fs=500, units=["mV"] * len(kept), sig_name=names, write_dir=str(tmp_path),
                p_signal=record.read()[kept].T.astype(np.float64))
    out = tmp_path / "out"
    arguments = [demo(), str(tmp_path / "bad.hea"), "--format", "measurements", "--output", str(out)]
    assert main(arguments, scorer) == 0  # type: ignore[arg-type]
    rows = {}
    for name in ("00170_hr", "bad"):
        lines = (out / f"{name}_measurements.csv").read_text(encoding="utf-8-sig").splitlines()
        table = csv.DictReader(line for line in lines if not line.startswith("#"))
        rows[name] = {row["quantity"]: row for row in table}
        assert 58 <= float(rows[name]["rate_bpm"]["value"]) <= 66, "sinus rhythm at 62 with one premature beat"
    assert 150 <= float(rows["00170_hr"]["pr_ms"]["value"]) <= 180
    assert (rows["bad"]["pr_ms"]["value"], rows["bad"]["pr_ms"]["reason"]) == (
        "", "a usable signal in only 5 of eight independent leads; 6 are needed")


def test_a_failing_recording_stops_no_other_and_is_told(
    scorer: KnownScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.hea").write_text("damaged", encoding="ascii")
    for source in resource("demo").glob("00170_hr.*"):
        (tmp_path / "in" / source.name).write_bytes(source.read_bytes())
    out = tmp_path / "out"
    assert main([str(tmp_path / "in"), "--format", "json", "--output", str(out)], scorer) == 1  # type: ignore[arg-type]
    assert [path.name for path in out.iterdir()] == ["00170_hr_findings.json"]
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("1/2 00170_hr: 00170_hr_findings.json")
    assert lines[1].startswith("2/2 a: not written:")
    assert lines[2] == "1 of 2 recordings could not be exported completely."


def test_what_is_there_stays_unless_forced(
    scorer: KnownScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "00170_hr_findings.json").write_text("mine", encoding="utf-8")
    arguments = [demo(), "--format", "json", "--output", str(tmp_path)]
    assert main(arguments, scorer) == 1  # type: ignore[arg-type]
    said = capsys.readouterr().err
    assert "exists already" in said
    assert "--force replaces them" in said
    assert (tmp_path / "00170_hr_findings.json").read_text(encoding="utf-8") == "mine"
    assert main([*arguments, "--force"], scorer) == 0  # type: ignore[arg-type]
    assert json.loads((tmp_path / "00170_hr_findings.json").read_text(encoding="utf-8"))["findings"]


def test_what_would_be_refused_is_refused_before_anything_is_assessed(
    scorer: KnownScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = "pdf,png,svg,csv,json,npz"
    arguments = [demo(), "--format", every, "--dpi", "50", "--output", str(tmp_path)]
    assert main(arguments, scorer) == 0  # type: ignore[arg-type]
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    scorer.error = ModelMismatch("The model was asked.")
    assert main(arguments, scorer) == 1  # type: ignore[arg-type]
    said = capsys.readouterr().err
    assert "The model was asked" not in said
    assert said.count("exists already") == len(every.split(","))
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    scorer.error = None
    (tmp_path / "00170_hr_findings.json").unlink()
    assert main(arguments, scorer) == 1  # type: ignore[arg-type]
    assert "1/1 00170_hr: 00170_hr_findings.json; not written:" in capsys.readouterr().err


def test_decisions_of_the_journal_are_exported_of_one_reviewer_if_asked(
    scorer: KnownScorer, examples: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sha256 = read_record(demo()).source.sha256
    journal = Journal()
    for reviewer, state in (("anna", "confirmed"), ("ben", "dismissed")):
        event = examples.decided(examples.found[0], state)
        journal.append([Event(event.kind, sha256, reviewer, event.payload)])
    journal.close()
    for reviewer, expected in (("anna", "confirmed"), ("ben", "dismissed"), (None, "dismissed")):
        extra = [] if reviewer is None else ["--reviewer", reviewer]
        out = tmp_path / str(reviewer)
        assert main([demo(), "--format", "json", "--output", str(out), *extra], scorer) == 0  # type: ignore[arg-type]
        document = json.loads((out / "00170_hr_findings.json").read_text(encoding="utf-8"))
        assert document["findings"][0]["decision"] == expected
    assert main([demo(), "--format", "json", "--output", str(tmp_path), "--reviewer", "eve"]) == 2
    assert "it knows anna, ben" in capsys.readouterr().err


def test_a_benchmark_of_what_the_journal_says_is_reviewed(
    scorer: KnownScorer, examples: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sha256 = read_record(demo()).source.sha256
    journal = Journal()
    for event in (
        examples.own("V3", 2.0, 3.0, "notch"), examples.decided(examples.found[1], "dismissed"),
        examples.event("record_state", state="reviewed"),
    ):
        journal.append([Event(event.kind, sha256, "anna", event.payload)])
    journal.close()
    arguments = [demo(), demo("00195"), "--format", "csv,benchmark", "--output", str(tmp_path / "b")]
    assert main(arguments, scorer) == 0  # type: ignore[arg-type]
    said = capsys.readouterr().err
    assert "00195_hr: left out: nobody has reviewed it" in said
    assert "Undecided findings beside positive ones: 1." in said
    assert np.load(tmp_path / "b" / "benchmark_label.npy").sum() == 500
    assert np.load(tmp_path / "b" / "benchmark_ignored.npy").sum() == 200, "aVF, which nobody has decided"
    assert {"00170_hr_findings.csv", "00195_hr_findings.csv"} <= {path.name for path in (tmp_path / "b").iterdir()}
    scorer.assess = None  # type: ignore[assignment, method-assign]  # nothing is assessed for what is refused
    assert main([*arguments[:2], "--format", "benchmark", "--output", str(tmp_path / "b")], scorer) == 1  # type: ignore[arg-type]
    assert "holds a benchmark already" in capsys.readouterr().err


def test_nothing_to_annotate_is_said_and_is_no_failure(
    scorer: KnownScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([demo(), "--format", "wfdb", "--output", str(tmp_path)], scorer) == 0  # type: ignore[arg-type]
    assert "nothing to annotate" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_identity_needs_its_switch(scorer: KnownScorer, tmp_path: Path) -> None:
    for source in resource("demo").glob("00170_hr.*"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    header = tmp_path / "00170_hr.hea"
    header.write_text(header.read_text(encoding="utf-8") + "# Patient: Mustermann\n", encoding="utf-8")
    for name, switch in (("without", []), ("with", ["--with-identity"])):
        out = tmp_path / name
        assert main([str(header), "--format", "json,csv", "--output", str(out), *switch], scorer) == 0  # type: ignore[arg-type]
        texts = [path.read_text(encoding="utf-8-sig") for path in sorted(out.iterdir())]
        assert ["Mustermann" in text for text in texts] == [name == "with"] * 3


def test_a_filter_the_recording_cannot_carry_is_a_plain_sentence(
    scorer: KnownScorer, tmp_path: Path, mini: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    low = str(mini / "records100" / "00000" / "00003_lr.hea")
    arguments = [low, "--format", "pdf", "--filter", "diagnostic", "--output", str(tmp_path)]
    assert main(arguments, scorer) == 1  # type: ignore[arg-type]
    assert "needs at least 334 samples a second" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x", "--format", "docx", "--output", "o"], "no format"),
        (["x", "--format", "pdf", "--output", "o", "--speed", "0"], "lies between"),
        (["x", "--format", "png", "--output", "o", "--dpi", "9000"], "lies between 50 and 1200"),
        (["x", "--format", "pdf", "--output", "o", "--leads", "V1,V9"], "does not name leads"),
        (["--format", "pdf", "--output", "o"], "RECORD"),
        (["x", "--format", "pdf"], "--output"),
    ],
)
def test_arguments_without_sense_are_told(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_a_path_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program(["export", str(tmp_path / "none"), "--format", "pdf", "--output", str(tmp_path / "o")]) == 2
    assert "There is no file" in capsys.readouterr().err


def test_a_model_that_is_not_there_fails_in_plain_words(
    scorer: KnownScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scorer.error = ModelMismatch("There is no model of that name.")
    assert main([demo(), "--format", "csv", "--output", str(tmp_path)], scorer) == 1  # type: ignore[arg-type]
    assert "not written: There is no model of that name." in capsys.readouterr().err


def test_the_help_of_the_program_mentions_exporting(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program(["--help"])
    assert "ecg-viewer export" in capsys.readouterr().out


def test_it_runs_in_a_process_of_its_own_without_a_display(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "ecg_viewer", "export", demo(), "--format", "pdf,json", "--output", str(tmp_path),
               "--layout", "3x4+II", "--paper", "letter", "--device", "cpu"]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == ["1/1 00170_hr: 00170_hr.pdf, 00170_hr_findings.json"]
    document = json.loads((tmp_path / "00170_hr_findings.json").read_text(encoding="utf-8"))
    assert document["provenance"]["model"]["name"] == "mmae-ecg-plus"
    assert document["assessment"]["state"] == "done"
    assert (tmp_path / "00170_hr.pdf").read_bytes().startswith(b"%PDF-1.")


def test_recordings_of_the_same_name_are_told_apart(
    scorer: KnownScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = resource("demo")
    for place in ("ann", "ben"):
        (tmp_path / place).mkdir()
    for ending in (".hea", ".dat"):
        for place in ("ann", "ben"):
            (tmp_path / place / f"00170_hr{ending}").write_bytes((source / f"00170_hr{ending}").read_bytes())
    out = tmp_path / "out"
    records = [str(tmp_path / "ann" / "00170_hr"), str(tmp_path / "ben" / "00170_hr"), demo("00195")]
    arguments = [*records, "--format", "json", "--output", str(out), "--force"]
    assert main(arguments, scorer) == 0  # type: ignore[arg-type]
    assert sorted(path.name for path in out.iterdir()) == [
        "00195_hr_findings.json", "ann_00170_hr_findings.json", "ben_00170_hr_findings.json"
    ]
    assert prefixes([Path("a/x"), Path("a/x"), Path("b/x"), Path("b/y")]) == ["1_", "2_", "b_", ""]


def test_the_recording_itself_is_written_without_a_model(
    scorer: KnownScorer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scorer.error = ModelMismatch("not asked")
    arguments = [demo(), "--format", "recording-edf,recording-wfdb", "--output", str(tmp_path)]
    assert main(arguments, scorer) == 0  # type: ignore[arg-type]
    assert {path.name for path in tmp_path.iterdir()} == {"00170_hr.edf", "00170_hr.hea", "00170_hr.dat"}
    assert np.abs(read_record(tmp_path / "00170_hr.edf").read() - read_record(Path(demo())).read()).max() <= 0.501e-3
    capsys.readouterr()
    assert main(arguments, scorer) == 1  # type: ignore[arg-type]
    assert "--force replaces them" in capsys.readouterr().err
