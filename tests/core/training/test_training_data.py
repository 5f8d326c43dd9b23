from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from mmae_core.config import Config
from mmae_core.errors import DatasetError
from mmae_core.readers import read_record
from mmae_core.record import EcgRecord
from mmae_core.training import prepared_parts
from mmae_core.training.prepared_parts import training_inputs
from mmae_core.training.training_data import TrainingSet, training_set

TinyConfig = Callable[..., Config]
WriteNoise = Callable[..., Path]


def test_windows_are_the_prepared_records(data: TrainingSet, normals: list[Path], tiny_config: TinyConfig) -> None:
    assert data.tokens.shape == (8, 20, 300)
    assert data.names == tuple(path.stem for path in normals)
    assert data.left_out == ()
    signal = data.tokens[0].astype(np.float32).reshape(20, 12, 25).transpose(1, 0, 2).reshape(12, 500)
    expected = training_inputs(read_record(normals[0]), tiny_config())[0].signal
    np.testing.assert_allclose(signal, expected, rtol=1e-3, atol=1e-3)


def test_preparation_happens_once(
    normals: list[Path], tiny_config: TinyConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = training_set(normals, tiny_config(), tmp_path)
    monkeypatch.setattr(prepared_parts, "read_record", lambda path: pytest.fail(f"{path} was read again"))
    again = training_set(normals, tiny_config(train={"epochs": 99}), tmp_path)
    assert again.key == first.key
    np.testing.assert_array_equal(again.tokens, first.tokens)
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".json", ".npy"]


class Killed(BaseException):
    pass


def test_preparing_that_was_killed_continues_where_it_stood(
    normals: list[Path], tiny_config: TinyConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared_parts, "PART_RECORDS", 3)
    whole = training_set(normals, tiny_config(), tmp_path / "whole")
    seen: list[Path] = []

    def read(path: Path) -> EcgRecord:
        if len(seen) == 5:
            raise Killed
        seen.append(path)
        return read_record(path)

    monkeypatch.setattr(prepared_parts, "read_record", read)
    with pytest.raises(Killed):
        training_set(normals, tiny_config(), tmp_path / "cache")
    monkeypatch.setattr(prepared_parts, "read_record", lambda path: read_record(path) if path in normals[3:]
                        else pytest.fail(f"{path} was read again"))
    data = training_set(normals, tiny_config(), tmp_path / "cache")
    assert data.names == whole.names
    np.testing.assert_array_equal(data.tokens, whole.tokens)
    assert sorted(file.suffix for file in (tmp_path / "cache").iterdir()) == [".json", ".npy"], "no part is left"


