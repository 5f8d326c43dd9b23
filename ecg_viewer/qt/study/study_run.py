"""Runs a reader study in the window, case after case; the next start goes on where this one ended, however it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ecg_viewer.jobs.scoring import Scorer
from ecg_viewer.jobs.study_jobs import StudyHeat, study_heat_job
from ecg_viewer.qt.paper.heat_legend import HeatLegend
from ecg_viewer.qt.study.cover import Cover
from ecg_viewer.qt.study.study_panel import StudyPanel
from ecg_viewer.state.job_protocols import Failed
from ecg_viewer.state.problem import Problem
from ecg_viewer.state.review.events import now_text
from ecg_viewer.state.review.first_read import FirstRead
from ecg_viewer.state.review.reads import Read
from ecg_viewer.state.study.project import OpenStudy
from ecg_viewer.state.study.results import Stage, StudyResults
from ecg_viewer.state.study.schedule import Task
from ecg_viewer.state.words.language import tr
from mmae_core.errors import EcgError

if TYPE_CHECKING:
    from ecg_viewer.qt.host import Host
    from ecg_viewer.qt.worker import WorkerLane


class StudyRun(QObject):
    """One reader's session. Everything but the ECG and the heat of the arm stays covered."""

    ended = Signal()

    def __init__(
        self, window: Host, opened: OpenStudy, reader: str, first_read: FirstRead, cover: Cover,
        make_scorer: Callable[[], Scorer], lane: WorkerLane,
    ) -> None:
        """Raises StudyError, JournalError."""
        super().__init__(window)
        self._window, self._opened, self._first_read, self._cover = window, opened, first_read, cover
        self._results = StudyResults(opened, reader)
        self._scorer, self._lane = make_scorer(), lane
        self._step: tuple[Task, Stage] | None = None
        self._is_shown = False
        """Whether the case of `_step` is on the screen."""
        model = window.session.models.current
        self._model = None if model is None else model.key
        """The model of the whole session, whatever is chosen meanwhile."""
        self._heat: StudyHeat | None = None
        self._heat_problem = ""
        self._request = 0
        self._had_list = False
        self._opened_at = ""
        self.panel = StudyPanel(HeatLegend(window.themes.paper), window)
        self.panel.committed.connect(self.commit)
        self.panel.stopped.connect(self.stop)
        self.panel.closed.connect(self._leave)

    def start(self) -> None:
        """Cover the window and open the first case that is not done."""
        session = self._window.session
        self._first_read.suspend(self.commit)
        session.set_blind(True)
        session.hide()
        self._cover.set_records(self._cover.records)
        self._cover.set_side(self.panel)
        self._had_list = self._window.frame.records_wanted
        if self._had_list:
            self._window.frame.toggle_records()
        if not session.view.heat_visible:
            session.view.toggle_heat()
        session.record_changed.connect(self._take_record)
        session.assessment_changed.connect(self._check)
        session.failed.connect(self._tell)
        session.models.chosen.connect(self._show_heat_again)
        self._go_on()

    @property
    def step(self) -> tuple[Task, Stage] | None:
        """What is being decided."""
        return self._step

    def commit(self) -> None:
        """Keep the decision in the form, and go on."""
        form, step = self.panel.form, self._step
        if step is None or not self.panel.can_commit or form.decision is None or form.confidence is None:
            return
        read = Read(form.decision, form.confidence, form.chosen_leads, form.text, self._opened_at, self.panel.looked_s)
        problem = self._heat_problem if self._wants_heat else ""
        model = self._heat.model if self._wants_heat and self._heat is not None else ""
        try:
            self._results.commit(*step, read, model=model, heat_problem=problem)
        except EcgError as error:
            self._window.show_problem(Problem(tr("The decision could not be kept; it is still in the form: {reason}")
                                              .format(reason=str(error))))
            return
        self._go_on()

    def stop(self) -> None:
        """End the session; the next one begins with this case."""
        says = tr("Paused after {n} of {total} cases. The next start goes on with this case.").format(
            n=self._results.n_done, total=len(self._results.tasks))
        if any(arm.is_wrong for arm in self._opened.study.arms):
            says += " " + tr("Heat that is shown in a study may deliberately be wrong: use nothing you saw here for "
                             "anything else.")
        self._end(says)

    def close(self) -> None:
        """The window closes, or the session has ended: nothing more is written."""
        self._results.close()

    @property
    def _wants_heat(self) -> bool:
        return self._step is not None and self._step[1] != "before" and self._step[0].arm.heat != "none"

    def _go_on(self) -> None:
        before, self._step = self._step, self._results.next_step
        if self._step is None:
            self._finish()
        elif before is not None and before[0] == self._step[0]:
            self._ask()
        else:
            self._open(self._step[0])

    def _open(self, task: Task) -> None:
        study, session = self._opened.study, self._window.session
        self._is_shown, self._heat, self._heat_problem = False, None, ""
        self.panel.show_case(task.number, len(self._results.tasks))
        path = self._opened.case_path(study.cases[task.case])
        name = tr("Case {n} of {total}").format(n=task.number + 1, total=len(self._results.tasks))
        session.lock(path, name)
        session.open([path])
        if task.arm.heat != "none":
            self._request += 1
            request = self._request

            def receive(event: object) -> None:
                if request == self._request:
                    self._take_heat(event)

            donor = self._opened.case_path(study.cases[task.donor])
            self._lane.submit(study_heat_job(self._scorer, self._model, donor, task.leads, path), receive)

    def _take_record(self) -> None:
        if self._step is not None and not self._is_shown and self._window.session.is_hidden:
            self._is_shown = True
            self.panel.wait(tr("The recording is being checked…"))
            self._check()

    def _check(self) -> None:
        """Once the checksum is known: is this the recording that the study names?"""
        sha256, step = self._window.session.sha256, self._step
        if step is None or not self._is_shown or not sha256 or self.panel.looked_s:
            return
        if sha256 == self._opened.study.cases[step[0].case].sha256:
            self._ask()
        else:
            self.panel.wait(tr("This is not the recording the study was made with: the file has changed since. Pause "
                               "the study and put the file back."))

    def _take_heat(self, event: object) -> None:
        if isinstance(event, StudyHeat):
            self._heat = event
        elif isinstance(event, Failed):
            self._heat_problem = event.message
        else:
            return
        if not self._wants_heat or not self._is_shown:
            return
        if self.panel.looked_s:
            self._ask()
        else:
            self._check()

    def _ask(self) -> None:
        """Ask for the decision that is due, as soon as what belongs to it is on the screen."""
        session, step = self._window.session, self._step
        record = session.record
        if step is None or record is None:
            return
        task, stage = step
        if self._wants_heat and self._heat is None and not self._heat_problem:
            self.panel.wait(tr("The heat is being computed…"))
            return
        if self._wants_heat and self._heat is not None:
            session.heat.add(self._heat.anomaly_map)
        says = tr("Decide on this recording. There is no way back.")
        if stage == "after":
            says = tr("The heat is on the paper now. Decide once more.")
        if self._heat_problem and self._wants_heat:
            says = tr("There is no heat for this recording. Decide without it; this is kept with the decision.")
        if self._results.begins_period(task) and stage != "after":
            text = tr("A new round begins, with the same recordings. The study asks for {n} days between rounds.")
            says = text.format(n=self._opened.study.washout_days) + " " + says
        self._opened_at = now_text()
        self.panel.ask(says, record.lead_names, with_heat=self._wants_heat)

    def _show_heat_again(self) -> None:
        """Choosing another model clears the paper; the study goes on with its own."""
        if self._wants_heat and self._heat is not None and self._is_shown:
            self._window.session.heat.add(self._heat.anomaly_map)

    def _tell(self, problem: Problem) -> None:
        """A case that cannot be opened: nothing is skipped in silence."""
        if self._step is not None and not self._is_shown:
            self.panel.wait(problem.message)

    def _finish(self) -> None:
        n_wrong, total = self._results.n_wrong, len(self._results.tasks)
        says = tr("All {total} cases are read. Thank you.").format(total=total)
        if n_wrong:
            says += " " + tr("In {n} of them the heat on the paper was deliberately not that of the recording. Nothing "
                             "you saw there says anything about the recording or the model.").format(n=n_wrong)
        self._end(says)

    def _end(self, says: str) -> None:
        session = self._window.session
        self._step = None
        self._request += 1
        session.record_changed.disconnect(self._take_record)
        session.assessment_changed.disconnect(self._check)
        session.failed.disconnect(self._tell)
        session.models.chosen.disconnect(self._show_heat_again)
        session.assess()  # the heat of the last case leaves the paper; nothing is assessed while it is hidden
        self.panel.show_end(says)

    def _leave(self) -> None:
        """Back to the program, which stays blinded: the case that is open may be read again."""
        self._window.settings.change(blinded=True)
        if self._had_list:
            self._window.frame.toggle_records()
        self._window.session.lock(None)
        self._cover.set_side(None)
        self._first_read.suspend(None)
        self.close()
        self.ended.emit()


