"""A page that is one file: no script, nothing loaded from elsewhere, every text escaped."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mmae_core.report.svg import CHART_STYLE

BANNER = (
    "Research use only. Not a medical device; not for diagnosis, treatment or the management of patients. A score says "
    "how badly a model that learnt normal ECGs restores a record. A high one may be noise, artefact, another device or "
    "a normal variant; a low one does not exclude disease."
)
TOO_FEW = "too few"
"""Stands where an interval would, below `mmae_core.metrics.detection.MIN_FOR_INTERVAL` records."""
_STYLE = """
:root{color-scheme:light dark;--paper:#ffffff;--ink:#1c2126;--muted:#59626b;--rule:#dfe3e7;--shade:#f4f6f8;
--warn:#fff4d6;--warn-rule:#b98300}
@media (prefers-color-scheme:dark){:root{--paper:#15191d;--ink:#e4e8eb;--muted:#a3adb6;--rule:#343b42;--shade:#1c2227;
--warn:#3a2f12;--warn-rule:#d9ae4e}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:1290px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 4px}h2{font-size:1.25rem;margin:40px 0 8px;padding-top:8px;
border-top:1px solid var(--rule)}h3{font-size:1rem;margin:22px 0 6px}
p{max-width:46rem;margin:8px 0}.muted{color:var(--muted)}
.banner{background:var(--warn);border-left:4px solid var(--warn-rule);padding:10px 14px;margin:16px 0;max-width:none}
nav{margin:12px 0}nav a{margin-right:14px;display:inline-block}a{color:inherit}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:24px;align-items:start}
.pair{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:flex-start}.pair>figure{flex:1 1 440px;max-width:600px}
.pair>.scroll{max-width:100%}
figure{margin:12px 0}figcaption{color:var(--muted);font-size:.9rem;margin-top:4px}
.scroll{overflow-x:auto;margin:12px 0}
table{border-collapse:collapse;font-size:.9rem}caption{text-align:left;color:var(--muted);padding-bottom:4px}
th,td{padding:4px 10px;border-bottom:1px solid var(--rule);text-align:right;vertical-align:top;white-space:pre;
font-variant-numeric:tabular-nums}
thead th{background:var(--shade);vertical-align:bottom;white-space:normal}
th.text,td.text{text-align:left;white-space:normal}th[scope=row]{white-space:nowrap}
tr.marked td{background:var(--shade);font-weight:600}
code,pre{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}pre{white-space:pre-wrap}
summary{cursor:pointer}
@media print{main{max-width:none}h2{break-after:avoid}figure,tr{break-inside:avoid}}
"""


@dataclass(frozen=True)
class Section:
    """A part of a page under a heading; `body` is HTML that is already safe."""

    title: str
    body: str


def page(title: str, subtitle: str, sections: Sequence[Section], *, warnings: Sequence[str] = ()) -> str:
    """The whole page; `warnings` follow the statement of intended use."""
    titled = [(f"s{number}", section) for number, section in enumerate(sections, start=1)]
    links = "".join(f'<a href="#{key}">{escape(section.title)}</a>' for key, section in titled)
    bodies = "".join(f'<section id="{key}"><h2>{escape(section.title)}</h2>{section.body}</section>'
                     for key, section in titled)
    notes = "".join(f'<p class="banner">{escape(warning)}</p>' for warning in warnings)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}{CHART_STYLE}</style></head><body><main>"
        f'<h1>{escape(title)}</h1><p class="muted">{escape(subtitle)}</p>'
        f'<p class="banner" role="note">{escape(BANNER)}</p>{notes}<nav aria-label="Sections">{links}</nav>{bodies}'
        "</main></body></html>\n"
    )


def escape(text: object) -> str:
    """Text escaped for HTML."""
    return html.escape(str(text))


def paragraph(text: str, *, muted: bool = False) -> str:
    """A paragraph, in the muted colour if `muted`."""
    return f"<p{_classed('muted', muted)}>{escape(text)}</p>"


def _classed(name: str, on: bool) -> str:
    return f' class="{name}"' if on else ""


def figure(chart: str, caption: str = "") -> str:
    """A chart with words below it."""
    return f"<figure>{chart}{f'<figcaption>{escape(caption)}</figcaption>' if caption else ''}</figure>"


def charts(*figures: str) -> str:
    """Figures side by side where there is room."""
    return f'<div class="charts">{"".join(figures)}</div>'


def pair(chart: str, words: str) -> str:
    """A figure with its table beside it where there is room."""
    return f'<div class="pair">{chart}{words}</div>'


def table(
    header: Sequence[str], rows: Sequence[Sequence[object]], *, text: Sequence[int] = (0,), caption: str = "",
    marked: Sequence[int] = (),
) -> str:
    """A table; columns named in `text` hold words, the others numbers; `marked` rows stand out."""
    def cells(tag: str, values: Sequence[object], scope: str = "") -> str:
        return "".join(
            f"<{tag}{scope}{_classed('text', column in text)}>{escape(value)}</{tag}>"
            for column, value in enumerate(values)
        )

    body = "".join(
        f"<tr{_classed('marked', number in marked)}>{cells('td', row)}</tr>"
        for number, row in enumerate(rows)
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    head = cells("th", header, ' scope="col"')
    return f'<div class="scroll"><table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def facts_table(values: Mapping[str, object]) -> str:
    """Names and values in two columns; None and empty values are left out."""
    rows = [(name, value) for name, value in values.items() if value not in (None, "", [], {}, ())]
    body = "".join(f'<tr><th class="text" scope="row">{escape(name)}</th><td class="text">{escape(value)}</td></tr>'
                   for name, value in rows)
    return f'<div class="scroll"><table><tbody>{body}</tbody></table></div>'


def details(summary: str, body: str) -> str:
    """A section that opens on a click; `body` is HTML that is already safe."""
    return f"<details><summary>{escape(summary)}</summary>{body}</details>"


def figure_text(value: float | None, digits: int = 3) -> str:
    """A figure, or a dash where there is none."""
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:.{digits}f}".replace("-", "−")


def with_interval(value: float | None, interval: Sequence[float] | None, digits: int = 3) -> str:
    """`0.870 (0.855–0.884)`; `1.000 (too few)` where too few records give no interval, a dash without a figure."""
    if value is None or not math.isfinite(value):
        return figure_text(value, digits)
    if not interval:
        return f"{figure_text(value, digits)} ({TOO_FEW})"
    low, high = (figure_text(bound, digits) for bound in interval)
    joint = " to " if "−" in low + high else "–"
    return f"{figure_text(value, digits)} ({low}{joint}{high})"


def percent(value: float | None, digits: int = 1) -> str:
    """A share as a percentage."""
    return "–" if value is None else f"{100 * value:.{digits}f} %"


def as_words(value: Any) -> str:
    """A value of a report as one line of words."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {as_words(one)}" for name, one in value.items() if one not in (None, "", [], {}))
    if isinstance(value, list | tuple):
        return ", ".join(as_words(one) for one in value)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)
