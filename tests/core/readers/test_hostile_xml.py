"""XML of strangers: every encoding is read, and no content costs memory, time or another file."""

from __future__ import annotations

import random
import re
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mmae_core.errors import EcgError, UnreadableRecord, UnsupportedRecord
from mmae_core.readers import read_record, registry
from mmae_core.readers.recording_file import RecordingFile
from mmae_core.record import EcgRecord
from tests.core.readers.xml_files import (
    aecg,
    content,
    eli_channel,
    mortara,
    muse,
    packed,
    schiller,
    schiller_waveform,
    sequence,
    series,
    sierra,
    times,
    xli_block,
)

WAVE = [round(200 * np.sin(index / 9)) for index in range(300)]
SMALL = {
    "HL7 aECG": aecg(series(times() + sequence("MDC_ECG_LEAD_I", WAVE) + sequence("MDC_ECG_LEAD_II", WAVE))),
    "GE MUSE": muse({"I": WAVE, "II": WAVE}),
    "Philips Sierra": sierra(b"".join(xli_block([step] * 300) for step in (1, 5, 0, 0, 0, 0))),
    "Mortara": mortara(eli_channel("I", WAVE) + eli_channel("II", WAVE)),
    "Schiller": schiller(schiller_waveform({"I": ",".join(map(str, WAVE)), "II": ",".join(map(str, WAVE))})),
}
"""A small file of each format."""
formats = pytest.mark.parametrize("name", SMALL)


def read(data: bytes) -> EcgRecord:
    return registry.read_file(RecordingFile.of(data, "made.xml"))


def text_of(data: bytes) -> str:
    """The document without its declaration, which names an encoding."""
    return re.sub(r"^<\?xml.*?\?>\s*", "", data.decode("latin-1"))


@formats
def test_a_format_is_known_by_its_content(name: str) -> None:
    assert read(SMALL[name]).source.format == name


@formats
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_reads_the_same(name: str, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{"utf-8" if encoding == "utf-8-sig" else "utf-16"}"?>\n'
    again = read((declared + text_of(SMALL[name])).encode(encoding))
    assert again.read().tolist() == read(SMALL[name]).read().tolist()


@formats
def test_entities_are_refused_before_they_grow(name: str) -> None:
    entities = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>' + re.sub(r"^<!DOCTYPE[^>]*>\s*", "", text_of(SMALL[name]))
    bomb = re.sub(r"(</\S+>)$", r"&e9;\1", bomb)
    with pytest.raises(UnreadableRecord, match="entities"):
        read(bomb.encode())


@formats
def test_other_files_are_never_fetched(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("1 2 3", encoding="ascii")
    outside = f'<!DOCTYPE x [<!ENTITY out SYSTEM "{secret.as_uri()}">]>' \
        + re.sub(r"^<!DOCTYPE[^>]*>\s*", "", text_of(SMALL[name]))
    with pytest.raises(UnreadableRecord, match="fetches other files"):
        read(outside.encode())


def test_a_plain_doctype_as_in_every_muse_file_is_taken() -> None:
    assert read(muse({"I": WAVE}, prolog='<!DOCTYPE RestingECG SYSTEM "restecg.dtd">')).n_samples == 300


@formats
def test_deep_nesting_is_refused(name: str) -> None:
    text = text_of(SMALL[name])
    nested = re.sub(r"(</\S+>)$", "<a>" * 100_000 + "</a>" * 100_000 + r"\1", text)
    with pytest.raises(UnreadableRecord, match="nests more than"):
        read(nested.encode())


def test_a_lead_that_unpacks_without_end_is_refused() -> None:
    growing = [0, *range(256, 1022), *[1021] * 20_000]
    with pytest.raises(UnsupportedRecord, match="unpacks to more than"):
        read(sierra(packed(growing), labels="II"))


def test_many_leads_that_unpack_to_much_together_are_refused() -> None:
    block = packed([0, *range(256, 1022), *[1021] * 900, 1023])
    labels = " ".join(f"X{number}" for number in range(32))
    with pytest.raises(UnsupportedRecord, match="in all"):
        read(sierra(block * 32, labels=labels))


def test_stretches_years_apart_are_refused_and_cost_nothing() -> None:
    sets = [times(f"{hour}0000", is_absolute=True) + sequence("MDC_ECG_LEAD_I", WAVE) for hour in ("00", "23")]
    far = aecg(series(*sets)).replace(b'"20240309230000"', b'"20940309230000"')
    tracemalloc.start()
    with pytest.raises(UnsupportedRecord, match="h apart"):
        read(far)
    assert tracemalloc.get_traced_memory()[1] < 20e6
    tracemalloc.stop()


@pytest.mark.parametrize("data", [
    SMALL["HL7 aECG"].replace(b'increment value="2"', b'increment value="1e-300"'),
    SMALL["HL7 aECG"].replace(b'increment value="2"', b'increment value="1e300"'),
    SMALL["GE MUSE"].replace(b"<SampleExponent>0<", b"<SampleExponent>9<"),
    SMALL["GE MUSE"].replace(b"<SampleBase>500<", b"<SampleBase>1e308<"),
    SMALL["Mortara"].replace(b'SAMPLE_FREQ="1000"', b'SAMPLE_FREQ="-1"'),
    SMALL["Schiller"].replace(b"<value>500<", b"<value>nan<"),
    SMALL["Philips Sierra"].replace(b'samplespersecond="500"', b'samplespersecond="1e9"'),
], ids=["tiny step", "huge step", "exponent", "infinite", "negative", "nan", "1 GHz"])
def test_rates_that_cannot_be_are_refused(data: bytes) -> None:
    with pytest.raises(EcgError):
        read(data)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 5, 30])):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _misspelt(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 5, 30])):
        changed[rng.randrange(len(changed))] = rng.choice(b"0123456789AZaz +/=.-")
    return bytes(changed)


