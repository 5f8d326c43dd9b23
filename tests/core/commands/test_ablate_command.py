"""`mmae_core ablate`: runs, table and figure, continued where they were stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mmae_core.cli import main
from mmae_core.evaluation.ablation import VARIANTS
from mmae_core.evaluation.release import read_run
from mmae_core.training.train import learning_rate


@pytest.fixture(scope="module")
def ablate(ptbxl_mini: Path, tiny_settings: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., int]:
    cache = tmp_path_factory.mktemp("cache")

    def command(output: Path, *more: str, epochs: int = 2) -> int:
        return main(["ablate", "--data", str(ptbxl_mini), "--output", str(output), "--config", str(tiny_settings),
                     "--cache", str(cache), "--device", "cpu", "--no-compile",
                     "--epochs", str(epochs), *more])

    return command


@pytest.fixture(scope="module")
def finished(ablate: Callable[..., int], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three variants and two points of the other panel, tiny."""
    output = tmp_path_factory.mktemp("ablation")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mmae_core.evaluation.ablation.PASSES", (1, 2, 4))
        assert ablate(output, "--only", "full", "global-only", "mask-ratio-0.75", "--passes-records", "16") == 0
    return output


def test_the_command_leaves_runs_a_table_and_a_figure(finished: Path) -> None:
    report = json.loads((finished / "ablation.json").read_text())
    assert [row["name"] for row in report["variants"]] == ["full", "global-only", "mask-ratio-0.75"]
    full, alone, ratio = report["variants"]
    assert full["scores"]["paper"]["against_full"] is None
    for row in (alone, ratio):
        found = row["scores"]["paper"]
        difference = found["auroc"] - full["scores"]["paper"]["auroc"]
        assert found["against_full"]["difference"] == pytest.approx(difference)
    assert (alone["local_loss"], ratio["mask_ratio"]) == (0.0, 0.75)
    assert [item["n_passes"] for item in report["passes"]["random"]] == [1, 2, 4]
    table = (finished / "ablation.md").read_text()
    row = next(line for line in table.splitlines() if line.startswith("| global branch only"))
    assert f"| 0.825 | {alone['scores']['paper']['auroc']:.3f} (" in row
    assert "| 0.75 | – |" in table
    assert "| 4, complementary |" in table
    config, _, summary = read_run(finished / "global-only")
    assert (config.model.branches, summary["epochs"], summary["folds"]) == ("global", 2, list(range(1, 9)))


def test_the_figure_is_one_drawing_with_both_panels_and_the_papers_range(finished: Path) -> None:
    figure = ElementTree.fromstring((finished / "figure3.svg").read_text())
    svg = "{http://www.w3.org/2000/svg}"
    panels = figure.findall(f"{svg}g")
    assert [panel.findtext(f"{svg}title") for panel in panels] == ["Mask ratio", "Passes"]
    guides = [[part for part in panel if part.get("class") == "guide" and part.get("d")] for panel in panels]
    assert [len(of_panel) for of_panel in guides] == [2, 1], "from .15 to .35, and H = 4"
    heights = [float(ground.get("height", 0)) for ground in figure.iter(f"{svg}rect") if ground.get("class") == "paper"]
    assert heights[0] == sum(heights[1:]), "the first is the ground of both"
    assert panels[1].get("transform") == f"translate(0 {heights[1]:.0f})"


def test_what_is_finished_is_not_done_again(
    ablate: Callable[..., int], finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("trained or scored again")

    monkeypatch.setattr("mmae_core.evaluation.ablation.PASSES", (1, 2, 4))
    monkeypatch.setattr("mmae_core.training.train.batch_loss", refuse)
    monkeypatch.setattr("mmae_core.evaluation.ablation.window_errors", refuse)
    before = json.loads((finished / "ablation.json").read_text())
    assert ablate(finished, "--only", "full", "global-only", "mask-ratio-0.75", "--passes-records", "16") == 0
    assert json.loads((finished / "ablation.json").read_text()) == before


def test_a_stopped_variant_continues(ablate: Callable[..., int], tmp_path: Path) -> None:
    only = ("--only", "local-only", "--passes-records", "0")
    seen: list[int] = []

    def stop(*_: object) -> None:
        seen.append(1)
        if len(seen) > 3:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mmae_core.training.train.learning_rate", lambda *given: (stop(), learning_rate(*given))[1])
        assert ablate(tmp_path, *only, epochs=3) == 130
    assert not (tmp_path / "local-only" / "weights.safetensors").exists()
    assert ablate(tmp_path, *only, epochs=3) == 0
    lines = (tmp_path / "local-only" / "metrics.jsonl").read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [1, 2, 3]


def test_other_settings_do_not_mix_with_finished_runs(
    ablate: Callable[..., int], finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ablate(finished, "--only", "full", epochs=5) == 2
    assert "started with other settings" in capsys.readouterr().err
    assert ablate(finished, "--only", "full", "--test-folds", "8-9") == 2
    assert "no fold may do both" in capsys.readouterr().err


def test_the_list_names_every_variant(ablate: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert ablate(Path("unused"), "--list") == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [each.name for each in VARIANTS]
