"""XML recordings for tests: those of `tests/data/formats`, and small ones made here."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

FORMATS = Path(__file__).parents[2] / "data" / "formats"


def content(name: str) -> bytes:
    """A file of `tests/data/formats`, unpacked."""
    packed = FORMATS / f"{name}.gz"
    return gzip.decompress(packed.read_bytes()) if packed.exists() else (FORMATS / name).read_bytes()


def base64_of(samples: Sequence[int], kind: str = "<i2") -> str:
    return base64.b64encode(np.array(samples, kind).tobytes()).decode()


def muse(
    leads: Mapping[str, Sequence[int]], *, before: str = "", fields: Mapping[str, str] | None = None, kind: str = "<i2",
    unit: str = "MICROVOLTS", per_bit: str = "4.88", base: str = "500", exponent: str = "0",
    prolog: str = '<!DOCTYPE RestingECG SYSTEM "restecg.dtd">',
) -> bytes:
    """A MUSE file with one rhythm; `before` stands before it, `fields` are added to every lead."""
    added = "".join(f"<{name}>{value}</{name}>" for name, value in (fields or {}).items())
    data = "".join(
        f"<LeadData><LeadSampleCountTotal>{len(samples)}</LeadSampleCountTotal>"
        f"<LeadAmplitudeUnitsPerBit>{per_bit}</LeadAmplitudeUnitsPerBit>"
        f"<LeadAmplitudeUnits>{unit}</LeadAmplitudeUnits><LeadID>{lead}</LeadID>"
        f"<LeadSampleSize>{np.dtype(kind).itemsize}</LeadSampleSize>{added}"
        f"<WaveFormData>{base64_of(samples, kind)}</WaveFormData></LeadData>"
        for lead, samples in leads.items()
    )
    return (
        f'<?xml version="1.0" encoding="ISO-8859-1"?>\n{prolog}\n'
        f"<RestingECG>{before}<Waveform><WaveformType>Rhythm</WaveformType><SampleBase>{base}</SampleBase>"
        f"<SampleExponent>{exponent}</SampleExponent>{data}</Waveform></RestingECG>"
    ).encode("latin-1")


def sequence(code: str, digits: Sequence[int], *, scale: str = "2.5", unit: str = "uV", origin: str = "0",
             origin_unit: str = "") -> str:
    """A sequence of an aECG with the code of a lead."""
    numbers = " ".join(map(str, digits))
    return (f'<component><sequence><code code="{code}"/><value xsi:type="SLIST_PQ"><origin value="{origin}" '
            f'unit="{origin_unit or unit}"/><scale value="{scale}" unit="{unit}"/><digits>{numbers}</digits></value>'
            "</sequence></component>")


def times(head: str = "0", increment: str = "2", unit: str = "ms", *, is_absolute: bool = False) -> str:
    """The times of a sequence set; `head` is a time of day of 2024-03-09 if they are absolute."""
    kind, code = ("GLIST_TS", "TIME_ABSOLUTE") if is_absolute else ("GLIST_PQ", "TIME_RELATIVE")
    first = f'<head value="20240309{head}"/>' if is_absolute else f'<head value="{head}" unit="{unit}"/>'
    return (f'<component><sequence><code code="{code}"/><value xsi:type="{kind}">{first}'
            f'<increment value="{increment}" unit="{unit}"/></value></sequence></component>')


def series(*sets: str, code: str = "RHYTHM", after: str = "", low: str = "20240309103005") -> str:
    """A series with its sequence sets."""
    parts = "".join(f"<component><sequenceSet>{one}</sequenceSet></component>" for one in sets)
    start = f'<effectiveTime><low value="{low}"/></effectiveTime>' if low else ""
    return f'<series><code code="{code}"/>{start}{parts}{after}</series>'


def aecg(*all_series: str, before: str = "", namespace: str = 'xmlns="urn:hl7-org:v3" ') -> bytes:
    """An aECG with its series."""
    parts = "".join(f"<component>{one}</component>" for one in all_series)
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    return f'<?xml version="1.0"?><AnnotatedECG {namespace}{xsi}>{before}{parts}</AnnotatedECG>'.encode()


def xli_block(samples: Sequence[int], start: int = 0) -> bytes:
    """A lead of a Sierra file: second differences, high bytes before low bytes, 10-bit codes without strings."""
    values = list(samples[:2])
    difference = start
    for index in range(2, len(samples)):
        # stored[i - 1] turns the slope that leads to sample i; the last one is never used
        wanted = 2 * samples[index - 1] - samples[index - 2] - samples[index]
        if index == 2:
            assert wanted == difference, "the first difference stands in the header"
        else:
            values.append(wanted + 64)
    values.append(64)
    stored = np.array(values, ">i2").view(np.uint8).reshape(-1, 2)
    return packed([*stored[:, 0].tolist(), *stored[:, 1].tolist(), 1023], start)


def packed(codes: Sequence[int], start: int = 0) -> bytes:
    """10-bit codes with the header of a block."""
    bits = "".join(f"{code:010b}" for code in codes)
    bits += "0" * (-len(bits) % 8)
    data = bytes(int(bits[index : index + 8], 2) for index in range(0, len(bits), 8))
    return len(data).to_bytes(4, "little") + b"\1\0" + start.to_bytes(2, "little", signed=True) + data


def sierra(
    data: bytes | str, *, labels: str = "I II III aVR aVL aVF", version: str = "1.04", leads: str = "",
    fields: str = 'dataencoding="Base64" compression="XLI"', resolution: str = "5",
) -> bytes:
    """A Sierra file around compressed leads or a text."""
    text = data if isinstance(data, str) else base64.b64encode(data).decode()
    return (
        '<?xml version="1.0"?><restingecgdata xmlns="http://www3.medical.philips.com"><documentinfo><documentversion>'
        f"{version}</documentversion></documentinfo><waveforms><parsedwaveforms {fields} "
        f'numberofleads="{leads or len(labels.split())}" leadlabels="{labels}" samplespersecond="500" '
        f'resolution="{resolution}" signaloffset="0" bitspersample="16">{text}</parsedwaveforms></waveforms>'
        "</restingecgdata>"
    ).encode()


def mortara(channels: str, *, before: str = "", attributes: str = "") -> bytes:
    """An ELI file with its channels."""
    return (f'<?xml version="1.0"?><ECG ACQUISITION_TIME="20240309103005" {attributes}>{before}{channels}'
            "</ECG>").encode()


def eli_channel(name: str, samples: Sequence[int], fields: str = "", *, per_mv: str = "200") -> str:
    """A channel of an ELI file at 1000 Hz."""
    return (f'<CHANNEL NAME="{name}" BITS="16" FORMAT="SIGNED" UNITS_PER_MV="{per_mv}" DURATION="{len(samples)}" '
            f'SAMPLE_FREQ="1000" ENCODING="BASE64" {fields} DATA="{base64_of(samples)}"/>')


def schiller(*waveforms: str, before: str = "") -> bytes:
    """A Schiller file with its waveforms."""
    return ("<com.xiriuz.sema.xml.schillerEDI.SchillerEDI>" + before + "<eventdata><event>" + "".join(waveforms)
            + "</event></eventdata></com.xiriuz.sema.xml.schillerEDI.SchillerEDI>").encode()


def schiller_waveform(
    leads: Mapping[str, str], *, kind: str = "ECG_RHYTHMS", unit: str = "UV", per_bit: str = "1.0", exponent: str = "1"
) -> str:
    """A waveform of a Schiller file at 500 Hz, with comma-separated samples."""
    channels = "".join(f"<channel><name>{name}</name><data>{data}</data><datastype>COMMASEPARATE</datastype></channel>"
                       for name, data in leads.items())
    return (f"<wavedata><type>{kind}</type><resolution><samplerate><exponent>{exponent}</exponent><value>500</value>"
            f"</samplerate><yres><unitperbit>{per_bit}</unitperbit><units>{unit}</units></yres></resolution>{channels}"
            "</wavedata>")