def _with_odd_values(data: bytes, rng: random.Random) -> bytes:
    odd = [b"-1", b"0", b"1e308", b"1e-308", b"nan", b"inf", b"9" * 40, b"", b"x", b"1_0", "µV".encode(), b"-32768"]
    changed = bytearray(data)
    found = list(re.finditer(rb'(?<==")[^"]{0,12}(?=")|(?<=>)[^<>\s]{1,12}(?=<)', data))
    for match in sorted(rng.sample(found, min(3, len(found))), key=lambda match: -match.start()):
        changed[match.start() : match.end()] = rng.choice(odd)
    return bytes(changed)


@formats
@pytest.mark.parametrize("damage", [_cut, _flipped, _misspelt, _with_odd_values])
def test_damaged_files_are_read_or_refused_and_nothing_else(
    name: str, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    for seed in range(25):
        data = damage(SMALL[name], random.Random(f"{name} {damage.__name__} {seed}"))
        began = time.monotonic()
        try:
            record = read(data)
            signal = record.read()
        except EcgError:
            pass  # said in a sentence
        else:
            assert signal.shape == (len(record.lead_names), record.n_samples)
        assert time.monotonic() - began < 5


def test_a_folder_of_xml_files_is_read_by_path(tmp_path: Path) -> None:
    path = tmp_path / "ecg.xml"
    path.write_bytes(content("sierra_1_03.xml"))
    assert read_record(path).source.format == "Philips Sierra"


MANY = 25_000
"""Elements that are small each."""


@pytest.mark.parametrize("data", [
    aecg(series(times() + '<component><sequence><code code="a"/></sequence></component>' * MANY)),
    aecg(series(*["<component/>"] * MANY)),
    muse({"I": WAVE}).replace(b"</Waveform>", b"<LeadData/>" * MANY + b"</Waveform>"),
    mortara(eli_channel("I", WAVE) + '<CHANNEL NAME="a" SAMPLE_FREQ="1000"/>' * MANY),
    schiller(schiller_waveform({"I": "1,2"}).replace("</wavedata>", "<channel/>" * MANY + "</wavedata>")),
], ids=["channels of an aECG", "stretches of an aECG", "MUSE", "Mortara", "Schiller"])
def test_thousands_of_channels_are_refused_before_they_are_decoded(data: bytes) -> None:
    with pytest.raises(UnsupportedRecord, match="at most"):
        read(data)


def test_endless_statements_are_cut_short() -> None:
    statements = b"<DiagnosisStatement><StmtText>" + b"x" * 100 + b"</StmtText></DiagnosisStatement>"
    data = muse({"I": WAVE}, before="<Diagnosis>@@</Diagnosis>").replace(b"@@", statements * MANY)
    device = read(data).device
    assert device is not None
    assert len(device.statements[0]) == 500 * 101 - 1
