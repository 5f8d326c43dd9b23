"""Texts beside the traces: notes in the strip, reasons in tooltips."""

from __future__ import annotations

from ecg_viewer.qt.paper.paper_frame import DERIVED_TIP, AxisStretch, StripContent
from ecg_viewer.qt.paper.paper_places import PaperPlaces
from ecg_viewer.render.layout import PaperLayout
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.layouts import DERIVED_NOTE, LAYOUTS_BY_ID, Shows
from ecg_viewer.state.quality import poor_reasons
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.whole_leads import lead_percentiles, whole_lead_sentence
from ecg_viewer.state.words.language import tr
from ecg_viewer.state.words.record_words import poor_lead_text


def poor_leads(view: ViewState, heat: HeatMap) -> dict[str, str]:
    """Visible leads whose signal is poor, with the reason; hidden with all that the assessment says."""
    return poor_reasons(heat.windows, *view.visible_span_s) if view.heat_visible else {}


def tints(view: ViewState, heat: HeatMap) -> dict[str, float]:
    """Percentiles of the visible leads as a whole; hidden with the model's map."""
    if not view.heat_visible or "model" not in heat.layers:
        return {}
    return lead_percentiles(heat.windows, *view.visible_span_s)


def strip_content(paper: PaperPlaces, layout: PaperLayout, readout: str, notes: tuple[str, ...]) -> StripContent:
    """The time axis of the visible stretch, the scale and filter of `readout`, notes on the leads and `notes`."""
    view = paper.view_state
    return StripContent(
        stretches=axis_stretches(layout, view.start_s),
        duration_s=view.duration_s,
        px_per_s=paper.px_per_s,
        readout=readout,
        clock=view.time_of_day.clock,
        note=" · ".join(filter(None, (note(view, layout), *notes))),
    )


def axis_stretches(layout: PaperLayout, start_s: float) -> tuple[AxisStretch, ...]:
    """What the time axis is of: the whole width, or each column if they show the same times and nothing else does."""
    if not layout.is_in_sequence(start_s) and not layout.geometry.n_rhythm:
        return column_stretches(layout, start_s)
    time_at = layout.geometry.time_at
    at_s = time_at(layout.start_px(start_s))
    return (AxisStretch(layout.gutter, layout.width, at_s, at_s + time_at(layout.traces_width_px)),)


def column_stretches(layout: PaperLayout, start_s: float) -> tuple[AxisStretch, ...]:
    """What each column shows."""
    time_at, ratio, found = layout.geometry.time_at, layout.device_ratio, []
    for panel in layout.sheet.panels:
        left, right = (layout.gutter_px + panel.left_px) / ratio, (layout.gutter_px + panel.right_px) / ratio
        at_s = time_at(layout.column_start_px(panel, start_s))
        found.append(AxisStretch(left, right, at_s, at_s + time_at(panel.width_px)))
    return tuple(found)


def note(view: ViewState, layout: PaperLayout) -> str:
    """The note on the leads, in the strip."""
    record, selection = view.record, view.selection
    if selection is not None and layout.geometry.row_of(selection.lead) is None:
        return tr("{lead}, which is marked, is not in this layout").format(lead=selection.lead)
    notes = [tr(DERIVED_NOTE)] if record is not None and record.derived_leads else []
    if record is not None and record.doubts:
        notes.insert(0, tr("⚠ doubts about this recording: {n}, see Summary").format(n=len(record.doubts)))
    spec = LAYOUTS_BY_ID[view.lead_choice.layout]
    if record is not None and record.lead_names and spec.shows is Shows.ALL:
        more = len(record.trace_names) - len(record.lead_names)
        if more:
            notes.append(tr("{n} more in the layout {layout}").format(n=more, layout=tr(LAYOUTS_BY_ID["all"].title)))
    if spec.n_columns > 1 and len(layout.geometry.columns) == 1 and len(view.arrangement.leads) > 1:
        notes.append(tr("no room for the columns of {layout}").format(layout=tr(spec.title)))
    return " · ".join(notes)


def lead_tip(view: ViewState, heat: HeatMap, lead: str) -> str:
    """What is to be known of a lead, in the tooltip beside its trace."""
    poor, lines = poor_leads(view, heat), []
    if lead in poor:
        lines.append(poor_lead_text(lead, poor[lead]))
    elif (percentile := tints(view, heat).get(lead)) is not None:
        lines.append(whole_lead_sentence(lead, percentile))
    if view.record is not None and lead in view.record.derived_leads:
        lines.append(tr(DERIVED_TIP).format(lead=lead))
    return "\n".join(lines)


def click_tip(view: ViewState) -> str:
    """What clicks on a lead's name do."""
    if len(view.arrangement.leads) > 1:
        return tr("Click: to the front, the others dimmed. Double click: alone on the paper.")
    return tr("Double click: back to all leads.") if view.focus.is_zoomed else ""
