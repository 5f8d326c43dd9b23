<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>ecg_viewer</name>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source> (channels stored at {rates} Hz)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/model_menu.py" />
            <source> (default)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source> ({step:.3g} µV a step)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source> or </source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>({n} derived from I and II)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/session.py" />
            <source>({n} recordings could not be opened.)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>0.05–150 Hz diagnostic</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>0.05–40 Hz</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>0.5–40 Hz monitor</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>1 lead</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>12 × 1</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>3 × 4</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>3 × 4 + II</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>3 × 4 + V1, II, V5</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>50 Hz notch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>6 × 2</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>60 Hz notch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>A beat back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>A beat on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/trace_loader.py" />
            <source>A stretch of the recording could not be read ({error}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>AUROC</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/about.py" />
            <location filename="ecg_viewer/qt/actions.py" />
            <source>About</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/window_frame.py" />
            <source>About the recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Age</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Age, sex</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>As the dataset states it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/menus.py" />
            <source>As the system</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Assess again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Assessing with {model}…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Back to 25 mm/s and 10 mm/mV.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>Below diagnostic bandwidth: above {high:g} Hz the trace is cut, so that QRS amplitudes, notches and pacing spikes look smaller than recorded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Calibrate the screen…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Choose a folder that mmae_core train or mmae_core release has written; it is remembered.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Choose one or more WFDB recordings.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>Chosen leads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/main_window.py" />
            <source>Close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Close the window.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/menus.py" />
            <source>Colours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/model_menu.py" />
            <source>Comes with the program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Comment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Compared with {cohort}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Computed from I and II</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review.py" />
            <source>Confirmed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>Cursor</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/menus.py" />
            <source>Dark</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Date</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/recorder.py" />
            <source>Decisions of an earlier start could not be read; they are kept as {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/message_bar.py" />
            <source>Details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/message_bar.py" />
            <source>Details…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Device</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Diagnostic superclass of the statements</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/reading.py" />
            <source>Difference (mV)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review.py" />
            <source>Dismissed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>Display filter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>Display filter: changes what is drawn and measured, never what the model gets.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/empty_state.py" />
            <source>Drop a WFDB recording or a folder here, or:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Duration</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>End of the recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Exported by {program} {version} on {created}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>False alarms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Faster paper</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Findings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Findings and summary</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Findings where nothing is known to be abnormal: outside lesions, or in a normal recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Fold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/menus.py" />
            <source>Forget these</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Format</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>Four columns of three leads, and lead II all along.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>Four columns of three leads, and leads V1, II and V5 all along.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>Four columns of three leads, each going on where the one before ends.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Full screen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Go to the first of the list.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Go to the next stronger finding.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Go to the next weaker finding.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Higher gain</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Hits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>How far the recording departs from the model's normal ECGs; higher departs more. Not a probability of disease</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/main_window.py" />
            <source>I understand</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review.py" />
            <source>In progress</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>In years; those over 89 are hidden by the dataset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Keys and actions</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Known lesions that a finding touches, at the threshold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Known lesions that no finding touches, at the threshold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/reading.py" />
            <source>Lead</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Lead II</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Leads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/lead_bars.py" />
            <source>Leads, most unusual first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Learned from {data}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Less unusual than every one of {cohort}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Let the model assess the open recording anew.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/menus.py" />
            <source>Light</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>Limb leads left, chest leads right; the right half goes on in time.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>List all recordings of a folder, or of PTB-XL with its statements, and open the first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>List of recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>Looking at the folder {folder}…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Lower gain</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/about.py" />
            <source>MIT licence. Demo recordings: PTB-XL (Wagner et al. 2020), CC BY 4.0.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/markers.py" />
            <source>Marker {n}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Match a bar to a bank card, so that a millimetre on the paper is a millimetre.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Measure</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Misses</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>Model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Model ink</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Model input: {preprocessing}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Model {name}, version {version}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Model {name}, version {version}, on {device}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Model {name}, version {version}, weights SHA-256 {sha256}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/about.py" />
            <source>Model: {name} {version}, SHA-256 {sha256}…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>More unusual than every one of {cohort}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>More unusual than {percent} % of {cohort}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Name or number of the recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Next finding</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Next recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Next window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>No filter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>No mains notch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/empty_state.py" />
            <source>No recording is open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>None of {count} recordings can be part of a benchmark. The first, {name}: {reason}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Not assessed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Not compared with normal ECGs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review.py" />
            <source>Not reviewed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/message_bar.py" />
            <source>Notice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Of the map's points against the known lesions of this recording; 1 is perfect, 0.5 is chance</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>One lead with all the room; Up and Down go to its neighbours.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/main_window.py" />
            <source>Open a folder of recordings or PTB-XL</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Open demo recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Open folder…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/menus.py" />
            <source>Open recent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/main_window.py" />
            <source>Open recordings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Open recording…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/main_window.py" />
            <source>Open the folder of a model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Open the next one of the list.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Open the one before in the list.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>Opening…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Other channels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Other model folder…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/reading.py" />
            <source>Peak to peak (mV)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Percentile</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Percentile {percentile}, which may say more about the signal than about the heart.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Percentiles compare with {count} normal ECGs{cohort}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Previous finding</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Previous recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Previous window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/message_bar.py" />
            <source>Problem</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>Progress of the assessment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Quality</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Quit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>RESEARCH USE ONLY - not for diagnosis</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Recorded with filters</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Recording {name} ({format}, {rate} Hz, {duration} s), SHA-256 {sha256}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Research-use notice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Resolution</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Review</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review.py" />
            <source>Reviewed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Sampling rate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Scroll back by 0.8 s, about a beat.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Scroll back by what is visible.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Scroll by 0.8 s, about a beat.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Scroll by what is visible.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Scroll to the beginning.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Scroll to the end.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Sex</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Show log folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>Show mains interference as recorded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Show or hide every mark the model made; what remains is the ECG as recorded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Show or hide the list on the left.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Show or hide the panels on the right.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>Show the ECG as recorded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Show the notice of the first start again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Shown: {layout}, {speed} mm/s, {gain} mm/mV, filter: {filter}, {start} to {end} s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/message_bar.py" />
            <source>Shows the technical details of this message</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Signal quality of the strongest 10 s: {verdict} ({score:.2f} of 1)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Signal quality, 0 to 1; poor: the percentile does not count</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Signal quality: {verdict} ({score:.2f} of 1)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>Single lead</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Slower paper</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/diagnostics.py" />
            <source>Something went wrong inside the program ({kind}). The window can still be used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Standard view</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Start</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Start of the recording</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>Start, time of day</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Starting {model}…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Statements</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>Stop</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>Stop assessing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>Stop assessing; what is known so far stays. (Esc)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Stop; what is known so far stays.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Stretches that depart from normal, at the threshold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Strongest finding</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/window_frame.py" />
            <source>Summary</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Superclass</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>Takes mains interference of 50 Hz off the screen.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>Takes mains interference of 60 Hz off the screen.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>Takes the slow wander and what lies above 150 Hz off the screen; the bandwidth for reading.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>Takes tremor off the screen and keeps the ST segment; below diagnostic bandwidth.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/message_bar.py" />
            <source>Technical details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/session.py" />
            <source>The assessment was stopped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>The dataset's fold, 1 to 10; 10 is kept for testing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>The first ten seconds of lead II, drawn small; heights are not to scale</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/files.py" />
            <source>The folder {folder} cannot be written to. {name} was not written; choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>The leads of your choice, under each other.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>The log holds no paths and nothing about patients.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>The next higher gain, the same for all leads.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>The next higher paper speed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>The next lower gain, the same for all leads.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>The next lower paper speed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>The recordings that come with the program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/recorder.py" />
            <source>The review journal was damaged. {n} of its entries are kept; the old file is beside it: {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>The signal is too poor to be compared with normal ECGs; no percentile counts.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>There is no recording to make a benchmark of.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/files.py" />
            <source>There is no room left on the disk of {folder}. {name} was not written; free some space or choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/main_window.py" />
            <source>This installation has no demo recordings. Open a recording of your own.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>This list.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>This program is for research only, not for diagnosis. Its colours say how far a stretch is from normal ECGs the model has seen, not what is wrong or how severe it is; pale does not mean healthy. Everything stays on this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review.py" />
            <source>To review</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/render/layouts.py" />
            <source>Twelve leads under each other, each over the whole width.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Unreliable: the signal is too poor</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Unreliable: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Use the whole screen, or leave it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Version, model and licences.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/main_window.py" />
            <source>WFDB recordings (*.hea *.dat);;All files (*)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>Weights SHA-256 {sha256}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>What a monitor shows: a calm baseline, but ST segments may be bent; below diagnostic bandwidth.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>What the dataset states, with likelihoods in percent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>What the reviewer has decided</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>add {what}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>an unknown number of</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>change {what}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>confirm {what}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>delete {what}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>dismiss {what}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>fair</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>good</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>its review is not finished: mark it as reviewed when every finding is decided</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>mark the recording as in progress</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>mark the recording as not reviewed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>mark the recording as reviewed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>nobody has reviewed it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>normal ECGs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/lead_bars.py" />
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>not assessed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>not stated</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>not yet assessed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>note on {what}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/maps_npz.py" />
            <source>nothing of it was assessed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>over 89</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>p = {p} that a normal ECG departs at least as much</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>percentile {percentile}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>poor</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>poor signal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/review/book.py" />
            <source>reset {what}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>samples are missing in it, and arrays and WFDB records of a benchmark have none</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/models.py" />
            <source>the model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>the normal ECGs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>unknown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/lead_bars.py" />
            <source>unreliable</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/status_bar.py" />
            <source>unreliable, percentile {percentile}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>{duration} ({n} samples)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/files.py" />
            <source>{folder} cannot take a file {name}: something else has that name. Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>{folder} holds a benchmark already, which was left as it is. Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/annotations.py" />
            <source>{lead} is computed from I and II: its findings have no signal in the file and were not annotated.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>{lead} is unreliable: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/lead_bars.py" />
            <source>{lead} {percentile}, unreliable as the recording is</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/session.py" />
            <source>{model} cannot be used: {reason} {other} is used instead.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/models.py" />
            <source>{model} stays in use.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>{n:,} normal ECGs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>{n:,} of {total:,} stretches of 10 s are unreliable: poor signal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/qt/filter_feature.py" />
            <source>{name} (not at {rate:g} Hz)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>{name} (not diagnostic)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/files.py" />
            <source>{name} could not be written to {folder}: {reason}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/annotations.py" />
            <source>{name} exists already and was left as it is. A recording has one file of this annotator; choose another folder or replace it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/files.py" />
            <source>{name} exists already in {folder} and was left as it is.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/annotations.py" />
            <source>{name} has no confirmed findings and none of your own: there is nothing to annotate.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/export/maps_npz.py" />
            <source>{name} has no maps to export: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>{name} needs at least {least:.0f} samples a second; this recording has {rate:g}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/reading.py" />
            <source>{n} bpm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/wording.py" />
            <source>{n} leads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/reading.py" />
            <source>{n} mV</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/reading.py" />
            <source>{n} ms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/reading.py" />
            <source>{n} µV</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/header.py" />
            <source>{steps:g} steps per {unit}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/reading.py" />
            <source>{t} s (mV)</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