def test_two_that_prepare_the_same_recordings_do_it_once(
    normals: list[Path], tiny_config: TinyConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, go_on = threading.Event(), threading.Event()
    read: list[Path] = []

    def slow(path: Path) -> EcgRecord:
        read.append(path)
        started.set()
        assert go_on.wait(60)
        return read_record(path)

    monkeypatch.setattr(prepared_parts, "read_record", slow)
    monkeypatch.setattr("mmae_core.training.training_data.WAIT_S", 0.01)
    with ThreadPoolExecutor(2) as pool:
        found = [pool.submit(training_set, normals, tiny_config(), tmp_path) for _ in range(2)]
        assert started.wait(60)
        go_on.set()
        first, second = (future.result() for future in found)
    np.testing.assert_array_equal(first.tokens, second.tokens)
    assert sorted(read) == sorted(normals)


def test_other_contents_or_another_preparation_are_prepared_anew(
    write_noise: WriteNoise, tiny_config: TinyConfig, tmp_path: Path
) -> None:
    path = write_noise("a")
    cache = tmp_path / "cache"
    first = training_set([path], tiny_config(), cache)
    write_noise("a", seed=1)
    os.utime(path.with_suffix(".dat"), ns=(1, 1))
    changed = training_set([path], tiny_config(), cache)
    assert changed.key != first.key
    assert not np.array_equal(changed.tokens, first.tokens)
    scaled = training_set([path], tiny_config(preprocess={"scale": "minmax"}), cache)
    assert scaled.key != changed.key
    assert np.abs(scaled.tokens).max() <= 1


def test_a_signal_file_of_another_name_is_watched_too(
    write_noise: WriteNoise, tiny_config: TinyConfig, tmp_path: Path
) -> None:
    path = write_noise("a")
    path.write_text(path.read_text().replace("a.dat", "signals.bin"))
    shutil.move(path.with_suffix(".dat"), tmp_path / "signals.bin")
    first = training_set([path], tiny_config(), tmp_path / "cache")
    os.utime(tmp_path / "signals.bin", ns=(1, 1))
    assert training_set([path], tiny_config(), tmp_path / "cache").key != first.key


def _set(column: int, rows: slice, value: int) -> Callable[[np.ndarray], np.ndarray]:
    def edit(samples: np.ndarray) -> np.ndarray:
        samples[rows, column] = value
        return samples

    return edit


def test_records_that_cannot_teach_are_named_and_left_out(
    write_noise: WriteNoise, tiny_config: TinyConfig, tmp_path: Path
) -> None:
    paths = [
        write_noise("good"),
        write_noise("invalid", edit=_set(3, slice(500, 510), -32768)),
        write_noise("flat", edit=_set(7, slice(None), 12)),
        write_noise("stuck", edit=_set(2, slice(0, 250), 40)),
        write_noise("three_leads", leads=("I", "II", "V1")),
        write_noise("short", n_samples=900),
        tmp_path / "absent.hea",
        write_noise("long", n_samples=2500),
    ]
    data = training_set(paths, tiny_config(), tmp_path / "cache")
    assert data.names == ("good", "long", "long"), "two windows fit into 25 s"
    reasons = dict(data.left_out)
    assert list(reasons) == ["invalid", "flat", "stuck", "three_leads", "short", "absent"]
    assert "aVR partly not assessed: invalid samples" in reasons["invalid"]
    assert "V2 not assessed: flat" in reasons["flat"]
    assert "III partly not assessed: constant" in reasons["stuck"]
    assert "lacks leads" in reasons["three_leads"]
    assert "too short" in reasons["short"]
    assert "There is no file or record absent" in reasons["absent"]
    assert np.isfinite(data.tokens).all()


def test_nothing_usable_is_an_error_with_the_first_reasons(
    write_noise: WriteNoise, tiny_config: TinyConfig, tmp_path: Path
) -> None:
    with pytest.raises(DatasetError, match=r"None of the 1 recordings can be used for training.*too short"):
        training_set([write_noise("short", n_samples=900)], tiny_config(), tmp_path / "cache")


@pytest.mark.parametrize("damage", ["zeros", "bit", "cut", "empty", "no array", "index", "old zeros"])
def test_a_damaged_cache_is_made_anew(
    normals: list[Path], tiny_config: TinyConfig, tmp_path: Path, damage: str
) -> None:
    expected = np.array(training_set(normals, tiny_config(), tmp_path).tokens)
    (array,), (index,) = tmp_path.glob("*.npy"), tmp_path.glob("*.json")
    data = bytearray(array.read_bytes())
    if damage.endswith("zeros"):
        data[-1000:] = bytes(1000)
        data[len(data) // 2:] = bytes(len(data) - len(data) // 2)
    elif damage == "bit":
        data[-100] ^= 1
    elif damage in {"cut", "empty"}:
        del data[len(data) // 2 if damage == "cut" else 0:]
    elif damage == "no array":
        data[:] = b"x" * len(data)
    array.write_bytes(data)
    if damage == "index":
        index.write_text('{"names": 3}', encoding="utf-8")
    if damage == "old zeros":
        values = json.loads(index.read_text(encoding="utf-8"))
        del values["sha256"]
        index.write_text(json.dumps(values), encoding="utf-8")
    np.testing.assert_array_equal(training_set(normals, tiny_config(), tmp_path).tokens, expected)
