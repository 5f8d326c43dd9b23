"""The open recording, the model's results, and the finding under review. Views listen; nothing here knows Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ecg_viewer.state.assessment import Assessment, Mapped, ModelInfo, Phase, Scored
from ecg_viewer.state.heat import HeatMap
from ecg_viewer.state.heat_marks import mark_layers
from ecg_viewer.state.job_protocols import Failed, Finished, Lane, Stopped, Ticket
from ecg_viewer.state.models import Models
from ecg_viewer.state.opening_results import Hashed, Opened, Undescribed
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.records import Origin, RecordItem, RecordList
from ecg_viewer.state.session_cover import CoveredSession
from ecg_viewer.state.session_work import Measurer
from ecg_viewer.state.session_work import Work as Work  # noqa: PLC0414 - offered beside `Session`
from ecg_viewer.state.signal import Signal
from ecg_viewer.state.view import ViewState
from ecg_viewer.state.words.language import tr
from mmae_core.assessment import AnomalyMap, Finding
from mmae_core.intervals.results import Examination
from mmae_core.record import EcgRecord


class Session(CoveredSession):
    """Holds what is open. Every way of opening ends in `open`; every result arrives here.

    Reading, scoring and hashing have a lane each, so that the next recording opens at once while the model still starts
    or the checksum of a long recording is still computed. The view calls `assess` once the trace of a newly opened
    recording is on the screen: starting the model occupies the processor for seconds, and the ECG comes first.
    """

    def __init__(
        self, view: ViewState, heat: HeatMap, models: Models, work: Work, reading: Lane, modelling: Lane, hashing: Lane
    ) -> None:
        self.view = view
        self.heat = heat
        self.models = models
        self.records = RecordList()
        self.record_changed: Signal[()] = Signal()
        """Another recording is open, or what is known of the open one was covered or uncovered."""
        self.hidden_changed: Signal[()] = Signal()
        """`is_blind` or `is_hidden` is another."""
        self.assessment_changed: Signal[()] = Signal()
        """Also emitted when the model or the recording's checksum becomes known."""
        self.findings_changed: Signal[()] = Signal()
        self.finding_changed: Signal[()] = Signal()
        self.map_arrived: Signal[AnomalyMap] = Signal()
        """The scores of a stretch of the open recording; not kept elsewhere."""
        self.examined: Signal[Examination] = Signal()
        """The measurements of a stretch, made for its departures, for others to reuse."""
        self.opening_changed: Signal[()] = Signal()
        self.list_left: Signal[()] = Signal()
        """What was listed is no longer: the list was closed, or another takes its place."""
        self.opened: Signal[Path] = Signal()
        """The path the user chose, once a recording from it is open."""
        self.undescribed: Signal[Undescribed] = Signal()
        """A file was not opened because its rate, unit or leads are not known."""
        self.failed: Signal[Problem] = Signal()
        self._work = work
        self._reading = reading
        self._modelling = modelling
        self._hashing = hashing
        self._is_hashing = False
        self._scoring: Ticket | None = None
        self._opening: Ticket | None = None
        self._generation = 0
        self._item: RecordItem | None = None
        self._record: EcgRecord | None = None
        self._assessment = Assessment()
        self._mapped: AnomalyMap | None = None
        """Map of the current stretch, if its heat is already shown."""
        self._model: ModelInfo | None = None
        self._sha256 = ""
        self._finding: Finding | None = None
        self._finding_index: int | None = None
        self._is_opening = False
        models.chosen.connect(self._switch_model)
        models.failed.connect(self.failed.emit)

    @property
    def measurer(self) -> Measurer | None:
        """Who measures stretches elsewhere, if anybody does."""
        return self._work.measurer

    @property
    def item(self) -> RecordItem | None:
        """The line of the list whose recording is open; without statements while results are hidden."""
        return self._item if self._covered is None else self._covered[0]

    @property
    def record(self) -> EcgRecord | None:
        """The open recording; while results are hidden, without what its files say of the ECG."""
        return self._record if self._covered is None else self._covered[1]

    @property
    def assessment(self) -> Assessment:
        return self._assessment

    @property
    def model(self) -> ModelInfo | None:
        """The current model; None until it has been loaded."""
        return self._model

    @property
    def sha256(self) -> str:
        """Of the open recording's files; empty until it is known."""
        return self._sha256

    @property
    def is_opening(self) -> bool:
        return self._is_opening

    @property
    def finding(self) -> Finding | None:
        """The finding under review."""
        return self._finding

    @property
    def finding_index(self) -> int | None:
        """Its place in `assessment.findings`."""
        return self._finding_index

    def open(
        self, paths: Sequence[Path], origin: Origin = "file", first: Path | None = None, *, adds: bool = False
    ) -> None:
        """Open the first recording in `paths` (files, folders) and list the rest.

        `first` names another one among them to be opened, if it can be. The current recording stays until the new one
        has been read, or for good if it cannot be read. A folder takes the place of what is listed unless it `adds`;
        single recordings are added, but not to the demo.
        """
        named = tuple(paths)
        if self._refuses(*named):
            return

        def receive(event: object) -> None:
            is_demo = self.records.is_demo and origin != "demo"
            if isinstance(event, Opened) and not adds and (event.is_list or is_demo):
                self.list_left.emit()
                self.records.replace(event.items, event.work)
            self._receive_opening(event, named if origin == "file" else ())

        self._set_opening(True)
        self._opening = self._reading.submit(self._work.open_paths(named, origin, first), receive)

    def close(self) -> None:
        """List nothing and show nothing, as at the start."""
        if self._refuses():
            return
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
        self.list_left.emit()
        self.records.replace(())
        if self._record is not None:
            self._end_scoring()
            self._item, self._record, self._sha256 = None, None, ""
            self._is_hashing = False
            self.heat.reset(0.0)
            self._set_finding(None)
            self._set_assessment(Assessment(), findings_too=True)
            self.view.close_record()
            self.record_changed.emit()
        self.opening_changed.emit()

    def open_item(self, index: int) -> None:
        """Open a recording of the list."""
        if self._refuses(self.records[index].path):
            return
        self._set_opening(True)
        self._opening = self._reading.submit(self._work.read_item(self.records[index]), self._receive_opening)

    def step_record(self, steps: int) -> None:
        """Open the next (or, if negative, an earlier) recording in display order; stops at the ends."""
        if self._item is None:
            return
        # While reading is blinded, in the order in which they were added: any other would tell of results.
        target = self.records.step(self._item.path, steps, as_added=self._is_blind)
        if target is not None:
            self.open_item(target)

    def assess(self) -> None:
        """Let the model assess the open recording from the beginning."""
        if self._record is None:
            return
        self._forget_results()
        if self.is_hidden:
            self._hash()
            return
        generation = self._generation

        def receive(event: object) -> None:
            if generation == self._generation:
                self._receive_score(event)

        model = self.models.current
        job = self._work.score(None if model is None else model.key, self._record, lambda: self.view.visible_span_s)
        self._scoring = self._modelling.submit(job, receive)

    def cancel(self) -> None:
        """Stop the assessment; what is known so far stays."""
        if not self._assessment.phase.is_running:
            return
        if self._scoring is not None:
            self._scoring.cancel()
        # The model may stop a moment later; show it as stopped at once.
        self._generation += 1
        message = tr("The assessment was stopped.")
        self._set_assessment(replace(self._assessment, phase=Phase.CANCELLED, message=message))

    def go_to_finding(self, index: int) -> None:
        """Show a finding and make it the one under review. Raises IndexError."""
        finding = self._assessment.findings[index]
        self._set_finding(index)
        self.view.go_to_finding(finding)

    def leave_finding(self) -> None:
        """Deselect the model's finding, as when one of the reviewer's own is selected."""
        if self._finding is not None:
            self.view.clear_selection()
            self._set_finding(None)

    def _receive_opening(self, event: object, named: tuple[Path, ...] = ()) -> None:
        if isinstance(event, Opened):
            self.records.add(event.items)
            self._show(event.item, event.record)
            for path in reversed(named):
                self.opened.emit(path)
            if event.problems:
                self.failed.emit(event.problem)
        elif isinstance(event, Undescribed):
            self._set_opening(False)
            self.undescribed.emit(event)
        elif isinstance(event, Failed):
            self._set_opening(False)
            stays = "" if self._item is None else " " + tr("{name} is still shown.").format(name=self._item.name)
            self.failed.emit(Problem(event.message + stays, event.details))
        elif isinstance(event, Finished | Stopped):
            self._set_opening(False)

    def _show(self, item: RecordItem, record: EcgRecord) -> None:
        self._item, self._record, self._sha256, self._covered = item, record, "", None
        self._is_hashing = False
        if self._is_blind:
            self._cover()
        self._forget_results()
        self.view.open_record(record)
        self._set_opening(False)
        self.record_changed.emit()
        if self._is_blind:
            self.hidden_changed.emit()

    def _forget_results(self) -> None:
        """Cancel assessments under way and clear their results."""
        assert self._record is not None, "results belong to a record"
        self._end_scoring()
        self.heat.reset(self._record.duration_s, is_withheld=self.is_hidden)
        if self._finding is not None:
            self.view.clear_selection()
        self._set_finding(None)
        phase = Phase.HIDDEN if self.is_hidden else Phase.WAITING
        self._set_assessment(Assessment(phase, total_s=self._record.duration_s), findings_too=True)

    def _end_scoring(self) -> None:
        self._generation += 1
        if self._scoring is not None:
            self._scoring.cancel()
            self._scoring = None

    def _switch_model(self) -> None:
        """Another model was chosen: clear the results at once, keep the recording and its position."""
        self._model = None
        if self._record is None:
            self.assessment_changed.emit()
        else:
            self.assess()

    def _receive_score(self, event: object) -> None:
        assessment = self._assessment
        if isinstance(event, ModelInfo):
            self._model = event
            self.models.confirm(event)
            self._set_assessment(replace(assessment, phase=Phase.SCORING, typical_peaks=event.typical_peaks))
        elif isinstance(event, Mapped):
            self._mapped = event.anomaly_map
            self.heat.add(event.anomaly_map)
        elif isinstance(event, Scored):
            if event.anomaly_map is not self._mapped:
                self.heat.add(event.anomaly_map)
            self._mapped = None
            mark_layers(self.heat, event.stretch_layers, () if self._record is None else self._record.lead_names)
            if event.stretch_layers is not None and event.stretch_layers.examination is not None:
                self.examined.emit(event.stretch_layers.examination)
            if event.has_map:
                self.map_arrived.emit(event.anomaly_map)
            self._set_assessment(assessment.with_stretch(event), findings_too=True)
        elif isinstance(event, Finished):
            self._set_assessment(replace(assessment, phase=Phase.DONE))
        elif isinstance(event, Failed):
            self._receive_no_score(event)
        if not isinstance(event, ModelInfo) and self._assessment.phase is not Phase.WAITING:
            self._hash()

    def _hash(self) -> None:
        """Compute the checksum once, after the first heat, so as not to delay it."""
        record = self._record
        if record is None or self._is_hashing:
            return
        self._is_hashing = True

        def receive(event: object) -> None:
            if isinstance(event, Hashed) and record is self._record:
                self._sha256 = event.sha256
                self.assessment_changed.emit()
            elif isinstance(event, Failed):
                self.failed.emit(Problem(event.message, event.details))

        self._hashing.submit(self._work.hash(record), receive)

    def _receive_no_score(self, event: Failed) -> None:
        assert self._record is not None, "a score is asked for a record"
        is_model_unusable = self._assessment.phase is Phase.WAITING  # it comes before anything else
        unusable = self.models.title
        if is_model_unusable and not event.is_passing and self.models.fall_back():
            text = tr("{model} cannot be used: {reason} {other} is used instead.")
            message = text.format(model=unusable, reason=event.message, other=self.models.title)
            self.failed.emit(Problem(message, event.details))
            return
        phase = Phase.UNSUPPORTED if event.is_unsupported else Phase.FAILED
        self._set_assessment(replace(self._assessment, phase=phase, message=event.message))
        if not self._assessment.windows:
            self.heat.mark_not_assessed(0.0, self._record.duration_s)
        if not event.is_unsupported:
            self.failed.emit(Problem(event.message, event.details))

    def _set_assessment(self, assessment: Assessment, findings_too: bool = False) -> None:
        findings_too = findings_too and assessment.findings != self._assessment.findings
        self._assessment = assessment
        if findings_too:
            if self._finding is not None:  # it may be joined with one of the next stretch
                self._set_finding(self._assessment.place_of(self._finding))
            self.findings_changed.emit()
        self.assessment_changed.emit()

    def _set_finding(self, index: int | None) -> None:
        finding = None if index is None else self._assessment.findings[index]
        is_new = finding != self._finding
        self._finding, self._finding_index = finding, index
        if is_new:
            self.finding_changed.emit()

    def _set_opening(self, is_opening: bool) -> None:
        if is_opening != self._is_opening:
            self._is_opening = is_opening
            self.opening_changed.emit()
