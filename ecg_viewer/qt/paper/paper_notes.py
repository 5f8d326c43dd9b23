"""Texts beside the traces: notes in the strip, reasons in tooltips."""

from __future__ import annotations

from ecg_viewer.qt.paper.paper_frame import DERIVED_TIP, StripContent
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


def strip_content(paper: PaperPlaces, layout: PaperLayout, readout: str) -> StripContent:
    """The time axis of the visible stretch, the scale and filter of `readout`, and the note on the leads."""
    view = paper.view_state
    return StripContent(
        start_s=paper.time_at(layout.gutter),
        end_s=paper.time_at(paper.width()),
        duration_s=view.duration_s,
        px_per_s=paper.px_per_s,
        axis_left=layout.gutter,
        readout=readout,
        note=note(view, layout),
    )


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
    """Tooltip at a lead's name."""
    poor, lines = poor_leads(view, heat), []
    if lead in poor:
        lines.append(poor_lead_text(lead, poor[lead]))
    elif (percentile := tints(view, heat).get(lead)) is not None:
        lines.append(whole_lead_sentence(lead, percentile))
    if view.record is not None and lead in view.record.derived_leads:
        lines.append(tr(DERIVED_TIP).format(lead=lead))
    return "\n".join(lines)
