"""A snapshot of the open recording for an export, taken on the main thread."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ecg_viewer.export.content import RecordContent
from ecg_viewer.export.gather_content import identity_of
from ecg_viewer.export.page_options import PageOptions, PaperSize
from ecg_viewer.export.provenance import Clock, Provenance, Shown, now
from ecg_viewer.export.reviewed_findings import reviewed_findings
from ecg_viewer.jobs.measured_rows import measure_recording
from ecg_viewer.state.assessment import Assessment, ModelInfo
from ecg_viewer.state.calibration import Calibration
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.person import shown_person_of
from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.review.review import RecordReview
from ecg_viewer.state.session import Session
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.record_words import statements_text
from mmae_core.record import EcgRecord

REPORT_LAYOUT = "3x4+II"
"""Of `LAYOUTS`: how hospitals print an ECG."""


@dataclass(frozen=True)
class OpenRecord:
    """What is open, assessed and decided so far; taken without reading files."""

    record: EcgRecord
    item: RecordItem | None
    assessment: Assessment
    heat: HeatMap
    """A snapshot: the window may have opened something else by the time it is drawn."""
    model: ModelInfo | None
    model_key: str | None
    """What the model is loaded by."""
    sha256: str
    """Empty while it is still computed."""
    review: RecordReview

    @classmethod
    def of(cls, session: Session, review: RecordReview) -> OpenRecord:
        """Raises ValueError without an open recording."""
        record = session.record
        if record is None:
            raise ValueError("no recording is open")
        current = session.models.current
        return cls(
            record, session.item, session.assessment, session.heat.snapshot(), session.model,
            None if current is None else current.key, session.sha256, review,
        )

    def content(self, *, with_identity: bool = False, clock: Clock = now) -> RecordContent:
        """What is exported. Takes a while, and reads the files if their checksum is not known yet.

        Raises UnreadableRecord.
        """
        provenance = Provenance.of(self.record, self.model, self.assessment, sha256=self.sha256, clock=clock)
        model_sha256 = "" if self.model is None else self.model.sha256
        return RecordContent(
            self.record,
            provenance.with_reads(self.review.reads),
            reviewed_findings(self.assessment, model_sha256, self.review),
            self.assessment,
            self.heat.copy(),
            identity=identity_of(self.record, self.item) if with_identity else None,
            statements="" if self.item is None else statements_text(self.item),
            review_state=self.review.state,
            measurements=measure_recording(self.record, self.assessment),
            person=shown_person_of(self.record, self.item),
            conclusion=self.review.conclusion,
        )


def pages_of(view: ViewState, *, paper: PaperSize = "a4", whole: bool = False) -> PageOptions:
    """Pages as the paper on the screen is: layout, scale, filter, heat; one page from its left edge, or all.

    An automatic scale is replaced by the standard one.
    """
    record = view.record
    look = view.heat_look if view.heat_visible else replace(view.heat_look, style="off")
    options = PageOptions(
        paper=paper,
        leads=view.lead_choice,
        calibration=Calibration() if view.is_auto_fit else view.calibration,
        look=look,
        start_s=0.0 if whole else view.visible_span_s[0],
        duration_s=view.duration_s if whole else "page",
    )
    return options if record is None else replace(options, filters=view.filter.in_force(record.sampling_rate_hz))


def report_of(view: ViewState, *, paper: PaperSize = "a4", whole: bool = False) -> PageOptions:
    """Pages as hospitals print them: 3 x 4 + II at 25 mm/s and 10 mm/mV; filter and heat as on the screen.

    A recording without any of the twelve leads keeps the layout of the screen.
    """
    options = pages_of(view, paper=paper, whole=whole)
    if view.record is not None and not view.record.lead_names:
        return options
    return replace(options, leads=replace(options.leads, layout=REPORT_LAYOUT), calibration=Calibration())


def shown_of(record: EcgRecord, view: ViewState, offset_s: float = 0.0) -> Shown:
    """How a paper shows the stretch in view of its recording, or of one laid over it.

    Time t of the view is t + `offset_s` of `record`.
    """
    start_s, end_s = (min(max(0.0, time_s + offset_s), record.duration_s) for time_s in (view.start_s, view.end_s))
    options = pages_of(view)
    filters = view.filter.in_force(record.sampling_rate_hz)
    return Shown(
        view.calibration.mm_per_s, view.calibration.mm_per_mv, filters.readout, options.layout_title,
        round(start_s, 3), round(end_s, 3),
    )
