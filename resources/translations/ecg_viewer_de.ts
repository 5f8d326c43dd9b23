<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>ecg_viewer</name>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source> (channels stored at {rates} Hz)</source>
            <translation> (Kanäle mit {rates} Hz gespeichert)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/model_menu.py" />
            <source> (default)</source>
            <translation> (Standard)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source> ({n} mm at 10 mm/mV)</source>
            <translation> ({n} mm bei 10 mm/mV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source> ({step:.3g} µV a step)</source>
            <translation> ({step:.3g} µV je Stufe)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source> Hz</source>
            <translation> Hz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_panel.py" />
            <source> mV</source>
            <translation> mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source> of {count}</source>
            <translation> von {count}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source> or </source>
            <translation> oder </translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>%ile</source>
            <translation>Perz.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>&amp;Folder</source>
            <translation>&amp;Ordner</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>&amp;Layout</source>
            <translation>&amp;Anordnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>&amp;Paper</source>
            <translation>&amp;Papier</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>&amp;Resolution</source>
            <translation>&amp;Auflösung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>&amp;Stretch</source>
            <translation>A&amp;bschnitt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>(left out: {reasons})</source>
            <translation>(weggelassen: {reasons})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>(no name)</source>
            <translation>(ohne Namen)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>({n} derived from I and II)</source>
            <translation>({n} aus I und II berechnet)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/opening_results.py" />
            <source>({n} recordings could not be opened.)</source>
            <translation>({n} Aufzeichnungen konnten nicht geöffnet werden.)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>* computed from I and II</source>
            <translation>* aus I und II berechnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>, aVR upright</source>
            <translation>, aVR positiv</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>0.05–150 Hz diagnostic</source>
            <translation>0,05–150 Hz diagnostisch</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>0.05–40 Hz</source>
            <translation>0,05–40 Hz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>0.5–40 Hz monitor</source>
            <translation>0,5–40 Hz Monitor</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>1 beat with another {wave}, {leads}</source>
            <translation>1 Schlag mit anderem {wave}, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/side_words.py" />
            <source>1 finding</source>
            <translation>1 Befund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>1 lead</source>
            <translation>1 Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>1 other channel</source>
            <translation>1 weiterer Kanal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>1 place</source>
            <translation>1 Stelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>1 premature beat, {leads}</source>
            <translation>1 vorzeitiger Schlag, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>1 premature wide beat, {leads}</source>
            <translation>1 vorzeitiger breiter Schlag, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/page_view.py" />
            <source>1 s × 1 mV</source>
            <translation>1 s × 1 mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>1 wide beat, {leads}</source>
            <translation>1 breiter Schlag, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>100 % is the true size.</source>
            <translation>100 % ist die wahre Größe.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>12 × 1</source>
            <translation>12 × 1</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>2 × real time</source>
            <translation>2 × Echtzeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>25 %</source>
            <translation>25 %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>3 × 4</source>
            <translation>3 × 4</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>3 × 4 + II</source>
            <translation>3 × 4 + II</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>3 × 4 + V1, II, V5</source>
            <translation>3 × 4 + V1, II, V5</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>4 × real time</source>
            <translation>4 × Echtzeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>50 Hz in most of the world, 60 Hz in North America; on the screen only.</source>
            <translation>50 Hz in den meisten Ländern, 60 Hz in Nordamerika; nur auf dem Bildschirm.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>50 Hz notch</source>
            <translation>Netzfilter 50 Hz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>6 × 2</source>
            <translation>6 × 2</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>60 Hz notch</source>
            <translation>Netzfilter 60 Hz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>60 s a line</source>
            <translation>60 s je Zeile</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/page_view.py" />
            <source>60 s a line · about {speed} mm/s · {gain} mm/mV</source>
            <translation>60 s je Zeile · etwa {speed} mm/s · {gain} mm/mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/page_view.py" />
            <source>60 s a line · {speed} mm/s · {gain} mm/mV</source>
            <translation>60 s je Zeile · {speed} mm/s · {gain} mm/mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_feature.py" />
            <source>60 seconds a line…</source>
            <translation>60 Sekunden je Zeile …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>75 %</source>
            <translation>75 %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>8 × real time</source>
            <translation>8 × Echtzeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>: this recording is above</source>
            <translation>: diese Aufzeichnung liegt darüber</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>: this recording is below</source>
            <translation>: diese Aufzeichnung liegt darunter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>; a finding</source>
            <translation>; ein Befund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>; above {percent} % of {group}</source>
            <translation>; über {percent} % von {group}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>; not compared, {reason}</source>
            <translation>; nicht verglichen, {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>A Q of 40 ms in one lead is named in hardly any, up to {most} mV.</source>
            <translation>Ein Q von 40 ms in einer Ableitung wird bis {most} mV bei kaum einem benannt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>A beat with a wide QRS: it departs from the patient's own template more than any beat of {percentile:.{digits}f} % of normal ECGs</source>
            <translation>Ein Schlag mit breitem QRS: er weicht von der eigenen Schablone des Patienten stärker ab als jeder Schlag bei {percentile:.{digits}f} % der normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>A beat with another {wave}: it departs from the patient's own template more than any beat of {percentile:.{digits}f} % of normal ECGs</source>
            <translation>Ein Schlag mit anderem {wave}: er weicht von der eigenen Schablone des Patienten stärker ab als jeder Schlag bei {percentile:.{digits}f} % der normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>A channel has the code of lead {lead} and the name {name}; it is taken for {lead}.</source>
            <translation>Ein Kanal trägt den Code der Ableitung {lead} und den Namen {name}; er gilt als {lead}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>A file that comes with the program is not there. Install the program again.</source>
            <translation>Eine Datei, die zum Programm gehört, fehlt. Das Programm neu installieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>A finding of your own</source>
            <translation>Ein eigener Befund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>A finding that the reviewer has confirmed is a hit by definition.</source>
            <translation>Ein Befund, den der Gutachter bestätigt hat, ist definitionsgemäß ein Treffer.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>A folder</source>
            <translation>Ein Ordner</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_feature.py" />
            <source>A folder for the training, empty or with a training to go on with</source>
            <translation>Ein Ordner für das Training, leer oder mit einem Training, das fortgesetzt wird</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>A folder of recordings, or a table that belongs to it, cannot be used as it is.</source>
            <translation>Ein Ordner mit Aufzeichnungen oder eine Tabelle, die dazugehört, kann so nicht verwendet werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_difference.py" />
            <source>A higher</source>
            <translation>A höher</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>A lead for each column, separated by commas. Nothing between two commas leaves a column out.</source>
            <translation>Eine Ableitung je Spalte, durch Kommas getrennt. Nichts zwischen zwei Kommas lässt eine Spalte weg.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>A minus B in percentile points, instead of the heat.</source>
            <translation>A minus B in Perzentilpunkten, statt der Farbkarte.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>A model that learns from these normals</source>
            <translation>Ein Modell, das von diesen Normalen lernt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>A new model learns from these normals alone. Takes hours on a computer without a graphics card; it can be stopped, and goes on where it was.</source>
            <translation>Ein neues Modell lernt allein von diesen Normalen. Dauert ohne Grafikkarte Stunden; es kann angehalten werden und fährt dort fort, wo es war.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>A new round begins, with the same recordings. The study asks for {n} days between rounds.</source>
            <translation>Ein neuer Durchgang mit denselben Aufzeichnungen beginnt. Die Studie verlangt {n} Tage zwischen den Durchgängen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>A picture of the paper is on the clipboard.</source>
            <translation>Ein Bild des Papiers ist in der Zwischenablage.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>A premature beat with a wide QRS: it departs from the patient's own template more than any beat of {percentile:.{digits}f} % of normal ECGs</source>
            <translation>Ein vorzeitiger Schlag mit breitem QRS: er weicht von der eigenen Schablone des Patienten stärker ab als jeder Schlag bei {percentile:.{digits}f} % der normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>A premature beat: it departs from the patient's other beats more than any beat of {percentile:.{digits}f} % of normal ECGs</source>
            <translation>Ein vorzeitiger Schlag: er weicht von den anderen Schlägen des Patienten stärker ab als jeder Schlag bei {percentile:.{digits}f} % der normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/opening.py" />
            <source>A premature ventricular beat at 2.6 s, unspecific ST change</source>
            <translation>Eine ventrikuläre Extrasystole bei 2,6 s, unspezifische ST-Veränderung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/session_cover.py" />
            <source>A reader study is running: it says what is read. Stop it first.</source>
            <translation>Eine Befunderstudie läuft: Sie bestimmt, was gelesen wird. Beenden Sie sie zuerst.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>A recording with several superclasses stands in each; the height within a line means nothing.</source>
            <translation>Eine Aufzeichnung mit mehreren Oberklassen steht in jeder; die Höhe innerhalb einer Zeile bedeutet nichts.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>A reference region is missed</source>
            <translation>Ein Referenzbereich ist übersehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>A region is hit if a finding in one of its leads overlaps it, or comes within {ms:.0f} ms of it; findings begin at the {n:g}th percentile. AUROC is of the map's points inside against outside the regions, 0.2 s cut at both ends.</source>
            <translation>Ein Bereich ist getroffen, wenn ihn ein Befund in einer seiner Ableitungen überlappt oder bis auf {ms:.0f} ms an ihn heranreicht; Befunde beginnen beim {n:g}. Perzentil. Die AUROC vergleicht die Punkte der Karte innerhalb und außerhalb der Bereiche, an beiden Enden um 0,2 s gekürzt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>A rhythm episode is hit by any finding in it; its points do not count for AUROC.</source>
            <translation>Eine Rhythmusepisode ist durch jeden Befund in ihr getroffen; ihre Punkte zählen nicht für die AUROC.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>A ribbon of 3 mm under each trace, which leaves the ST segment clear.</source>
            <translation>Ein Band von 3 mm unter jeder Kurve, das die ST-Strecke frei lässt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>A row for each lead and measurement</source>
            <translation>Eine Zeile je Ableitung und Messwert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>A setting has a value that cannot work.</source>
            <translation>Eine Einstellung hat einen unzulässigen Wert.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>A start without a path opens what was open last.</source>
            <translation>Ein Start ohne Pfad öffnet, was zuletzt offen war.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/trace_loader.py" />
            <source>A stretch of the recording could not be read ({error}).</source>
            <translation>Ein Abschnitt der Aufzeichnung konnte nicht gelesen werden ({error}).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>A study of the {n} recordings that the worklist shows. Its file names them by relative paths and checksums; order and arms follow from the seed.</source>
            <translation>Eine Studie mit den {n} Aufzeichnungen, die die Arbeitsliste zeigt. Ihre Datei nennt sie mit relativen Pfaden und Prüfsummen; Reihenfolge und Arme folgen aus der Startzahl.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>A table with the columns recording and departs…</source>
            <translation>Eine Tabelle mit den Spalten recording und departs …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_feature.py" />
            <source>A tenth of the recording back</source>
            <translation>Ein Zehntel der Aufzeichnung zurück</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_feature.py" />
            <source>A tenth of the recording forward</source>
            <translation>Ein Zehntel der Aufzeichnung weiter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>A voltage, or the step of the values, such as 5 µV.</source>
            <translation>Eine Spannung oder die Stufe der Werte, etwa 5 µV.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_difference.py" />
            <source>A − B in percentile points, where A or B reaches percentile {threshold:g}; upper half, orange: A higher; lower half, blue: B higher</source>
            <translation>A − B in Perzentilpunkten, wo A oder B Perzentil {threshold:g} erreicht; obere Hälfte, orange: A höher; untere Hälfte, blau: B höher</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_difference.py" />
            <source>A − B, percentile points</source>
            <translation>A − B, Perzentilpunkte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>A4, landscape</source>
            <translation>A4 quer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>AUROC</source>
            <translation>AUROC</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>AUROC is not computed for recordings longer than {n:.0f} min.</source>
            <translation>Für Aufzeichnungen über {n:.0f} min wird keine AUROC berechnet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>AUROC within the recording</source>
            <translation>AUROC innerhalb der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>AUROC {auroc:.3f}, average precision {precision:.3f} (chance {chance:.3f})</source>
            <translation>AUROC {auroc:.3f}, mittlere Präzision {precision:.3f} (Zufall {chance:.3f})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>AUROC: once the whole recording is assessed.</source>
            <translation>AUROC: sobald die ganze Aufzeichnung bewertet ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <location filename="ecg_viewer/qt/window/about.py" />
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>About</source>
            <translation>Worüber</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/window_frame.py" />
            <source>About the recording</source>
            <translation>Zur Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/paper_menu.py" />
            <source>Add a finding here…</source>
            <translation>Hier einen Befund hinzufügen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/own_feature.py" />
            <source>Add a finding…</source>
            <translation>Befund hinzufügen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Add a recording…</source>
            <translation>Aufnahme hinzufügen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Add examples</source>
            <translation>Beispiele hinzufügen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Add folder…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Add the entries of another machine's journal; each keeps the chain that proves it. Nothing is added twice.</source>
            <translation>Die Einträge des Protokolls eines anderen Rechners hinzufügen; jeder behält die Kette, die ihn belegt. Nichts wird doppelt hinzugefügt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Add the marked ones</source>
            <translation>Markierte hinzufügen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_panel.py" />
            <source>Added to every beat of these ten seconds. A change in a limb lead appears in the others as its projection. The strip below a beat is the heat after the change. Nothing of it is kept or exported.</source>
            <translation>Zu jedem Schlag dieser zehn Sekunden addiert. Eine Veränderung in einer Extremitätenableitung erscheint in den anderen als ihre Projektion. Der Streifen unter einem Schlag ist die Heatmap nach der Veränderung. Nichts davon wird behalten oder exportiert.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/blinded_feature.py" />
            <source>After seeing the results, your first decision stands.</source>
            <translation>Nach Ansicht der Ergebnisse gilt Ihre erste Entscheidung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>Against {cohort}: {n_strong} of {n} normals ({share} %, 95 % CI {low}–{high}) are among its strongest 5 %; their median percentile is {median}.</source>
            <translation>Gegen {cohort}: {n_strong} von {n} Normalen ({share} %, 95-%-KI {low}–{high}) gehören zu deren stärksten 5 %; ihr mittleres Perzentil ist {median}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/file_information.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Age</source>
            <translation>Alter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>Age and sex</source>
            <translation>Alter, Geschlecht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Age, sex</source>
            <translation>Alter, Geschlecht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Agreement is being computed…</source>
            <translation>Die Übereinstimmung wird berechnet …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Agreement of readers</source>
            <translation>Übereinstimmung der Lesenden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Agreement of readers…</source>
            <translation>Übereinstimmung der Lesenden …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Align at the start</source>
            <translation>Am Anfang ausrichten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Align first beats</source>
            <translation>Erste Schläge ausrichten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>All beats over each other</source>
            <translation>Alle Schläge übereinander</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>All channels</source>
            <translation>Alle Kanäle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/widgets/file_filters.py" />
            <source>All files</source>
            <translation>Alle Dateien</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>All kinds</source>
            <translation>Alle Arten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/queue.py" />
            <source>All leads</source>
            <translation>Alle Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/paper_menu.py" />
            <source>All leads alike</source>
            <translation>Alle Ableitungen gleich</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>All leads at the caliper of the average beat</source>
            <translation>Alle Ableitungen am Messzirkel des mittleren Schlags</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>All leads at the chosen caliper</source>
            <translation>Alle Ableitungen am gewählten Messzirkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_beats.py" />
            <source>All recordings</source>
            <translation>Alle Aufnahmen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>All recordings of the worklist ({count})</source>
            <translation>Alle Aufzeichnungen der Arbeitsliste ({count})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/table_dialog.py" />
            <source>All recordings of the worklist ({n})</source>
            <translation>Alle Aufzeichnungen der Arbeitsliste ({n})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>All reference regions hit</source>
            <translation>Alle Referenzbereiche getroffen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>All {total} cases are read. Thank you.</source>
            <translation>Alle {total} Fälle sind gelesen. Danke.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Also recordings with decisions that are not marked as reviewed</source>
            <translation>Auch Aufzeichnungen mit Entscheidungen, die nicht als begutachtet markiert sind</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Also used at once.</source>
            <translation>Gilt auch sofort.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Also what the file knows of the person</source>
            <translation>Auch, was die Datei über die Person weiß</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_tool.py" />
            <source>Amplitude</source>
            <translation>Amplitude</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_tool.py" />
            <source>Amplitude caliper</source>
            <translation>Amplitudenzirkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Amplitudes of CODE-15 % are about twice those of other data sets: do not trust millivolts.</source>
            <translation>Die Amplituden von CODE-15 % sind etwa doppelt so groß wie die anderer Datensätze: Den Millivolt ist nicht zu trauen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Amplitudes, in spreads of normal ECGs</source>
            <translation>Amplituden, in Streuungen normaler EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>An export is still running; stop it or wait for its end.</source>
            <translation>Ein Export läuft noch; brechen Sie ihn ab oder warten Sie sein Ende ab.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Analyse</source>
            <translation>Auswerten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Analyse the whole recording from its beginning</source>
            <translation>Die ganze Aufzeichnung von Anfang an auswerten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_tool.py" />
            <source>Angle</source>
            <translation>Winkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_tool.py" />
            <source>Angle caliper</source>
            <translation>Winkelzirkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/caliper_angle.py" />
            <source>Angles are those at 25 mm/s and 10 mm/mV, whatever is shown; the base lies 5 mm below the apex.</source>
            <translation>Winkel gelten für 25 mm/s und 10 mm/mV, was auch gezeigt wird; die Basis liegt 5 mm unter der Spitze.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Another recording was opened: the heat of this one stays as it was.</source>
            <translation>Eine andere Aufzeichnung wurde geöffnet: Die Farben dieser bleiben, wie sie waren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/opening.py" />
            <source>Anterior infarction with aneurysm, ST elevation in V2-V4</source>
            <translation>Vorderwandinfarkt mit Aneurysma, ST-Hebung in V2-V4</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Any miss or false alarm</source>
            <translation>Übersehenes oder Fehlalarm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>Any percentile</source>
            <translation>Jedes Perzentil</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Appearance</source>
            <translation>Darstellung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Apple graphics (MPS)</source>
            <translation>Apple-Grafik (MPS)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Arms</source>
            <translation>Arme</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Array (NPZ)</source>
            <translation>Array (NPZ)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_dialog.py" />
            <source>Arrow keys choose, Enter opens; + − [ ] Page: all four</source>
            <translation>Pfeiltasten wählen, Eingabe öffnet; + − [ ] Bild: alle vier</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Arrow keys move the threshold; with Shift by a whole percentile.</source>
            <translation>Pfeiltasten bewegen die Schwelle, mit Umschalt um ein ganzes Perzentil.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Artefact</source>
            <translation>Artefakt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>As a detector</source>
            <translation>Als Detektor</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>As hospitals print it: 3 × 4 + II, 25 mm/s, 10 mm/mV</source>
            <translation>Wie in der Klinik üblich: 3 × 4 + II, 25 mm/s, 10 mm/mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>As on the screen</source>
            <translation>Wie auf dem Bildschirm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <location filename="ecg_viewer/qt/worklist/table_dialog.py" />
            <source>As spreadsheets in German expect. Programs that read CSV expect , and a point.</source>
            <translation>Wie Tabellenprogramme in Deutsch es erwarten. Programme, die CSV lesen, erwarten , und einen Punkt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>As the data set states it</source>
            <translation>Laut Datensatz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/menus.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/model_feature.py" />
            <source>Assess again</source>
            <translation>Neu bewerten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Assessing with {model}…</source>
            <translation>Bewertung mit {model} …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>At least 50 normals are needed, and a name for them. They are scored with the model in use; then you see whether they belong to its present cohort, and whether their own percentiles hold.</source>
            <translation>Mindestens 50 Normale werden gebraucht und ein Name für sie. Das Modell in Gebrauch berechnet ihre Werte; dann sehen Sie, ob sie zu seiner jetzigen Kohorte gehören und ob ihre eigenen Perzentile gelten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>At the {threshold:g}th percentile: </source>
            <translation>Beim {threshold:g}. Perzentil: </translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>At the {threshold:g}th percentile: {hits} of {boxes} hit, {misses} missed, {alarms} false alarms.</source>
            <translation>Beim {threshold:g}. Perzentil: {hits} von {boxes} getroffen, {misses} übersehen, {alarms} Fehlalarme.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Auto-fit</source>
            <translation>Einpassen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <source>Average beat</source>
            <translation>Gemittelter Schlag</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_sheet.py" />
            <source>Average beat of each lead</source>
            <translation>Mittlerer Schlag jeder Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>Average beat – not the rhythm</source>
            <translation>Mittlerer Schlag – nicht der Rhythmus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Average beats</source>
            <translation>Gemittelte Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Average beats of the device</source>
            <translation>Gemittelte Schläge des Geräts</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_feature.py" />
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Average beat…</source>
            <translation>Mittlerer Schlag …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>Average of {beats}</source>
            <translation>Mittel aus {beats}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Axis</source>
            <translation>Achse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_difference.py" />
            <source>B higher</source>
            <translation>B höher</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/blinded_feature.py" />
            <source>BLINDED FIRST READ</source>
            <translation>VERBLINDETE ERSTE BEFUNDUNG</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/callout.py" />
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Back to 25 mm/s and 10 mm/mV.</source>
            <translation>Zurück zu 25 mm/s und 10 mm/mV.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/paper_menu.py" />
            <source>Back to all leads</source>
            <translation>Zurück zu allen Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>Back to the ECG</source>
            <translation>Zurück zum EKG</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Back to the previous recording</source>
            <translation>Zurück zur vorigen Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <source>Band of normal beats</source>
            <translation>Band normaler Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <source>Band of normals</source>
            <translation>Band der Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Baseline wander</source>
            <translation>Grundlinienschwankung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Beat of shape {shape}, unlike the patient's other beats in {lead}: more so than any beat of {percent} % of normal ECGs</source>
            <translation>Schlag der Form {shape}, in {lead} anders als die übrigen Schläge des Patienten: stärker als jeder Schlag von {percent} % normaler EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <source>Beat {n} of {all} of shape {name}</source>
            <translation>Schlag {n} von {all} der Form {name}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Beats</source>
            <translation>Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Beats by shape: {shapes}</source>
            <translation>Schläge nach Form: {shapes}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>Beats from all leads together; P, QRS and T from the average beats of all leads. Axis from the highest plus the lowest value of the QRS in {leads}.</source>
            <translation>Schläge aus allen Ableitungen gemeinsam; P, QRS und T aus den mittleren Schlägen aller Ableitungen. Achse aus der Summe von höchstem und niedrigstem Wert des QRS in {leads}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Beats per minute</source>
            <translation>Schläge pro Minute</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Beats that are unlike this patient's other beats, lead by lead.</source>
            <translation>Schläge, die anders sind als die übrigen Schläge dieses Patienten, Ableitung für Ableitung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Behind the trace</source>
            <translation>Hinter der Kurve</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/what_if_words.py" />
            <source>Being judged…</source>
            <translation>Wird beurteilt …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Below (%)</source>
            <translation>Darunter (%)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>Below diagnostic bandwidth: above {high:g} Hz the trace is cut, so that QRS amplitudes, notches and pacing spikes look smaller than recorded.</source>
            <translation>Unter der diagnostischen Bandbreite: oberhalb von {high:g} Hz ist die Kurve beschnitten; QRS-Amplituden, Kerben und Schrittmacherspikes wirken kleiner als aufgezeichnet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark_words.py" />
            <source>Benchmark windows: {windows} ({positive} positive, {normal} normal); recordings left out: {left}</source>
            <translation>Benchmark-Fenster: {windows} ({positive} positiv, {normal} normal); ausgelassene Aufzeichnungen: {left}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <source>Beyond 97.5 % of them in a lead. Of the 72 values that are compared two to four are, in a normal ECG; at each sample one normal in ten lies outside the band. Below 40 Hz. No diagnosis.</source>
            <translation>Jenseits von 97,5 % von ihnen in einer Ableitung. Von den 72 verglichenen Werten sind das bei einem normalen EKG zwei bis vier; an jeder Stelle liegt einer von zehn Normalen außerhalb des Bandes. Unter 40 Hz. Keine Diagnose.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/blinded_feature.py" />
            <source>Blinded first read</source>
            <translation>Verblindete erste Befundung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_tool.py" />
            <source>Both</source>
            <translation>Beide</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/difference.py" />
            <source>Both sides must show a recording.</source>
            <translation>Beide Seiten müssen eine Aufzeichnung zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/difference.py" />
            <source>Both sides show the same map: one recording, one model.</source>
            <translation>Beide Seiten zeigen dieselbe Karte: eine Aufzeichnung, ein Modell.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/lead_feature.py" />
            <source>Bring the lead to the front, or show it if single leads are shown.</source>
            <translation>Die Ableitung nach vorn holen, oder sie zeigen, wenn einzelne Ableitungen gezeigt werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/queue.py" />
            <source>By fact</source>
            <translation>Nach Sachverhalt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/queue.py" />
            <source>By lead</source>
            <translation>Nach Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/queue.py" />
            <source>By moment</source>
            <translation>Nach Zeitpunkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>By time</source>
            <translation>Nach Zeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>C confirms a finding, D dismisses it, X takes the decision away, Ctrl+Z undoes. The first time you are asked for your name. Decisions are saved at once; what the tour decides, it takes back.</source>
            <translation>C bestätigt einen Befund, D verwirft ihn, X nimmt die Entscheidung weg, Strg+Z macht rückgängig. Beim ersten Mal werden Sie nach Ihrem Namen gefragt. Entscheidungen werden sofort gespeichert; was die Tour entscheidet, nimmt sie zurück.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>CSV table (*.csv)</source>
            <translation>CSV-Tabelle (*.csv)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/table_dialog.py" />
            <source>CSV with ; and a decimal comma</source>
            <translation>CSV mit ; und Dezimalkomma</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/page_options.py" />
            <source>Cabrera</source>
            <translation>Cabrera</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Cabrera order</source>
            <translation>Cabrera-Reihenfolge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/screen_dialog.py" />
            <source>Calibrate the screen</source>
            <translation>Bildschirm kalibrieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Calibrate the screen…</source>
            <translation>Bildschirm kalibrieren …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_feature.py" />
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Caliper</source>
            <translation>Messzirkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Caliper {n} in all leads, mV. {basis}</source>
            <translation>Messzirkel {n} in allen Ableitungen, mV. {basis}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Calipers</source>
            <translation>Zirkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/reads.py" />
            <source>Cannot tell</source>
            <translation>Nicht zu entscheiden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_panel.py" />
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>Case {n} of {total}</source>
            <translation>Fall {n} von {total}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_panel.py" />
            <source>Cases read</source>
            <translation>Gelesene Fälle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/findings_csv.py" />
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Caution</source>
            <translation>Vorsicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Chance</source>
            <translation>Zufall</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Change it…</source>
            <translation>Ändern …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/own_feature.py" />
            <source>Change leads, start, end and label of the chosen finding of your own.</source>
            <translation>Ableitungen, Beginn, Ende und Bezeichnung des gewählten eigenen Befunds ändern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Change the chosen marker's name (F2 or double click)</source>
            <translation>Den Namen der gewählten Marke ändern (F2 oder Doppelklick)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Change the gain of all leads.</source>
            <translation>Die Verstärkung aller Ableitungen ändern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/first_read.py" />
            <source>Changed after seeing the model, at {time}.</source>
            <translation>Nach Ansicht des Modells geändert, um {time}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/what_if_words.py" />
            <source>Changed by hand</source>
            <translation>Von Hand verändert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/what_if_words.py" />
            <source>Changed by hand: not the recording</source>
            <translation>Von Hand verändert: nicht die Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Changes at once. Details of why a recording cannot be read are in English.</source>
            <translation>Ändert sich sofort. Einzelheiten, warum eine Aufzeichnung nicht gelesen werden kann, sind auf Englisch.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Channel {channel} has another sampling rate and is left out.</source>
            <translation>Kanal {channel} hat eine andere Abtastrate und ist weggelassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Channel {channel} has {found:,} samples where others have {most:,}: its end is left empty.</source>
            <translation>Kanal {channel} hat {found:,} Abtastwerte, andere haben {most:,}: Sein Ende bleibt leer.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Channels that are not in volts are left out: {names}.</source>
            <translation>Kanäle, die nicht in Volt angegeben sind, fehlen: {names}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Channels were sampled up to {skew_ms:.3g} ms apart; they are shifted by whole samples.</source>
            <translation>Kanäle wurden bis zu {skew_ms:.3g} ms versetzt abgetastet; sie sind um ganze Abtastwerte verschoben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Choose a caliper in the menu Measure and drag on the paper. Arrow keys move the chosen handle by a sample, with Shift by 10 ms or 0.1 mV; Tab chooses the next handle; Ctrl snaps to an extremum; Esc ends.</source>
            <translation>Wählen Sie im Menü Messen einen Messzirkel und ziehen Sie auf dem Papier. Die Pfeiltasten bewegen den gewählten Griff um einen Abtastwert, mit Umschalt um 10 ms oder 0,1 mV; Tab wählt den nächsten Griff; Strg rastet am Extremwert ein; Esc beendet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Choose a file and show it at the same scale.</source>
            <translation>Eine Datei wählen und im selben Maßstab zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/model_feature.py" />
            <source>Choose a folder that mmae_core train or mmae_core release has written; it is remembered.</source>
            <translation>Einen Ordner wählen, den mmae_core train oder mmae_core release geschrieben hat; er bleibt gemerkt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Choose a folder.</source>
            <translation>Wählen Sie einen Ordner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Choose a recording of the worklist to compare with</source>
            <translation>Eine Aufnahme der Arbeitsliste zum Vergleich wählen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>Choose among the lists that were opened or saved here.</source>
            <translation>Unter den Listen wählen, die hier geöffnet oder gespeichert wurden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Choose at least one format.</source>
            <translation>Wählen Sie mindestens ein Format.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Choose at least one lead.</source>
            <translation>Wählen Sie mindestens eine Ableitung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Choose folder…</source>
            <translation>Ordner wählen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Choose from the worklist and show it at the same scale.</source>
            <translation>Aus der Arbeitsliste wählen und im selben Maßstab zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>Choose leads</source>
            <translation>Ableitungen wählen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>Choose leads…</source>
            <translation>Ableitungen wählen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Choose one or more recordings: WFDB, DICOM, SCP-ECG, EDF, XML and others.</source>
            <translation>Eine oder mehrere Aufzeichnungen wählen: WFDB, DICOM, SCP-ECG, EDF, XML und andere.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Choose the folder</source>
            <translation>Den Ordner wählen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Choose what the arrow keys move; with a caliper tool in use, Tab does so too.</source>
            <translation>Wählen, was die Pfeiltasten bewegen; bei aktivem Messzirkel tut das auch Tab.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Choose which columns the worklist shows.</source>
            <translation>Wählen, welche Spalten die Arbeitsliste zeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Choose…</source>
            <translation>Wählen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>Chosen leads</source>
            <translation>Gewählte Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/menus.py" />
            <source>Clear the list</source>
            <translation>Liste leeren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Clear the worklist's filters and search.</source>
            <translation>Filter und Suche der Arbeitsliste löschen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Click a point to open it, or point with the arrow keys and press Enter.</source>
            <translation>Ein Klick auf einen Punkt öffnet ihn; oder mit den Pfeiltasten zeigen und Eingabe drücken.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Click in the overview</source>
            <translation>Klick in die Gesamtansicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Click or Enter in a list</source>
            <translation>Klick oder Eingabe in einer Liste</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_bar.py" />
            <source>Click to go there, drag the box to move along the recording.</source>
            <translation>Klicken springt dorthin, Ziehen des Kastens bewegt durch die Aufzeichnung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/paper_notes.py" />
            <source>Click: to the front, the others dimmed. Double click: alone on the paper.</source>
            <translation>Klick: nach vorn, die anderen blass. Doppelklick: allein auf dem Papier.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_feature.py" />
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Clock time</source>
            <translation>Uhrzeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <location filename="ecg_viewer/qt/own_normals/drift_strip.py" />
            <location filename="ecg_viewer/qt/research/four_dialog.py" />
            <location filename="ecg_viewer/qt/research/plots_dialog.py" />
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <location filename="ecg_viewer/qt/study/study_panel.py" />
            <location filename="ecg_viewer/qt/window/main_window.py" />
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Close and lose {n} decisions</source>
            <translation>Schließen und {n} Entscheidungen verlieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Close comparison</source>
            <translation>Vergleich schließen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Close list</source>
            <translation>Liste schließen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Close the recording and the list; decisions, scores and conclusions are kept.</source>
            <translation>Aufzeichnung und Liste schließen; Entscheidungen, Bewertungen und Beurteilungen bleiben erhalten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Close the scores file</source>
            <translation>Wertedatei schließen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Close the window.</source>
            <translation>Das Fenster schließen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>Codes of SCP-ECG as PTB-XL uses them (CC BY 4.0)</source>
            <translation>Codes von SCP-ECG, wie PTB-XL sie verwendet (CC BY 4.0)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>Colour behind each trace.</source>
            <translation>Farbe hinter jeder Kurve.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>Colour less: only what departs further from normal.</source>
            <translation>Weniger färben: nur, was weiter vom Normalen abweicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Colour map</source>
            <translation>Farbskala</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>Colour more, down to the 90th percentile.</source>
            <translation>Mehr färben, bis hinab zum 90. Perzentil.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Colour of the trace</source>
            <translation>Farbe der Kurve</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/heat_legend.py" />
            <source>Colour shows a percentile among normal ECGs, from the 90th up, of each layer by its own measure; hatched was not assessed or, if faintly coloured, is unreliable: the signal is poor;</source>
            <translation>Farbe zeigt ab dem 90. ein Perzentil unter normalen EKGs, in jeder Ebene nach deren eigenem Maß; Schraffiertes wurde nicht bewertet oder ist, wenn schwach gefärbt, unzuverlässig: das Signal ist schlecht;</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/document.py" />
            <source>Colour shows percentiles among normal ECGs; the findings are listed below as text.</source>
            <translation>Die Farbe zeigt Perzentile unter normalen EKGs; die Befunde stehen unten als Text.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>Colour: mean percentile of the same beats among normal ECGs.</source>
            <translation>Farbe: mittleres Perzentil derselben Schläge unter normalen EKGs.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/menus.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Colours of the heat; each keeps its order for every kind of colour vision.</source>
            <translation>Farben der Farbkarte; jede Skala behält ihre Ordnung bei jeder Art des Farbensehens.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Colours of the window and the paper.</source>
            <translation>Farben von Fenster und Papier.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/preferences/preferences_feature.py" />
            <source>Colours, language, paper, heat, reviewer and model.</source>
            <translation>Farben, Sprache, Papier, Farbkarte, Gutachter und Modell.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>Columns</source>
            <translation>Spalten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Columns of the worklist…</source>
            <translation>Spalten der Arbeitsliste …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_table.py" />
            <source>Columns; a click sorts</source>
            <translation>Spalten; ein Klick sortiert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/model_menu.py" />
            <source>Comes with the program.</source>
            <translation>Gehört zum Programm.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Comment</source>
            <translation>Kommentar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_panel.py" />
            <source>Commit and go on</source>
            <translation>Festlegen und weiter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Commit and show</source>
            <translation>Festlegen und zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Commit the change</source>
            <translation>Änderung festlegen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/blinded_feature.py" />
            <source>Commit the decision</source>
            <translation>Entscheidung festlegen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/paper_menu.py" />
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_feature.py" />
            <source>Compare all recordings of this patient over time: average beats, differences, two references and trends.</source>
            <translation>Alle Aufnahmen dieses Patienten im Verlauf vergleichen: gemittelte Schläge, Unterschiede, zwei Bezüge und Trends.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Compare with a recording</source>
            <translation>Mit einer Aufzeichnung vergleichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_choice.py" />
            <source>Compare with a recording of the worklist</source>
            <translation>Mit einer Aufzeichnung der Arbeitsliste vergleichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_feature.py" />
            <source>Compare with normals of your own, or train a model on them.</source>
            <translation>Mit eigenen Normalen vergleichen oder ein Modell an ihnen trainieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Compare with the recordings that are marked in the worklist</source>
            <translation>Mit den Aufnahmen vergleichen, die in der Arbeitsliste markiert sind</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Compared with normal ECGs</source>
            <translation>Verglichen mit normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Compared with {cohort}</source>
            <translation>Verglichen mit: {cohort}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>Compared with {group}.</source>
            <translation>Verglichen mit {group}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Comparing with held-out normals</source>
            <translation>Vergleich mit zurückgehaltenen Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <source>Comparing with normal ECGs…</source>
            <translation>Vergleich mit normalen EKGs …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>Comparison</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/opening.py" />
            <source>Complete right bundle branch block</source>
            <translation>Kompletter Rechtsschenkelblock</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Computed from I and II</source>
            <translation>Aus I und II berechnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Computed from the calibration of {model}: {n} normal ECGs, one 10-s window each ({cohort}).</source>
            <translation>Berechnet aus der Kalibrierung von {model}: {n} normale EKGs, je ein 10-s-Fenster ({cohort}).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Computed from the map and the findings of {record} by {model}. Truth: {truth}</source>
            <translation>Berechnet aus der Karte und den Befunden von {record} durch {model}. Referenz: {truth}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Computed from the scores of {model} for the recordings that the worklist shows, as filtered</source>
            <translation>Berechnet aus den Werten von {model} für die Aufzeichnungen, die die Arbeitsliste zeigt, wie gefiltert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/first_page.py" />
            <location filename="ecg_viewer/export/pages/html.py" />
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <location filename="ecg_viewer/qt/study/read_form.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Conclusion</source>
            <translation>Beurteilung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/conclusion_words.py" />
            <source>Conclusion ({author}): {text}</source>
            <translation>Beurteilung ({author}): {text}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_panel.py" />
            <source>Conclusion of the recording</source>
            <translation>Beurteilung der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_form.py" />
            <source>Conclusion, if you like</source>
            <translation>Beurteilung, wenn Sie möchten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/first_page.py" />
            <location filename="ecg_viewer/export/pages/html.py" />
            <source>Conclusion: not written</source>
            <translation>Beurteilung: nicht geschrieben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>Conclusion: {text}</source>
            <translation>Beurteilung: {text}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_form.py" />
            <source>Confidence {percent} %</source>
            <translation>Sicherheit {percent} %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Confirm</source>
            <translation>Bestätigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review.py" />
            <source>Confirmed</source>
            <translation>Bestätigt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Confirmed findings and your own, for PhysioNet's tools.</source>
            <translation>Bestätigte und eigene Befunde, für die Werkzeuge von PhysioNet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Conflicts between readers</source>
            <translation>Widersprüche zwischen Lesenden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Conflicts between readers…</source>
            <translation>Widersprüche zwischen Lesenden …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Copy all values as text</source>
            <translation>Alle Werte als Text kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Copy as text</source>
            <translation>Als Text kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Copy both tables as text with tabs</source>
            <translation>Beide Tabellen als Text mit Tabulatoren kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Copy both values, difference and peak-to-peak of every lead at the chosen caliper.</source>
            <translation>Beide Werte, Differenz und Spitze-Spitze-Wert jeder Ableitung am gewählten Messzirkel kopieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_feature.py" />
            <source>Copy intervals</source>
            <translation>Intervalle kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>Copy intervals and table as text</source>
            <translation>Intervalle und Tabelle als Text kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_feature.py" />
            <source>Copy measurements of every lead</source>
            <translation>Messwerte aller Ableitungen kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_dialog.py" />
            <source>Copy numbers</source>
            <translation>Zahlen kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <source>Copy picture of the paper</source>
            <translation>Bild des Papiers kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_feature.py" />
            <source>Copy rate, PR, QRS, QT, QTc and axis as text.</source>
            <translation>Frequenz, PQ, QRS, QT, QTc und Achse als Text kopieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Copy table of all leads</source>
            <translation>Tabelle aller Ableitungen kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Copy the comparison as text for a spreadsheet</source>
            <translation>Den Vergleich als Text für eine Tabelle kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_feature.py" />
            <source>Copy the comparison over time</source>
            <translation>Verlaufsvergleich kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_feature.py" />
            <source>Copy the differences from the earlier recording as text for a spreadsheet.</source>
            <translation>Die Unterschiede zur früheren Aufnahme als Text für eine Tabelle kopieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_feature.py" />
            <source>Copy the table of ST and waves of every lead as text.</source>
            <translation>Die Tabelle von ST und Wellen aller Ableitungen als Text kopieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Copy the table of all leads as text</source>
            <translation>Die Tabelle aller Ableitungen als Text kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_dialog.py" />
            <source>Copy the table of this plot as text for a spreadsheet</source>
            <translation>Die Tabelle dieses Diagramms als Text für eine Tabellenkalkulation kopieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <source>Copy what the paper shows, with scale and provenance, to the clipboard.</source>
            <translation>Was das Papier zeigt, mit Maßstab und Herkunft in die Zwischenablage kopieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Cornell voltage</source>
            <translation>Cornell-Index</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Could not be scored</source>
            <translation>Nicht bewertbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/header_line.py" />
            <source>Could not measure: {reason}</source>
            <translation>Nicht messbar: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>Could not measure: {what}</source>
            <translation>Nicht messbar: {what}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>Counted against: {truth}</source>
            <translation>Gezählt gegen: {truth}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>Coverage, when one half calibrates and the other is tested: false alarms {shares}.</source>
            <translation>Abdeckung, wenn eine Hälfte eicht und die andere geprüft wird: Fehlalarme {shares}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Ctrl + wheel</source>
            <translation>Strg + Mausrad</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>Ctrl+E exports pages, pictures, tables and annotations; every one says how it was made and that it is for research only. ? lists all keys. The tour is in the menu Help.</source>
            <translation>Strg+E exportiert Seiten, Bilder, Tabellen und Annotationen; auf jedem steht, wie es entstand und dass es nur der Forschung dient. ? listet alle Tasten. Die Tour steht im Menü Hilfe.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Ctrl+J goes down by each recording's strongest finding: a single beat can be it.</source>
            <translation>Strg+J geht nach dem stärksten Befund jeder Aufzeichnung: das kann ein einzelner Schlag sein.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Ctrl+J goes down by how far the recording as a whole departs.</source>
            <translation>Strg+J geht danach, wie weit die Aufzeichnung als Ganzes abweicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <source>Cursor</source>
            <translation>Mauszeiger</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>DICOM</source>
            <translation>DICOM</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/menus.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/model_overlay.py" />
            <source>Dashed: expected, {low:g} to {high:g} Hz on the recorded baseline; {where}</source>
            <translation>Gestrichelt: erwartet, {low:g} bis {high:g} Hz auf der aufgezeichneten Grundlinie; {where}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>Data set</source>
            <translation>Datensatz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>Data set says: {statements}</source>
            <translation>Laut Datensatz: {statements}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>Data set's report: {report}</source>
            <translation>Befundtext des Datensatzes: {report}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Data set's statements</source>
            <translation>Angaben des Datensatzes</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/frame.py" />
            <source>Data set's statements: {statements}</source>
            <translation>Angaben des Datensatzes: {statements}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/first_page.py" />
            <location filename="ecg_viewer/export/pages/html.py" />
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Date</source>
            <translation>Datum</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <source>Dates, numbers, names and free comments: off again at the next recording, never logged or exported.</source>
            <translation>Daten, Nummern, Namen und freie Kommentare: bei der nächsten Aufzeichnung wieder ausgeblendet, nie protokolliert oder exportiert.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Days between rounds</source>
            <translation>Tage zwischen Durchgängen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>Decide</source>
            <translation>Entscheiden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Decide before the heat appears, and once more with it</source>
            <translation>Entscheiden, bevor die Farben erscheinen, und noch einmal mit ihnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>Decide on this recording. There is no way back.</source>
            <translation>Entscheiden Sie über diese Aufzeichnung. Es gibt kein Zurück.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Decided by {name}:</source>
            <translation>Entscheidet {name}:</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Decision</source>
            <translation>Entscheidung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Decision after seeing the results</source>
            <translation>Entscheidung nach Ansicht der Ergebnisse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Decisions</source>
            <translation>Entscheidungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Decisions are kept under this name, on this computer. Each reviewer sees their own.</source>
            <translation>Entscheidungen werden unter diesem Namen auf diesem Rechner aufbewahrt. Jeder Gutachter sieht die eigenen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Decisions are kept under this name; another name has decisions of its own.</source>
            <translation>Entscheidungen werden unter diesem Namen aufbewahrt; ein anderer Name hat eigene.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/journal_writer.py" />
            <source>Decisions cannot be saved at the moment. They are kept in this window, and saving is tried again every second. Is the disk full, or the user's data folder read-only?</source>
            <translation>Entscheidungen können gerade nicht gespeichert werden. Sie bleiben in diesem Fenster, und jede Sekunde wird das Speichern erneut versucht. Ist der Datenträger voll oder der Datenordner des Benutzers schreibgeschützt?</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/journal_writer.py" />
            <source>Decisions cannot be saved: the review journal was written by a newer version of this program. It is left as it is; update the program to go on reviewing.</source>
            <translation>Entscheidungen können nicht gespeichert werden: Das Journal der Begutachtung wurde von einer neueren Version dieses Programms geschrieben. Es bleibt, wie es ist; zum Weiterarbeiten das Programm aktualisieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Decisions not saved</source>
            <translation>Entscheidungen nicht gespeichert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/journal_writer.py" />
            <source>Decisions of an earlier start could not all be read; the file is kept as {name}.</source>
            <translation>Entscheidungen eines früheren Starts konnten nicht alle gelesen werden; die Datei ist als {name} aufbewahrt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Definitions: Task Force of the ESC and NASPE, 1996.</source>
            <translation>Definitionen: Task Force der ESC und NASPE, 1996.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/own_feature.py" />
            <source>Delete the chosen finding of your own; undo brings it back.</source>
            <translation>Den gewählten eigenen Befund löschen; Rückgängig bringt ihn zurück.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/own_feature.py" />
            <source>Delete your finding</source>
            <translation>Eigenen Befund löschen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Delta wave</source>
            <translation>Deltawelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/trend_lanes.py" />
            <source>Departing beats</source>
            <translation>Abweichende Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/reads.py" />
            <source>Departs from normal</source>
            <translation>Weicht vom Normalen ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Departs from normals and from the earlier ECG.</source>
            <translation>Weicht von Normalen und vom früheren EKG ab.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Departs from normals; the earlier ECG does not differ.</source>
            <translation>Weicht von Normalen ab; das frühere EKG unterscheidet sich nicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Departs from the normal cohort: {percentile}th percentile, {lead}, {start} to {end}</source>
            <translation>Weicht von der Normalkohorte ab: {percentile}. Perzentil, {lead}, {start} bis {end}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_panel.py" />
            <source>Depth of Q</source>
            <translation>Tiefe von Q</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>Describe the recording</source>
            <translation>Aufzeichnung beschreiben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Design</source>
            <translation>Aufbau</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <location filename="ecg_viewer/qt/widgets/message_bar.py" />
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/widgets/message_bar.py" />
            <source>Details…</source>
            <translation>Einzelheiten …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Diagnostic superclass of the statements</source>
            <translation>Diagnostische Oberklasse der Angaben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Diff.</source>
            <translation>Diff.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <location filename="ecg_viewer/state/research/comparison.py" />
            <location filename="ecg_viewer/state/serial/words.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Difference</source>
            <translation>Differenz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/caliper_readings.py" />
            <source>Difference (mV)</source>
            <translation>Differenz (mV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <source>Difference from the earlier ECG; the dots mark what is beyond the tolerance</source>
            <translation>Unterschied zum früheren EKG; die Punkte markieren, was über die Toleranz hinausgeht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Difference of the maps</source>
            <translation>Differenz der Karten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Difference, second minus first, in mV</source>
            <translation>Differenz, zweiter minus erster, in mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Differences</source>
            <translation>Unterschiede</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <source>Differences of every lead</source>
            <translation>Unterschiede jeder Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <source>Differences of the recording</source>
            <translation>Unterschiede der Aufnahme</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Differs clearly from the earlier ECG; normals are not exceeded.</source>
            <translation>Unterscheidet sich deutlich vom früheren EKG; der Bereich der Normalen ist nicht überschritten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Dismiss</source>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review.py" />
            <source>Dismissed</source>
            <translation>Verworfen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>Display filter</source>
            <translation>Anzeigefilter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>Display filter: changes what is drawn and what calipers read, never measurements or the model.</source>
            <translation>Anzeigefilter: ändert, was gezeichnet wird und was Messzirkel anzeigen, nie die Messwerte oder das Modell.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Display filter: {name}</source>
            <translation>Anzeigefilter: {name}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Do again what was undone last.</source>
            <translation>Wiederholen, was zuletzt rückgängig gemacht wurde.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>Documentation</source>
            <translation>Dokumentation</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/callout.py" />
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/model_overlay.py" />
            <source>Dotted: residual, {low:g} to {high:g} Hz, recorded minus expected; {where}</source>
            <translation>Gepunktet: Residuum, {low:g} bis {high:g} Hz, aufgezeichnet minus erwartet; {where}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Double click or Enter opens one. Untick it to leave it out.</source>
            <translation>Doppelklick oder Eingabe öffnet eine. Ohne Haken wird sie ausgelassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/paper_notes.py" />
            <source>Double click: back to all leads.</source>
            <translation>Doppelklick: zurück zu allen Ableitungen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Doubt</source>
            <translation>Zweifel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Doubt about the recording: {doubt}</source>
            <translation>Zweifel an der Aufzeichnung: {doubt}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Down</source>
            <translation>Nach unten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>Drag a line, or move it by arrow keys: a sample, with Shift 10 ms. Tab chooses the next, Delete gives it back to the program, Esc ends. P, p: P wave; Q, J: QRS; T: end of T. Yours have a *, and are kept in this window alone.</source>
            <translation>Eine Linie ziehen oder mit Pfeiltasten bewegen: einen Abtastwert, mit Umschalt 10 ms. Tab wählt die nächste, Entf gibt sie dem Programm zurück, Esc beendet. P, p: P-Welle; Q, J: QRS; T: Ende von T. Ihre haben ein * und bleiben allein in diesem Fenster.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Drag on a lead from one height to another; again, or Esc, ends it.</source>
            <translation>Auf einer Ableitung von einer Höhe zur anderen ziehen; nochmals oder Esc beendet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>Drag on a lead from one point to another. Arrow keys move the chosen handle by a sample or 10 µV, with Shift by 10 ms or 0.1 mV; Tab chooses the next, Delete removes, Esc ends.</source>
            <translation>In einer Ableitung von einem Punkt zum anderen ziehen. Pfeiltasten bewegen den gewählten Griff um einen Abtastwert oder 10 µV, mit Umschalt um 10 ms oder 0,1 mV; Tab wählt den nächsten, Entf entfernt, Esc beendet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Drag on a lead from one point to another; again, or Esc, ends it.</source>
            <translation>Auf einer Ableitung von einem Punkt zum anderen ziehen; nochmals oder Esc beendet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Drag on a lead from the apex along one arm, then drag the other arm's end; in degrees at 25 mm/s and 10 mm/mV. Again, or Esc, ends it.</source>
            <translation>In einer Ableitung von der Spitze einen Schenkel entlang ziehen, dann das Ende des anderen; in Grad bei 25 mm/s und 10 mm/mV. Nochmals, oder Esc, beendet es.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Drag on the paper from one instant to another; again, or Esc, ends it.</source>
            <translation>Auf dem Papier von einem Zeitpunkt zum anderen ziehen; nochmals oder Esc beendet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/own_feature.py" />
            <source>Drag over a lead, down over several; pull an edge to move it; again, or Esc, ends it.</source>
            <translation>Über eine Ableitung ziehen, nach unten über mehrere; am Rand ziehen verschiebt ihn; nochmals oder Esc beendet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Drag to measure, drag a handle to move it, double click to march it out.</source>
            <translation>Ziehen misst, Ziehen am Griff bewegt ihn, Doppelklick setzt das Intervall fort.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>Draw every beat that was averaged, faintly, behind the average</source>
            <translation>Jeden gemittelten Schlag blass hinter dem Mittel zeichnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_beats.py" />
            <source>Draw the average beats of all recordings faintly behind the two</source>
            <translation>Die gemittelten Schläge aller Aufnahmen blass hinter den beiden zeichnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/lead_feature.py" />
            <source>Draw the lead under the mouse, or of the finding, over the others, which are dimmed; again, or Esc, shows all alike.</source>
            <translation>Die Ableitung unter der Maus oder des Befunds über den anderen zeichnen, die blass werden; noch einmal, oder Esc, zeigt alle gleich.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Draw the measured instants on the paper</source>
            <translation>Die gemessenen Zeitpunkte auf das Papier zeichnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_feature.py" />
            <source>Draw where P, QRS and T of all leads together begin and end</source>
            <translation>Zeichnen, wo P, QRS und T aller Ableitungen zusammen beginnen und enden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_feature.py" />
            <source>Draw where the measured waves begin, peak and end.</source>
            <translation>Zeichnen, wo die gemessenen Wellen beginnen, gipfeln und enden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Drawing…</source>
            <translation>Wird gezeichnet …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/empty_state.py" />
            <source>Drop a recording or a folder here, or:</source>
            <translation>Eine Aufzeichnung oder einen Ordner hierher ziehen, oder:</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Drop files or a folder</source>
            <translation>Dateien oder einen Ordner ablegen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <source>Due</source>
            <translation>Fällig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Duration</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/paper_view.py" />
            <source>ECG paper</source>
            <translation>EKG-Papier</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <source>ECG paper of side B</source>
            <translation>EKG-Papier der Seite B</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_panel.py" />
            <source>ECG paper {n} of 4</source>
            <translation>EKG-Papier {n} von 4</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/html.py" />
            <source>ECG traces</source>
            <translation>EKG-Kurven</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>ECG waveform object, for archives of images.</source>
            <translation>EKG-Waveform-Objekt, für Bildarchive.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>EDF has no place for an age, only for a day of birth: the age is left out.</source>
            <translation>EDF hat keinen Platz für ein Alter, nur für einen Geburtstag: Das Alter fehlt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>EDF+</source>
            <translation>EDF+</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/poincare_plot.py" />
            <source>Each interval between normal beats (across) and the next one (up). Click a point to go there.</source>
            <translation>Jedes Intervall zwischen normalen Schlägen (waagrecht) und das nächste (senkrecht). Ein Klick auf einen Punkt führt dorthin.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Each is read and assessed anew, which takes a while; it can be stopped.</source>
            <translation>Jede wird neu gelesen und bewertet, was eine Weile dauert; es lässt sich abbrechen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Each reader reads each recording in each arm, in rounds</source>
            <translation>Jeder liest jede Aufzeichnung in jedem Arm, in Durchgängen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Each reader reads each recording in one arm</source>
            <translation>Jeder liest jede Aufzeichnung in einem Arm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>Each reader's accuracy, time and changed decisions, as JSON and as a page.</source>
            <translation>Genauigkeit, Zeit und geänderte Entscheidungen jedes Lesenden, als JSON und als Seite.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Earlier</source>
            <translation>Früher</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Earlier recording</source>
            <translation>Frühere Aufnahme</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Earlier:</source>
            <translation>Früher:</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Ectopic beat</source>
            <translation>Ektoper Schlag</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/own_feature.py" />
            <source>Edit your finding…</source>
            <translation>Eigenen Befund ändern …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>Empty</source>
            <translation>Leer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>Empty, so not written: {reason}</source>
            <translation>Leer, daher nicht geschrieben: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>End</source>
            <translation>Ende</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>End in seconds</source>
            <translation>Ende in Sekunden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>End of the recording</source>
            <translation>Ende der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>End the scoring in the background; what is scored is kept.</source>
            <translation>Die Bewertung im Hintergrund beenden; was bewertet ist, bleibt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/callout.py" />
            <source>End the tour</source>
            <translation>Tour beenden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/label_edit.py" />
            <source>Enter keeps it, Esc gives up.</source>
            <translation>Eingabe übernimmt, Esc bricht ab.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>Enter keeps the note, Esc leaves it as it was. (N)</source>
            <translation>Eingabe übernimmt die Notiz, Esc lässt sie, wie sie war. (N)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Enter or a double click opens it to leads and beats.</source>
            <translation>Eingabe oder Doppelklick zeigt Ableitungen und Schläge.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <location filename="ecg_viewer/qt/holter/trend_view.py" />
            <source>Episodes</source>
            <translation>Episoden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Epochs</source>
            <translation>Epochen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Error of the global branch</source>
            <translation>Fehler des globalen Zweigs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Error of the local branch</source>
            <translation>Fehler des lokalen Zweigs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>European Data Format, for most viewers of biosignals.</source>
            <translation>European Data Format, für die meisten Betrachter von Biosignalen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>Every channel in millivolts under each other: also V3R, V7 to V9, Frank's leads and leads of other names.</source>
            <translation>Alle Kanäle in Millivolt untereinander: auch V3R, V7 bis V9, die Ableitungen nach Frank und solche mit anderen Namen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>Every decision is on the disk. Reviewer: {name}</source>
            <translation>Jede Entscheidung ist gespeichert. Gutachter: {name}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>Every lead</source>
            <translation>Jede Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/percentile_words.py" />
            <source>Exactly {percentile:.2f}, as tables and exports give it. What is shown is cut, not rounded, so that nothing short of every normal ECG reads as 100.</source>
            <translation>Genau {percentile:.2f}, wie Tabellen und Exporte es angeben. Gezeigt wird abgeschnitten, nicht gerundet, damit nur 100 heißt, was über jedem normalen EKG liegt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Examine</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Expected</source>
            <translation>Erwartet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Expected trace</source>
            <translation>Erwartete Kurve</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Export a benchmark</source>
            <translation>Benchmark exportieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <source>Export a benchmark…</source>
            <translation>Benchmark exportieren …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Export texts</source>
            <translation>Textbausteine exportieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Exported by {program} {version} on {created}</source>
            <translation>Exportiert von {program} {version} am {created}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Exporting</source>
            <translation>Export läuft</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Export…</source>
            <translation>Exportieren …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Fair signal</source>
            <translation>Mäßiges Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>False</source>
            <translation>Falsch</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>False alarm</source>
            <translation>Fehlalarm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>False alarms</source>
            <translation>Fehlalarme</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Fast</source>
            <translation>Schnell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Fast, slow and irregular: for at least</source>
            <translation>Schnell, langsam, unregelmäßig: mindestens</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Fast: more than</source>
            <translation>Schnell: mehr als</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Faster paper</source>
            <translation>Schnellerer Vorschub</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/queue.py" />
            <source>Fewest groups</source>
            <translation>Wenigste Gruppen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_feature.py" />
            <location filename="ecg_viewer/qt/measure/interval_feature.py" />
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Fiducials</source>
            <translation>Messpunkte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_feature.py" />
            <source>Fiducials of the average beat…</source>
            <translation>Messpunkte des mittleren Schlags…</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Figure (95-% interval)</source>
            <translation>Wert (95-%-Intervall)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Figures at thresholds</source>
            <translation>Zahlen an Schwellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Files that exist</source>
            <translation>Vorhandene Dateien</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Files that exist are never replaced without a question.</source>
            <translation>Vorhandene Dateien werden nie ungefragt ersetzt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Filter at start</source>
            <translation>Filter beim Start</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_choice.py" />
            <source>Filter by name or statement</source>
            <translation>Nach Name oder Angabe filtern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Filter findings…</source>
            <translation>Befunde filtern …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Find a recording</source>
            <translation>Aufzeichnung suchen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_dialog.py" />
            <source>Find an action or a key</source>
            <translation>Aktion oder Taste suchen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <location filename="ecg_viewer/qt/review/findings_overlay.py" />
            <source>Finding</source>
            <translation>Befund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Finding under review</source>
            <translation>Befund in Begutachtung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/actions.py" />
            <location filename="ecg_viewer/qt/overview/overview_painting.py" />
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Findings</source>
            <translation>Befunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Findings (JSON)</source>
            <translation>Befunde (JSON)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>Findings and figures: A; scale, leads and heat: both</source>
            <translation>Befunde und Zahlen: A; Maßstab, Ableitungen, Farbe: beide</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Findings and lead scores for spreadsheets.</source>
            <translation>Befunde und Werte der Ableitungen für Tabellenprogramme.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/document.py" />
            <source>Findings and scores</source>
            <translation>Befunde und Werte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/visibility_feature.py" />
            <source>Findings and summary</source>
            <translation>Befunde und Übersicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Findings begin at the {n:g}th percentile.</source>
            <translation>Befunde beginnen beim {n:g}. Perzentil.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Findings outside every region</source>
            <translation>Befunde außerhalb aller Bereiche</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Findings where nothing is known to be abnormal: outside reference regions, or in a normal recording</source>
            <translation>Befunde, wo nichts Auffälliges bekannt ist: außerhalb der Referenzbereiche oder in einer normalen Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Findings, measurements, scores and provenance for programs; the schema is published.</source>
            <translation>Befunde, Messwerte, Werte des Modells und Herkunft für Programme; das Schema ist veröffentlicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>Findings, strongest first</source>
            <translation>Befunde, der stärkste zuerst</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <source>First</source>
            <translation>Zuerst</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>First layout that fits</source>
            <translation>Erste passende Anordnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>First quartile of the scores</source>
            <translation>Erstes Quartil der Werte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>First read</source>
            <translation>Erste Befundung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/first_read.py" />
            <source>First read of {reader} blinded, committed at {time}.</source>
            <translation>Erste Befundung von {reader} verblindet, festgelegt um {time}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/first_read.py" />
            <source>First read of {reader} committed at {time}; results had been shown before, so it is not blinded.</source>
            <translation>Erste Befundung von {reader} festgelegt um {time}; Ergebnisse waren vorher gezeigt worden, sie ist also nicht verblindet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>First read, blinded</source>
            <translation>Erste Befundung, verblindet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Fit width</source>
            <translation>Breite einpassen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/tour_feature.py" />
            <source>Five steps on a demo recording, as at the first start.</source>
            <translation>Fünf Schritte an einer Beispielaufzeichnung, wie beim ersten Start.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Fold</source>
            <translation>Fold</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Fold {n}</source>
            <translation>Fold {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Folder for the PDF</source>
            <translation>Ordner für das PDF</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Folder for the benchmark</source>
            <translation>Ordner für den Benchmark</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Folder for the export</source>
            <translation>Ordner für den Export</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Folder the benchmark goes to</source>
            <translation>Ordner, in den der Benchmark kommt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Folder the files go to</source>
            <translation>Ordner, in den die Dateien kommen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Folder {name}</source>
            <translation>Ordner {name}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Formats</source>
            <translation>Formate</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Formula of the corrected QT interval</source>
            <translation>Formel der korrigierten QT-Zeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Found by</source>
            <translation>Gefunden von</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_dialog.py" />
            <source>Four ECGs</source>
            <translation>Vier EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_feature.py" />
            <source>Four ECGs at once…</source>
            <translation>Vier EKGs zugleich …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>Four columns of three leads, and lead II all along.</source>
            <translation>Vier Spalten mit je drei Ableitungen, dazu Ableitung II durchgehend.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>Four columns of three leads, and leads V1, II and V5 all along.</source>
            <translation>Vier Spalten mit je drei Ableitungen, dazu V1, II und V5 durchgehend.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>Four columns of three leads, each going on where the one before ends.</source>
            <translation>Vier Spalten mit je drei Ableitungen; jede geht weiter, wo die vorige endet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>From</source>
            <translation>Ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_maps.py" />
            <source>From normals: heat of the same beats</source>
            <translation>Gegen Normale: Farbkarte derselben Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_maps.py" />
            <source>From normals: percentile of each wave</source>
            <translation>Gegen Normale: Perzentil jeder Welle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_maps.py" />
            <source>From the earlier ECG: orange, upper half: higher; blue, lower half: lower</source>
            <translation>Gegen das frühere EKG: orange, obere Hälfte: höher; blau, untere Hälfte: tiefer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/header_line.py" />
            <source>From {start} to {end}, about what is shown.</source>
            <translation>Von {start} bis {end}, um das Gezeigte.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Frontal axis of the QRS, in degrees</source>
            <translation>Achse des QRS in der Frontalebene, in Grad</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/visibility_feature.py" />
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Gain at start</source>
            <translation>Verstärkung beim Start</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Gain of all leads</source>
            <translation>Verstärkung aller Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Gain of the page</source>
            <translation>Verstärkung der Seite</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/own_feature.py" />
            <source>Give leads, start, end and label of a finding of your own.</source>
            <translation>Ableitungen, Beginn, Ende und Bezeichnung eines eigenen Befunds angeben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Global</source>
            <translation>Global</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Go back along the recordings you came by.</source>
            <translation>Den Weg der geöffneten Aufzeichnungen zurückgehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Go on where you left off</source>
            <translation>Weitermachen, wo Sie aufgehört haben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Go there; dragging the box moves along the recording.</source>
            <translation>Dorthin gehen; Ziehen des Kastens bewegt durch die Aufzeichnung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>Go through the findings</source>
            <translation>Durch die Befunde gehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Go to</source>
            <translation>Gehe zu</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Go to a page</source>
            <translation>Zu einer Seite gehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <source>Go to the beat of this shape before (P)</source>
            <translation>Zum vorigen Schlag dieser Form (P)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Go to the first of the model's findings.</source>
            <translation>Zum ersten Befund des Modells gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Go to the marker before.</source>
            <translation>Zur vorigen Marke gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <source>Go to the next beat of this shape (N)</source>
            <translation>Zum nächsten Schlag dieser Form (N)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Go to the next finding of the list.</source>
            <translation>Zum nächsten Befund der Liste gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Go to the next finding outside every region.</source>
            <translation>Zum nächsten Befund außerhalb aller Bereiche gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Go to the next marker.</source>
            <translation>Zur nächsten Marke gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Go to the next region or false alarm, by time.</source>
            <translation>Zum zeitlich nächsten Bereich oder Fehlalarm gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Go to the next region that a finding hits.</source>
            <translation>Zum nächsten Bereich gehen, den ein Befund trifft.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Go to the next region that no finding hits.</source>
            <translation>Zum nächsten Bereich gehen, den kein Befund trifft.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Go to the previous finding of the list.</source>
            <translation>Zum vorigen Befund der Liste gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Go to the region or false alarm before, by time.</source>
            <translation>Zum zeitlich vorigen Bereich oder Fehlalarm gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>Go to {start} – {end}</source>
            <translation>Gehe zu {start} – {end}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Good signal</source>
            <translation>Gutes Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/display_choices.py" />
            <source>Grey: for prints</source>
            <translation>Grau: für den Druck</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Group of the strongest finding</source>
            <translation>Gruppe des stärksten Befunds</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>Grouping of the findings</source>
            <translation>Gruppierung der Befunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>Guide, glossary, commands and results, in the browser; no network is needed.</source>
            <translation>Anleitung, Glossar, Befehle und Ergebnisse im Browser; ein Netz ist nicht nötig.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>HL7 aECG</source>
            <translation>HL7 aECG</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>Half real time</source>
            <translation>Halbe Echtzeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Handles that are dragged go to the nearest peak or trough; Ctrl does so while it is held.</source>
            <translation>Gezogene Griffe rasten am nächsten Gipfel oder Tal ein; Strg tut das, solange es gehalten wird.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Header and signal file, for PhysioNet's tools.</source>
            <translation>Kopf- und Signaldatei, für die Werkzeuge von PhysioNet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Heat</source>
            <translation>Farbkarte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Heat is being computed. The pages show what is known so far and say so; they follow by themselves.</source>
            <translation>Die Farben werden noch berechnet. Die Seiten zeigen, was schon bekannt ist, und sagen das; sie folgen von selbst.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>Heat is being computed: {done} of {total} s were assessed when this page was made.</source>
            <translation>Die Farben werden noch berechnet: {done} von {total} s waren bewertet, als diese Seite entstand.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>Heat that is shown in a study may deliberately be wrong: use nothing you saw here for anything else.</source>
            <translation>Farben, die in einer Studie gezeigt werden, können absichtlich falsch sein: Verwenden Sie nichts, was Sie hier gesehen haben, für etwas anderes.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Heat, {auroc:.3f}</source>
            <translation>Farbkarte, {auroc:.3f}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_panel.py" />
            <source>Height of T</source>
            <translation>Höhe von T</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Held against one of the two references alone: neither new nor known.</source>
            <translation>Nur an einer der beiden Referenzen gemessen: weder neu noch bekannt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Hidden leads, in spreads of normal ECGs</source>
            <translation>Verdeckte Ableitungen, in Streuungen normaler EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Hidden until you have committed your first read.</source>
            <translation>Verborgen, bis Sie Ihre erste Befundung festgelegt haben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <source>Hidden, because it could identify somebody: {n}</source>
            <translation>Ausgeblendet, weil es jemanden erkennbar machen könnte: {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <source>Hide identity</source>
            <translation>Identität ausblenden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/blinded_feature.py" />
            <source>Hide statements, report and everything the program finds until you have committed a first decision; remembered.</source>
            <translation>Aussagen, Befund und alles, was das Programm findet, verbergen, bis Sie eine erste Entscheidung festgelegt haben; wird gemerkt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/menus.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>High contrast</source>
            <translation>Hoher Kontrast</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Higher gain</source>
            <translation>Höhere Verstärkung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>Higher threshold</source>
            <translation>Höhere Schwelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Highest QRS of the chest leads</source>
            <translation>Höchster QRS der Brustwandableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Highest QRS of the limb leads</source>
            <translation>Höchster QRS der Extremitätenableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Highest minus lowest value between the two times, in mV</source>
            <translation>Höchster minus niedrigster Wert zwischen den beiden Zeiten, in mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>Hit</source>
            <translation>Treffer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Hits</source>
            <translation>Treffer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>Hits and misses: once the recording is assessed.</source>
            <translation>Treffer und Übersehenes: sobald die Aufzeichnung bewertet ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Hits, misses and false alarms</source>
            <translation>Treffer, Übersehenes und Fehlalarme</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Hits, misses and false alarms over the threshold</source>
            <translation>Treffer, Übersehenes und Fehlalarme über der Schwelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/screen_dialog.py" />
            <source>Hold a bank card ({width:.1f} mm wide) against the bar and move the slider until the bar is as long as the card. The answer is kept for this screen.</source>
            <translation>Halten Sie eine Bankkarte ({width:.1f} mm breit) an den Balken und bewegen Sie den Regler, bis der Balken so lang ist wie die Karte. Die Antwort wird für diesen Bildschirm aufbewahrt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Hold the scoring in the background, or go on with it.</source>
            <translation>Die Bewertung im Hintergrund anhalten oder fortsetzen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>How QT is corrected for the rate; it is named beside every QTc.</source>
            <translation>Wie QT für die Frequenz korrigiert wird; die Formel steht neben jedem QTc.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>How far the recording departs from the model's normal ECGs; higher departs more. Not a probability of disease. * the strongest of several 10-s windows, which is high by chance alone</source>
            <translation>Wie weit die Aufzeichnung von den normalen EKGs des Modells abweicht; höher weicht mehr ab. Keine Krankheitswahrscheinlichkeit. * das stärkste mehrerer 10-s-Fenster, das schon durch Zufall hoch ist</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>How strongly the model's colours cover the paper.</source>
            <translation>Wie stark die Farben des Modells das Papier decken.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_form.py" />
            <source>How sure are you, in per cent?</source>
            <translation>Wie sicher sind Sie, in Prozent?</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>How unusual each lead is as a whole, over all of its 10 s. Heat and findings are about the strongest moments: a lead can depart a little everywhere and have no finding.</source>
            <translation>Wie ungewöhnlich jede Ableitung als Ganzes ist, über alle 10 s. Farben und Befunde gelten den stärksten Stellen: Eine Ableitung kann überall ein wenig abweichen und keinen Befund haben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>I to V6</source>
            <translation>I bis V6</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/main_window.py" />
            <source>I understand</source>
            <translation>Verstanden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>I, II, III …</source>
            <translation>I, II, III …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Import texts</source>
            <translation>Textbausteine importieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Import…</source>
            <translation>Importieren …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>In brackets the percentile among {group}. ↑ ↓ outside the 2.5th to the 97.5th percentile, ▲ ▼ a finding.</source>
            <translation>In Klammern das Perzentil unter {group}. ↑ ↓ außerhalb des 2,5. bis 97,5. Perzentils, ▲ ▼ ein Befund.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>In ms by Fridericia; of a long recording, around its strongest 10 s</source>
            <translation>In ms nach Fridericia; bei einer langen Aufzeichnung um ihre stärksten 10 s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>In ms; of a long recording, around its strongest 10 s</source>
            <translation>In ms; bei einer langen Aufzeichnung um ihre stärksten 10 s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/review/review.py" />
            <source>In progress</source>
            <translation>In Arbeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>In the layout of a single lead, go to its neighbours.</source>
            <translation>In der Anordnung mit einer Ableitung zu ihren Nachbarn gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>In the layout of a single lead, the one after; on the paper the Down key does the same.</source>
            <translation>In der Anordnung mit einer Ableitung die nächste; auf dem Papier tut das auch die Taste Ab.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>In the layout of a single lead, the one before; on the paper the Up key does the same.</source>
            <translation>In der Anordnung mit einer Ableitung die vorige; auf dem Papier tut das auch die Taste Auf.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_model.py" />
            <source>In use: {first}. Other model: {second}.</source>
            <translation>In Gebrauch: {first}. Anderes Modell: {second}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <source>In words</source>
            <translation>In Worten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>In years; those over 89 are hidden by the data set</source>
            <translation>In Jahren; über 89 verbirgt der Datensatz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>In {n} of them the heat on the paper was deliberately not that of the recording. Nothing you saw there says anything about the recording or the model.</source>
            <translation>In {n} davon waren die Farben auf dem Papier absichtlich nicht die der Aufzeichnung. Nichts, was Sie dort gesehen haben, sagt etwas über die Aufzeichnung oder das Modell.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <source>Info</source>
            <translation>Info</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Insert</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Insert a text of your own</source>
            <translation>Einen eigenen Textbaustein einfügen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Insert into the conclusion</source>
            <translation>In die Beurteilung einfügen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Insert one of your own texts into the conclusion, with what was measured.</source>
            <translation>Einen eigenen Textbaustein in die Beurteilung einfügen, mit den Messwerten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Inside (%)</source>
            <translation>Innerhalb (%)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>Interval</source>
            <translation>Intervall</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_feature.py" />
            <source>Intervals</source>
            <translation>Intervalle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>Intervals by the fiducials of the average beat</source>
            <translation>Intervalle nach den Messpunkten des mittleren Schlags</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Irregular intervals</source>
            <translation>Unregelmäßige Intervalle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Irregular: intervals change by more than a share of</source>
            <translation>Unregelmäßig: Intervalle ändern sich um mehr als den Anteil</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>It is not clear which recording is meant. Name one of them.</source>
            <translation>Es ist nicht klar, welche Aufzeichnung gemeint ist. Eine davon nennen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>It lies beyond the edge of the plot.</source>
            <translation>Er liegt jenseits des Diagrammrands.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Its colour is a percentile among departures of its own part: ST and T, rate, intervals, rhythm, or all else; so more normal ECGs have a colour from the 95th somewhere than have a finding, which is ranked among all of them. In a sentence, normal ECGs near in age count more than others, and the number is what they are worth together.</source>
            <translation>Die Farbe ist ein Perzentil unter den Abweichungen des eigenen Teils: ST und T, Frequenz, Intervalle, Rhythmus oder alles Übrige; daher haben mehr normale EKGs irgendwo eine Farbe ab dem 95. als einen Befund, der unter ihnen allen eingereiht ist. In einem Satz zählen normale EKGs ähnlichen Alters mehr als andere, und die Zahl ist, was sie zusammen wiegen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Its colour is the share of normal ECGs whose same wave in the same lead is nowhere as unusual.</source>
            <translation>Die Farbe ist der Anteil normaler EKGs, deren gleiche Welle in der gleichen Ableitung nirgends so ungewöhnlich ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Its colour is the share of normal ECGs without a beat as odd in that lead.</source>
            <translation>Die Farbe ist der Anteil normaler EKGs ohne einen so auffälligen Schlag in dieser Ableitung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>J</source>
            <translation>J</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>J point</source>
            <translation>J-Punkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Journal of another machine</source>
            <translation>Protokoll eines anderen Rechners</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Kappa, alpha and overlap of all readers in the journal, with intervals, and of readers and model.</source>
            <translation>Kappa, Alpha und Überlappung aller Lesenden im Protokoll, mit Intervallen, und von Lesenden und Modell.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Keep both</source>
            <translation>Beide behalten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Keep both gives the new files a number.</source>
            <translation>Beide behalten gibt den neuen Dateien eine Nummer.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Keep it</source>
            <translation>Dabei bleiben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Keep the changed decision. (Ctrl+Alt+Return)</source>
            <translation>Die geänderte Entscheidung festhalten. (Strg+Alt+Eingabe)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/blinded_feature.py" />
            <source>Keep the first decision</source>
            <translation>Bei der ersten Entscheidung bleiben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Keep this decision as an adjudication, in your name.</source>
            <translation>Diese Entscheidung als Schiedsspruch in Ihrem Namen festhalten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Keep this decision, then show everything. (Ctrl+Alt+Return)</source>
            <translation>Diese Entscheidung festhalten, dann alles zeigen. (Strg+Alt+Eingabe)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_panel.py" />
            <source>Keep this decision; there is no way back. (Ctrl+Alt+Return)</source>
            <translation>Diese Entscheidung festhalten; es gibt kein Zurück. (Strg+Alt+Eingabe)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/blinded_feature.py" />
            <source>Keep your decision on the recording with its time; after a blinded first read, show everything.</source>
            <translation>Ihre Entscheidung zur Aufzeichnung mit ihrer Zeit festhalten; nach einer verblindeten ersten Befundung alles zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/first_read.py" />
            <source>Kept after seeing the model, at {time}.</source>
            <translation>Nach Ansicht des Modells beibehalten, um {time}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_panel.py" />
            <source>Kept when you leave the field, and again whenever you change it. (Ctrl+K)</source>
            <translation>Wird gespeichert, sobald das Feld verlassen wird, und nach jeder Änderung wieder. (Strg+K)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Key</source>
            <translation>Taste</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_dialog.py" />
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>Keys and actions</source>
            <translation>Tasten und Aktionen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>Kind of episode</source>
            <translation>Art der Episode</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Kind of model</source>
            <translation>Art des Modells</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Label</source>
            <translation>Bezeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Label and note</source>
            <translation>Bezeichnung und Notiz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/label_edit.py" />
            <source>Label of the finding</source>
            <translation>Bezeichnung des Befunds</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/label_edit.py" />
            <source>Label, then Enter</source>
            <translation>Bezeichnung, dann Eingabe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Later</source>
            <translation>Später</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Later recording</source>
            <translation>Spätere Aufnahme</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Later:</source>
            <translation>Später:</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <source>Lay the average beat over those of normal ECGs of the same age, sex and rate.</source>
            <translation>Den mittleren Schlag über die normaler EKGs desselben Alters, Geschlechts und derselben Frequenz legen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <source>Lay the five most alike normal ECGs over the average beat.</source>
            <translation>Die fünf ähnlichsten normalen EKGs über den mittleren Schlag legen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Lay what the model expected over the recorded trace.</source>
            <translation>Was das Modell erwartet hat, über die aufgezeichnete Kurve legen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/layer_legend.py" />
            <source>Layers of the heat</source>
            <translation>Ebenen der Farbkarte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/paper_menu.py" />
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Layout</source>
            <translation>Anordnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Layout and scale of pages</source>
            <translation>Anordnung und Maßstab der Seiten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_dialog.py" />
            <source>Layout of the four papers</source>
            <translation>Anordnung der vier Papiere</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <location filename="ecg_viewer/state/measure/caliper_readings.py" />
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <location filename="ecg_viewer/state/serial/words.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Lead</source>
            <translation>Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <source>Lead (mV)</source>
            <translation>Abl. (mV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Lead II</source>
            <translation>Ableitung II</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>Lead of the findings</source>
            <translation>Ableitung der Befunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Lead of the page, of the ST trend and of the shapes</source>
            <translation>Ableitung der Seite, des ST-Trends und der Formen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/lead_feature.py" />
            <source>Lead to the front</source>
            <translation>Ableitung nach vorn</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Lead {lead}</source>
            <translation>Ableitung {lead}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Lead {lead} contradicts the other limb leads, which agree: {law} is broken by {misfit_mv:.2f} mV rms, {share:.0f} % of the leads' own.</source>
            <translation>Ableitung {lead} widerspricht den anderen Extremitätenableitungen, die zueinander passen: {law} ist um {misfit_mv:.2f} mV (Effektivwert) verletzt, {share:.0f} % von dem der Ableitungen selbst.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Lead {lead} holds {present} samples; {stated} are stated.</source>
            <translation>Ableitung {lead} enthält {present} Abtastwerte, angegeben sind {stated}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Lead {lead} is recorded upside down (“{name}”); it is shown the usual way up.</source>
            <translation>Ableitung {lead} ist umgepolt aufgezeichnet („{name}“); sie wird in üblicher Richtung gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Lead {lead} is recorded {n} times: the first is shown, the others are further channels.</source>
            <translation>Ableitung {lead} ist {n}-mal aufgezeichnet: Die erste wird gezeigt, die anderen sind weitere Kanäle.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Lead {lead} may be early: its beats come about {lag_ms:.0f} ms before those of the other leads. Do not measure across leads.</source>
            <translation>Ableitung {lead} ist vielleicht zeitlich zu früh: Ihre Schläge kommen etwa {lag_ms:.0f} ms vor denen der anderen Ableitungen. Nicht über Ableitungen hinweg messen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Lead {lead} may be late: its beats come about {lag_ms:.0f} ms after those of the other leads. Do not measure across leads.</source>
            <translation>Ableitung {lead} ist vielleicht verspätet: Ihre Schläge kommen etwa {lag_ms:.0f} ms nach denen der anderen Ableitungen. Nicht über Ableitungen hinweg messen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Lead {lead} may be upside down: the other limb leads, which agree, say the opposite ({law} is broken by {misfit_mv:.2f} mV rms, {share:.0f} % of the leads' own).</source>
            <translation>Ableitung {lead} steht vielleicht auf dem Kopf: Die anderen Extremitätenableitungen, die zueinander passen, sagen das Gegenteil ({law} ist um {misfit_mv:.2f} mV (Effektivwert) verletzt, {share:.0f} % von dem der Ableitungen selbst).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>Lead, label or note</source>
            <translation>Ableitung, Bezeichnung oder Notiz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Lead, time, amplitude and percentile stand in the status bar.</source>
            <translation>Ableitung, Zeit, Amplitude und Perzentil stehen in der Statusleiste.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Leads</source>
            <translation>Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Leads in the strongest 10 s</source>
            <translation>Ableitungen in den stärksten 10 s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>Leads of the columns</source>
            <translation>Ableitungen der Spalten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Leads of the region or the finding</source>
            <translation>Ableitungen des Bereichs oder Befunds</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>Leads to be shown under each other:</source>
            <translation>Ableitungen, die untereinander stehen sollen:</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Leads {leads} are the same: one of them is a copy, or their electrodes touch.</source>
            <translation>Die Ableitungen {leads} sind gleich: Eine ist eine Kopie, oder ihre Elektroden berühren sich.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_form.py" />
            <source>Leads, if you like</source>
            <translation>Ableitungen, wenn Sie möchten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/lead_bars.py" />
            <source>Leads, most unusual first</source>
            <translation>Ableitungen, die ungewöhnlichste zuerst</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>Leads, unreliable percentiles</source>
            <translation>Ableitungen, unzuverlässige Perzentile</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Learned from {data}</source>
            <translation>Gelernt aus {data}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Leave as they are</source>
            <translation>Lassen, wie sie sind</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>Left out: rhythm marks that are in no table of rhythms: {codes}.</source>
            <translation>Weggelassen: Rhythmusmarken, die in keiner Rhythmustabelle stehen: {codes}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/heat_legend.py" />
            <source>Legend of the heat map</source>
            <translation>Legende der Farbkarte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>Length</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/screen_dialog.py" />
            <source>Length of the bar</source>
            <translation>Länge des Balkens</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Less unusual than every one of {cohort}</source>
            <translation>Weniger ungewöhnlich als jedes Vergleichs-EKG ({cohort})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/model_feature.py" />
            <source>Let the model assess the open recording again.</source>
            <translation>Das Modell die geöffnete Aufzeichnung neu bewerten lassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Let the model score every recording of the worklist in the background, those in view first.</source>
            <translation>Das Modell jede Aufzeichnung der Arbeitsliste im Hintergrund bewerten lassen, die sichtbaren zuerst.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>Let the paper run in real time, or stand still; it stops at the end.</source>
            <translation>Das Papier in Echtzeit laufen lassen oder anhalten; am Ende bleibt es stehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Letter, landscape</source>
            <translation>Letter quer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/menus.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Limb leads in the order of the frontal plane, aVL to III, with aVR inverted; in any layout.</source>
            <translation>Extremitätenableitungen in der Reihenfolge der Frontalebene, aVL bis III, mit −aVR; in jeder Anordnung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>Limb leads left, chest leads right; the right half goes on in time.</source>
            <translation>Extremitätenableitungen links, Brustwandableitungen rechts; die rechte Hälfte setzt die Zeit fort.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Limb leads may be mixed up or wrongly scaled: {law} is broken by {misfit_mv:.2f} mV rms, {share:.0f} % of the leads' own.</source>
            <translation>Die Extremitätenableitungen sind vielleicht vertauscht oder falsch skaliert: {law} ist um {misfit_mv:.2f} mV (Effektivwert) verletzt, {share:.0f} % von dem der Ableitungen selbst.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/limits_dialog.py" />
            <source>Limits of episodes</source>
            <translation>Grenzen der Episoden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/limits_dialog.py" />
            <source>Limits say what is listed, not what is ill. Their sources are in the guide.</source>
            <translation>Grenzen sagen, was aufgelistet wird, nicht, was krank ist. Ihre Quellen stehen im Leitfaden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>Limits…</source>
            <translation>Grenzen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>Linked</source>
            <translation>Gekoppelt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>List all recordings of a folder, or of PTB-XL with its statements, in place of those that are listed, and open the first.</source>
            <translation>Alle Aufzeichnungen eines Ordners oder von PTB-XL mit seinen Aussagen anstelle der gelisteten auflisten und die erste öffnen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>List every finding again.</source>
            <translation>Wieder jeden Befund auflisten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>List of work</source>
            <translation>Arbeitsliste</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>List only findings of a lead, a percentile, or with a word in label or note.</source>
            <translation>Nur Befunde einer Ableitung, eines Perzentils oder mit einem Wort in Bezeichnung oder Notiz auflisten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>List only what is still to be reviewed; again: everything.</source>
            <translation>Nur auflisten, was noch zu begutachten ist; nochmals: alles.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>List only what readers decided differently, and settle it in your name.</source>
            <translation>Nur auflisten, was Lesende verschieden entschieden haben, und es in Ihrem Namen klären.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>List only what you have confirmed, and your own findings; again: everything.</source>
            <translation>Nur auflisten, was Sie bestätigt haben, und Ihre eigenen Befunde; nochmals: alles.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>List only what you have dismissed; again: everything.</source>
            <translation>Nur auflisten, was Sie verworfen haben; nochmals: alles.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>List the parts of the score lead by lead in the tab Research.</source>
            <translation>Die Anteile des Werts je Ableitung auf dem Reiter Forschung auflisten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>List the recordings of a folder behind those that are listed; opening a folder takes their place.</source>
            <translation>Die Aufzeichnungen eines Ordners hinter den gelisteten anfügen; Öffnen eines Ordners ersetzt sie.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>List the recordings that a file names, for a reader and a day, in place of those listed.</source>
            <translation>Die Aufzeichnungen auflisten, die eine Datei nennt, für eine befundende Person und einen Tag, anstelle der gelisteten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>Lists of work</source>
            <translation>Arbeitslisten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Little seen: ST level, conduction times, rhythm</source>
            <translation>Kaum erkannt: ST-Höhe, Leitung, Rhythmus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Local</source>
            <translation>Lokal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Local time, {offset}.</source>
            <translation>Ortszeit, {offset}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Long recording</source>
            <translation>Langzeitaufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_feature.py" />
            <source>Long recording…</source>
            <translation>Langzeitaufzeichnung …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Longest R-R</source>
            <translation>Längstes RR</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Longest R-R to median R-R</source>
            <translation>Längstes RR zu medianem RR</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>Look at the bare ECG</source>
            <translation>Das reine EKG ansehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Look at the masked pass before.</source>
            <translation>Den vorigen maskierten Durchgang ansehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Look at the next masked pass.</source>
            <translation>Den nächsten maskierten Durchgang ansehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <source>Looking at the folder {folder}…</source>
            <translation>Ordner {folder} wird angesehen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Looking for recordings of this patient…</source>
            <translation>Aufnahmen dieses Patienten werden gesucht …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Lower gain</source>
            <translation>Niedrigere Verstärkung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>Lower threshold</source>
            <translation>Niedrigere Schwelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Lowest percentile</source>
            <translation>Niedrigstes Perzentil</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/about.py" />
            <source>MIT licence. Demo recordings: PTB-XL (Wagner et al. 2020), CC BY 4.0.</source>
            <translation>MIT-Lizenz. Beispielaufzeichnungen: PTB-XL (Wagner et al. 2020), CC BY 4.0.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Mains frequency to filter out</source>
            <translation>Netzfrequenz herausfiltern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <source>Make a localization benchmark of the recordings you have reviewed.</source>
            <translation>Aus den Aufzeichnungen, die Sie begutachtet haben, einen Lokalisationsbenchmark machen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Make a model with these percentiles</source>
            <translation>Modell mit diesen Perzentilen anlegen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>Make a study of the recordings that the worklist shows: readers, arms, order by a seed.</source>
            <translation>Eine Studie aus den Aufzeichnungen der Arbeitsliste anlegen: Lesende, Arme, Reihenfolge nach einer Startzahl.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Making a benchmark</source>
            <translation>Benchmark wird erstellt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Map, AUROC {auroc:.3f}</source>
            <translation>Karte, AUROC {auroc:.3f}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Maps (NPZ)</source>
            <translation>Karten (NPZ)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_maps.py" />
            <source>Maps of both references</source>
            <translation>Karten beider Bezüge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Maps with what the model expected</source>
            <translation>Karten mit dem, was das Modell erwartet hat</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>March</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>March out</source>
            <translation>Intervall fortsetzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/finding_tool.py" />
            <location filename="ecg_viewer/qt/review/own_feature.py" />
            <source>Mark a finding</source>
            <translation>Befund markieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Mark all shown</source>
            <translation>Alle gezeigten markieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Mark every recording that search and filters let through.</source>
            <translation>Jede Aufzeichnung markieren, die Suche und Filter durchlassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Mark or unmark the current recording of the worklist, and in the table go on to the next. Shift+click marks all between.</source>
            <translation>Die aktuelle Aufzeichnung der Liste markieren oder ihre Markierung entfernen und in der Tabelle zur nächsten gehen. Umschalt+Klick markiert alle dazwischen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Mark the instant under the mouse, or the middle of what is shown; its name can be changed in the list.</source>
            <translation>Den Zeitpunkt unter der Maus markieren oder die Mitte des Gezeigten; der Name lässt sich in der Liste ändern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Mark the recording</source>
            <translation>Aufzeichnung markieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Marked</source>
            <translation>Markiert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_controller.py" />
            <source>Marked as reviewed with {n} of {all} findings still to review: they count as neither confirmed nor normal, and a benchmark leaves them out. Undo takes the mark back.</source>
            <translation>Als begutachtet markiert, {n} von {all} Befunden sind offen: sie gelten weder als bestätigt noch als normal, und ein Benchmark lässt sie aus. Rückgängig nimmt die Markierung zurück.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_controller.py" />
            <source>Marked as reviewed, but the model has not finished: what it still finds is not decided.</source>
            <translation>Als begutachtet markiert, aber das Modell ist noch nicht fertig: was es noch findet, ist nicht entschieden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Marked in the worklist with Insert or by a click on their box.</source>
            <translation>In der Arbeitsliste mit Einfg oder durch Klick auf ihr Kästchen markiert.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <location filename="ecg_viewer/qt/worklist/table_dialog.py" />
            <source>Marked recordings ({n})</source>
            <translation>Markierte Aufzeichnungen ({n})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/markers.py" />
            <source>Marker {n}</source>
            <translation>Marke {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Markers</source>
            <translation>Marken</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Markers (M sets one)</source>
            <translation>Marken (M setzt eine)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Markers · {n}</source>
            <translation>Marken · {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Marks</source>
            <translation>Markierungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Masked passes</source>
            <translation>Maskierte Durchgänge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Masked segments, in spreads of normal ECGs</source>
            <translation>Maskierte Segmente, in Streuungen normaler EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Match a bar to a bank card, so that a millimetre on the paper is a millimetre.</source>
            <translation>Einen Balken an eine Bankkarte anpassen, damit ein Millimeter auf dem Papier ein Millimeter ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Mean NN</source>
            <translation>Mittleres NN</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Mean interval between normal beats</source>
            <translation>Mittleres Intervall zwischen normalen Schlägen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Mean of the recordings' AUROCs</source>
            <translation>Mittel der AUROCs der Aufzeichnungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Mean of the standard deviations of 5 minutes</source>
            <translation>Mittel der Standardabweichungen von je 5 Minuten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Measure</source>
            <translation>Messen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Measure again</source>
            <translation>Neu messen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_feature.py" />
            <source>Measure the intervals of the visible stretch anew.</source>
            <translation>Die Intervalle des sichtbaren Abschnitts neu messen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_feature.py" />
            <source>Measure what is shown</source>
            <translation>Das Gezeigte messen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Measure what is shown now</source>
            <translation>Das jetzt Gezeigte messen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>Measured</source>
            <translation>Gemessen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>Measured automatically. Research use only, not for diagnosis.</source>
            <translation>Automatisch gemessen. Nur für die Forschung, nicht zur Diagnose.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>Measured by rules on the recorded signal, not by the model.</source>
            <translation>Durch Regeln am aufgezeichneten Signal gemessen, nicht durch das Modell.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Measured by the device</source>
            <translation>Vom Gerät gemessen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Measured intervals</source>
            <translation>Gemessene Intervalle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>Measured on {where}, stated by the model's card.</source>
            <translation>Gemessen an {where}, laut Modellkarte.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Measurement</source>
            <translation>Messwert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/first_page.py" />
            <location filename="ecg_viewer/export/pages/html.py" />
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/measure/header_line.py" />
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>Measurements</source>
            <translation>Messwerte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Measurements (CSV)</source>
            <translation>Messwerte (CSV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Measurements and confirmed findings as FHIR R4 Observations, marked as preliminary.</source>
            <translation>Messwerte und bestätigte Befunde als FHIR-R4-Observations, als vorläufig gekennzeichnet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Measurements and confirmed findings as a DICOM structured report that points at the recording's channels.</source>
            <translation>Messwerte und bestätigte Befunde als strukturierter DICOM-Bericht, der auf die Kanäle der Aufzeichnung verweist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Measurements of every lead</source>
            <translation>Messwerte aller Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_feature.py" />
            <source>Measurements of every lead…</source>
            <translation>Messwerte aller Ableitungen…</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Measurements of the average beat (P, QRS, ST, T, intervals, axis, rate) that lie outside the range of normal ECGs of that sex and age.</source>
            <translation>Messwerte des mittleren Schlags (P, QRS, ST, T, Intervalle, Achse, Frequenz), die außerhalb des Bereichs normaler EKGs dieses Geschlechts und Alters liegen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Measuring</source>
            <translation>Messung läuft</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Measuring…</source>
            <translation>Messung läuft …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Median</source>
            <translation>Median</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Median and quartiles</source>
            <translation>Median und Quartile</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Median of the scores</source>
            <translation>Median der Werte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Millivolts for NumPy.</source>
            <translation>Millivolt für NumPy.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>Miss</source>
            <translation>Übersehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Missed</source>
            <translation>Übersehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Missed by the model</source>
            <translation>Vom Modell übersehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Missed regions</source>
            <translation>Übersehene Bereiche</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Misses</source>
            <translation>Übersehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Model explanation</source>
            <translation>Erklärung des Modells</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Model input: {preprocessing}</source>
            <translation>Modelleingabe: {preprocessing}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <location filename="ecg_viewer/qt/window/visibility_feature.py" />
            <source>Model marks</source>
            <translation>Modellmarkierungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>Model of side B</source>
            <translation>Modell der Seite B</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Model {name}, version {version}</source>
            <translation>Modell {name}, Version {version}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Model {name}, version {version}, on {device}</source>
            <translation>Modell {name}, Version {version}, auf {device}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Model {name}, version {version}, weights SHA-256 {sha256}</source>
            <translation>Modell {name}, Version {version}, Gewichte SHA-256 {sha256}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Model's map</source>
            <translation>Karte des Modells</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Model's map: at {at_s:.1f} s, {leads}</source>
            <translation>Karte des Modells: bei {at_s:.1f} s, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layers.py" />
            <source>Model's map: single moments</source>
            <translation>Karte des Modells: einzelne Stellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Model's map: {wave} at {at_s:.1f} s, {leads}</source>
            <translation>Karte des Modells: {wave} bei {at_s:.1f} s, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layers.py" />
            <source>Model's map: {wave}, single moments</source>
            <translation>Karte des Modells: {wave}, einzelne Stellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Model's map: {wave}, {leads}, {beats}</source>
            <translation>Karte des Modells: {wave}, {leads}, {beats}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>Model's score</source>
            <translation>Wert des Modells</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/about.py" />
            <source>Model: {name} {version}, SHA-256 {sha256}…</source>
            <translation>Modell: {name} {version}, SHA-256 {sha256} …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>More unusual than every one of {cohort}</source>
            <translation>Ungewöhnlicher als jedes Vergleichs-EKG ({cohort})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>More unusual than {percent} % of {cohort}</source>
            <translation>Ungewöhnlicher als {percent} % der Vergleichs-EKGs ({cohort})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_dialog.py" />
            <source>Mouse</source>
            <translation>Maus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_feature.py" />
            <source>Move fiducials</source>
            <translation>Messpunkte bewegen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Move the mouse</source>
            <translation>Maus bewegen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_feature.py" />
            <source>Move the view back by a tenth of the recording.</source>
            <translation>Den sichtbaren Ausschnitt um ein Zehntel der Aufzeichnung zurückbewegen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_feature.py" />
            <source>Move the view forward by a tenth of the recording.</source>
            <translation>Den sichtbaren Ausschnitt um ein Zehntel der Aufzeichnung weiterbewegen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/poincare_plot.py" />
            <source>NN interval, the next one up (ms)</source>
            <translation>NN-Intervall, das nächste senkrecht (ms)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>NVIDIA graphics card (CUDA)</source>
            <translation>NVIDIA-Grafikkarte (CUDA)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Name of the cohort</source>
            <translation>Name der Kohorte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <source>Name of the list</source>
            <translation>Name der Liste</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Name of the reviewer</source>
            <translation>Name des Gutachters</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Name or number of the recording</source>
            <translation>Name oder Nummer der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Named departures</source>
            <translation>Benannte Abweichungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_panel.py" />
            <source>Named departures of the changed beats</source>
            <translation>Benannte Abweichungen der veränderten Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Named departures, in spreads of normal ECGs</source>
            <translation>Benannte Abweichungen, in Streuungen normaler EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Named departures: {reason}.</source>
            <translation>Benannte Abweichungen: {reason}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>Named where they differ by more than {limits}. Neither is taken for right.</source>
            <translation>Genannt, wo sie sich um mehr als {limits} unterscheiden. Keiner der Werte gilt als richtig.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Names with commas between</source>
            <translation>Namen, durch Kommas getrennt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Names, numbers, dates and free comments. Off at every export.</source>
            <translation>Namen, Nummern, Daten und freie Kommentare. Bei jedem Export erst aus.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <location filename="ecg_viewer/qt/normals/normals_panel.py" />
            <source>Nearest normal ECGs</source>
            <translation>Ähnlichste normale EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <source>Nearest normals</source>
            <translation>Ähnlichste Normale</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>New reader study</source>
            <translation>Neue Befunderstudie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>New reader study…</source>
            <translation>Neue Befunderstudie …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>New scores or decisions ask for another order. Rows keep their places until you ask.</source>
            <translation>Neue Bewertungen oder Entscheidungen ergeben eine andere Reihenfolge. Die Zeilen bleiben stehen, bis neu sortiert wird.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/what_if_words.py" />
            <source>New: {fact}</source>
            <translation>Neu: {fact}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/callout.py" />
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Next arrangement</source>
            <translation>Nächste Anordnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <source>Next beat ▶</source>
            <translation>Nächster Schlag ▶</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Next caliper or handle</source>
            <translation>Nächster Messzirkel oder Griff</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Next false alarm</source>
            <translation>Nächster Fehlalarm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Next finding</source>
            <translation>Nächster Befund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Next hit</source>
            <translation>Nächster Treffer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Next hit, miss or false alarm</source>
            <translation>Nächster Treffer, Übersehenes oder Fehlalarm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>Next lead</source>
            <translation>Nächste Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Next marker</source>
            <translation>Nächste Marke</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Next miss</source>
            <translation>Nächstes Übersehenes</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Next page</source>
            <translation>Nächste Seite</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Next pass</source>
            <translation>Nächster Durchgang</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Next recording</source>
            <translation>Nächste Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Next recording to review</source>
            <translation>Nächste zu begutachtende Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Next recording to review goes by</source>
            <translation>Nächste zu begutachtende Aufzeichnung nach</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Next recording with a miss or false alarm</source>
            <translation>Nächste Aufzeichnung mit Übersehenem oder Fehlalarm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>Next style</source>
            <translation>Nächster Stil</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Next view</source>
            <translation>Nächster Ausschnitt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <source>Nine in ten normal ECGs of the same age, sex and rate (Y)</source>
            <translation>Neun von zehn normalen EKGs desselben Alters, Geschlechts und derselben Frequenz (Y)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>No AUROC: no assessed point lies in a region, or none outside.</source>
            <translation>Keine AUROC: kein bewerteter Punkt liegt in einem Bereich oder keiner außerhalb.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/layer_legend.py" />
            <source>No colour does not mean normal:</source>
            <translation>Keine Farbe heißt nicht normal:</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>No colour; marks of findings stay. Space hides those too.</source>
            <translation>Keine Farbe; Markierungen der Befunde bleiben. Die Leertaste blendet auch sie aus.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>No conflicts: readers who decided about the same thing decided alike.</source>
            <translation>Keine Widersprüche: Wer über dasselbe entschieden hat, hat gleich entschieden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>No filter</source>
            <translation>Kein Filter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>No finding passes the filter.</source>
            <translation>Kein Befund passt zum Filter.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>No finding: more than one normal ECG in twenty shows something as unusual. Single measurements do stand out: in bold above the paper or in colour on it.</source>
            <translation>Kein Befund: Mehr als eines von zwanzig normalen EKGs zeigt etwas ebenso Ungewöhnliches. Einzelne Messungen weichen dennoch ab: fett über dem Papier oder farbig auf ihm.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <source>No first beat was found in one of the recordings; set the offset by hand.</source>
            <translation>In einer der Aufzeichnungen wurde kein erster Schlag gefunden; stellen Sie den Versatz von Hand ein.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>No heat</source>
            <translation>Keine Farbkarte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/what_if_words.py" />
            <source>No longer: {fact}</source>
            <translation>Nicht mehr: {fact}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>No mains notch</source>
            <translation>Kein Netzfilter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>No model was asked.</source>
            <translation>Kein Modell wurde befragt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/what_if_words.py" />
            <source>No named departure.</source>
            <translation>Keine benannte Abweichung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>No other recording of this patient is listed. Add the ones to compare with.</source>
            <translation>Keine weitere Aufnahme dieses Patienten steht in der Liste. Fügen Sie hinzu, womit verglichen werden soll.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>No printer is set up on this computer; save a PDF instead.</source>
            <translation>Auf diesem Rechner ist kein Drucker eingerichtet; speichern Sie stattdessen ein PDF.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/about.py" />
            <source>No program opened {page}. Open it in a browser.</source>
            <translation>Kein Programm hat {page} geöffnet. Öffnen Sie die Datei in einem Browser.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>No recording fulfils the filters. Clear them with the button above, or change the search.</source>
            <translation>Keine Aufzeichnung erfüllt die Filter. Löschen Sie sie mit der Schaltfläche oben oder ändern Sie die Suche.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>No recording fulfils the worklist's filters. Clear them in the worklist.</source>
            <translation>Keine Aufzeichnung erfüllt die Filter der Arbeitsliste. Löschen Sie sie in der Arbeitsliste.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/empty_state.py" />
            <source>No recording is open</source>
            <translation>Keine Aufzeichnung geöffnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_bar.py" />
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <location filename="ecg_viewer/state/holter/board.py" />
            <source>No recording is open.</source>
            <translation>Keine Aufzeichnung geöffnet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>No recording is open: only the normal ECGs are shown.</source>
            <translation>Keine Aufzeichnung ist geöffnet: nur die normalen EKGs werden gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>No recordings yet. Open a folder with Ctrl+Shift+O, a recording with Ctrl+O, or drop one here.</source>
            <translation>Noch keine Aufzeichnungen. Öffnen Sie mit Strg+Umschalt+O einen Ordner, mit Strg+O eine Aufzeichnung, oder ziehen Sie eine hierher.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>No single stretch stands out, but the recording as a whole does: see the summary.</source>
            <translation>Kein einzelner Abschnitt hebt sich ab, aber die Aufzeichnung als Ganzes: siehe Übersicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>No steady P wave</source>
            <translation>Keine beständige P-Welle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>No stretch stands out from the normal cohort. This does not mean the ECG is normal.</source>
            <translation>Kein Abschnitt hebt sich von der Normalkohorte ab. Das heißt nicht, dass das EKG normal ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>No stretch stands out in what was assessed.</source>
            <translation>In dem, was bewertet wurde, hebt sich kein Abschnitt ab.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_feature.py" />
            <source>No tool</source>
            <translation>Kein Werkzeug</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <source>No value of P, Q, R, S, ST or T lies beyond 97.5 % of these normals.</source>
            <translation>Kein Wert von P, Q, R, S, ST oder T liegt jenseits von 97,5 % dieser Normalen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>No.</source>
            <translation>Nr.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>None of the recordings that the worklist shows is scored. Score them in the background (Ctrl+Shift+R), or open scores from a file.</source>
            <translation>Keine der Aufzeichnungen, die die Arbeitsliste zeigt, ist bewertet. Bewerten Sie sie im Hintergrund (Strg+Umschalt+R), oder öffnen Sie Werte aus einer Datei.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>None of {count} recordings can be part of a benchmark. The first, {name}: {reason}.</source>
            <translation>Keine von {count} Aufzeichnungen kann Teil eines Benchmarks sein. Die erste, {name}: {reason}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>None so far: the recording was not yet assessed as a whole.</source>
            <translation>Noch keine: Die Aufzeichnung war noch nicht ganz bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>None.</source>
            <translation>Keine.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/review/reads.py" />
            <source>Normal</source>
            <translation>Normal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/opening.py" />
            <source>Normal ECG</source>
            <translation>Normales EKG</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <location filename="ecg_viewer/qt/research/plots_dialog.py" />
            <source>Normal ECGs</source>
            <translation>Normale EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>Normal ECGs are not mentioned while what the program marks is hidden.</source>
            <translation>Normale EKGs werden nicht genannt, solange die Markierungen des Programms verborgen sind.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_panel.py" />
            <source>Normal ECGs like this one</source>
            <translation>Normale EKGs wie dieses</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Normal ECGs with a lower score</source>
            <translation>Normale EKGs mit niedrigerem Wert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Normal ECGs, {n:g} %</source>
            <translation>Normale EKGs, {n:g} %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <source>Normals</source>
            <translation>Normale</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/drift_strip.py" />
            <source>Normals of this list. {sentence}</source>
            <translation>Normale dieser Liste. {sentence}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>Normals that can be used: {n}; left out: {left_out}.</source>
            <translation>Verwendbare Normale: {n}; ausgelassen: {left_out}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Not assessed</source>
            <translation>Nicht bewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Not assessed.</source>
            <translation>Nicht bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Not assessed: every lead is flat, missing or too small.</source>
            <translation>Nicht bewertet: Jede Ableitung ist flach, fehlt oder ist zu klein.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Not assessed: {n:,} of {total:,} stretches of 10 s.</source>
            <translation>Nicht bewertet: {n:,} von {total:,} Abschnitten von 10 s.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/findings_csv.py" />
            <source>Not assessed: {note}</source>
            <translation>Nicht bewertet: {note}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Not assessed: {reason}</source>
            <translation>Nicht bewertet: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Not compared with normal ECGs</source>
            <translation>Nicht mit normalen EKGs verglichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/first_read.py" />
            <source>Not decided again after seeing the model.</source>
            <translation>Nach Ansicht des Modells nicht erneut entschieden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/what_if_words.py" />
            <source>Not judged: {reason}</source>
            <translation>Nicht beurteilt: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Not measured or compared</source>
            <translation>Nicht gemessen oder verglichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/review/review.py" />
            <source>Not reviewed</source>
            <translation>Nicht begutachtet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Not scored</source>
            <translation>Nicht bewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>Not scored yet.</source>
            <translation>Noch nicht bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Not seen: a single odd beat, anything unmeasured</source>
            <translation>Nicht erkannt: Einzelschläge, Ungemessenes</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Not seen: what all beats share, small T alternans</source>
            <translation>Nicht erkannt: Gemeinsames, T-Alternans</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Not stated in the file but by the person who opened it: {what}.</source>
            <translation>Nicht in der Datei angegeben, sondern beim Öffnen: {what}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>Not written</source>
            <translation>Nicht geschrieben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>Not written: {reason}</source>
            <translation>Nicht geschrieben: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>Not yet on the disk.</source>
            <translation>Noch nicht gespeichert.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>Note on the finding</source>
            <translation>Notiz zum Befund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <source>Note on the list</source>
            <translation>Notiz zur Liste</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>Note on {lead}, {time}</source>
            <translation>Notiz zu {lead}, {time}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>Note: choose a finding</source>
            <translation>Notiz: einen Befund wählen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Note: {note}</source>
            <translation>Notiz: {note}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Note…</source>
            <translation>Notiz …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>Nothing beside this recording says what is abnormal in it, and the reviewer has confirmed nothing.</source>
            <translation>Nichts bei dieser Aufzeichnung sagt, was an ihr auffällig ist, und der Gutachter hat nichts bestätigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_dialog.py" />
            <source>Nothing by that name.</source>
            <translation>Nichts unter diesem Namen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Nothing departs from normals, nor clearly from the earlier ECG.</source>
            <translation>Nichts weicht von Normalen ab, auch nicht deutlich vom früheren EKG.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Nothing has been measured yet.</source>
            <translation>Noch nichts gemessen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Nothing is known to be abnormal in this recording. Confirm a finding (C), mark one of your own, or open a recording with a lesion file, beat annotations or a label array.</source>
            <translation>Von dieser Aufzeichnung ist nichts Auffälliges bekannt. Bestätigen Sie einen Befund (C), markieren Sie einen eigenen, oder öffnen Sie eine Aufzeichnung mit Läsionsdatei, Schlagannotationen oder Label-Array.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>Nothing speaks against this cohort's percentiles (p = {p}).</source>
            <translation>Nichts spricht gegen die Perzentile dieser Kohorte (p = {p}).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>Nothing to add</source>
            <translation>Nichts hinzuzufügen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Nothing was assessed.</source>
            <translation>Nichts wurde bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Nothing was left out.</source>
            <translation>Nichts wurde ausgelassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Nothing was measured in both ECGs.</source>
            <translation>In beiden EKGs zugleich wurde nichts gemessen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Nothing yet; assessing…</source>
            <translation>Noch nichts; Bewertung läuft …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Nothing yet; the model is starting…</source>
            <translation>Noch nichts; das Modell startet …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/widgets/message_bar.py" />
            <source>Notice</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>Of QTc only that by {formula} is compared.</source>
            <translation>Von den QTc wird nur die nach {formula} verglichen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Of other packages</source>
            <translation>Aus anderen Paketen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Of the map's points against the reference regions of this recording; 1 is perfect, 0.5 is chance</source>
            <translation>Der Punkte der Karte gegen die Referenzbereiche dieser Aufzeichnung; 1 ist perfekt, 0,5 ist Zufall</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Of the recordings of the list ({count}), those you have marked as reviewed become a localization benchmark: arrays in the published shape, WFDB records with your regions, and a manifest. Confirmed findings and your own are positive, dismissed ones negative, recordings without any are normal. What you have not decided is neither: its stretches are ignored or its windows left out. Confirmed findings have the borders the model gave them, so figures of that model will flatter it; stretches marked by hand do not.</source>
            <translation>Von den Aufzeichnungen der Liste ({count}) werden die als begutachtet markierten zum Lokalisationsbenchmark: Arrays in der veröffentlichten Form, WFDB-Aufzeichnungen mit Ihren Bereichen und ein Manifest. Bestätigte und eigene Befunde sind positiv, verworfene negativ, Aufzeichnungen ohne Befunde normal. Was Sie nicht entschieden haben, ist keines von beiden: seine Abschnitte werden nicht gewertet oder seine Fenster ausgelassen. Bestätigte Befunde haben die Grenzen, die das Modell ihnen gab; dessen Kennzahlen fallen daran zu gut aus. Für von Hand markierte Abschnitte gilt das nicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Of the strongest 10-s window of a recording</source>
            <translation>Des stärksten 10-s-Fensters einer Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Of the strongest finding concerned</source>
            <translation>Des stärksten betroffenen Befunds</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Of these, the normal ones: NORM alone ({n})</source>
            <translation>Davon die normalen: nur NORM ({n})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>Offset of side B</source>
            <translation>Versatz der Seite B</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Oldest age</source>
            <translation>Höchstes Alter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>On the screen only; the model always gets the ECG as recorded.</source>
            <translation>Nur auf dem Bildschirm; das Modell bekommt das EKG immer, wie es aufgezeichnet wurde.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>One beat back</source>
            <translation>Einen Schlag zurück</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>One beat forward</source>
            <translation>Einen Schlag weiter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>One has no date and stands at the end.</source>
            <translation>Eine hat kein Datum und steht am Ende.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>One lead with all the room; Up and Down go to its neighbours.</source>
            <translation>Eine Ableitung mit allem Platz; Auf und Ab gehen zu den Nachbarn.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/queue.py" />
            <source>One list</source>
            <translation>Eine Liste</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>One page, from the left edge of the view</source>
            <translation>Eine Seite, ab dem linken Rand der Ansicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Only decisions of {reviewer}</source>
            <translation>Nur Entscheidungen von {reviewer}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/content.py" />
            <source>Only {done} s of {total} s had been assessed at the time of export.</source>
            <translation>Zur Zeit des Exports waren erst {done} s von {total} s bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Opacity</source>
            <translation>Deckkraft</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Opacity of the heat map</source>
            <translation>Deckkraft der Farbkarte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_dialog.py" />
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Open a folder of recordings first (Ctrl+Shift+O): its recordings become points here.</source>
            <translation>Öffnen Sie zuerst einen Ordner mit Aufzeichnungen (Strg+Umschalt+O): jede wird hier ein Punkt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Open a folder of recordings or PTB-XL</source>
            <translation>Einen Ordner mit Aufzeichnungen oder PTB-XL öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>Open a list of work</source>
            <translation>Arbeitsliste öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>Open a list of work…</source>
            <translation>Arbeitsliste öffnen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>Open a recording</source>
            <translation>Eine Aufzeichnung öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Open a recording first.</source>
            <translation>Öffnen Sie zuerst eine Aufzeichnung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Open a recording to have it assessed.</source>
            <translation>Öffnen Sie eine Aufzeichnung, um sie bewerten zu lassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Open demo recordings</source>
            <translation>Beispielaufzeichnungen öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Open folder…</source>
            <translation>Ordner öffnen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Open now</source>
            <translation>Jetzt geöffnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/menus.py" />
            <source>Open recent</source>
            <translation>Zuletzt geöffnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_dialogs.py" />
            <source>Open recordings</source>
            <translation>Aufzeichnungen öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Open recording…</source>
            <translation>Aufzeichnung öffnen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>Open scores</source>
            <translation>Werte öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Open scores…</source>
            <translation>Werte öffnen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Open the earlier one</source>
            <translation>Die frühere öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Open the earlier recording on the paper</source>
            <translation>Die frühere Aufnahme auf dem Papier öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/model_feature.py" />
            <source>Open the folder of a model</source>
            <translation>Den Ordner eines Modells öffnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Open the next recording of the worklist with a missed region or a false alarm.</source>
            <translation>Die nächste Aufzeichnung der Arbeitsliste mit einem übersehenen Bereich oder einem Fehlalarm öffnen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Open the next recording of the worklist.</source>
            <translation>Die nächste Aufzeichnung der Arbeitsliste öffnen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Open the previous recording of the worklist with a missed region or a false alarm.</source>
            <translation>Die vorige Aufzeichnung der Arbeitsliste mit einem übersehenen Bereich oder einem Fehlalarm öffnen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Open the previous recording of the worklist.</source>
            <translation>Die vorige Aufzeichnung der Arbeitsliste öffnen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Open the recording that departs most from normal, of those shown that nobody has reviewed: by its percentile or by its strongest finding, as the menu says.</source>
            <translation>Von den gezeigten Aufzeichnungen, die niemand begutachtet hat, die am weitesten vom Normalen abweichende öffnen: nach ihrem Perzentil oder nach ihrem stärksten Befund, wie im Menü gewählt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_dialog.py" />
            <source>Open the recording with the frame (Enter)</source>
            <translation>Die Aufnahme mit dem Rahmen öffnen (Eingabe)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Open the recording, or go to the finding.</source>
            <translation>Die Aufzeichnung öffnen oder zum Befund gehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <source>Opening…</source>
            <translation>Wird geöffnet …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Opens them.</source>
            <translation>Öffnet sie.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Operating points as the model's card states them, measured on {where}.</source>
            <translation>Arbeitspunkte laut Modellkarte, gemessen an {where}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Operating points as the model's card states them.</source>
            <translation>Arbeitspunkte laut Modellkarte.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Operating points {letters}</source>
            <translation>Arbeitspunkte {letters}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/display_choices.py" />
            <source>Orchid: pale to deep violet</source>
            <translation>Orchidee: blass bis tiefviolett</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>Order has changed: sort again</source>
            <translation>Reihenfolge geändert: neu sortieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>Order of the episodes</source>
            <translation>Reihenfolge der Episoden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Other channels</source>
            <translation>Weitere Kanäle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Other model</source>
            <translation>Anderes Modell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/model_feature.py" />
            <source>Other model folder…</source>
            <translation>Anderer Modellordner …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/comparison.py" />
            <source>Overlaid</source>
            <translation>Überlagert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_feature.py" />
            <source>Overview</source>
            <translation>Gesamtansicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_bar.py" />
            <source>Overview of the recording</source>
            <translation>Gesamtansicht der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Own beats</source>
            <translation>Eigene Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Own normals</source>
            <translation>Eigene Normale</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/drift_strip.py" />
            <location filename="ecg_viewer/qt/own_normals/own_normals_feature.py" />
            <source>Own normals…</source>
            <translation>Eigene Normale …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Own text 1</source>
            <translation>Textbaustein 1</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Own text 2</source>
            <translation>Textbaustein 2</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Own text 3</source>
            <translation>Textbaustein 3</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Own text 4</source>
            <translation>Textbaustein 4</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Own text 5</source>
            <translation>Textbaustein 5</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Own text 6</source>
            <translation>Textbaustein 6</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Own text 7</source>
            <translation>Textbaustein 7</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Own text 8</source>
            <translation>Textbaustein 8</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>P</source>
            <translation>P</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>P axis</source>
            <translation>P-Achse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>P duration</source>
            <translation>P-Dauer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>P-P</source>
            <translation>S-S</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>PDF, true to scale</source>
            <translation>PDF, maßstabsgetreu</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>PR</source>
            <translation>PQ</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>PR is not compared: P seems to last {ms:.0f} ms, and may hold another wave</source>
            <translation>PQ wird nicht verglichen: P scheint {ms:.0f} ms zu dauern und enthält vielleicht eine andere Welle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>PR is not compared: what was taken for P follows T so closely that it may be U</source>
            <translation>PQ wird nicht verglichen: was für P gehalten wurde, folgt so dicht auf T, dass es U sein kann</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>PR {n} ms</source>
            <translation>PQ {n} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Pacing spike</source>
            <translation>Schrittmacherspike</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Page</source>
            <translation>Seite</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Page in view</source>
            <translation>Gezeigte Seite</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Page number</source>
            <translation>Seitennummer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/page_view.py" />
            <source>Page of 60 s a line</source>
            <translation>Seite mit 60 s je Zeile</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Page of the preview</source>
            <translation>Seite der Vorschau</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/document.py" />
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Page {number} of {count}</source>
            <translation>Seite {number} von {count}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Pages of findings after those of paper</source>
            <translation>Nach den Papierseiten Seiten mit Befunden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Pages of paper and of findings; a millimetre is a millimetre.</source>
            <translation>Seiten mit Papier und mit Befunden; ein Millimeter ist ein Millimeter.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>Panels</source>
            <translation>Bereiche</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Paper</source>
            <translation>Papier</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Paper size</source>
            <translation>Papierformat</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Paper speed</source>
            <translation>Papiervorschub</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Paper speed at start</source>
            <translation>Vorschub beim Start</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Parts</source>
            <translation>Anteile</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Parts of the map</source>
            <translation>Anteile der Karte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Parts of the score by lead</source>
            <translation>Anteile des Werts je Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/model_overlay.py" />
            <source>Pass {n} of {total}: hatched was hidden (error {whole:.3f} mV), crossed in the region ({local:.3f} mV); restored dashed</source>
            <translation>Durchgang {n} von {total}: Schraffiertes war verdeckt (Fehler {whole:.3f} mV), Gekreuztes im Bereich ({local:.3f} mV); Wiederhergestelltes gestrichelt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Passes</source>
            <translation>Durchgänge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Patient</source>
            <translation>Patient</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/first_page.py" />
            <location filename="ecg_viewer/export/pages/frame.py" />
            <location filename="ecg_viewer/export/pages/html.py" />
            <source>Patient: {identity}</source>
            <translation>Patient: {identity}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <location filename="ecg_viewer/qt/study/study_panel.py" />
            <source>Pause the study</source>
            <translation>Studie unterbrechen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Pause: longer than</source>
            <translation>Pause: länger als</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>Paused after {n} of {total} cases. The next start goes on with this case.</source>
            <translation>Unterbrochen nach {n} von {total} Fällen. Der nächste Start macht mit diesem Fall weiter.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Pctl.</source>
            <translation>Perz.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/caliper_readings.py" />
            <source>Peak to peak (mV)</source>
            <translation>Spitze-Spitze (mV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Per minute</source>
            <translation>Je Minute</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Percentile</source>
            <translation>Perzentil</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/heat_legend.py" />
            <location filename="ecg_viewer/qt/serial/serial_trends.py" />
            <source>Percentile among normal ECGs</source>
            <translation>Perzentil unter normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/what_if_words.py" />
            <source>Percentile among normal ECGs: {before} before, {after} after</source>
            <translation>Perzentil unter normalen EKGs: vorher {before}, nachher {after}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Percentile by another model that has scored this list too</source>
            <translation>Perzentil nach einem anderen Modell, das diese Liste ebenfalls bewertet hat</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Percentile from</source>
            <translation>Perzentil ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Percentile from which the heat is shown and findings count</source>
            <translation>Perzentil, ab dem die Farbkarte gezeigt wird und Befunde zählen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <source>Percentile of the departure among normal ECGs</source>
            <translation>Perzentil der Abweichung unter normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Percentile of the lead among normal ECGs</source>
            <translation>Perzentil der Ableitung unter normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Percentile of the model in use less that of the other model, in points</source>
            <translation>Perzentil des verwendeten Modells minus das des anderen Modells, in Punkten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Percentile of the recording</source>
            <translation>Perzentil der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Percentile of the strongest finding: the share of normal ECGs that show nothing as strong</source>
            <translation>Perzentil des stärksten Befunds: Anteil der normalen EKGs, die nichts ebenso Starkes zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Percentile over the score</source>
            <translation>Perzentil über dem Wert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>Percentile {percentile} among normal ECGs</source>
            <translation>Perzentil {percentile} unter normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Percentile {percentile}, which may say more about the signal than about the heart.</source>
            <translation>Perzentil {percentile}, was mehr über das Signal als über das Herz sagen kann.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Percentiles against these normals</source>
            <translation>Perzentile gegen diese Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Percentiles of every sample for NumPy; the model is asked again for them.</source>
            <translation>Perzentile jedes Abtastwerts für NumPy; das Modell wird dafür noch einmal befragt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Percentiles of measurements compare with those of {count} normal ECGs ({cohort}) that are of the same sex and age, where these are known</source>
            <translation>Perzentile von Messwerten vergleichen mit denen von {count} normalen EKGs ({cohort}), die gleichen Geschlechts und Alters sind, soweit bekannt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Percentiles of own beats compare with {count} normal ECGs ({cohort})</source>
            <translation>Perzentile eigener Schläge vergleichen mit {count} normalen EKGs ({cohort})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Percentiles of the model's map and score compare with {count} normal ECGs{cohort}</source>
            <translation>Perzentile von Karte und Wert des Modells vergleichen mit {count} normalen EKGs{cohort}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>Person and rate</source>
            <translation>Person und Frequenz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Picture (PNG)</source>
            <translation>Bild (PNG)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>Place of side B</source>
            <translation>Platz der Seite B</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>Play faster</source>
            <translation>Schneller abspielen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/play_button.py" />
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>Play or pause</source>
            <translation>Abspielen oder anhalten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>Play slower</source>
            <translation>Langsamer abspielen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Plot this recording over the threshold and among normal ECGs, and all recordings of the worklist.</source>
            <translation>Diese Aufzeichnung über der Schwelle und unter normalen EKGs darstellen, dazu alle Aufzeichnungen der Arbeitsliste.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_dialog.py" />
            <source>Plots</source>
            <translation>Diagramme</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Plots…</source>
            <translation>Diagramme …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Plug-ins are switched off ({switch})</source>
            <translation>Plug-ins sind abgeschaltet ({switch})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/about.py" />
            <source>Plug-ins, which run the code of other packages:</source>
            <translation>Plug-ins, die Code anderer Pakete ausführen:</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/poincare_plot.py" />
            <source>Poincaré plot</source>
            <translation>Poincaré-Diagramm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Poincaré plot: across the line of equal intervals</source>
            <translation>Poincaré-Diagramm: quer zur Linie gleicher Intervalle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Poincaré plot: along that line</source>
            <translation>Poincaré-Diagramm: entlang dieser Linie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Point {letter}</source>
            <translation>Punkt {letter}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Points (%)</source>
            <translation>Punkte (%)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Points inside regions at or above the threshold</source>
            <translation>Punkte in Bereichen, die die Schwelle erreichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Points outside regions at or above (%)</source>
            <translation>Punkte außerhalb ab der Schwelle (%)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Points outside regions below the threshold</source>
            <translation>Punkte außerhalb der Bereiche unter der Schwelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <location filename="ecg_viewer/state/review/queue.py" />
            <source>Poor signal</source>
            <translation>Schlechtes Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Poor signal: for at least</source>
            <translation>Schlechtes Signal: mindestens</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Poor signal: the score does not count</source>
            <translation>Schlechtes Signal: der Wert zählt nicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark_words.py" />
            <source>Positive stretches: {n} found by a model, with its own borders, {own} marked by hand. Figures of that model on this set flatter it.</source>
            <translation>Positive Abschnitte: {n} von einem Modell gefunden, mit seinen eigenen Grenzen, {own} von Hand markiert. Die Kennzahlen dieses Modells fallen an diesem Satz zu gut aus.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/preferences/preferences_dialog.py" />
            <source>Preferences</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/preferences/preferences_feature.py" />
            <source>Preferences…</source>
            <translation>Einstellungen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Premature beat of shape {shape}, unlike the patient's other beats in {lead}: more so than any beat of {percent} % of normal ECGs</source>
            <translation>Vorzeitiger Schlag der Form {shape}, in {lead} anders als die übrigen Schläge des Patienten: stärker als jeder Schlag von {percent} % normaler EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Preparing the recordings</source>
            <translation>Aufzeichnungen werden vorbereitet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Previous finding</source>
            <translation>Voriger Befund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Previous hit, miss or false alarm</source>
            <translation>Voriger Treffer, Übersehenes oder Fehlalarm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>Previous lead</source>
            <translation>Vorige Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Previous marker</source>
            <translation>Vorige Marke</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Previous page</source>
            <translation>Vorige Seite</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Previous pass</source>
            <translation>Voriger Durchgang</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Previous recording</source>
            <translation>Vorige Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Previous recording with a miss or false alarm</source>
            <translation>Vorige Aufzeichnung mit Übersehenem oder Fehlalarm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Previous view</source>
            <translation>Voriger Ausschnitt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Print preview – {name}</source>
            <translation>Druckvorschau – {name}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <source>Print preview…</source>
            <translation>Druckvorschau …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Print the pages at their true size.</source>
            <translation>Die Seiten in wahrer Größe drucken.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Print…</source>
            <translation>Drucken …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/widgets/message_bar.py" />
            <source>Problem</source>
            <translation>Problem</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Processor</source>
            <translation>Prozessor</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Progress of the analysis</source>
            <translation>Fortschritt der Auswertung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <source>Progress of the assessment</source>
            <translation>Fortschritt der Bewertung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Progress of training</source>
            <translation>Fortschritt des Trainings</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_feature.py" />
            <source>Pull ST, T or Q of the average beat, and see what score and heat would be.</source>
            <translation>ST, T oder Q des mittleren Schlags ziehen und sehen, was Wert und Heatmap wären.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_feature.py" />
            <source>Pull ST, T or Q, and see what score and heat would be</source>
            <translation>ST, T oder Q ziehen und sehen, was Wert und Heatmap wären</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/what_if_words.py" />
            <source>Pull a handle on a lead, or set an amount.</source>
            <translation>Einen Griff an einer Ableitung ziehen oder einen Betrag eingeben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>Put marked, shown or all recordings into a file with a name, a reader, a day and a note.</source>
            <translation>Markierte, gezeigte oder alle Aufzeichnungen in eine Datei aufnehmen, mit Name, befundender Person, Tag und Notiz.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Put the beginning of both recordings at the same place.</source>
            <translation>Den Anfang beider Aufzeichnungen an dieselbe Stelle setzen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Put the first R peak of both recordings at the same place.</source>
            <translation>Die erste R-Zacke beider Aufzeichnungen an dieselbe Stelle setzen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Q deepened by {low} mV ({low_lead}) to {high} mV ({high_lead})</source>
            <translation>Q um {low} mV ({low_lead}) bis {high} mV ({high_lead}) vertieft</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Q depth</source>
            <translation>Q-Tiefe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Q duration</source>
            <translation>Q-Dauer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>Q wave</source>
            <translation>Q-Zacke</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>Q waves present</source>
            <translation>Q-Zacken vorhanden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Q/R</source>
            <translation>Q/R</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>QRS</source>
            <translation>QRS</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QRS area</source>
            <translation>QRS-Fläche</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QRS axis</source>
            <translation>Elektrische Herzachse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>QRS could not be measured</source>
            <translation>QRS war nicht messbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QRS duration of the lead</source>
            <translation>QRS-Dauer der Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QRS height</source>
            <translation>QRS-Höhe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QRS lasts {ms:.0f} ms: ST and T follow a wide QRS too, and the normals' are narrow.</source>
            <translation>QRS dauert {ms:.0f} ms: ST und T folgen auch einem breiten QRS, und das der Normalen ist schmal.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>QRS narrow</source>
            <translation>QRS schmal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QRS net</source>
            <translation>QRS netto</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>QRS wide</source>
            <translation>QRS breit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>QRS wider than that of A</source>
            <translation>QRS breiter als das von A</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>QRS {n} ms</source>
            <translation>QRS {n} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QRS-T angle</source>
            <translation>QRS-T-Winkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>QS</source>
            <translation>QS</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QS depth</source>
            <translation>QS-Tiefe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>QT</source>
            <translation>QT</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>QT could not be measured</source>
            <translation>QT war nicht messbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QT is not compared: T seems to end {ms:.0f} ms after its peak, and may hold U</source>
            <translation>QT wird nicht verglichen: T scheint {ms:.0f} ms nach seinem Gipfel zu enden und enthält vielleicht U</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QT is not compared: no P wave was found, and what was taken for the end of T may be P</source>
            <translation>QT wird nicht verglichen: keine P-Welle wurde gefunden, und das vermeintliche Ende von T kann P sein</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QT is that of {leads}: with fewer leads than twelve it may be shorter</source>
            <translation>QT ist das von {leads}: mit weniger als zwölf Ableitungen kann es kürzer sein</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>QT {n} ms</source>
            <translation>QT {n} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>QT/QTc</source>
            <translation>QT/QTc</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>QT/QTc {qt}/{qtc}</source>
            <translation>QT/QTc {qt}/{qtc}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>QT/QTc {qt}/{qtc} ms</source>
            <translation>QT/QTc {qt}/{qtc} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>QTc</source>
            <translation>QTc</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QTc (Fridericia)</source>
            <translation>QTc (Fridericia)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>QTc by</source>
            <translation>QTc nach</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>QTc formula</source>
            <translation>QTc-Formel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QTc is doubtful at {rate:.0f}/min: the formulas part by {ms:.0f} ms</source>
            <translation>QTc ist bei {rate:.0f}/min zweifelhaft: die Formeln unterscheiden sich um {ms:.0f} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>QTc is doubtful: R-R intervals differ too much for one correction</source>
            <translation>QTc ist zweifelhaft: die R-R-Abstände sind für eine einzige Korrektur zu verschieden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>QTc {formula}</source>
            <translation>QTc {formula}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>QTc: {formula}.</source>
            <translation>QTc: {formula}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_painting.py" />
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Quantiles of the normal ECGs, operating points, this recording</source>
            <translation>Quantile der normalen EKGs, Arbeitspunkte, diese Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Quantity</source>
            <translation>Größe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>R</source>
            <translation>R</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>R ahead of S</source>
            <translation>R vor S</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>R duration</source>
            <translation>R-Dauer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>R in V3</source>
            <translation>R in V3</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>R in V4 minus R in V1</source>
            <translation>R in V4 minus R in V1</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>R progression</source>
            <translation>R-Progression</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>R small</source>
            <translation>R klein</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>R tall</source>
            <translation>R hoch</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>R'</source>
            <translation>R'</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>R-R</source>
            <translation>R-R</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>R-R irregularity</source>
            <translation>RR-Unregelmäßigkeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>R-R irregularity without steady P waves</source>
            <translation>RR-Unregelmäßigkeit ohne stetige P-Wellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>R-R uneven</source>
            <translation>RR ungleichmäßig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>R/(R+S)</source>
            <translation>R/(R+S)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>RESEARCH USE ONLY - not for diagnosis</source>
            <translation>NUR FÜR DIE FORSCHUNG - nicht zur Diagnose</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>ROC curve of the recording</source>
            <translation>ROC-Kurve der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/trend_lanes.py" />
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Rate</source>
            <translation>Frequenz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>Rate {rate}, PR {pr}, QRS {qrs}, QTc {qtc}, axis {axis}.</source>
            <translation>Frequenz {rate}, PQ {pr}, QRS {qrs}, QTc {qtc}, Achse {axis}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/header_line.py" />
            <source>Rate, PR, QRS, QT and axis are being measured…</source>
            <translation>Frequenz, PQ, QRS, QT und Achse werden gemessen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Rate, intervals and axis, and the values of every lead, with the reason where one could not be measured.</source>
            <translation>Frequenz, Zeiten und Achse sowie die Werte jeder Ableitung, mit dem Grund, wo etwas nicht messbar war.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Rate, unit and leads are those of the CODE-15 % data set; the file does not state them.</source>
            <translation>Abtastrate, Einheit und Ableitungen sind die des Datensatzes CODE-15 %; die Datei gibt sie nicht an.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Rate, unit and leads are those of the CPSC 2018 data set; the file does not state them.</source>
            <translation>Abtastrate, Einheit und Ableitungen sind die des Datensatzes CPSC 2018; die Datei gibt sie nicht an.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Rate, unit and leads are those of the SPH data set; the file does not state them.</source>
            <translation>Abtastrate, Einheit und Ableitungen sind die des SPH-Datensatzes; die Datei gibt sie nicht an.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>Read in a study…</source>
            <translation>In einer Studie lesen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>Read the next cases of a study; it goes on where it was left, even after a crash.</source>
            <translation>Die nächsten Fälle einer Studie lesen; sie geht weiter, wo sie verlassen wurde, auch nach einem Absturz.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <source>Reader</source>
            <translation>Liest</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>Reader studies (*.json)</source>
            <translation>Befunderstudien (*.json)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <location filename="ecg_viewer/qt/study/study_panel.py" />
            <source>Reader study</source>
            <translation>Befunderstudie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Readers</source>
            <translation>Lesende</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Reading</source>
            <translation>Messwert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>Reading the worklist…</source>
            <translation>Arbeitsliste wird gelesen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>Real time</source>
            <translation>Echtzeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>Record again</source>
            <translation>Erneut aufzeichnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>Recorded</source>
            <translation>Aufgezeichnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Recorded with filters</source>
            <translation>Mit Filtern aufgezeichnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Recording</source>
            <translation>Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>Recording SHA-256 {sha256}</source>
            <translation>Aufzeichnung SHA-256 {sha256}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <source>Recording information</source>
            <translation>Angaben zur Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Recording reviewed</source>
            <translation>Aufzeichnung begutachtet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Recording {name} ({format}, {rate} Hz, {duration} s), SHA-256 {sha256}</source>
            <translation>Aufzeichnung {name} ({format}, {rate} Hz, {duration} s), SHA-256 {sha256}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <location filename="ecg_viewer/qt/research/compare_choice.py" />
            <location filename="ecg_viewer/qt/research/plots_dialog.py" />
            <location filename="ecg_viewer/qt/widgets/file_filters.py" />
            <location filename="ecg_viewer/qt/worklist/table_dialog.py" />
            <source>Recordings</source>
            <translation>Aufzeichnungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>Recordings are listed here; a click or Enter opens one, Ctrl+O opens files and Ctrl+Shift+O a whole folder. This is demo recording 00170: sinus rhythm with one premature beat.</source>
            <translation>Hier stehen die Aufzeichnungen; ein Klick oder die Eingabetaste öffnet eine, Strg+O öffnet Dateien, Strg+Umschalt+O einen ganzen Ordner. Dies ist die Beispielaufzeichnung 00170: Sinusrhythmus mit einer Extrasystole.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Recordings examined</source>
            <translation>Geprüfte Aufzeichnungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Recordings of this patient</source>
            <translation>Aufnahmen dieses Patienten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_feature.py" />
            <source>Recordings of this patient…</source>
            <translation>Aufnahmen dieses Patienten …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>Recordings scored</source>
            <translation>Bewertete Aufzeichnungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <location filename="ecg_viewer/qt/worklist/table_dialog.py" />
            <source>Recordings shown ({n})</source>
            <translation>Gezeigte Aufzeichnungen ({n})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Recordings shown in the list ({n})</source>
            <translation>Gezeigte Aufzeichnungen der Liste ({n})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Recordings that stand apart</source>
            <translation>Aufzeichnungen, die sich abheben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>Recordings that stand apart from the others: {n}. Look at them: one that is not normal makes others seem normal. Untick what is to be left out and examine again.</source>
            <translation>Aufzeichnungen, die sich von den anderen abheben: {n}. Sehen Sie sie an: Eine, die nicht normal ist, lässt andere normal erscheinen. Nehmen Sie den Haken weg, was ausgelassen werden soll, und prüfen Sie erneut.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Recordings to be scored, exported or listed alone: a click marks, Shift+click marks all between</source>
            <translation>Aufzeichnungen, die für sich bewertet, exportiert oder gelistet werden sollen: Klick markiert, Umschalt+Klick alle dazwischen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Recordings with a score that counts; + those whose signal is too poor, which are in none of the other figures</source>
            <translation>Aufzeichnungen mit einem Wert, der zählt; + solche mit zu schlechtem Signal, die in keiner der anderen Zahlen sind</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>Recordings · {n}</source>
            <translation>Aufzeichnungen · {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Recordings, in the order in which they were opened</source>
            <translation>Aufzeichnungen in der Reihenfolge, in der sie geöffnet wurden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Redo: {what}</source>
            <translation>Wiederholen: {what}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Reference regions</source>
            <translation>Referenzbereiche</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Reference regions that a finding touches, at the threshold</source>
            <translation>Referenzbereiche, die ein Befund berührt, an der Schwelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Reference regions that no finding touches, at the threshold</source>
            <translation>Referenzbereiche, die kein Befund berührt, an der Schwelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Refused: {reason}.</source>
            <translation>Verweigert: {reason}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Regions</source>
            <translation>Bereiche</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Regions count as missed at the {n:g}th percentile.</source>
            <translation>Bereiche gelten beim {n:g}. Perzentil als übersehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Regions hit</source>
            <translation>Bereiche getroffen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Regions missed</source>
            <translation>Bereiche übersehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Regions that a finding hits</source>
            <translation>Bereiche, die ein Befund trifft</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Regions that no finding hits</source>
            <translation>Bereiche, die kein Befund trifft</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Remove all calipers</source>
            <translation>Alle Messzirkel entfernen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Remove all marks</source>
            <translation>Alle Markierungen entfernen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Remove caliper</source>
            <translation>Messzirkel entfernen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Remove marker</source>
            <translation>Marke entfernen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Remove the chosen caliper</source>
            <translation>Den gewählten Messzirkel entfernen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Remove the chosen caliper; with a caliper tool in use, Delete does so too.</source>
            <translation>Den gewählten Messzirkel entfernen; bei aktivem Messzirkel tut das auch Entf.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Remove the chosen marker</source>
            <translation>Die gewählte Marke entfernen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Remove the marker chosen in the list; undo brings it back.</source>
            <translation>Die in der Liste gewählte Marke entfernen; Rückgängig bringt sie zurück.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Rename marker…</source>
            <translation>Marke umbenennen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Repeat the chosen caliper's interval through the recording; so does a double click on it.</source>
            <translation>Das Intervall des gewählten Messzirkels durch die Aufzeichnung wiederholen; das tut auch ein Doppelklick auf ihn.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Repeat the interval through the recording</source>
            <translation>Das Intervall durch die Aufzeichnung wiederholen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Replace</source>
            <translation>Ersetzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Report (DICOM SR)</source>
            <translation>Bericht (DICOM SR)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Report (FHIR)</source>
            <translation>Bericht (FHIR)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Report (HTML)</source>
            <translation>Bericht (HTML)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>Report of a study…</source>
            <translation>Bericht einer Studie …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Research</source>
            <translation>Forschung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Research use only - not for diagnosis. Who is normal, you decide: anything abnormal among these recordings becomes normal to the model.</source>
            <translation>Nur für die Forschung - nicht zur Diagnose. Wer normal ist, entscheiden Sie: Was unter diesen Aufzeichnungen krankhaft ist, gilt dem Modell danach als normal.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>Research use only, not for diagnosis.</source>
            <translation>Nur für die Forschung, nicht zur Diagnose.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>Research-use notice</source>
            <translation>Hinweis zur Forschungsnutzung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Reset decision</source>
            <translation>Entscheidung zurücksetzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Residual</source>
            <translation>Residuum</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Resolution</source>
            <translation>Auflösung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Resolution of pictures</source>
            <translation>Auflösung der Bilder</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/blinded_feature.py" />
            <source>Results are hidden until you have committed a first decision.</source>
            <translation>Ergebnisse sind verborgen, bis Sie eine erste Entscheidung festgelegt haben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Review</source>
            <translation>Begutachtung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Review journals (*.sqlite3)</source>
            <translation>Befundungsprotokolle (*.sqlite3)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/review/review.py" />
            <source>Reviewed</source>
            <translation>Begutachtet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_controller.py" />
            <source>Reviewed with {n} of {all} findings undecided: they do not count as normal</source>
            <translation>Begutachtet, {n} von {all} Befunden offen: sie gelten nicht als normal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_controller.py" />
            <source>Reviewed, though the model has not finished</source>
            <translation>Begutachtet, obwohl das Modell noch nicht fertig ist</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Reviewer's name…</source>
            <translation>Name des Gutachters …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/first_page.py" />
            <location filename="ecg_viewer/export/pages/html.py" />
            <source>Reviewer: {name}</source>
            <translation>Befunder: {name}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Ribbon under the trace</source>
            <translation>Band unter der Kurve</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/model_overlay.py" />
            <source>Ribbons: {names}; {low:g} to {high:g} × the median peak of normal ECGs</source>
            <translation>Bänder: {names}; {low:g} bis {high:g} × mediane Spitze normaler EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Right click</source>
            <translation>Rechtsklick</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Root mean square of successive differences</source>
            <translation>Quadratisches Mittel aufeinanderfolgender Differenzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <source>Root mean square of the difference over all leads, after alignment, among normals within 10/min. {source}.</source>
            <translation>Quadratisches Mittel des Unterschieds über alle Ableitungen nach dem Ausrichten, unter Normalen, deren Frequenz um höchstens 10/min abweicht. {source}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Root mean square of the residual, in microvolts</source>
            <translation>Quadratisches Mittel des Residuums, in Mikrovolt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Run of another shape</source>
            <translation>Folge einer anderen Form</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Run of another shape: beats in a row</source>
            <translation>Folge einer anderen Form: Schläge hintereinander</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>S</source>
            <translation>S</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>S deep</source>
            <translation>S tief</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>S duration</source>
            <translation>S-Dauer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>SDANN and SDNN index: {found} segments of 5 minutes; {needed} are needed</source>
            <translation>SDANN und SDNN-Index: {found} Abschnitte von 5 Minuten; {needed} sind nötig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>SDNN grows with the length of the recording: not to be compared with values of 24 hours</source>
            <translation>SDNN wächst mit der Länge der Aufzeichnung: nicht mit Werten von 24 Stunden zu vergleichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>SDNN index</source>
            <translation>SDNN-Index</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>ST</source>
            <translation>ST</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>ST 40 ms after the J point</source>
            <translation>ST 40 ms nach dem J-Punkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>ST 60 ms after the J point</source>
            <translation>ST 60 ms nach dem J-Punkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>ST 80 ms after the J point</source>
            <translation>ST 80 ms nach dem J-Punkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>ST and waves in mV</source>
            <translation>ST und Wellen in mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>ST and waves in mm (10 mm/mV)</source>
            <translation>ST und Wellen in mm (10 mm/mV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>ST at J + 60 ms shifted by {shift:+.2f} mV from its median of {usual:+.2f} mV, at least {limit:g} mV for {least_s:g} s</source>
            <translation>ST bei J + 60 ms um {shift:+.2f} mV verschoben gegen seinen Median von {usual:+.2f} mV, mindestens {limit:g} mV für {least_s:g} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>ST at J+40 ms</source>
            <translation>ST bei J+40 ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>ST at J+80 ms</source>
            <translation>ST bei J+80 ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>ST at the J point, where the QRS ends in all leads together</source>
            <translation>ST am J-Punkt, an dem der QRS aller Ableitungen zusammen endet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>ST depression</source>
            <translation>ST-Senkung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/opening.py" />
            <source>ST depression and T inversion in I, II, aVL, V4-V6</source>
            <translation>ST-Senkung und T-Negativierung in I, II, aVL, V4-V6</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>ST elevation</source>
            <translation>ST-Hebung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>ST is not measured: the device states a high-pass of {hz:g} Hz, which moves it from {limit:g} Hz on</source>
            <translation>ST wird nicht gemessen: das Gerät nennt einen Hochpass von {hz:g} Hz, der es ab {limit:g} Hz verschiebt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>ST is not to be read with this filter: what lies below {low:g} Hz is cut, and a QRS moves the ST segment beside it. Measured ST is of the recording as it is.</source>
            <translation>Mit diesem Filter ist ST nicht zu beurteilen: Was unter {low:g} Hz liegt, fehlt, und ein QRS verschiebt die ST-Strecke daneben. Gemessenes ST ist das der Aufzeichnung, wie sie ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_panel.py" />
            <source>ST level</source>
            <translation>ST-Höhe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>ST lowered by {low} mV ({low_lead}) to {high} mV ({high_lead})</source>
            <translation>ST um {low} mV ({low_lead}) bis {high} mV ({high_lead}) gesenkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>ST of every lead</source>
            <translation>ST aller Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>ST or T wave change</source>
            <translation>ST- oder T-Veränderung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>ST raised by {low} mV ({low_lead}) to {high} mV ({high_lead})</source>
            <translation>ST um {low} mV ({low_lead}) bis {high} mV ({high_lead}) gehoben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>ST shift</source>
            <translation>ST-Verschiebung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>ST shift: at least</source>
            <translation>ST-Verschiebung: mindestens</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>ST shift: for at least</source>
            <translation>ST-Verschiebung: für mindestens</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>ST slope</source>
            <translation>ST-Steigung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>ST-T changes compatible with ventricular aneurysm</source>
            <translation>ST-T-Veränderungen, vereinbar mit Ventrikelaneurysma</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Sampled at other rates and shown at {rate_hz:.6g} Hz, values held or left out: {channels}.</source>
            <translation>Mit anderen Raten abgetastet und mit {rate_hz:.6g} Hz gezeigt, Werte gehalten oder ausgelassen: {channels}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Sampled at other rates and shown at {rate_hz:.6g} Hz, values repeated or averaged: {channels}.</source>
            <translation>Mit anderen Raten abgetastet und bei {rate_hz:.6g} Hz gezeigt, Werte wiederholt oder gemittelt: {channels}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Sampling rate</source>
            <translation>Abtastrate</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>Save a list of work</source>
            <translation>Arbeitsliste speichern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>Save a list of work…</source>
            <translation>Arbeitsliste speichern …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Save as CSV…</source>
            <translation>Als CSV speichern…</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>Save as JSON…</source>
            <translation>Als JSON sichern …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Save as PDF…</source>
            <translation>Als PDF speichern …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Save findings</source>
            <translation>Befunde speichern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <source>Save findings…</source>
            <translation>Befunde speichern …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Save measurements of every lead</source>
            <translation>Messwerte aller Ableitungen speichern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Save the journal</source>
            <translation>Protokoll speichern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Save the journal for another machine…</source>
            <translation>Das Protokoll für einen anderen Rechner speichern …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>Save the study</source>
            <translation>Studie speichern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/table_dialog.py" />
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>Save the worklist as a table</source>
            <translation>Arbeitsliste als Tabelle speichern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Save the worklist as a table…</source>
            <translation>Arbeitsliste als Tabelle speichern …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Save what was found</source>
            <translation>Gefundenes sichern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Saved as {file}.</source>
            <translation>Gespeichert als {file}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>Saving findings</source>
            <translation>Befunde werden gespeichert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <source>Say beside the beats which normals they are and what lies outside</source>
            <translation>Neben den Schlägen sagen, welche Normalen es sind und was außerhalb liegt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Score</source>
            <translation>Wert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Score all</source>
            <translation>Alle bewerten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Score and AUROC</source>
            <translation>Wert und AUROC</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Score and AUROC of the recordings shown</source>
            <translation>Wert und AUROC der gezeigten Aufzeichnungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Score by superclass</source>
            <translation>Wert nach Oberklasse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Score of a recording</source>
            <translation>Wert einer Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Score only the marked recordings.</source>
            <translation>Nur die markierten Aufzeichnungen bewerten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Score only the recordings that search and filters let through.</source>
            <translation>Nur die Aufzeichnungen bewerten, die Suche und Filter durchlassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Score what is marked</source>
            <translation>Markierte bewerten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Score what is shown</source>
            <translation>Gezeigte bewerten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Scores among normal ECGs</source>
            <translation>Werte unter normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>Scores and reports (*.csv *.parquet *.json);;All files (*)</source>
            <translation>Werte und Berichte (*.csv *.parquet *.json);;Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Scores by superclass</source>
            <translation>Werte nach Oberklasse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/store.py" />
            <source>Scores cannot be kept. They are shown, but would have to be made again at the next start. Is the disk full, or the user's data folder read-only?</source>
            <translation>Werte können nicht aufbewahrt werden. Sie werden angezeigt, müssten beim nächsten Start aber neu berechnet werden. Ist der Datenträger voll oder der Datenordner des Benutzers schreibgeschützt?</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Scores of normal ECGs</source>
            <translation>Werte normaler EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Scores of the recordings shown, by superclass</source>
            <translation>Werte der gezeigten Aufzeichnungen nach Oberklasse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>Scores of {n} of {total} recordings from {file}.</source>
            <translation>Werte von {n} der {total} Aufzeichnungen aus {file}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Scroll back by 0.8 s, about a beat.</source>
            <translation>Um 0,8 s zurückblättern, etwa einen Schlag.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Scroll back by what is visible.</source>
            <translation>Um das Sichtbare zurückblättern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>Scroll both sides together.</source>
            <translation>Beide Seiten gemeinsam blättern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Scroll forward by 0.8 s, about a beat.</source>
            <translation>Um 0,8 s weiterblättern, etwa einen Schlag.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Scroll forward by what is visible.</source>
            <translation>Um das Sichtbare weiterblättern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Scroll through the recording.</source>
            <translation>Durch die Aufzeichnung blättern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Scroll to the beginning.</source>
            <translation>Zum Anfang blättern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Scroll to the end.</source>
            <translation>Zum Ende blättern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>Scrolls to the ten seconds that depart most from the normal cohort</source>
            <translation>Blättert zu den zehn Sekunden, die am meisten von der Normalkohorte abweichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/display_choices.py" />
            <source>Sea: pale to deep blue</source>
            <translation>Meer: blass bis tiefblau</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>Search name, statement, report, finding</source>
            <translation>Name, Angabe, Befundtext, Befund suchen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Search names, statements, reports, strongest findings and conclusions of the recordings in the worklist.</source>
            <translation>Namen, Aussagen, Befundtexte, stärkste Befunde und Beurteilungen der Aufzeichnungen in der Liste durchsuchen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>Search the findings</source>
            <translation>Befunde durchsuchen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>Search the worklist</source>
            <translation>Arbeitsliste durchsuchen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>Second reader</source>
            <translation>Zweitbefund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>Seconds of the recording in a second.</source>
            <translation>Sekunden der Aufzeichnung je Sekunde.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Section {number} cannot be read: it {problem}.</source>
            <translation>Abschnitt {number} ist nicht lesbar: Er {problem}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <source>See the pages at their true size, print them or save them as a PDF.</source>
            <translation>Die Seiten in wahrer Größe sehen, drucken oder als PDF speichern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Seed</source>
            <translation>Startzahl</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>Seen; nothing to add to the measurements.</source>
            <translation>Gesehen; den Messwerten ist nichts hinzuzufügen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Sens. %</source>
            <translation>Sens. %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>Sensitivity and specificity are unknown: the model's card states none.</source>
            <translation>Sensitivität und Spezifität sind unbekannt: die Modellkarte nennt keine.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Sensitivity and specificity over the threshold</source>
            <translation>Sensitivität und Spezifität über der Schwelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>Sensitivity and specificity stand here once the model is loaded.</source>
            <translation>Sensitivität und Spezifität stehen hier, sobald das Modell geladen ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Sensitivity, stated by the model's card</source>
            <translation>Sensitivität laut Modellkarte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Sensitivity: inside regions</source>
            <translation>Sensitivität: in Bereichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Set marker</source>
            <translation>Marke setzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Settle</source>
            <translation>Klären</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Settled</source>
            <translation>Geklärt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Several readers</source>
            <translation>Mehrere Lesende</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/file_information.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Sex</source>
            <translation>Geschlecht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <source>Shape</source>
            <translation>Form</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Shape of the median beat, in spreads of normal ECGs</source>
            <translation>Form des Medianschlags, in Streuungen normaler EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <source>Shape {name}: {all} beats</source>
            <translation>Form {name}: {all} Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Shapes</source>
            <translation>Formen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Share of normal ECGs in which nothing is as unusual: no measurement, for a named departure; no place of the same lead, for the model's map; no beat, for an odd one. Cut off rather than rounded (96.99 reads 96.9; tables hold three decimals); unreliable, and listed last, where the lead's signal is poor. Of your own findings: their label</source>
            <translation>Anteil normaler EKGs, in denen nichts so ungewöhnlich ist: keine Messung bei einer benannten Abweichung, keine Stelle derselben Ableitung bei der Karte des Modells, kein Schlag bei einem auffälligen. Abgeschnitten statt gerundet (96,99 steht als 96,9; Tabellen haben drei Nachkommastellen); unzuverlässig und am Ende der Liste, wo das Signal der Ableitung schlecht ist. Bei eigenen Befunden: ihre Bezeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Share of normal ECGs with a lower score</source>
            <translation>Anteil normaler EKGs mit niedrigerem Wert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Shift + wheel</source>
            <translation>Umschalt + Mausrad</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Short name</source>
            <translation>Kurzname</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Shortest R-R to median R-R</source>
            <translation>Kürzestes RR zu medianem RR</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Show A minus B in percentile points instead of the heat, or the heat again.</source>
            <translation>Statt der Farbkarte A minus B in Perzentilpunkten zeigen, oder wieder die Farbkarte.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_feature.py" />
            <source>Show ST at J, J+40, J+60 and J+80 and all waves of every lead, with percentiles of normal ECGs.</source>
            <translation>ST bei J, J+40, J+60 und J+80 und alle Wellen jeder Ableitung zeigen, mit Perzentilen normaler EKGs.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <location filename="ecg_viewer/qt/review/filter_bar.py" />
            <source>Show all</source>
            <translation>Alle zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Show all recordings</source>
            <translation>Alle Aufzeichnungen zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>Show each recording in 3 × 4 + II, or in the first layout in which its traces do not run into one another; a layout of your choice stays.</source>
            <translation>Jede Aufzeichnung in 3 × 4 + II zeigen, oder in der ersten Anordnung, in der ihre Kurven nicht ineinanderlaufen; eine selbst gewählte Anordnung bleibt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Show fewer</source>
            <translation>Weniger zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_feature.py" />
            <source>Show four recordings of the list at the same scale: the marked ones, the patient's last, or the next.</source>
            <translation>Vier Aufnahmen der Liste im selben Maßstab zeigen: die markierten, die letzten des Patienten oder die nächsten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <source>Show identity</source>
            <translation>Identität zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>Show log folder</source>
            <translation>Protokollordner zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>Show mains interference as recorded.</source>
            <translation>Netzbrummen zeigen, wie es aufgezeichnet wurde.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <source>Show names, numbers, dates and comments of the file in the tab Info, until another recording is opened.</source>
            <translation>Namen, Nummern, Daten und Kommentare der Datei auf dem Reiter Info zeigen, bis eine andere Aufzeichnung geöffnet wird.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_feature.py" />
            <source>Show one lead of the whole recording on a page of 60 s a line.</source>
            <translation>Eine Ableitung der ganzen Aufzeichnung auf einer Seite mit 60 s je Zeile zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/visibility_feature.py" />
            <source>Show or hide every mark the model made; what remains is the ECG as recorded.</source>
            <translation>Jede Markierung des Modells zeigen oder ausblenden; was bleibt, ist das EKG, wie es aufgezeichnet wurde.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Show or hide on the paper what is known to be abnormal in this recording; ▲ hit, △ missed by the model.</source>
            <translation>Auf dem Papier zeigen oder ausblenden, was an dieser Aufzeichnung als auffällig bekannt ist; ▲ vom Modell getroffen, △ übersehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/visibility_feature.py" />
            <source>Show or hide the panels on the right.</source>
            <translation>Die Bereiche rechts zeigen oder ausblenden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_feature.py" />
            <source>Show or hide the strip with the whole recording above the paper.</source>
            <translation>Den Streifen mit der ganzen Aufzeichnung über dem Papier zeigen oder ausblenden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/visibility_feature.py" />
            <source>Show or hide the worklist on the left.</source>
            <translation>Die Arbeitsliste links zeigen oder ausblenden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>Show or hide what narrows the list.</source>
            <translation>Zeigen oder ausblenden, was die Liste einschränkt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Show recordings by: {what}</source>
            <translation>Aufzeichnungen zeigen nach: {what}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Show recordings whose percentile is at least this; those that do not count are left out</source>
            <translation>Aufzeichnungen mit mindestens diesem Perzentil zeigen; solche, deren Perzentil nicht zählt, entfallen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <source>Show sampling rate, gains, filters, device and more in the tab Info.</source>
            <translation>Abtastrate, Verstärkungen, Filter, Gerät und mehr auf dem Reiter Info zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>Show the ECG as recorded.</source>
            <translation>Das EKG zeigen, wie es aufgezeichnet wurde.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <source>Show the average beat of each lead</source>
            <translation>Den mittleren Schlag jeder Ableitung zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/interval_feature.py" />
            <source>Show the average beat of each lead, with the heat of the same beats.</source>
            <translation>Den mittleren Schlag jeder Ableitung mit der Farbkarte derselben Schläge zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Show the global branch, the local branch and hidden leads apart, as ribbons under the trace.</source>
            <translation>Den globalen Zweig, den lokalen Zweig und die verdeckten Ableitungen getrennt zeigen, als Bänder unter der Kurve.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>Show the heat in the next style.</source>
            <translation>Die Farbkarte im nächsten Stil zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>Show the notice of the first start again.</source>
            <translation>Den Hinweis des ersten Starts wieder zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Show the one recording alone again.</source>
            <translation>Die eine Aufzeichnung wieder allein zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Show the same recording again, assessed by another model.</source>
            <translation>Dieselbe Aufzeichnung noch einmal zeigen, von einem anderen Modell bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Show this program's own scores again.</source>
            <translation>Wieder die eigenen Werte dieses Programms zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_feature.py" />
            <source>Show times of day, where the file states them, instead of times from the beginning.</source>
            <translation>Uhrzeiten zeigen, wo die Datei sie angibt, statt Zeiten ab Beginn.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Show what mmae_core score or mmae_core evaluate wrote in place of this program's own scores.</source>
            <translation>Statt der eigenen Werte dieses Programms zeigen, was mmae_core score oder mmae_core evaluate geschrieben hat.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Show what one of the model's passes hid, and what it restored there.</source>
            <translation>Zeigen, was einer der Durchgänge des Modells verdeckt und was er dort wiederhergestellt hat.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Show what the model was given minus what it expected.</source>
            <translation>Zeigen, was das Modell bekam, minus was es erwartete.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_feature.py" />
            <source>Show where P, QRS and T of the average beat begin and end, and move them by hand.</source>
            <translation>Zeigen, wo P, QRS und T des mittleren Schlags beginnen und enden, und sie von Hand bewegen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Show {n} more</source>
            <translation>{n} weitere zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>Shown: {layout}, {speed} mm/s, {gain} mm/mV, filter: {filter}, {start} to {end} s</source>
            <translation>Gezeigt: {layout}, {speed} mm/s, {gain} mm/mV, Filter: {filter}, {start} bis {end} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>Shows or hides chance and checksum</source>
            <translation>Zeigt oder verbirgt Wahrscheinlichkeit und Prüfsumme</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/widgets/message_bar.py" />
            <source>Shows the technical details of this message</source>
            <translation>Zeigt die technischen Einzelheiten dieser Meldung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Side A: {name}</source>
            <translation>Seite A: {name}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/comparison.py" />
            <source>Side by side</source>
            <translation>Nebeneinander</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Side by side, stacked, overlaid, difference of the maps, and round again.</source>
            <translation>Nebeneinander, untereinander, überlagert, Differenz der Karten, und wieder von vorn.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>Side by side, stacked, overlaid, or as the difference of the maps.</source>
            <translation>Nebeneinander, untereinander, überlagert oder als Differenz der Karten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/difference.py" />
            <source>Side {letter} has no map: it was not assessed.</source>
            <translation>Seite {letter} hat keine Karte: sie wurde nicht bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>Signal</source>
            <translation>Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Signal quality of the strongest 10 s: {verdict} ({score:.2f} of 1)</source>
            <translation>Signalqualität der stärksten 10 s: {verdict} ({score:.2f} von 1)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Signal quality, 0 to 1; poor: the percentile does not count</source>
            <translation>Signalqualität, 0 bis 1; schlecht: das Perzentil zählt nicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Signal quality: {verdict} ({score:.2f} of 1)</source>
            <translation>Signalqualität: {verdict} ({score:.2f} von 1)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_bar.py" />
            <source>Signal quality: {words}</source>
            <translation>Signalqualität: {words}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/first_page.py" />
            <location filename="ecg_viewer/export/pages/html.py" />
            <source>Signature</source>
            <translation>Unterschrift</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>Single lead</source>
            <translation>Einzelne Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Slow</source>
            <translation>Langsam</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/limits_dialog.py" />
            <source>Slow must be less than fast.</source>
            <translation>Langsam muss unter schnell liegen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Slow: less than</source>
            <translation>Langsam: weniger als</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Slower paper</source>
            <translation>Langsamerer Vorschub</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Smallest change in one lead that is named in half of normal ECGs: {changes}.</source>
            <translation>Kleinste Veränderung in einer Ableitung, die bei der Hälfte der normalen EKGs benannt wird: {changes}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Snap to extremum</source>
            <translation>Am Extremwert einrasten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>So does the recording as a whole: see the summary.</source>
            <translation>Ebenso die Aufzeichnung als Ganzes: siehe Übersicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>So far: {done:.0f} of {total:.0f} s are assessed.</source>
            <translation>Bisher: {done:.0f} von {total:.0f} s sind bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Sokolow voltage</source>
            <translation>Sokolow-Index</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_beats.py" />
            <source>Solid: {later}. Dashed: {earlier}. {speed} mm/s · {gain} mm/mV, aligned by the QRS: average beats, not the rhythm.</source>
            <translation>Durchgezogen: {later}. Gestrichelt: {earlier}. {speed} mm/s · {gain} mm/mV, am QRS ausgerichtet: gemittelte Schläge, nicht der Rhythmus.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/diagnostics.py" />
            <location filename="ecg_viewer/qt/worker.py" />
            <source>Something went wrong inside the program ({kind}). The window can still be used.</source>
            <translation>Im Programm ist etwas schiefgegangen ({kind}). Das Fenster kann weiter benutzt werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Sort the worklist again</source>
            <translation>Arbeitsliste neu sortieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Sorts into the order of the leads</source>
            <translation>Sortiert in der Reihenfolge der Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>Space hides every mark of the model and brings it back. The marks are hidden now: this is the ECG as it was recorded. Judge it first, then look at the colours.</source>
            <translation>Die Leertaste blendet alle Markierungen des Modells aus und wieder ein. Jetzt sind sie ausgeblendet: dies ist das EKG, wie es aufgezeichnet wurde. Urteilen Sie zuerst darüber, dann sehen Sie die Farben an.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Spec. %</source>
            <translation>Spez. %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>Specificity {specificity:.0%}, sensitivity {sensitivity:.0%} at a score of {threshold:.2f}, percentile {percentile:.0f}</source>
            <translation>Spezifität {specificity:.0%}, Sensitivität {sensitivity:.0%} bei einem Wert von {threshold:.2f}, Perzentil {percentile:.0f}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>Specificity, stated by the model's card</source>
            <translation>Spezifität laut Modellkarte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Specificity: outside regions</source>
            <translation>Spezifität: außerhalb</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <location filename="ecg_viewer/qt/review/paper_menu.py" />
            <source>Speed and gain</source>
            <translation>Geschwindigkeit und Verstärkung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>Speed of the average beat</source>
            <translation>Vorschub des mittleren Schlags</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/comparison.py" />
            <source>Stacked</source>
            <translation>Untereinander</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Standard</source>
            <translation>Standard</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Standard deviation of all NN intervals</source>
            <translation>Standardabweichung aller NN-Intervalle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Standard deviation of the means of 5 minutes</source>
            <translation>Standardabweichung der Mittel von je 5 Minuten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Standard view</source>
            <translation>Standardansicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <source>Standing</source>
            <translation>Stand</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Stands beside every percentile that compares with these normals.</source>
            <translation>Steht neben jedem Perzentil, das mit diesen Normalen vergleicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Start</source>
            <translation>Beginn</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Start and end of the stretch, in seconds of the recording (its start as hours:minutes:seconds in long ones)</source>
            <translation>Beginn und Ende des Abschnitts, in Sekunden der Aufzeichnung (in langen der Beginn als Stunden:Minuten:Sekunden)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Start in seconds</source>
            <translation>Beginn in Sekunden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>Start of the recording</source>
            <translation>Anfang der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Start, time of day</source>
            <translation>Beginn, Uhrzeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Start, what is uncertain</source>
            <translation>Beginn, was unsicher ist</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Starting</source>
            <translation>Beginnt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Starting {model}…</source>
            <translation>{model} startet …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Starts</source>
            <translation>Anfänge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>State</source>
            <translation>Status</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>State of the preview</source>
            <translation>Stand der Vorschau</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>Stated by the device</source>
            <translation>Vom Gerät angegeben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Statement</source>
            <translation>Angabe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Statements</source>
            <translation>Angaben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Statements, report, measurements and everything that the program finds appear when you have committed a first decision. It is kept with its time, and you are asked once more after seeing them.</source>
            <translation>Aussagen, Befund, Messwerte und alles, was das Programm findet, erscheinen, wenn Sie eine erste Entscheidung festgelegt haben. Sie wird mit ihrer Zeit festgehalten, und Sie werden nach dem Ansehen noch einmal gefragt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Stay</source>
            <translation>Bleiben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/callout.py" />
            <source>Step {n} of {count}</source>
            <translation>Schritt {n} von {count}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/running_export.py" />
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/model_feature.py" />
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <source>Stop assessing</source>
            <translation>Bewertung abbrechen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <source>Stop assessing; what is known so far stays. (Esc)</source>
            <translation>Bewertung abbrechen; was bisher bekannt ist, bleibt. (Esc)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Stop the analysis; what is found so far stays</source>
            <translation>Die Auswertung anhalten; das bisher Gefundene bleibt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Stop training</source>
            <translation>Training anhalten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/model_feature.py" />
            <source>Stop; what is known so far stays.</source>
            <translation>Abbrechen; was bisher bekannt ist, bleibt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Stopped after {done:.0f} of {total:.0f} s: no stretch stood out until then, the rest was not assessed.</source>
            <translation>Nach {done:.0f} von {total:.0f} s abgebrochen: Bis dahin hob sich kein Abschnitt ab, der Rest wurde nicht bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>Stopped before anything was assessed.</source>
            <translation>Abgebrochen, bevor etwas bewertet war.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Stopped. Train again with the same choices to go on.</source>
            <translation>Angehalten. Mit derselben Wahl erneut trainieren, um fortzufahren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Stretch of the recording</source>
            <translation>Abschnitt der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Stretch of the recording on pages</source>
            <translation>Abschnitt der Aufzeichnung auf den Seiten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Stretches of lead {lead} overlap in time: the first of them is shown.</source>
            <translation>Abschnitte von Ableitung {lead} überlappen sich in der Zeit: Gezeigt wird der erste.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Stretches that depart from normal, at the threshold</source>
            <translation>Abschnitte, die vom Normalen abweichen, an der Schwelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Stretches without any value are left out: {before_s:.6g} s at the beginning, {after_s:.6g} s at the end.</source>
            <translation>Abschnitte ganz ohne Werte fehlen: {before_s:.6g} s am Anfang, {after_s:.6g} s am Ende.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Strongest 10 s: {sentence}</source>
            <translation>Stärkste 10 s: {sentence}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Strongest finding</source>
            <translation>Stärkster Befund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>Strongest finding: {finding}</source>
            <translation>Stärkster Befund: {finding}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>Strongest first</source>
            <translation>Stärkste zuerst</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Strongest of {n:,} 10-s windows: {sentence}</source>
            <translation>Stärkstes von {n:,} 10-s-Fenstern: {sentence}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Style</source>
            <translation>Stil</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Style and colours of the heat</source>
            <translation>Stil und Farben der Farbkarte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>Successive differences of more than 50 ms</source>
            <translation>Aufeinanderfolgende Differenzen über 50 ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <source>Such as 2026-12-31</source>
            <translation>Etwa 2026-12-31</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_feature.py" />
            <source>Summary</source>
            <translation>Übersicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>Summary of the recording</source>
            <translation>Übersicht der Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/display_choices.py" />
            <source>Sun: yellow to red</source>
            <translation>Sonne: gelb bis rot</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Superclass</source>
            <translation>Oberklasse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Superclasses of the data set, where there are any</source>
            <translation>Oberklassen des Datensatzes, soweit vorhanden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>Switch to another list…</source>
            <translation>Zu einer anderen Liste wechseln …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>T</source>
            <translation>T</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>T above zero</source>
            <translation>T über null</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>T axis</source>
            <translation>T-Achse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>T below zero</source>
            <translation>T unter null</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>T duration</source>
            <translation>T-Dauer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>T flat or low</source>
            <translation>T flach oder niedrig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>T inversion</source>
            <translation>T-Negativierung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>T lowered by {low} mV ({low_lead}) to {high} mV ({high_lead})</source>
            <translation>T um {low} mV ({low_lead}) bis {high} mV ({high_lead}) gesenkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>T other</source>
            <translation>T anders</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>T tall</source>
            <translation>T hoch</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>T wave abnormality</source>
            <translation>T-Wellen-Auffälligkeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>T wave inversion</source>
            <translation>T-Negativierung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>T waves of low amplitude</source>
            <translation>T-Wellen geringer Amplitude</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>T/R</source>
            <translation>T/R</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>Table</source>
            <translation>Tabelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>Table (CSV)</source>
            <translation>Tabelle (CSV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>Table for programs (Parquet)</source>
            <translation>Tabelle für Programme (Parquet)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_feature.py" />
            <source>Table of leads</source>
            <translation>Tabelle der Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Tables (*.csv)</source>
            <translation>Tabellen (*.csv)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Tables (CSV)</source>
            <translation>Tabellen (CSV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Tables with ; and a decimal comma</source>
            <translation>Tabellen mit ; und Dezimalkomma</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>Take all calipers off the paper.</source>
            <translation>Alle Messzirkel vom Papier nehmen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_panel.py" />
            <source>Take all changes back</source>
            <translation>Alle Veränderungen zurücknehmen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>Take back the last step on the average beat</source>
            <translation>Den letzten Schritt am mittleren Schlag zurücknehmen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Take back what was last done in the review of this recording.</source>
            <translation>Zurücknehmen, was bei der Begutachtung dieser Aufzeichnung zuletzt getan wurde.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>Take caliper and own fiducials away; the program's stay</source>
            <translation>Messzirkel und eigene Messpunkte entfernen; die des Programms bleiben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>Take it with you</source>
            <translation>Mitnehmen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Take over a journal…</source>
            <translation>Ein Protokoll übernehmen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>Takes mains interference of 50 Hz off the screen.</source>
            <translation>Nimmt Netzbrummen von 50 Hz vom Bildschirm.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>Takes mains interference of 60 Hz off the screen.</source>
            <translation>Nimmt Netzbrummen von 60 Hz vom Bildschirm.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>Takes the slow wander and what lies above 150 Hz off the screen; the bandwidth for reading.</source>
            <translation>Nimmt langsame Schwankungen und was über 150 Hz liegt vom Bildschirm; die Bandbreite zum Befunden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>Takes tremor off the screen and keeps the ST segment; below diagnostic bandwidth.</source>
            <translation>Nimmt Muskelzittern vom Bildschirm und erhält die ST-Strecke; unter der diagnostischen Bandbreite.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/widgets/message_bar.py" />
            <source>Technical details</source>
            <translation>Technische Einzelheiten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Text</source>
            <translation>Text</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Texts for conclusions</source>
            <translation>Textbausteine für Beurteilungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Texts for conclusions…</source>
            <translation>Textbausteine für Beurteilungen …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Texts, in their order</source>
            <translation>Textbausteine in ihrer Reihenfolge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Texts…</source>
            <translation>Bausteine …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The arm electrodes may be exchanged: lead I is negative (QRS {net_mv:+.2f} mV{avr}) and runs against {chest} (correlation {correlation:+.2f}).</source>
            <translation>Die Armelektroden sind vielleicht vertauscht: Ableitung I ist negativ (QRS {net_mv:+.2f} mV{avr}) und verläuft entgegengesetzt zu {chest} (Korrelation {correlation:+.2f}).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/session.py" />
            <source>The assessment was stopped.</source>
            <translation>Die Bewertung wurde abgebrochen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The average beats in the file are damaged and left out.</source>
            <translation>Die gemittelten Schläge in der Datei sind beschädigt und bleiben weg.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The checksum of lead {lead} does not fit its samples.</source>
            <translation>Die Prüfsumme von Ableitung {lead} passt nicht zu ihren Abtastwerten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The checksum of section {number} is wrong: it was altered or damaged.</source>
            <translation>Die Prüfsumme von Abschnitt {number} stimmt nicht: Er wurde verändert oder beschädigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The checksum of the file is wrong: it was altered or damaged.</source>
            <translation>Die Prüfsumme der Datei stimmt nicht: Sie wurde verändert oder beschädigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>The chosen cell in full</source>
            <translation>Die gewählte Zelle ausführlich</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>The common percentiles do not hold alike for: {groups}.</source>
            <translation>Die gemeinsamen Perzentile gelten nicht gleichermaßen für: {groups}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <source>The comparison failed: {reason}</source>
            <translation>Der Vergleich ist gescheitert: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>The curves come once the whole recording is assessed.</source>
            <translation>Die Kurven kommen, sobald die ganze Aufzeichnung bewertet ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The data of person and device are cut off; what follows is not known.</source>
            <translation>Die Angaben zu Person und Gerät sind abgeschnitten; was folgt, ist unbekannt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>The data set states no superclass</source>
            <translation>Der Datensatz gibt keine Oberklasse an</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>The data set's fold, 1 to 10; 10 is kept for testing</source>
            <translation>Der Fold des Datensatzes, 1 bis 10; 10 dient dem Test</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The date that the file states is none.</source>
            <translation>Das Datum, das die Datei nennt, ist keines.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The date was removed.</source>
            <translation>Das Datum wurde entfernt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>The decision could not be kept; it is still in the form: {reason}</source>
            <translation>Die Entscheidung konnte nicht festgehalten werden; sie steht noch im Formular: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/preferences/preference_controls.py" />
            <source>The default model</source>
            <translation>Das Standardmodell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The device appended a calibration pulse of 1 mV from {start_s:.3f} s on; it is left out.</source>
            <translation>Das Gerät hat ab {start_s:.3f} s einen Eichimpuls von 1 mV angehängt; er ist weggelassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The device marks {channel} as {status}.</source>
            <translation>Das Gerät bezeichnet {channel} als „{status}“.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>The device measured otherwise: {values}.</source>
            <translation>Das Gerät hat anders gemessen: {values}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The device reported the electrode of lead {lead} as off.</source>
            <translation>Das Gerät meldete die Elektrode von Ableitung {lead} als abgefallen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The device states a high-pass of {hz:g} Hz. From 0.5 Hz on it may move ST segments: do not judge ST by them.</source>
            <translation>Das Gerät nennt einen Hochpass von {hz:g} Hz. Ab 0.5 Hz kann er ST-Strecken verschieben: ST hier nicht beurteilen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The device states a low-pass of {hz:g} Hz. Notches and narrow waves may be missing and QRS be lower than it was.</source>
            <translation>Das Gerät nennt einen Tiefpass von {hz:g} Hz. Kerben und schmale Wellen können fehlen, und QRS kann niedriger sein, als es war.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>The disk is full or cannot be written. Make room, or copy what you need, before you close.</source>
            <translation>Der Datenträger ist voll oder nicht beschreibbar. Schaffen Sie Platz oder kopieren Sie, was Sie brauchen, bevor Sie schließen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>The earlier ECG departed from normals there, and this one differs from it.</source>
            <translation>Das frühere EKG wich dort von Normalen ab, und dieses unterscheidet sich von ihm.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>The end must come after the start.</source>
            <translation>Das Ende muss nach dem Beginn liegen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>The expected trace beside the percentiles, in the model's pass band.</source>
            <translation>Neben den Perzentilen die erwartete Kurve, im Durchlassbereich des Modells.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/page_options.py" />
            <source>The export was stopped.</source>
            <translation>Der Export wurde abgebrochen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>The export was stopped; {count} files were written.</source>
            <translation>Der Export wurde abgebrochen; {count} Dateien wurden geschrieben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>The fastest there is</source>
            <translation>Das schnellste vorhandene</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file does not say how its {n} groups of channels lie in time; they are shown as simultaneous.</source>
            <translation>Die Datei sagt nicht, wie ihre {n} Kanalgruppen zeitlich liegen; sie werden als gleichzeitig gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>The file does not say which model made them.</source>
            <translation>Die Datei sagt nicht, von welchem Modell sie stammen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>The file does not state its sampling rate, the unit of its values, or its leads: say it when opening.</source>
            <translation>Die Datei nennt ihre Abtastrate, die Einheit ihrer Werte oder ihre Ableitungen nicht: beim Öffnen angeben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>The file does not state when the recording began.</source>
            <translation>Die Datei gibt nicht an, wann die Aufzeichnung begann.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>The file has scores, but no percentiles.</source>
            <translation>Die Datei hat Werte, aber keine Perzentile.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file has {size} bytes; {stated} are stated. It is incomplete.</source>
            <translation>Die Datei hat {size} Byte, angegeben sind {stated}. Sie ist unvollständig.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file holds average beats only, no continuous recording.</source>
            <translation>Die Datei enthält nur gemittelte Schläge, keine fortlaufende Aufzeichnung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file holds {count} rhythm waveforms; the first of them is shown.</source>
            <translation>Die Datei enthält {count} Rhythmusstreifen; gezeigt wird der erste.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file holds {present:,} data records and its header states {stated:,}: the others are not shown.</source>
            <translation>Die Datei enthält {present:,} Datenblöcke, der Kopf gibt {stated:,} an: Die übrigen werden nicht gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file holds {present:,} samples of each lead and its header states {stated:,}: the others are not shown.</source>
            <translation>Die Datei enthält {present:,} Abtastwerte je Ableitung, der Kopf gibt {stated:,} an: Die übrigen werden nicht gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file names none of the twelve leads: what it holds is shown, but cannot be assessed.</source>
            <translation>Die Datei nennt keine der zwölf Ableitungen: Was sie enthält, wird gezeigt, kann aber nicht bewertet werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/header_panel.py" />
            <source>The file says nothing that identifies anybody.</source>
            <translation>Die Datei sagt nichts, was jemanden erkennbar macht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file says: {text}</source>
            <translation>Die Datei sagt: {text}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states 1 January 1900, which stands for an unknown day.</source>
            <translation>Die Datei nennt den 1. Januar 1900; das steht für einen unbekannten Tag.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states a time of day and no date.</source>
            <translation>Die Datei nennt eine Uhrzeit und kein Datum.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states an impossible date.</source>
            <translation>Die Datei nennt ein unmögliches Datum.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states no valid date and time.</source>
            <translation>Die Datei gibt kein gültiges Datum mit Uhrzeit an.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states something in place of a start time, but no time of day.</source>
            <translation>Die Datei nennt an der Stelle der Startzeit etwas, aber keine Uhrzeit.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states that it has gaps but not where; it is shown without.</source>
            <translation>Die Datei gibt an, dass sie Lücken hat, aber nicht wo; sie wird ohne gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states the acquisition time to the hour or day only.</source>
            <translation>Die Datei nennt die Aufnahmezeit nur auf die Stunde oder den Tag genau.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states the day of the recording and no time.</source>
            <translation>Die Datei nennt den Tag der Aufnahme, aber keine Uhrzeit.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states the time of the recording and no day.</source>
            <translation>Die Datei nennt die Uhrzeit der Aufnahme, aber keinen Tag.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states the year with two digits.</source>
            <translation>Die Datei nennt das Jahr mit zwei Ziffern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states when the data were made, not when they were acquired.</source>
            <translation>Die Datei nennt, wann die Daten entstanden, nicht wann aufgenommen wurde.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file states when the study began, not when the ECG was acquired.</source>
            <translation>Die Datei nennt den Beginn der Untersuchung, nicht die Zeit der EKG-Aufnahme.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The file writes the date with the month first.</source>
            <translation>Die Datei schreibt das Datum mit dem Monat zuerst.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>The finding is to be reviewed again.</source>
            <translation>Der Befund ist wieder zu begutachten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The first column counts the samples and is not shown.</source>
            <translation>Die erste Spalte zählt die Abtastwerte und wird nicht gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>The first decision stands. (Q)</source>
            <translation>Die erste Entscheidung gilt. (Q)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/four.py" />
            <source>The first four marked ones</source>
            <translation>Die ersten vier markierten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>The first ten seconds of lead II, drawn small; heights are not to scale</source>
            <translation>Die ersten zehn Sekunden von Ableitung II, klein gezeichnet; Höhen nicht maßstäblich</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_feature.py" />
            <source>The five most alike normal ECGs (Shift+Y)</source>
            <translation>Die fünf ähnlichsten normalen EKGs (Umschalt+Y)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_feature.py" />
            <source>The folder of the normals</source>
            <translation>Der Ordner der Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/export_files.py" />
            <source>The folder {folder} cannot be written to. {name} was not written; choose another folder.</source>
            <translation>In den Ordner {folder} kann nicht geschrieben werden. {name} wurde nicht geschrieben; wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/training_run.py" />
            <source>The folder {name} cannot be written.</source>
            <translation>Der Ordner {name} ist nicht beschreibbar.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The header states an offset for lead {lead}, which is not applied.</source>
            <translation>Der Kopf nennt für Ableitung {lead} einen Versatz, der nicht angewendet wird.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The header states {stated:,.0f} samples for lead {lead}; {found:,} are stored.</source>
            <translation>Der Kopf nennt {stated:,.0f} Abtastwerte für Ableitung {lead}; gespeichert sind {found:,}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The header states {stated:,} data records and the file holds {present:,}: it is cut off.</source>
            <translation>Der Kopf gibt {stated:,} Datenblöcke an, die Datei enthält {present:,}: Sie ist abgeschnitten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The header states {stated:,} samples of each lead and the file holds {present:,}: it is cut off.</source>
            <translation>Der Kopf gibt {stated:,} Abtastwerte je Ableitung an, die Datei enthält {present:,}: Sie ist abgeschnitten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The header states {stated_s:.3f} s a lead; {found_s:.3f} s are stored.</source>
            <translation>Der Kopf nennt {stated_s:.3f} s je Ableitung; gespeichert sind {found_s:.3f} s.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The header's checksum does not match: a value in it may be damaged.</source>
            <translation>Die Prüfsumme des Kopfes stimmt nicht: Ein Wert darin kann beschädigt sein.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>The heat is being computed…</source>
            <translation>Die Farben werden berechnet …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>The heat is on the paper now. Decide once more.</source>
            <translation>Die Farben sind jetzt auf dem Papier. Entscheiden Sie noch einmal.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/heat_legend.py" />
            <source>The heat is switched off (H)</source>
            <translation>Die Farbkarte ist ausgeschaltet (H)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/worklist_listing.py" />
            <source>The kept scores could not be read; the old file is kept as {name}, and scores are made anew.</source>
            <translation>Die aufbewahrten Werte konnten nicht gelesen werden; die alte Datei ist als {name} aufbewahrt, und die Werte werden neu berechnet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The last {n:,} samples of the file fill up its last data record.</source>
            <translation>Die letzten {n:,} Abtastwerte der Datei füllen ihren letzten Datenblock auf.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>The later ECG could not be compared with normals.</source>
            <translation>Das spätere EKG konnte nicht mit Normalen verglichen werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/lead_feature.py" />
            <source>The lead at the front, under the mouse or of the finding gets the whole paper; again, or Esc, brings the layout back.</source>
            <translation>Die Ableitung vorn, unter der Maus oder des Befunds bekommt das ganze Papier; noch einmal, oder Esc, bringt die Anordnung zurück.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>The lead the stretch lies in; of your own findings all their leads</source>
            <translation>Die Ableitung, in der der Abschnitt liegt; bei eigenen Befunden alle ihre Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>The leads of your choice, under each other.</source>
            <translation>Ableitungen Ihrer Wahl, untereinander.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/paper_view.py" />
            <source>The leads on a millimetre grid; the findings list says the same in words.</source>
            <translation>Die Ableitungen auf Millimeterraster; die Befundliste sagt dasselbe in Worten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/work_lists.py" />
            <source>The list of work {name} names no recording.</source>
            <translation>Die Arbeitsliste {name} nennt keine Aufzeichnung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>The list {name} was saved: {n} recordings.</source>
            <translation>Die Liste {name} wurde gespeichert: {n} Aufzeichnungen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>The log holds no paths and nothing about patients.</source>
            <translation>Das Protokoll enthält keine Pfade und nichts über Patienten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/model_overlay.py" />
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>The model is being asked for its explanation…</source>
            <translation>Das Modell wird nach seiner Erklärung gefragt …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>The model is ready and in use.</source>
            <translation>Das Modell ist fertig und in Gebrauch.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>The model that assesses side B.</source>
            <translation>Das Modell, das Seite B bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>The model's card does not say on which recordings.</source>
            <translation>Die Modellkarte sagt nicht, an welchen Aufzeichnungen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>The model's card states no operating points.</source>
            <translation>Die Modellkarte gibt keine Arbeitspunkte an.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>The model's files are damaged, or do not belong together.</source>
            <translation>Die Dateien des Modells sind beschädigt oder gehören nicht zusammen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The model's map departs here too</source>
            <translation>Auch die Karte des Modells weicht hier ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The model's map in {lead}: stronger than anything in that lead of every normal ECG it was compared with</source>
            <translation>Die Karte des Modells in {lead}: stärker als alles in dieser Ableitung bei jedem normalen EKG, mit dem verglichen wurde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The model's map in {lead}: stronger than anything in that lead of {percentile:.{digits}f} % of normal ECGs</source>
            <translation>Die Karte des Modells in {lead}: stärker als alles in dieser Ableitung bei {percentile:.{digits}f} % der normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>The networks stay as they are; percentiles compare with these normals. Takes seconds.</source>
            <translation>Die Netze bleiben, wie sie sind; Perzentile vergleichen mit diesen Normalen. Dauert Sekunden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>The next higher gain, the same for all leads.</source>
            <translation>Die nächsthöhere Verstärkung, gleich für alle Ableitungen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>The next higher paper speed.</source>
            <translation>Der nächsthöhere Vorschub.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>The next higher playback speed.</source>
            <translation>Die nächsthöhere Abspielgeschwindigkeit.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>The next lower gain, the same for all leads.</source>
            <translation>Die nächstniedrigere Verstärkung, gleich für alle Ableitungen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/navigation_feature.py" />
            <source>The next lower paper speed.</source>
            <translation>Der nächstniedrigere Vorschub.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/playback.py" />
            <source>The next lower playback speed.</source>
            <translation>Die nächstniedrigere Abspielgeschwindigkeit.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>The next start goes on with the same case.</source>
            <translation>Der nächste Start macht mit demselben Fall weiter.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_panel.py" />
            <source>The next start goes on with this case.</source>
            <translation>Der nächste Start macht mit diesem Fall weiter.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>The normal cohort has one 10-s window per ECG: the strongest of several has no p-value.</source>
            <translation>Die Normalkohorte hat ein 10-s-Fenster je EKG: das stärkste von mehreren hat keinen p-Wert.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>The open recording has no score.</source>
            <translation>Die geöffnete Aufzeichnung hat keinen Wert.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>The open recording is not yet assessed.</source>
            <translation>Die geöffnete Aufzeichnung ist noch nicht bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>The open recording, {name}</source>
            <translation>Die geöffnete Aufzeichnung, {name}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/outputs.py" />
            <source>The pages could not be drawn: the printer or file did not accept them.</source>
            <translation>Die Seiten konnten nicht gezeichnet werden: Drucker oder Datei nahmen sie nicht an.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>The paper chooses speed and gain so that everything fits: no standard scale, and it says so.</source>
            <translation>Das Papier wählt Vorschub und Verstärkung so, dass alles passt: kein Standardmaßstab, und es sagt das.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>The paper is filtered ({name}): do not read ST there. This table is of the recording as it is.</source>
            <translation>Das Papier ist gefiltert ({name}): Dort ST nicht beurteilen. Diese Tabelle gilt der Aufzeichnung, wie sie ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>The percentile among normal ECGs from which on there is colour.</source>
            <translation>Das Perzentil unter normalen EKGs, ab dem gefärbt wird.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/outputs.py" />
            <source>The picture could not be encoded.</source>
            <translation>Das Bild konnte nicht erzeugt werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_dialog.py" />
            <source>The plots are being prepared…</source>
            <translation>Die Diagramme werden vorbereitet …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>The points of the map are being counted…</source>
            <translation>Die Punkte der Karte werden gezählt …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/outputs.py" />
            <source>The printer or file did not accept another page.</source>
            <translation>Drucker oder Datei nahmen keine weitere Seite an.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/model_process.py" />
            <source>The process that runs the model could not be started: {reason}.</source>
            <translation>Der Prozess, in dem das Modell läuft, konnte nicht gestartet werden: {reason}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/model_process.py" />
            <source>The process that runs the model ended unexpectedly ({status}). Open the recording again to start another one.</source>
            <translation>Der Prozess, in dem das Modell läuft, ist unerwartet zu Ende gegangen ({status}). Öffnen Sie die Aufzeichnung erneut, um einen neuen zu starten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/model_process.py" />
            <source>The process that runs the model was replaced meanwhile. Open the recording again.</source>
            <translation>Der Prozess, in dem das Modell läuft, wurde inzwischen ersetzt. Öffnen Sie die Aufzeichnung erneut.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The recorder did not finish the file; all {n:,} complete data records are shown.</source>
            <translation>Das Gerät hat die Datei nicht abgeschlossen; alle {n:,} vollständigen Datenblöcke werden gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>The recording cannot be opened: it, or one of its files, is not there. The files of one recording belong in one folder.</source>
            <translation>Die Aufzeichnung lässt sich nicht öffnen: Sie oder eine ihrer Dateien ist nicht da. Die Dateien einer Aufzeichnung gehören in einen Ordner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>The recording cannot be read: one of its files is damaged, or is not what it claims to be.</source>
            <translation>Die Aufzeichnung kann nicht gelesen werden: Eine ihrer Dateien ist beschädigt oder nicht das, was sie zu sein vorgibt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>The recording has too few samples a second for the model. Its traces can be viewed, but not assessed.</source>
            <translation>Die Aufzeichnung hat für das Modell zu wenige Abtastwerte in der Sekunde. Ihre Kurven können angesehen, aber nicht bewertet werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>The recording is being checked…</source>
            <translation>Die Aufzeichnung wird geprüft …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>The recording is not assessed as a whole. Let the model assess it again (Ctrl+R).</source>
            <translation>Die Aufzeichnung ist nicht als Ganzes bewertet. Lassen Sie sie erneut bewerten (Strg+R).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>The recording is not assessed: nothing in it is hit or missed.</source>
            <translation>Die Aufzeichnung ist nicht bewertet: Nichts in ihr ist getroffen oder übersehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>The recording is too short for the model. Its traces can be viewed, but not assessed.</source>
            <translation>Die Aufzeichnung ist für das Modell zu kurz. Ihre Kurven können angesehen, aber nicht bewertet werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>The recording is whole, but cannot be used for this.</source>
            <translation>Die Aufzeichnung ist unversehrt, aber hierfür nicht zu gebrauchen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>The recording itself, in another format</source>
            <translation>Die Aufzeichnung selbst, in einem anderen Format</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>The recording lacks leads that are needed. What is there can be viewed, but not assessed.</source>
            <translation>Der Aufzeichnung fehlen Ableitungen, die gebraucht werden. Was da ist, kann angesehen, aber nicht bewertet werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The recording seems to be filtered: next to nothing is left above about 40 Hz. Notches and narrow waves may be missing and QRS be lower than it was.</source>
            <translation>Die Aufzeichnung scheint gefiltert: Über etwa 40 Hz ist fast nichts übrig. Kerben und schmale Wellen können fehlen, und QRS kann niedriger sein, als es war.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>The recording's amplitudes are not known: the header names no unit or gain that can be used.</source>
            <translation>Die Amplituden der Aufzeichnung sind nicht bekannt: Der Kopf nennt keine brauchbare Einheit oder Verstärkung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>The recordings as a table over the whole window, or back beside the ECG.</source>
            <translation>Die Aufzeichnungen als Tabelle über das ganze Fenster oder zurück neben das EKG.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/difference.py" />
            <source>The recordings differ in length: {a:g} s and {b:g} s.</source>
            <translation>Die Aufzeichnungen sind verschieden lang: {a:g} s und {b:g} s.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/open_feature.py" />
            <source>The recordings that come with the program.</source>
            <translation>Die Aufzeichnungen, die zum Programm gehören.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/journal_writer.py" />
            <source>The review journal was damaged while it was open. Decisions are kept in this window; the file is set aside and what can be read of it is taken over.</source>
            <translation>Das Journal der Begutachtung wurde beschädigt, während es offen war. Entscheidungen bleiben in diesem Fenster; die Datei wird beiseitegelegt und übernommen, was von ihr lesbar ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/journal_writer.py" />
            <source>The review journal was damaged. All {n} entries are kept; the old file is beside it: {name}.</source>
            <translation>Das Journal der Begutachtung war beschädigt. Alle {n} Einträge sind erhalten; die alte Datei liegt daneben: {name}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/journal_writer.py" />
            <source>The review journal was damaged. {n} of its entries are kept, {lost} were altered or are gone; the old file is beside it: {name}.</source>
            <translation>Das Journal der Begutachtung war beschädigt. {n} seiner Einträge sind erhalten, {lost} wurden verändert oder fehlen; die alte Datei liegt daneben: {name}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/journal_writer.py" />
            <source>The review journal was damaged. {n} of its entries are kept; the old file is beside it: {name}.</source>
            <translation>Das Journal der Begutachtung war beschädigt. {n} seiner Einträge sind erhalten; die alte Datei liegt daneben: {name}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>The rhythm is irregular: R-R {low}–{high} ms ({n} intervals), {percent} % from one to the next.</source>
            <translation>Der Rhythmus ist unregelmäßig: R-R {low}–{high} ms ({n} Abstände), {percent} % von einem zum nächsten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>The rhythm is regular: R-R {low}–{high} ms ({n} intervals), {percent} % from one to the next.</source>
            <translation>Der Rhythmus ist regelmäßig: R-R {low}–{high} ms ({n} Abstände), {percent} % von einem zum nächsten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>The same for all leads; also used at once.</source>
            <translation>Gleich für alle Ableitungen; gilt auch sofort.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>The same pages as pictures that know their size.</source>
            <translation>Dieselben Seiten als Bilder, die ihre Größe kennen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>The same pages for drawing programs.</source>
            <translation>Dieselben Seiten für Zeichenprogramme.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>The same report in one file for a browser, true to scale in print.</source>
            <translation>Derselbe Bericht in einer Datei für den Browser, maßstabsgetreu im Druck.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>The sampling rate is missing.</source>
            <translation>Die Abtastrate fehlt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>The scores of normal ECGs are known once a model is loaded: open a recording first.</source>
            <translation>Die Werte normaler EKGs sind bekannt, sobald ein Modell geladen ist: öffnen Sie zuerst eine Aufzeichnung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/app.py" />
            <source>The settings could not be read; the old file is kept as {name}.</source>
            <translation>Die Einstellungen konnten nicht gelesen werden; die alte Datei ist als {name} aufbewahrt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The signal file ends early: the last {missing_s:.3g} s of {whole_s:.6g} s are missing.</source>
            <translation>Die Signaldatei endet zu früh: Die letzten {missing_s:.3g} s von {whole_s:.6g} s fehlen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The signal is not the one that the header was written for: first value or checksum differ in {leads}. They may be of two recordings.</source>
            <translation>Das Signal ist nicht das, für das der Kopf geschrieben wurde: Erster Wert oder Prüfsumme weichen ab in {leads}. Beide können von zwei Aufzeichnungen sein.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>The signal is too poor for its percentile to count.</source>
            <translation>Das Signal ist zu schlecht, als dass sein Perzentil zählt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>The signal is too poor to be compared with normal ECGs; no percentile counts.</source>
            <translation>Das Signal ist zu schlecht für einen Vergleich mit normalen EKGs; kein Perzentil zählt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>The signal is too poor to judge; to be recorded again.</source>
            <translation>Das Signal ist zu schlecht zum Beurteilen; erneut aufzuzeichnen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>The signal is too poor to tell whether a stretch stands out: see the summary.</source>
            <translation>Das Signal ist zu schlecht, um zu sagen, ob sich ein Abschnitt abhebt: siehe Übersicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>The strongest 10-s window's score of {score:.2f} is higher than those of {percentile} % of the normal ECGs.</source>
            <translation>Der Wert des stärksten 10-s-Fensters, {score:.2f}, ist höher als der von {percentile} % der normalen EKGs.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>The strongest of {n:,} 10-s windows has a score of {score:.2f}; the card's figures are of one 10-s window per ECG.</source>
            <translation>Das stärkste von {n:,} 10-s-Fenstern hat einen Wert von {score:.2f}; die Zahlen der Karte gelten für ein 10-s-Fenster je EKG.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>The study {name} with {n} recordings was written.</source>
            <translation>Die Studie {name} mit {n} Aufzeichnungen wurde geschrieben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_maps.py" />
            <source>The table above says the same in words.</source>
            <translation>Die Tabelle darüber sagt dasselbe in Worten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>The texts cannot be kept: {reason}. They hold until the program ends.</source>
            <translation>Die Textbausteine können nicht gespeichert werden: {reason}. Sie gelten, bis das Programm endet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The time is local time, UTC{offset}.</source>
            <translation>Die Zeit ist Ortszeit, UTC{offset}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The times of the data records make no sense; it is shown without gaps.</source>
            <translation>Die Zeiten der Datenblöcke ergeben keinen Sinn; die Aufzeichnung wird ohne Lücken gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/callout.py" />
            <source>The tour is in the menu Help. (Esc)</source>
            <translation>Die Tour steht im Menü Hilfe. (Esc)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/heat_feature.py" />
            <source>The trace itself takes the colour, and is thicker where it departs most.</source>
            <translation>Die Kurve selbst nimmt die Farbe an und ist dicker, wo sie am meisten abweicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/training_run.py" />
            <source>The training could not be started.</source>
            <translation>Das Training konnte nicht gestartet werden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/training_run.py" />
            <source>The training ended with an error: {reason}</source>
            <translation>Das Training endete mit einem Fehler: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>The twelve leads in their usual order</source>
            <translation>Die zwölf Ableitungen in der üblichen Reihenfolge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>The unit is missing or no voltage.</source>
            <translation>Die Einheit fehlt oder ist keine Spannung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>The unit or the gain may be wrong: there are beats, but the leads are about {height_mv:,.{digits}f} mV high, where an ECG's are 0.5 to 3 mV; it would be so if {guess}. Nothing was converted; look at unit and gain in the file.</source>
            <translation>Einheit oder Verstärkung sind vielleicht falsch: Es gibt Schläge, doch die Ableitungen sind etwa {height_mv:,.{digits}f} mV hoch, bei einem EKG sind es 0,5 bis 3 mV. Möglicher Grund: {guess}. Nichts wurde umgerechnet; prüfen Sie Einheit und Verstärkung in der Datei.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>The whole recording</source>
            <translation>Die ganze Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>The whole recording is analysed…</source>
            <translation>Die ganze Aufzeichnung wird ausgewertet …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>The worklist has changed. Choose again.</source>
            <translation>Die Arbeitsliste hat sich geändert. Wählen Sie noch einmal.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>There is a calibration pulse in the trace, 1 mV high in all leads, at {start_s:.2f} s: it is no beat.</source>
            <translation>In der Spur ist ein Eichimpuls, 1 mV hoch in allen Ableitungen, bei {start_s:.2f} s: Er ist kein Schlag.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>There is no average beat: too few beats of one shape.</source>
            <translation>Es gibt keinen mittleren Schlag: zu wenige Schläge einer Form.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>There is no heat for this recording. Decide without it; this is kept with the decision.</source>
            <translation>Für diese Aufzeichnung gibt es keine Farben. Entscheiden Sie ohne sie; das wird mit der Entscheidung festgehalten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/error_words.py" />
            <source>There is no recording that this program reads: the content is of no format that it knows.</source>
            <translation>Es gibt hier keine Aufzeichnung, die dieses Programm liest: Der Inhalt hat keines der Formate, die es kennt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>There is no recording to make a benchmark of.</source>
            <translation>Es gibt keine Aufzeichnung für einen Benchmark.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/export_files.py" />
            <source>There is no room left on the disk of {folder}. {name} was not written; free some space or choose another folder.</source>
            <translation>Auf dem Datenträger von {folder} ist kein Platz mehr. {name} wurde nicht geschrieben; schaffen Sie Platz oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/outputs.py" />
            <source>There is not enough memory for a picture of {dpi} dpi.</source>
            <translation>Der Speicher reicht nicht für ein Bild mit {dpi} dpi.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worker.py" />
            <source>There is not enough memory for this. Close other programs and try again.</source>
            <translation>Dafür reicht der Arbeitsspeicher nicht. Andere Programme schließen und erneut versuchen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>There may be a pacemaker: ST and T follow paced beats, and the normals' are not paced.</source>
            <translation>Vielleicht ist ein Schrittmacher da: ST und T folgen stimulierten Schlägen, die der Normalen nicht.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>There may be a pacemaker: {n} narrow spikes in several leads at once, the first at {first_s:.2f} s, {second_s:.2f} s and {third_s:.2f} s.</source>
            <translation>Vielleicht gibt es einen Herzschrittmacher: {n} schmale Spikes in mehreren Ableitungen zugleich, die ersten bei {first_s:.2f} s, {second_s:.2f} s und {third_s:.2f} s.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>They are of {model}.</source>
            <translation>Sie stammen von {model}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>They are of {theirs}, not of the model in use, {ours}.</source>
            <translation>Sie stammen von {theirs}, nicht vom benutzten Modell {ours}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>They have left this cohort: its percentiles do not hold for them (p = {p}).</source>
            <translation>Sie gehören nicht mehr zu dieser Kohorte: deren Perzentile gelten für sie nicht (p = {p}).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Third quartile of the scores</source>
            <translation>Drittes Quartil der Werte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>This does not mean the ECG is normal.</source>
            <translation>Das heißt nicht, dass das EKG normal ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/training_run.py" />
            <source>This installation cannot train: mmae_core is not beside it.</source>
            <translation>Diese Installation kann nicht trainieren: mmae_core liegt nicht daneben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/main_window.py" />
            <source>This installation has no demo recordings. Open a recording of your own.</source>
            <translation>Diese Installation hat keine Beispielaufzeichnungen. Öffnen Sie eine eigene Aufzeichnung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/about.py" />
            <source>This installation holds no documentation, because MkDocs was missing when it was built. Read the folder docs in the program's sources.</source>
            <translation>Diese Installation enthält keine Dokumentation, weil MkDocs fehlte, als sie gebaut wurde. Lesen Sie den Ordner docs in den Quellen des Programms.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_run.py" />
            <source>This is not the recording the study was made with: the file has changed since. Pause the study and put the file back.</source>
            <translation>Das ist nicht die Aufzeichnung, mit der die Studie angelegt wurde: Die Datei hat sich seitdem geändert. Unterbrechen Sie die Studie und stellen Sie die Datei wieder her.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>This list.</source>
            <translation>Diese Liste.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>This model does not say what its normal ECGs scored. Choose another one in the menu Model.</source>
            <translation>Dieses Modell sagt nicht, welche Werte seine normalen EKGs haben. Wählen Sie ein anderes im Menü Modell.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/four.py" />
            <source>This patient's last four</source>
            <translation>Die letzten vier dieses Patienten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>This program is for research only, not for diagnosis. Its colours say how far a stretch is from normal ECGs the model has seen, not what is wrong or how severe it is; pale does not mean healthy. Everything stays on this computer.</source>
            <translation>Dieses Programm dient nur der Forschung, nicht der Diagnose. Seine Farben sagen, wie weit ein Abschnitt von normalen EKGs entfernt ist, die das Modell gesehen hat, nicht was nicht stimmt oder wie schwer es wiegt; blass heißt nicht gesund. Alles bleibt auf diesem Rechner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>This recording</source>
            <translation>Diese Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/four.py" />
            <source>This recording and the next ones</source>
            <translation>Diese Aufnahme und die nächsten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/board.py" />
            <source>This recording lasts {duration}. Trends, episodes and the page of 60 s a line are made of recordings from {least} s on.</source>
            <translation>Diese Aufzeichnung dauert {duration}. Trends, Episoden und die Seite mit 60 s je Zeile gibt es für Aufzeichnungen ab {least} s.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>This recording's score is {score:.2f}.</source>
            <translation>Der Wert dieser Aufzeichnung ist {score:.2f}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <source>This recording's score of {score:.2f} is higher than those of {percentile} % of the normal ECGs.</source>
            <translation>Der Wert dieser Aufzeichnung, {score:.2f}, ist höher als der von {percentile} % der normalen EKGs.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/screen_dialog.py" />
            <source>This screen does not tell its size, so no millimetre can be claimed. </source>
            <translation>Dieser Bildschirm nennt seine Größe nicht, also kann kein Millimeter behauptet werden. </translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>This screen does not tell its size: 100 % is only about the true size.</source>
            <translation>Dieser Bildschirm nennt seine Größe nicht: 100 % ist nur ungefähr die wahre Größe.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Those that the worklist's search and filters let through.</source>
            <translation>Die, welche Suche und Filter der Arbeitsliste durchlassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_dialog.py" />
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>Threshold of the heat (percentile)</source>
            <translation>Schwelle der Farbkarte (Perzentil)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Threshold: percentiles below it are not coloured</source>
            <translation>Schwelle: Perzentile darunter werden nicht gefärbt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>Tick the leads to be shown.</source>
            <translation>Die zu zeigenden Ableitungen ankreuzen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/measure/caliper_tool.py" />
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Time (s)</source>
            <translation>Zeit (s)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_tool.py" />
            <source>Time and amplitude caliper</source>
            <translation>Zeit- und Amplitudenzirkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_tool.py" />
            <source>Time caliper</source>
            <translation>Zeitzirkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_bar.py" />
            <source>Time of B minus time of A where both stand at the same place.</source>
            <translation>Zeit von B minus Zeit von A, wo beide an derselben Stelle stehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Times and millivolts, a column for each lead.</source>
            <translation>Zeiten und Millivolt, eine Spalte je Ableitung.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Times of day instead of times from the beginning</source>
            <translation>Uhrzeiten statt Zeiten ab Beginn</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>To be compared with an earlier recording.</source>
            <translation>Mit einer früheren Aufzeichnung zu vergleichen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>To be seen by a second reader.</source>
            <translation>Von einer zweiten Person anzusehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>To know</source>
            <translation>Hinweise</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>To know: {reason}</source>
            <translation>Hinweis: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review.py" />
            <source>To review</source>
            <translation>Offen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>To review a recording, open it in ECG Viewer, confirm (C) or dismiss (D) its findings, mark what the model has missed, then press Ctrl+Enter.</source>
            <translation>Um eine Aufzeichnung zu begutachten, öffnen Sie sie im ECG Viewer, bestätigen (C) oder verwerfen (D) Sie ihre Befunde, markieren Sie, was das Modell übersehen hat, und drücken Sie Strg+Eingabe.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Tolerance</source>
            <translation>Toleranz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>Too many leads are not assessed to compare it with complete normal ECGs.</source>
            <translation>Zu viele Ableitungen sind nicht bewertet, um es mit vollständigen normalen EKGs zu vergleichen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_feature.py" />
            <source>Tool of the average beat</source>
            <translation>Werkzeug des mittleren Schlags</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>Toolbar</source>
            <translation>Werkzeugleiste</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/tour_feature.py" />
            <source>Tour of the program</source>
            <translation>Tour durch das Programm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Train a model</source>
            <translation>Modell trainieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <location filename="ecg_viewer/qt/holter/trend_view.py" />
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>Trends</source>
            <translation>Trends</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_feature.py" />
            <source>Trends, episodes, shapes of beats and variability of a recording from a minute on.</source>
            <translation>Trends, Episoden, Schlagformen und Variabilität einer Aufzeichnung ab einer Minute.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Truth</source>
            <translation>Wahrheit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Truth known</source>
            <translation>Referenz bekannt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Truth of the recordings</source>
            <translation>Wahrheit der Aufzeichnungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/layouts.py" />
            <source>Twelve leads under each other, each over the whole width.</source>
            <translation>Zwölf Ableitungen untereinander, jede über die ganze Breite.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>Two models on this recording</source>
            <translation>Zwei Modelle zu dieser Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <source>Two references</source>
            <translation>Zwei Bezüge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/marker_feature.py" />
            <source>Type another name for the marker chosen in the list.</source>
            <translation>Einen anderen Namen für die in der Liste gewählte Marke eingeben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>U</source>
            <translation>U</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>U wave</source>
            <translation>U-Welle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark_words.py" />
            <source>Undecided findings beside positive ones: {n}. mmae_core evaluate ignores their stretches ({file}).</source>
            <translation>Nicht entschiedene Befunde neben positiven: {n}. mmae_core evaluate wertet ihre Abschnitte nicht ({file}).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>Undo zooming and moving (0)</source>
            <translation>Vergrößern und Verschieben zurücknehmen (0)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Undo: {what}</source>
            <translation>Rückgängig: {what}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>Unit</source>
            <translation>Einheit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Unit of amplitudes</source>
            <translation>Einheit der Amplituden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>Unit of the values</source>
            <translation>Einheit der Werte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Unmark all recordings.</source>
            <translation>Die Markierungen aller Aufzeichnungen entfernen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Unreliable – {reason}</source>
            <translation>Unzuverlässig – {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Unreliable: the signal is too poor</source>
            <translation>Unzuverlässig: das Signal ist zu schlecht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <source>Until when</source>
            <translation>Bis wann</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>Up</source>
            <translation>Nach oben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Up, Down</source>
            <translation>Auf, Ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/visibility_feature.py" />
            <source>Use the whole screen, or leave it.</source>
            <translation>Den ganzen Bildschirm nutzen oder ihn verlassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/measure/interval_panel.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Value in mV at the first handle's time</source>
            <translation>Wert in mV zur Zeit des ersten Griffs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_panel.py" />
            <source>Value in mV at the second handle's time</source>
            <translation>Wert in mV zur Zeit des zweiten Griffs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_panel.py" />
            <source>Values outside the band</source>
            <translation>Werte außerhalb des Bandes</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>Variability</source>
            <translation>Variabilität</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>Vectors (SVG)</source>
            <translation>Vektoren (SVG)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_feature.py" />
            <source>Version, model and licences.</source>
            <translation>Version, Modell und Lizenzen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>WFDB</source>
            <translation>WFDB</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>WFDB annotations</source>
            <translation>WFDB-Annotationen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>Waveform group {number} holds {present} samples; {stated} are stated.</source>
            <translation>Kanalgruppe {number} enthält {present} Abtastwerte, angegeben sind {stated}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Waves</source>
            <translation>Wellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>Waves of every lead</source>
            <translation>Wellen aller Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/queue.py" />
            <source>Weaker moments</source>
            <translation>Schwächere Stellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>Weights SHA-256 {sha256}</source>
            <translation>Gewichte SHA-256 {sha256}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <location filename="ecg_viewer/qt/research/plots_among_normals.py" />
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>What a monitor shows: a calm baseline, but ST segments may be bent; below diagnostic bandwidth.</source>
            <translation>Was ein Monitor zeigt: eine ruhige Grundlinie, aber ST-Strecken können verbogen sein; unter der diagnostischen Bandbreite.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>What can be done at that place.</source>
            <translation>Was an dieser Stelle getan werden kann.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/tour/steps.py" />
            <source>What departs from normal ECGs is listed here, strongest first. J goes to the next finding, K to the one before. The strongest one is being shown to you now.</source>
            <translation>Hier steht, was von normalen EKGs abweicht, das Stärkste zuerst. J geht zum nächsten Befund, K zum vorigen. Der stärkste wird Ihnen gerade gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>What hits, misses and false alarms were counted against: annotations, label arrays, the reviewer's confirmed and own findings, or that the data set calls the recording normal</source>
            <translation>Wogegen Treffer, Übersehenes und Fehlalarme gezählt wurden: Annotationen, Label-Arrays, bestätigte und eigene Befunde des Gutachters, oder dass der Datensatz die Aufzeichnung normal nennt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/what_if/what_if_feature.py" />
            <location filename="ecg_viewer/qt/what_if/what_if_panel.py" />
            <source>What if…</source>
            <translation>Was wäre, wenn …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>What is listed as an episode, and from which value on</source>
            <translation>Was als Episode aufgelistet wird, und ab welchem Wert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>What is plotted</source>
            <translation>Was dargestellt wird</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>What is still missing</source>
            <translation>Was noch fehlt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>What lies where the signal is poor is listed last: {n} places</source>
            <translation>Was in schlechtem Signal liegt, steht zuletzt: {n} Stellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/table_dialog.py" />
            <source>What reviewers wrote may name people.</source>
            <translation>Was Befundende geschrieben haben, kann Personen nennen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>What the data set states, with likelihoods in percent</source>
            <translation>Was der Datensatz angibt, mit Wahrscheinlichkeiten in Prozent</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>What the file knows of the person: names, numbers, dates and comments. Off at every preview.</source>
            <translation>Was die Datei über die Person weiß: Namen, Nummern, Daten und Kommentare. Bei jeder Vorschau zunächst aus.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_feature.py" />
            <source>What the mouse does on the average beats</source>
            <translation>Was die Maus auf den mittleren Schlägen tut</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>What the reviewer has decided</source>
            <translation>Was der Gutachter entschieden hat</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>What the reviewer wrote about the recording; the program writes nothing</source>
            <translation>Was die befundende Person zur Aufzeichnung geschrieben hat; das Programm schreibt nichts</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>What this is not for</source>
            <translation>Wozu dies nicht dient</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_panel.py" />
            <source>What this recording comes to, in your words. Nothing is written for you.</source>
            <translation>Was diese Aufzeichnung ergibt, in eigenen Worten. Das Programm schreibt nichts von selbst.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/last_session.py" />
            <source>What was open last could not be read; the old file is kept as {name}.</source>
            <translation>Was zuletzt geöffnet war, konnte nicht gelesen werden; die alte Datei ist als {name} aufbewahrt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Wheel, drag</source>
            <translation>Mausrad, Ziehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Where</source>
            <translation>Wo</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>Where it begins, in seconds</source>
            <translation>Wo er beginnt, in Sekunden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Where the colour stands; H goes to the next.</source>
            <translation>Wo die Farbe steht; H geht zum nächsten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Where the model runs; from the next start of the program on.</source>
            <translation>Wo das Modell läuft; ab dem nächsten Start des Programms.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/layer_words.py" />
            <source>Where the recorded trace is not what the model expects of a normal ECG; such a place has no name.</source>
            <translation>Wo die Aufzeichnung nicht ist, was das Modell von einem normalen EKG erwartet; eine solche Stelle hat keinen Namen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/sorting.py" />
            <source>Where the strongest finding is strongest</source>
            <translation>Wo der stärkste Befund am stärksten ist</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Whether heat is still to come</source>
            <translation>Ob noch Farben kommen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Whether you have confirmed or dismissed it; ¶ has a note</source>
            <translation>Ob Sie ihn bestätigt oder verworfen haben; ¶ hat eine Notiz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_dialog.py" />
            <source>Which four recordings</source>
            <translation>Welche vier Aufnahmen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Which leads stand where; the number keys do the same.</source>
            <translation>Welche Ableitung wo steht; das tun auch die Zifferntasten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/preferences.py" />
            <source>Which model assesses; it starts anew at once.</source>
            <translation>Welches Modell bewertet; es beginnt sofort von vorn.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>Which normals</source>
            <translation>Welche Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>Who</source>
            <translation>Wer</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>Who is reading?</source>
            <translation>Wer liest?</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Who is reviewing?</source>
            <translation>Wer begutachtet?</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/list_dialog.py" />
            <source>Who reads it</source>
            <translation>Wer sie befundet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>Whole leads, percentile among normal ECGs</source>
            <translation>Ganze Ableitungen, Perzentil unter normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Whole recording</source>
            <translation>Ganze Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_dialogs.py" />
            <source>Wide QRS</source>
            <translation>Breiter QRS</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark_words.py" />
            <source>Windows left out: {n}. Nothing in them is positive, and findings in them are not decided ({count}), which is not the same as normal.</source>
            <translation>Ausgelassene Fenster: {n}. Nichts darin ist positiv, und Befunde darin sind nicht entschieden ({count}), was nicht dasselbe ist wie normal.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>With a caliper</source>
            <translation>Mit einem Messzirkel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>With a conclusion</source>
            <translation>Mit Beurteilung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>With a recording of the worklist…</source>
            <translation>Mit einer Aufzeichnung der Arbeitsliste …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_feature.py" />
            <source>With a recording…</source>
            <translation>Mit einer Aufzeichnung …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/table_dialog.py" />
            <source>With conclusions</source>
            <translation>Mit Beurteilungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>Wolff-Parkinson-White syndrome</source>
            <translation>Wolff-Parkinson-White-Syndrom</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/actions.py" />
            <location filename="ecg_viewer/qt/window/visibility_feature.py" />
            <location filename="ecg_viewer/qt/worklist/worklist_table.py" />
            <source>Worklist</source>
            <translation>Arbeitsliste</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Worklist as a table</source>
            <translation>Arbeitsliste als Tabelle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>Write a note to the finding.</source>
            <translation>Eine Notiz zum Befund schreiben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_actions.py" />
            <source>Write a row a recording, with measurements, strongest finding, decisions and conclusions, as CSV or Parquet.</source>
            <translation>Eine Zeile je Aufzeichnung schreiben, mit Messwerten, stärkstem Befund, Entscheidungen und Beurteilungen, als CSV oder Parquet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>Write all decisions to one file that another machine can take over.</source>
            <translation>Alle Entscheidungen in eine Datei schreiben, die ein anderer Rechner übernehmen kann.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>Write all episodes as a table</source>
            <translation>Alle Episoden als Tabelle schreiben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <source>Write findings, decisions and scores of the open recording to a file.</source>
            <translation>Befunde, Entscheidungen und Werte der geöffneten Aufzeichnung in eine Datei schreiben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_feature.py" />
            <source>Write pages, pictures, tables, annotations, maps or the recording in another format, of one recording or all.</source>
            <translation>Seiten, Bilder, Tabellen, Annotationen, Karten oder die Aufzeichnung in einem anderen Format schreiben, von einer Aufzeichnung oder allen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <source>Write trends, episodes, shapes and variability with the limits used</source>
            <translation>Trends, Episoden, Formen und Variabilität mit den benutzten Grenzen schreiben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Write what the recording comes to, in the tab Conclusion.</source>
            <translation>Im Reiter „Beurteilung“ schreiben, was die Aufzeichnung ergibt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Write your own texts and give them keys.</source>
            <translation>Eigene Textbausteine schreiben und mit Tasten belegen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Write your own texts, give them keys, take them from a file or put them into one.</source>
            <translation>Eigene Textbausteine schreiben, mit Tasten belegen, aus einer Datei holen oder in eine schreiben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>Written</source>
            <translation>Geschrieben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>Written by {author}</source>
            <translation>Verfasst von {author}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>XML of the drug authorities.</source>
            <translation>XML der Arzneimittelbehörden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>You agree that something is there, and go on to the next finding; on a heading: for the whole group.</source>
            <translation>Sie stimmen zu, dass dort etwas ist, und gehen zum nächsten Befund; auf einer Überschrift: für die ganze Gruppe.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>You do not agree, and go on to the next finding; on a heading: for the whole group.</source>
            <translation>Sie stimmen nicht zu und gehen zum nächsten Befund; auf einer Überschrift: für die ganze Gruppe.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>You have finished reviewing this recording; findings still to review stay undecided.</source>
            <translation>Sie sind mit dieser Aufzeichnung fertig; offene Befunde bleiben unentschieden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>Youngest age</source>
            <translation>Niedrigstes Alter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Your finding: {label}, {leads}, {start} to {end}</source>
            <translation>Ihr Befund: {label}, {leads}, {start} bis {end}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/queue.py" />
            <source>Your findings</source>
            <translation>Ihre Befunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_panels.py" />
            <source>Your first read: {decision}, {confidence} % sure. And now that you have seen the rest?</source>
            <translation>Ihre erste Befundung: {decision}, {confidence} % sicher. Und nun, da Sie den Rest gesehen haben?</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>Your note; N writes one</source>
            <translation>Ihre Notiz; N schreibt eine</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_feature.py" />
            <source>Your own texts; what was measured is filled in.</source>
            <translation>Eigene Textbausteine; Messwerte werden eingesetzt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/queue_parts.py" />
            <source>Yours</source>
            <translation>Eigene</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/page_preview.py" />
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/mouse_help.py" />
            <source>Zoom in time; the point under the mouse stays.</source>
            <translation>Die Zeit dehnen oder stauchen; der Punkt unter der Maus bleibt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/lead_feature.py" />
            <source>Zoom the lead</source>
            <translation>Ableitung groß zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/paper_menu.py" />
            <source>Zoom {lead}</source>
            <translation>{lead} groß zeigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>a finding</source>
            <translation>ein Befund</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>a jump of {jump_mv:.1f} mV at {at_s:.1f} s</source>
            <translation>ein Sprung um {jump_mv:.1f} mV bei {at_s:.1f} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>a large square: {square} s · {volts} mV</source>
            <translation>ein großes Kästchen: {square} s · {volts} mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>a usable signal in only {found} of eight independent leads; {needed} are needed</source>
            <translation>ein brauchbares Signal nur in {found} von acht unabhängigen Ableitungen; {needed} werden gebraucht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>abnormal QRS</source>
            <translation>auffälliger QRS-Komplex</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>about {n} h left</source>
            <translation>noch etwa {n} h</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>about {n} min left</source>
            <translation>noch etwa {n} min</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>about {n} s left</source>
            <translation>noch etwa {n} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>above {percent} %</source>
            <translation>über {percent} %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>above {percent} % of normal ECGs</source>
            <translation>über {percent} % der normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/open_review.py" />
            <source>add {what}</source>
            <translation>{what} hinzufügen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>adults of about {age} (sex unknown)</source>
            <translation>Erwachsenen um {age} Jahre (Geschlecht unbekannt)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>age</source>
            <translation>Alter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <source>age unknown</source>
            <translation>Alter unbekannt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>all</source>
            <translation>alle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>all leads</source>
            <translation>alle Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>an unknown number of</source>
            <translation>unbekannt vielen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>an unnamed model</source>
            <translation>einem ungenannten Modell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>anterior myocardial infarction</source>
            <translation>Vorderwandinfarkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>anterolateral myocardial infarction</source>
            <translation>anterolateraler Myokardinfarkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>anteroseptal myocardial infarction</source>
            <translation>anteroseptaler Myokardinfarkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>any</source>
            <translation>beliebig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>area of the QRS above the line less that below it</source>
            <translation>Fläche des QRS über der Linie weniger der darunter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>artificial pacemaker, working normally</source>
            <translation>Herzschrittmacher, normal arbeitend</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>as the beats vary</source>
            <translation>wie die Schläge schwanken</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>asystole</source>
            <translation>Asystolie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>atrial bigeminy</source>
            <translation>atrialer Bigeminus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>atrial fibrillation</source>
            <translation>Vorhofflimmern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>atrial flutter</source>
            <translation>Vorhofflattern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>atrial premature complex</source>
            <translation>supraventrikuläre Extrasystole (Vorhof)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/calibration.py" />
            <source>auto-fit · {scale}</source>
            <translation>eingepasst · {scale}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>axis</source>
            <translation>Achse</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>axis {n}°</source>
            <translation>Achse {n}°</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>baseline wander of up to {wander_mv:.1f} mV in a second</source>
            <translation>Grundlinie schwankt um bis zu {wander_mv:.1f} mV in einer Sekunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>beat annotations</source>
            <translation>Schlagannotationen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>beats cut off at the ends and not compared: {n}</source>
            <translation>an den Enden abgeschnittene und nicht verglichene Schläge: {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>beats not compared in {leads}, where an electrode jumps: {n}</source>
            <translation>in {leads} nicht verglichene Schläge, wo eine Elektrode springt: {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>beats: {n} ({share} %)</source>
            <translation>Schläge: {n} ({share} %)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>beginning of P</source>
            <translation>Beginn von P</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/side_words.py" />
            <source>being assessed</source>
            <translation>wird bewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <source>being measured</source>
            <translation>wird vermessen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>below {percent} %</source>
            <translation>unter {percent} %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>below {percent} % of normal ECGs</source>
            <translation>unter {percent} % der normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>between the waves</source>
            <translation>zwischen den Wellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>bigeminal pattern of unknown origin, supraventricular or ventricular</source>
            <translation>Bigeminus unbekannten Ursprungs, supraventrikulär oder ventrikulär</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/open_review.py" />
            <source>change {what}</source>
            <translation>{what} ändern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>changed: score again</source>
            <translation>geändert: neu bewerten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>channels that are no leads with a code in DICOM are left out: {names}</source>
            <translation>Kanäle, die keine Ableitung mit DICOM-Code sind, bleiben weg: {names}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>clipped at {level_mv:.2f} mV in {bad_s:.1f} s</source>
            <translation>bei {level_mv:.2f} mV abgeschnitten, {bad_s:.1f} s lang</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>complete left bundle branch block</source>
            <translation>kompletter Linksschenkelblock</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>complete right bundle branch block</source>
            <translation>kompletter Rechtsschenkelblock</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/open_review.py" />
            <source>conclusion</source>
            <translation>Beurteilung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>conduction disturbance</source>
            <translation>Erregungsleitungsstörung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_controller.py" />
            <source>confirm {n} findings ({group})</source>
            <translation>{n} Befunde bestätigen ({group})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_steps.py" />
            <source>confirm {what}</source>
            <translation>{what} bestätigen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>could not measure</source>
            <translation>nicht messbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>could not measure ({reason})</source>
            <translation>nicht messbar ({reason})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>date not known</source>
            <translation>Datum unbekannt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/clock_words.py" />
            <source>day {n}, {time}</source>
            <translation>Tag {n}, {time}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>decisions differ</source>
            <translation>Entscheidungen verschieden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>deepest of the QRS</source>
            <translation>tiefster Punkt des QRS</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/open_review.py" />
            <source>delete {what}</source>
            <translation>{what} löschen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>demo</source>
            <translation>Beispiel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>depth of Q below the line; 0 where there is none</source>
            <translation>Tiefe von Q unter der Linie; 0, wo keines ist</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>depth of S below the line, or of a QS</source>
            <translation>Tiefe von S unter der Linie, oder eines QS</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>digitalis effect</source>
            <translation>Digitaliseffekt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_controller.py" />
            <source>dismiss {n} findings ({group})</source>
            <translation>{n} Befunde verwerfen ({group})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_steps.py" />
            <source>dismiss {what}</source>
            <translation>{what} verwerfen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/work_lists.py" />
            <source>due {day}</source>
            <translation>fällig {day}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>duration of P in this lead</source>
            <translation>Dauer von P in dieser Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>duration of Q; 0 where there is none</source>
            <translation>Dauer von Q; 0, wo keines ist</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>duration of R, where it rises above the line</source>
            <translation>Dauer von R, wo es über die Linie steigt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>duration of S, where it falls below the line</source>
            <translation>Dauer von S, wo es unter die Linie fällt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>duration of T in this lead</source>
            <translation>Dauer von T in dieser Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>duration of the QRS in this lead, at most that of all leads together</source>
            <translation>Dauer des QRS in dieser Ableitung, höchstens die aller Ableitungen zusammen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>electrolytic disturbance or drug</source>
            <translation>Elektrolytstörung oder Medikament</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>end of T</source>
            <translation>Ende von T</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/episode_tab.py" />
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>episodes: {n}</source>
            <translation>Episoden: {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>epoch {n} of {total}, loss {loss}</source>
            <translation>Epoche {n} von {total}, Verlust {loss}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>every beat</source>
            <translation>jeder Schlag</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>exchanged arm electrodes cannot be told without lead I, aVR and one of V5 and V6</source>
            <translation>vertauschte Armelektroden sind ohne die Ableitungen I, aVR und eine von V5 und V6 nicht zu erkennen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>export</source>
            <translation>Export</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/overview.py" />
            <location filename="ecg_viewer/state/words/record_words.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>fair</source>
            <translation>mäßig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>female</source>
            <translation>weiblich</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>fewer than half of the leads have a usable signal for {length_s:.0f} s</source>
            <translation>weniger als die Hälfte der Ableitungen hat für {length_s:.0f} s ein brauchbares Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>findings of their own</source>
            <translation>eigene Befunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>first degree AV block</source>
            <translation>AV-Block I. Grades</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>flat</source>
            <translation>flach</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>flat for {bad_s:.1f} of {whole_s:.0f} s</source>
            <translation>flach in {bad_s:.1f} von {whole_s:.0f} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/work_lists.py" />
            <source>for {reader}</source>
            <translation>für {reader}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>from</source>
            <translation>ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>from {leads}, {n} beats</source>
            <translation>aus {leads}, {n} Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/model_overlay.py" />
            <source>global</source>
            <translation>global</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>gone</source>
            <translation>verschwunden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/overview.py" />
            <location filename="ecg_viewer/state/words/record_words.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>good</source>
            <translation>gut</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_form.py" />
            <source>guess</source>
            <translation>geraten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>height of P above the level before it; negative if it points down</source>
            <translation>Höhe von P über dem Niveau davor; negativ, wenn es nach unten zeigt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>height of T, negative if it points down; of a biphasic T the larger phase</source>
            <translation>Höhe von T, negativ, wenn es nach unten zeigt; bei biphasischem T die größere Phase</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>height of a second R</source>
            <translation>Höhe eines zweiten R</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>hidden</source>
            <translation>verborgen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/model_overlay.py" />
            <source>hidden leads</source>
            <translation>verdeckte Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>high QRS voltage</source>
            <translation>hohe QRS-Spannung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>high voltage</source>
            <translation>hohe Spannung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>high-grade ectopy</source>
            <translation>hochgradige Ektopie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>highest point of the QRS above the line</source>
            <translation>höchster Punkt des QRS über der Linie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>hypertrophy</source>
            <translation>Hypertrophie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>idioventricular rhythm</source>
            <translation>idioventrikulärer Rhythmus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>incomplete left bundle branch block</source>
            <translation>inkompletter Linksschenkelblock</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>incomplete right bundle branch block</source>
            <translation>inkompletter Rechtsschenkelblock</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>inferior myocardial infarction</source>
            <translation>Hinterwandinfarkt (inferior)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>inferolateral myocardial infarction</source>
            <translation>inferolateraler Myokardinfarkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>inferoposterior myocardial infarction</source>
            <translation>inferoposteriorer Myokardinfarkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>inferoposterolateral myocardial infarction</source>
            <translation>inferoposterolateraler Myokardinfarkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>intervals change by {share:.0f} % from one to the next (median), more than {limit:.0f} %</source>
            <translation>Intervalle ändern sich von einem zum nächsten um {share:.0f} % (Median), mehr als {limit:.0f} %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>inverted T waves</source>
            <translation>negative T-Wellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>is headed as section {number}</source>
            <translation>ist als Abschnitt {number} bezeichnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>ischemia in anterior leads</source>
            <translation>Ischämie in anterioren Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>ischemia in anterolateral leads</source>
            <translation>Ischämie in anterolateralen Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>ischemia in anteroseptal leads</source>
            <translation>Ischämie in anteroseptalen Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>ischemia in inferior leads</source>
            <translation>Ischämie in inferioren Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>ischemia in inferolateral leads</source>
            <translation>Ischämie in inferolateralen Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>ischemia in lateral leads</source>
            <translation>Ischämie in lateralen Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>it changes from {low:.0f} to {high:.0f} ms within the stretch</source>
            <translation>es wechselt im Abschnitt von {low:.0f} bis {high:.0f} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/scoring.py" />
            <source>it could not be measured: an error, which the log tells</source>
            <translation>nicht messbar: ein Fehler, den das Protokoll nennt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>its own heat, leads mirrored</source>
            <translation>die eigenen Farben, Ableitungen gespiegelt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>its own heat, leads mixed</source>
            <translation>die eigenen Farben, Ableitungen vertauscht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>its review is not finished: mark it as reviewed when every finding is decided</source>
            <translation>die Begutachtung ist nicht fertig: als begutachtet markieren, wenn jeder Befund entschieden ist</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>junctional rhythm</source>
            <translation>junktionaler Rhythmus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>known before</source>
            <translation>schon bekannt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>label array</source>
            <translation>Label-Array</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>lateral myocardial infarction</source>
            <translation>Seitenwandinfarkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>leads I and aVF, or I and II, are needed</source>
            <translation>die Ableitungen I und aVF oder I und II werden gebraucht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>left anterior fascicular block</source>
            <translation>linksanteriorer Faszikelblock</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>left atrial overload or enlargement</source>
            <translation>Belastung oder Vergrößerung des linken Vorhofs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>left posterior fascicular block</source>
            <translation>linksposteriorer Faszikelblock</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>left ventricular hypertrophy</source>
            <translation>linksventrikuläre Hypertrophie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>lesion file</source>
            <translation>Läsionsdatei</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>lies at bytes {start} to {end} of {size}</source>
            <translation>liegt bei Byte {start} bis {end} von {size}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>loading the model</source>
            <translation>Modell wird geladen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/model_overlay.py" />
            <source>local</source>
            <translation>lokal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>long QT interval</source>
            <translation>verlängerte QT-Zeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>low QRS voltages in frontal and horizontal leads</source>
            <translation>niedrige QRS-Spannungen in Extremitäten- und Brustwandableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>low voltage</source>
            <translation>niedrige Spannung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>mV were taken for µV, or the gain was applied twice</source>
            <translation>mV wurden für µV gehalten, oder die Verstärkung wurde zweimal angewandt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>mains hum cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)</source>
            <translation>Netzbrummen ist bei {rate_hz:g} Hz nicht zu erkennen ({needed_hz:g} Hz sind nötig)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>mains hum of {hum_mv:.2f} mV at {hum_hz:.0f} Hz</source>
            <translation>Netzbrummen von {hum_mv:.2f} mV bei {hum_hz:.0f} Hz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>male</source>
            <translation>männlich</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_steps.py" />
            <source>mark the recording as in progress</source>
            <translation>Aufzeichnung als in Arbeit markieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_steps.py" />
            <source>mark the recording as not reviewed</source>
            <translation>Aufzeichnung als nicht begutachtet markieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_steps.py" />
            <source>mark the recording as reviewed</source>
            <translation>Aufzeichnung als begutachtet markieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>marks are left out but for the first {n}</source>
            <translation>Markierungen bleiben weg bis auf die ersten {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>mean of T</source>
            <translation>Mittel von T</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>measurement</source>
            <translation>Messwert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_panel.py" />
            <source>median</source>
            <translation>Median</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>median of {n} intervals</source>
            <translation>Median von {n} Abständen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>men of about {age}</source>
            <translation>Männern um {age} Jahre</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>men of any age (age unknown or over 89)</source>
            <translation>Männern jeden Alters (Alter unbekannt oder über 89)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>missing</source>
            <translation>fehlt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>model's map</source>
            <translation>Karte des Modells</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>move caliper</source>
            <translation>Messzirkel bewegen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>muscle noise cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)</source>
            <translation>Muskelrauschen ist bei {rate_hz:g} Hz nicht zu erkennen ({needed_hz:g} Hz sind nötig)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>myocardial infarction</source>
            <translation>Myokardinfarkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>n</source>
            <translation>n</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>n/a</source>
            <translation>k. A.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>never quiet between beats, up to {activity_mv:.2f} mV rms ({low_hz:g}-{high_hz:g} Hz)</source>
            <translation>zwischen den Schlägen nie ruhig, Effektivwert bis {activity_mv:.2f} mV ({low_hz:g}-{high_hz:g} Hz)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>new, outside normals</source>
            <translation>neu, außerhalb der Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>new, within normals</source>
            <translation>neu, innerhalb der Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_panel.py" />
            <source>nine in ten of them (5–95 %)</source>
            <translation>neun von zehn von ihnen (5–95 %)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>no P wave that keeps its place before the QRS</source>
            <translation>keine P-Welle mit festem Platz vor dem QRS</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no QT and no ST at {rate_hz:g} Hz; {needed_hz:g} Hz are needed</source>
            <translation>kein QT und kein ST bei {rate_hz:g} Hz; {needed_hz:g} Hz sind nötig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>no T wave was found in enough leads</source>
            <translation>in zu wenigen Ableitungen wurde eine T-Welle gefunden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no band of normal beats: the normal ECGs are of adults</source>
            <translation>kein Band normaler Schläge: Die normalen EKGs sind von Erwachsenen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no band of normal beats: there are {count:.0f} {group}, {needed} are needed</source>
            <translation>kein Band normaler Schläge: Zu vergleichen wäre mit nur {count:.0f} {group}, nötig sind {needed}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no band of normal beats: there is no average beat whose QRS and rate are known</source>
            <translation>kein Band normaler Schläge: Es gibt keinen mittleren Schlag mit bekanntem QRS und bekannter Frequenz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no beat could be compared with the others: {found} of {total} beats are whole and alike; {needed} are needed</source>
            <translation>kein Schlag konnte mit den anderen verglichen werden: {found} von {total} Schlägen sind ganz und gleich; nötig sind {needed}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no beat for {length_s:.2f} s, longer than {limit:g} s</source>
            <translation>{length_s:.2f} s kein Schlag, länger als {limit:g} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no beat is called premature: the rhythm is irregular, or the beats are few</source>
            <translation>kein Schlag wird vorzeitig genannt: der Rhythmus ist unregelmäßig, oder es sind wenige Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no beats were found</source>
            <translation>es wurden keine Schläge gefunden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>no findings</source>
            <translation>keine Befunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>no label</source>
            <translation>ohne Bezeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/side_words.py" />
            <source>no percentile</source>
            <translation>kein Perzentil</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no percentile: the model or the device it runs on gave numbers that are not finite</source>
            <translation>kein Perzentil: Das Modell oder das Gerät, auf dem es läuft, lieferte Zahlen, die nicht endlich sind</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no percentile: {n} leads are not assessed, and the normal cohort is of complete recordings</source>
            <translation>kein Perzentil: {n} Ableitungen sind nicht bewertet, und die Normalkohorte besteht aus vollständigen Aufzeichnungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/training_run.py" />
            <source>no reason was given</source>
            <translation>ohne Angabe eines Grundes</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/four_panel.py" />
            <location filename="ecg_viewer/state/research/comparison.py" />
            <source>no recording</source>
            <translation>keine Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/paper_notes.py" />
            <source>no room for the columns of {layout}</source>
            <translation>kein Platz für die Spalten von {layout}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no signal for {seconds:.1f} s: what lies across it is neither an R-R interval nor a pause</source>
            <translation>kein Signal für {seconds:.1f} s: Was darüber hinweg liegt, ist weder RR-Intervall noch Pause</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_sheet.py" />
            <source>no usable signal</source>
            <translation>kein brauchbares Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no valid samples for {bad_s:.1f} of {whole_s:.0f} s</source>
            <translation>keine gültigen Abtastwerte in {bad_s:.1f} von {whole_s:.0f} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>no waves measured: {reason}</source>
            <translation>keine Wellen gemessen: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>nobody has reviewed it</source>
            <translation>niemand hat sie begutachtet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>nobody yet</source>
            <translation>noch niemand</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>nodal rhythm</source>
            <translation>Knotenrhythmus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>noise of up to {noise_uv:.0f} µV rms ({low_hz:g}-{high_hz:g} Hz)</source>
            <translation>Rauschen, Effektivwert bis {noise_uv:.0f} µV ({low_hz:g}-{high_hz:g} Hz)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>non-diagnostic T abnormalities</source>
            <translation>nicht diagnostische T-Auffälligkeiten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>non-specific ST changes</source>
            <translation>unspezifische ST-Veränderungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>non-specific ST depression</source>
            <translation>unspezifische ST-Senkung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>non-specific ST elevation</source>
            <translation>unspezifische ST-Hebung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>non-specific T wave changes</source>
            <translation>unspezifische T-Veränderungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>non-specific intraventricular conduction disturbance</source>
            <translation>unspezifische intraventrikuläre Leitungsstörung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>non-specific ischemia</source>
            <translation>unspezifische Ischämie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/document.py" />
            <source>non-standard</source>
            <translation>nicht Standard</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/review_feature.py" />
            <source>none listed</source>
            <translation>keine aufgelistet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>none of the twelve leads has a usable signal</source>
            <translation>keine der zwölf Ableitungen hat ein brauchbares Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>normal ECG</source>
            <translation>normales EKG</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>normal ECGs</source>
            <translation>normale EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>normal ECGs (sex and age unknown)</source>
            <translation>normalen EKGs (Geschlecht und Alter unbekannt)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>normal by data set</source>
            <translation>laut Datensatz normal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>normal: the middle 95 % of {n} {group}</source>
            <translation>normal: die mittleren 95 % von {n}, {group}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/own_normals/own_normals_dialog.py" />
            <source>normals of ward 3, 2026</source>
            <translation>Normale der Station 3, 2026</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>not assessable in every lead</source>
            <translation>nicht in jeder Ableitung beurteilbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/frame.py" />
            <location filename="ecg_viewer/qt/overview/overview_painting.py" />
            <location filename="ecg_viewer/qt/paper/heat_legend.py" />
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <location filename="ecg_viewer/qt/summary/lead_bars.py" />
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <location filename="ecg_viewer/state/research/difference.py" />
            <location filename="ecg_viewer/state/research/side_words.py" />
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>not assessed</source>
            <translation>nicht bewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>not compared: normal limits are of adults, from {youngest} years on (the model's map and score compare with adults all the same)</source>
            <translation>nicht verglichen: die Normalgrenzen sind die von Erwachsenen, ab {youngest} Jahren (Karte und Wert des Modells vergleichen dennoch mit Erwachsenen)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <source>not drawn: more than {longest:g} s are in view</source>
            <translation>nicht gezeichnet: mehr als {longest:g} s sind zu sehen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>not known</source>
            <translation>nicht bekannt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/first_page.py" />
            <location filename="ecg_viewer/export/pages/html.py" />
            <location filename="ecg_viewer/qt/serial/serial_trends.py" />
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>not measured</source>
            <translation>nicht gemessen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <location filename="ecg_viewer/state/file_information.py" />
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>not stated</source>
            <translation>nicht angegeben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <location filename="ecg_viewer/state/research/difference.py" />
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <source>not yet assessed</source>
            <translation>noch nicht bewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/heat_legend.py" />
            <source>not yet computed</source>
            <translation>noch nicht berechnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_panel.py" />
            <source>not yet in the journal</source>
            <translation>noch nicht im Journal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>notches, Q waves &lt; 20 ms not measured</source>
            <translation>Kerben, Q-Zacken &lt; 20 ms nicht gemessen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/open_review.py" />
            <source>note on {what}</source>
            <translation>Notiz zu {what}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>nothing in it is positive, and it is not known to be normal; findings not decided: {n}</source>
            <translation>nichts darin ist positiv, und ob sie normal ist, weiß man nicht; nicht entschiedene Befunde: {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/maps_npz.py" />
            <source>nothing of it was assessed</source>
            <translation>nichts davon wurde bewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>of 95 of 100 unchanged normals</source>
            <translation>von 95 unter 100 unveränderten Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>of the usual shape</source>
            <translation>von der üblichen Form</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>one of the two recordings may be paced: QRS, ST and T are of different beats</source>
            <translation>eine der beiden Aufnahmen ist vielleicht stimuliert: QRS, ST und T stammen von verschiedenen Schlägen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>one reference only</source>
            <translation>nur eine Referenz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>only {found} beats follow the one before without a gap in the signal; {needed} are needed</source>
            <translation>nur {found} Schläge folgen dem vorigen ohne Lücke im Signal; {needed} werden gebraucht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>only {found} beats were found; {needed} are needed</source>
            <translation>nur {found} Schläge gefunden; {needed} werden gebraucht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>only {found} of {total} beats are whole and alike; {needed} are needed</source>
            <translation>nur {found} von {total} Schlägen sind vollständig und gleichartig; {needed} werden gebraucht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>only {share:.0f} % of the intervals are between normal beats; {needed:.0f} % are needed</source>
            <translation>nur {share:.0f} % der Intervalle liegen zwischen normalen Schlägen; {needed:.0f} % sind nötig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>opacity</source>
            <translation>Deckkraft</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>over 89</source>
            <translation>über 89</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/person.py" />
            <source>over 89 years</source>
            <translation>über 89 Jahre</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>own beats</source>
            <translation>eigene Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>p = {p}: the chance that a normal ECG departs at least as much</source>
            <translation>p = {p}: Wahrscheinlichkeit, dass ein normales EKG mindestens so stark abweicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>paced rhythm</source>
            <translation>Schrittmacherrhythmus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>pacing spikes cannot be told at {rate_hz:g} Hz ({needed_hz:g} Hz are needed)</source>
            <translation>Schrittmacherspikes sind bei {rate_hz:g} Hz nicht zu erkennen ({needed_hz:g} Hz sind nötig)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>panel</source>
            <translation>Tafel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>paroxysmal supraventricular tachycardia</source>
            <translation>paroxysmale supraventrikuläre Tachykardie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>paused</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/difference.py" />
            <source>percentile A {a}, B {b}</source>
            <translation>Perzentil A {a}, B {b}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/frame.py" />
            <source>percentile among normal ECGs</source>
            <translation>Perzentil unter normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>percentile likely too high: the normal cohort is of complete recordings</source>
            <translation>Perzentil wahrscheinlich zu hoch: Die Normalkohorte besteht aus vollständigen Aufzeichnungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>percentile unreliable because of signal quality: {reasons}</source>
            <translation>Perzentil unzuverlässig wegen der Signalqualität: {reasons}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <location filename="ecg_viewer/qt/serial/serial_dialog.py" />
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <location filename="ecg_viewer/state/research/side_words.py" />
            <source>percentile {percentile}</source>
            <translation>Perzentil {percentile}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/side_words.py" />
            <source>percentile {percentile} of {n} normals</source>
            <translation>Perzentil {percentile} von {n} Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/side_words.py" />
            <source>percentile {percentile}, unreliable</source>
            <translation>Perzentil {percentile}, unzuverlässig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>percentile {value}</source>
            <translation>Perzentil {value}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>place caliper</source>
            <translation>Messzirkel setzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/paper/lead_badges.py" />
            <location filename="ecg_viewer/state/overview.py" />
            <location filename="ecg_viewer/state/words/record_words.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>poor</source>
            <translation>schlecht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/reviewed_findings.py" />
            <location filename="ecg_viewer/state/words/empty_list_words.py" />
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>poor signal</source>
            <translation>schlechtes Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>poor signal {share} %</source>
            <translation>schlechtes Signal {share} %</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>posterior myocardial infarction</source>
            <translation>posteriorer Myokardinfarkt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>pre-excitation</source>
            <translation>Präexzitation</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>premature beat</source>
            <translation>vorzeitiger Schlag</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>premature complexes</source>
            <translation>Extrasystolen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>premature wide beat</source>
            <translation>vorzeitiger breiter Schlag</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>prolonged PR interval</source>
            <translation>verlängerte PQ-Zeit</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>rate</source>
            <translation>Frequenz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>reader</source>
            <translation>Lesemodul</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/caliper_feature.py" />
            <source>remove caliper</source>
            <translation>Messzirkel entfernen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/markers.py" />
            <source>remove marker {name}</source>
            <translation>Marke {name} entfernen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/markers.py" />
            <source>rename marker {name}</source>
            <translation>Marke {name} umbenennen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_controller.py" />
            <source>reset {n} findings ({group})</source>
            <translation>{n} Befunde zurücksetzen ({group})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/review_steps.py" />
            <source>reset {what}</source>
            <translation>{what} zurücksetzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>reviewer</source>
            <translation>Gutachter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>rhythm</source>
            <translation>Rhythmus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>rhythm annotations</source>
            <translation>Rhythmus-Annotationen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>right atrial overload or enlargement</source>
            <translation>Belastung oder Vergrößerung des rechten Vorhofs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>right ventricular hypertrophy</source>
            <translation>rechtsventrikuläre Hypertrophie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>s</source>
            <translation>s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>sampled at {rate_hz:g} Hz; {needed_hz:g} Hz are needed</source>
            <translation>mit {rate_hz:g} Hz aufgezeichnet; {needed_hz:g} Hz werden gebraucht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>samples are missing in it, and arrays and WFDB records of a benchmark have none</source>
            <translation>in ihr fehlen Abtastwerte, und Arrays und WFDB-Aufzeichnungen eines Benchmarks haben keine Lücken</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>sampling rate</source>
            <translation>Abtastrate</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>saved</source>
            <translation>gespeichert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_panel.py" />
            <source>saved · {author}</source>
            <translation>gespeichert · {author}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/conclusion_panel.py" />
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>saving…</source>
            <translation>wird gespeichert …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>score without measurements: too few waves could be measured</source>
            <translation>Wert ohne Messungen: zu wenige Wellen messbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>score without the shape of the beat: too few beats were found</source>
            <translation>Wert ohne die Form des Schlags: zu wenige Schläge gefunden</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>score {value}</source>
            <translation>Wert {value}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>scorer</source>
            <translation>Verfahren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>second degree AV block</source>
            <translation>AV-Block II. Grades</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>sensitivity {sensitivity}, specificity {specificity} of points; </source>
            <translation>Sensitivität {sensitivity}, Spezifität {specificity} der Punkte; </translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>septal hypertrophy</source>
            <translation>Septumhypertrophie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/markers.py" />
            <source>set marker {name}</source>
            <translation>Marke {name} setzen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>several leads</source>
            <translation>mehrere Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>sex</source>
            <translation>Geschlecht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <source>sex unknown</source>
            <translation>Geschlecht unbekannt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <source>shifted by {offset:+.3f} s</source>
            <translation>um {offset:+.3f} s verschoben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <source>side B: {words}</source>
            <translation>Seite B: {words}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_bar.py" />
            <source>signal quality: {words}</source>
            <translation>Signalqualität: {words}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>sinoatrial block</source>
            <translation>sinuatrialer Block</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>sinus arrhythmia</source>
            <translation>Sinusarrhythmie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>sinus bradycardia</source>
            <translation>Sinusbradykardie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>sinus rhythm</source>
            <translation>Sinusrhythmus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>sinus tachycardia</source>
            <translation>Sinustachykardie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>slope</source>
            <translation>Steigung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>slope of ST from the J point to 80 ms after it</source>
            <translation>Steigung von ST vom J-Punkt bis 80 ms danach</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>still being computed</source>
            <translation>wird noch berechnet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>stuck at {level_mv:.1f} mV for {bad_s:.1f} of {whole_s:.0f} s</source>
            <translation>bleibt bei {level_mv:.1f} mV stehen, {bad_s:.1f} von {whole_s:.0f} s lang</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>subendocardial injury in anterolateral leads</source>
            <translation>subendokardiale Schädigung in anterolateralen Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>subendocardial injury in anteroseptal leads</source>
            <translation>subendokardiale Schädigung in anteroseptalen Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>subendocardial injury in inferior leads</source>
            <translation>subendokardiale Schädigung in inferioren Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>subendocardial injury in inferolateral leads</source>
            <translation>subendokardiale Schädigung in inferolateralen Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>subendocardial injury in lateral leads</source>
            <translation>subendokardiale Schädigung in lateralen Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>superclasses of the data set</source>
            <translation>Oberklassen des Datensatzes</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>supraventricular arrhythmia</source>
            <translation>supraventrikuläre Arrhythmie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>supraventricular tachyarrhythmia</source>
            <translation>supraventrikuläre Tachyarrhythmie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>supraventricular tachycardia</source>
            <translation>supraventrikuläre Tachykardie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/read_form.py" />
            <source>sure</source>
            <translation>sicher</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>swings of up to {swing_mv:.1f} mV, more than a heart makes</source>
            <translation>Ausschläge bis {swing_mv:.1f} mV, mehr als ein Herz erzeugt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the QRS does not stand out from the noise</source>
            <translation>der QRS hebt sich nicht vom Rauschen ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the QRS has no direction in the limb leads</source>
            <translation>der QRS hat in den Extremitätenableitungen keine Richtung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>the beat ends before</source>
            <translation>der Schlag endet vorher</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_panel.py" />
            <source>the chosen one of the nearest</source>
            <translation>das gewählte der ähnlichsten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the end of T differs from beat to beat</source>
            <translation>das Ende von T ist von Schlag zu Schlag ein anderes</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>the gain in the file is several times too high</source>
            <translation>die Verstärkung in der Datei ist um ein Mehrfaches zu hoch</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>the heat of another recording</source>
            <translation>die Farben einer anderen Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>the last</source>
            <translation>die letzte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>the lead does not show where the wave begins and ends</source>
            <translation>die Ableitung zeigt nicht, wo die Welle beginnt und endet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the leads disagree on the P wave by {spread_ms:.0f} ms</source>
            <translation>die Ableitungen weichen bei der P-Welle um {spread_ms:.0f} ms voneinander ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the leads disagree on the end of T by {spread_ms:.0f} ms</source>
            <translation>die Ableitungen weichen beim T-Ende um {spread_ms:.0f} ms voneinander ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>the limits of normals do not have it</source>
            <translation>die Normalgrenzen enthalten es nicht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/models.py" />
            <source>the model</source>
            <translation>das Modell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>the model was trained on it</source>
            <translation>das Modell hat an ihr gelernt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>the normal ECGs</source>
            <translation>normale EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/normals/normals_panel.py" />
            <source>the others</source>
            <translation>die anderen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the rate could not be measured</source>
            <translation>die Frequenz war nicht messbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>the rates differ by {n:.0f}/min: QT, ST and T change with the rate alone</source>
            <translation>die Frequenzen unterscheiden sich um {n:.0f}/min: QT, ST und T ändern sich schon mit der Frequenz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>the recording</source>
            <translation>die Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the result, {value:.0f} ms, is not plausible</source>
            <translation>das Ergebnis, {value:.0f} ms, ist nicht plausibel</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>the reviewer</source>
            <translation>der Gutachter</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the rhythm is irregular and has no steady P wave</source>
            <translation>der Rhythmus ist unregelmäßig ohne beständige P-Welle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>the same recording as another one</source>
            <translation>dieselbe Aufzeichnung wie eine andere</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <source>the same trace</source>
            <translation>dieselbe Kurve</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>the signal does not come to rest between beats</source>
            <translation>das Signal kommt zwischen den Schlägen nicht zur Ruhe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the signal is too poor: {fault}</source>
            <translation>das Signal ist zu schlecht: {fault}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the stretch lasts {duration_s:.1f} s; {needed_s:g} s are needed</source>
            <translation>der Abschnitt dauert {duration_s:.1f} s; {needed_s:g} s werden gebraucht</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/heat_legend.py" />
            <source>the threshold is percentile {percentile:g}</source>
            <translation>die Schwelle ist das Perzentil {percentile:g}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>the {boundary} lies where the search ends</source>
            <translation>{boundary} liegt an der Grenze der Suche</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>there may be a pacemaker: QRS, ST and T of paced beats are held against beats that are not paced</source>
            <translation>vielleicht ein Schrittmacher: QRS, ST und T stimulierter Schläge werden mit nicht stimulierten verglichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>third degree AV block</source>
            <translation>AV-Block III. Grades</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>time to the peak of R</source>
            <translation>Zeit bis zum Gipfel von R</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>too few normals to compare with</source>
            <translation>zu wenige Normale zum Vergleich</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>too small (up to {range_mv:.2f} mV)</source>
            <translation>zu klein (bis {range_mv:.2f} mV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>too small ({range_mv:.2f} mV)</source>
            <translation>zu klein ({range_mv:.2f} mV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/lead_feature.py" />
            <source>traces meet: click on a lead's name</source>
            <translation>Kurven treffen sich: Klick auf einen Ableitungsnamen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>trigeminal pattern of unknown origin, supraventricular or ventricular</source>
            <translation>Trigeminus unbekannten Ursprungs, supraventrikulär oder ventrikulär</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>uneven</source>
            <translation>ungleichmäßig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/provenance.py" />
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>unlike beat</source>
            <translation>anderer Schlag</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <location filename="ecg_viewer/qt/summary/lead_bars.py" />
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>unreliable</source>
            <translation>unzuverlässig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/compare_side.py" />
            <location filename="ecg_viewer/qt/window/status_bar.py" />
            <source>unreliable, percentile {percentile}</source>
            <translation>unzuverlässig, Perzentil {percentile}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/frame.py" />
            <location filename="ecg_viewer/qt/paper/heat_legend.py" />
            <source>unreliable: poor signal</source>
            <translation>unzuverlässig: schlechtes Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>usual where they are: {n}</source>
            <translation>dort die üblichen: {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>ventricular bigeminy</source>
            <translation>ventrikulärer Bigeminus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>ventricular fibrillation</source>
            <translation>Kammerflimmern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>ventricular flutter</source>
            <translation>Kammerflattern</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>ventricular premature complex</source>
            <translation>ventrikuläre Extrasystole</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>ventricular tachycardia</source>
            <translation>ventrikuläre Tachykardie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/truth.py" />
            <source>ventricular trigeminy</source>
            <translation>ventrikulärer Trigeminus</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/statement_words.py" />
            <source>voltage criteria for left ventricular hypertrophy</source>
            <translation>Spannungskriterien für linksventrikuläre Hypertrophie</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>voltages are not compared with normal ECGs: the amplitudes of the file are doubtful</source>
            <translation>Spannungen werden nicht mit normalen EKGs verglichen: die Amplituden der Datei sind zweifelhaft</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>waiting for the open recording</source>
            <translation>wartet auf die geöffnete Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>way of the QRS to its height</source>
            <translation>Weg des QRS zu seiner Höhe</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>way of the QRS up and down</source>
            <translation>Weg des QRS auf und ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/kind_words.py" />
            <source>wide beat</source>
            <translation>breiter Schlag</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>with heat</source>
            <translation>mit Farben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>with wrong heat, which readers are told of afterwards</source>
            <translation>mit falschen Farben, was die Lesenden danach erfahren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_dialogs.py" />
            <source>without heat</source>
            <translation>ohne Farben</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>women of about {age}</source>
            <translation>Frauen um {age} Jahre</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>women of any age (age unknown or over 89)</source>
            <translation>Frauen jeden Alters (Alter unbekannt oder über 89)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>z amp.</source>
            <translation>z Ampl.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>z beat</source>
            <translation>z Schlag</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>z dep.</source>
            <translation>z Abw.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>z leads</source>
            <translation>z Abl.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>z seg.</source>
            <translation>z Seg.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>{age}, {sex}; rate {rate}.</source>
            <translation>{age}, {sex}; Frequenz {rate}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/caliper_angle.py" />
            <source>{angle} · base {mm} mm = {ms} ms</source>
            <translation>{angle} · Basis {mm} mm = {ms} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>{beats} of {all} beats, {span}</source>
            <translation>{beats} von {all} Schlägen, {span}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{beyond} of {n} measurements differ by more than their tolerance; in unchanged normal ECGs about {chance} do.</source>
            <translation>{beyond} von {n} Messwerten unterscheiden sich um mehr als ihre Toleranz; bei unveränderten normalen EKGs sind es etwa {chance}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/difference.py" />
            <source>{both}; A − B {points:+.1f}</source>
            <translation>{both}; A − B {points:+.1f}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>{boxes}{more} (from: {sources}).</source>
            <translation>{boxes}{more} (aus: {sources}).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{channel} has no stated range: its values are the converter's steps.</source>
            <translation>{channel} hat keinen angegebenen Messbereich: Die Werte sind Stufen des Wandlers.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{channel} has no stated resolution: its values are the converter's steps.</source>
            <translation>{channel} hat keine angegebene Auflösung: Die Werte sind Stufen des Wandlers.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{channel} is not in volts: its values are the converter's steps.</source>
            <translation>{channel} ist nicht in Volt angegeben: Die Werte sind Stufen des Wandlers.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{channel} is stated to have {bits} bits and holds larger values: its amplitude may be wrong.</source>
            <translation>{channel} soll {bits} Bit haben und enthält größere Werte: Die Amplitude kann falsch sein.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{count} beats in a row of shape {shape}, {rate:.0f} a minute</source>
            <translation>{count} Schläge hintereinander der Form {shape}, {rate:.0f} je Minute</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>{count} exports were not written because files of their names exist already.</source>
            <translation>{count} Exporte wurden nicht geschrieben, weil es Dateien ihres Namens schon gibt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>{count} files were written to {folder}.</source>
            <translation>{count} Dateien wurden in {folder} geschrieben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>{count} formats were empty, so not written: {reason} …</source>
            <translation>{count} Formate waren leer und wurden nicht geschrieben: {reason} …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>{count} formats were not written: {reason} …</source>
            <translation>{count} Formate wurden nicht geschrieben: {reason} …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_desk.py" />
            <source>{count} pages were printed.</source>
            <translation>{count} Seiten wurden gedruckt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{count} stretches have another sampling rate and are left out.</source>
            <translation>{count} Abschnitte haben eine andere Abtastrate und sind weggelassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>{count} things to know: {reason} …</source>
            <translation>{count} Hinweise: {reason} …</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <source>{count} {group}, counted by how near they are ({source})</source>
            <translation>Verglichen mit {count} {group}, nach ihrer Nähe gezählt ({source})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} April {year}</source>
            <translation>{day}. April {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} August {year}</source>
            <translation>{day}. August {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} December {year}</source>
            <translation>{day}. Dezember {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} February {year}</source>
            <translation>{day}. Februar {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} January {year}</source>
            <translation>{day}. Januar {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} July {year}</source>
            <translation>{day}. Juli {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} June {year}</source>
            <translation>{day}. Juni {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} March {year}</source>
            <translation>{day}. März {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} May {year}</source>
            <translation>{day}. Mai {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} November {year}</source>
            <translation>{day}. November {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} October {year}</source>
            <translation>{day}. Oktober {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{day} September {year}</source>
            <translation>{day}. September {year}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>{done:.0f} of {total:.0f} s assessed.</source>
            <translation>{done:.0f} von {total:.0f} s bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/work_lists.py" />
            <source>{done} of {n} read</source>
            <translation>{done} von {n} befundet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>{done} of {total} scored</source>
            <translation>{done} von {total} bewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/export/export_dialog.py" />
            <source>{dpi} dpi</source>
            <translation>{dpi} dpi</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>{duration} ({n} samples)</source>
            <translation>{duration} ({n} Abtastwerte)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/page_options.py" />
            <source>{duration} s are {count} pages at this speed, more than {most}. Choose a shorter stretch or a slower speed.</source>
            <translation>{duration} s ergeben bei diesem Vorschub {count} Seiten, mehr als {most}. Wählen Sie einen kürzeren Abschnitt oder einen langsameren Vorschub.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>{file} could not be written: {reason}.</source>
            <translation>{file} konnte nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{first} and {second}</source>
            <translation>{first} und {second}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/export_files.py" />
            <source>{folder} cannot take a file {name}: something else has that name. Choose another folder.</source>
            <translation>{folder} kann keine Datei {name} aufnehmen: etwas anderes heißt so. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>{folder} holds a benchmark already, which was left as it is. Choose another folder.</source>
            <translation>{folder} enthält schon einen Benchmark, der blieb, wie er ist. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>{folder} holds {name} that is of no benchmark of this program; it was left as it is. Choose another folder.</source>
            <translation>{folder} enthält {name}, das zu keinem Benchmark dieses Programms gehört; es blieb, wie es ist. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>{formula}, not compared with normal ECGs</source>
            <translation>{formula}, nicht mit normalen EKGs verglichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>{formula}; by {compared} {n} ms, {side}</source>
            <translation>{formula}; nach {compared} {n} ms, {side}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/own_normals.py" />
            <source>{found} % where {promised} % are promised (splits: {low}–{high} %)</source>
            <translation>{found} % statt versprochener {promised} % (Teilungen: {low}–{high} %)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{found} intervals between normal beats; {needed} are needed</source>
            <translation>{found} Intervalle zwischen normalen Schlägen; {needed} sind nötig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{group} at about {rate:.0f}/min</source>
            <translation>{group} bei etwa {rate:.0f}/min</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>{group} · {n}, {left} to review</source>
            <translation>{group} · {n}, {left} zu begutachten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>{high:,} of them ({share} %) reach the {level:g}th percentile, as {expected:g} % of normal ECGs do.</source>
            <translation>{high:,} davon ({share} %) erreichen das {level:g}. Perzentil, wie {expected:g} % der normalen EKGs.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>{high:,} of {n:,} 10-s windows ({share} %) reach the {level:g}th percentile; of normal ECGs {expected:g} % do.</source>
            <translation>{high:,} von {n:,} 10-s-Fenstern ({share} %) erreichen das {level:g}. Perzentil; von normalen EKGs {expected:g} %.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/cohort_figures.py" />
            <source>{hits} of {boxes} regions hit from the {threshold}th percentile on</source>
            <translation>{hits} von {boxes} Bereichen ab dem {threshold}. Perzentil getroffen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>{hits} of {boxes} regions hit, {misses} missed, {false} false alarms ({rate:.1f} per minute).</source>
            <translation>{hits} von {boxes} Bereichen getroffen, {misses} übersehen, {false} Fehlalarme ({rate:.1f} je Minute).</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_threshold.py" />
            <source>{inside} points inside regions, {outside} outside, one for each sample and lead, 0.2 s cut at both ends. The heat compares each lead with its own normals, so its curve is not the map's.</source>
            <translation>{inside} Punkte in Bereichen, {outside} außerhalb, je einer für Abtastwert und Ableitung, an beiden Enden 0,2 s abgeschnitten. Die Farbkarte vergleicht jede Ableitung mit ihren eigenen Normalen; ihre Kurve ist darum nicht die der Karte.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{kind} “{name}” of the package {package} {version}</source>
            <translation>{kind} „{name}“ des Pakets {package} {version}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{kind} “{name}” of the package {package}: it cannot be used ({error}); everything else works without it</source>
            <translation>{kind} „{name}“ des Pakets {package}: nicht verwendbar ({error}); alles andere geht ohne es</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{kind} “{name}” of the package {package}: not used, because the program has one of that name</source>
            <translation>{kind} „{name}“ des Pakets {package}: nicht verwendet, weil das Programm eines dieses Namens hat</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{kind} “{name}” of the package {package}: not used, because {other} has one of that name</source>
            <translation>{kind} „{name}“ des Pakets {package}: nicht verwendet, weil {other} eines dieses Namens hat</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/page_options.py" />
            <source>{layout} (too short for {asked})</source>
            <translation>{layout} (zu kurz für {asked})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>{layout}, Cabrera</source>
            <translation>{layout}, Cabrera</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/layout_feature.py" />
            <source>{layout}: traces would collide in {usual}</source>
            <translation>{layout}: in {usual} liefen Kurven ineinander</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{leads} not assessed: constant or invalid</source>
            <translation>{leads} nicht bewertet: konstant oder ungültig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{leads} not assessed: flat or missing</source>
            <translation>{leads} nicht bewertet: flach oder fehlend</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{leads} not assessed: too few valid samples</source>
            <translation>{leads} nicht bewertet: zu wenige gültige Abtastwerte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{leads} not assessed: too small (up to {range_mv:.2f} mV)</source>
            <translation>{leads} nicht bewertet: zu klein (bis {range_mv:.2f} mV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{leads} partly not assessed: constant, disconnected or saturated</source>
            <translation>{leads} teilweise nicht bewertet: konstant, nicht angeschlossen oder übersteuert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{leads} partly not assessed: invalid samples</source>
            <translation>{leads} teilweise nicht bewertet: ungültige Abtastwerte</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/document.py" />
            <source>{leads}, {stretch}, {scale}.</source>
            <translation>{leads}, {stretch}, {scale}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{leads}: missing or without a usable signal</source>
            <translation>{leads}: fehlt oder ohne brauchbares Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{leads}: {fault}</source>
            <translation>{leads}: {fault}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{leads}: {fault} ({worst_lead})</source>
            <translation>{leads}: {fault} ({worst_lead})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/lead_feature.py" />
            <source>{lead} alone; Esc: all leads</source>
            <translation>{lead} allein; Esc: alle Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/whole_leads.py" />
            <source>{lead} as a whole: percentile {percentile} among normal ECGs, by the model</source>
            <translation>{lead} insgesamt: Perzentil {percentile} unter normalen EKGs, nach dem Modell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/lead_feature.py" />
            <source>{lead} at the front; Esc: all alike</source>
            <translation>{lead} vorn; Esc: alle gleich</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/annotations.py" />
            <source>{lead} is computed from I and II: its findings have no signal in the file and were not annotated.</source>
            <translation>{lead} ist aus I und II berechnet: ihre Befunde haben kein Signal in der Datei und wurden nicht annotiert.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/paper_frame.py" />
            <source>{lead} is not in the file; it is computed from I and II.</source>
            <translation>{lead} ist nicht in der Datei; sie ist aus I und II berechnet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>{lead} is unreliable: {reason}</source>
            <translation>{lead} ist unzuverlässig: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/paper_menu.py" />
            <source>{lead} to the front</source>
            <translation>{lead} nach vorn</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/lead_bars.py" />
            <source>{lead} {percentile}, unreliable as the recording is</source>
            <translation>{lead} {percentile}, unzuverlässig wie die Aufzeichnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/paper_notes.py" />
            <source>{lead}, which is marked, is not in this layout</source>
            <translation>Die markierte Ableitung {lead} fehlt in dieser Anordnung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>{lead}, {quantity}</source>
            <translation>{lead}, {quantity}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <source>{lead}: {values}. All leads in mV:</source>
            <translation>{lead}: {values}. Alle Ableitungen in mV:</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>{low} to {high}</source>
            <translation>{low} bis {high}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>{low}–{high}/min (minutes), median {middle}</source>
            <translation>{low}–{high}/min (Minuten), Median {middle}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/session.py" />
            <source>{model} cannot be used: {reason} {other} is used instead.</source>
            <translation>{model} kann nicht benutzt werden: {reason} Stattdessen wird {other} benutzt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/models.py" />
            <source>{model} stays in use.</source>
            <translation>{model} bleibt in Gebrauch.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>{model}: {percentile}</source>
            <translation>{model}: {percentile}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n:,} annotations found no room.</source>
            <translation>{n:,} Annotationen fanden keinen Platz.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>{n:,} could not be scored</source>
            <translation>{n:,} nicht bewertbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>{n:,} more with a poor signal are shown apart and not counted.</source>
            <translation>{n:,} weitere mit schlechtem Signal sind abgesetzt gezeigt und nicht mitgezählt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>{n:,} normal ECGs</source>
            <translation>{n:,} normale EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>{n:,} of {total:,} stretches of 10 s are unreliable: poor signal</source>
            <translation>{n:,} von {total:,} Abschnitten von 10 s sind unzuverlässig: schlechtes Signal</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>{n:,} places</source>
            <translation>{n:,} Stellen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/cohort_figures.py" />
            <source>{n:,} with a poor signal not counted</source>
            <translation>{n:,} mit schlechtem Signal nicht mitgezählt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>{names} is filled in with nothing and stays as it is.</source>
            <translation>{names} wird durch nichts ersetzt und bleibt stehen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/study_feature.py" />
            <source>{names} were written.</source>
            <translation>{names} wurden geschrieben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/display/filter_feature.py" />
            <source>{name} (not at {rate:g} Hz)</source>
            <translation>{name} (nicht bei {rate:g} Hz)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>{name} (not diagnostic)</source>
            <translation>{name} (nicht diagnostisch)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>{name} (not diagnostic; ST not to be read with this filter)</source>
            <translation>{name} (nicht diagnostisch; ST mit diesem Filter nicht beurteilen)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>{name} cannot be written: {reason}</source>
            <translation>{name} kann nicht geschrieben werden: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>{name} could not be measured: {reason}.</source>
            <translation>{name} nicht messbar: {reason}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/export_files.py" />
            <source>{name} could not be written to {folder}: {reason}.</source>
            <translation>{name} konnte nicht in {folder} geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/lists_feature.py" />
            <source>{name} could not be written. Choose another folder, or make room there.</source>
            <translation>{name} konnte nicht geschrieben werden. Einen anderen Ordner wählen oder dort Platz schaffen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>{name} could not be written: {reason}.</source>
            <translation>{name} konnte nicht geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/annotations.py" />
            <source>{name} exists already and was left as it is. A recording has one file of this annotator; choose another folder or replace it.</source>
            <translation>{name} gibt es schon und blieb, wie es ist. Eine Aufzeichnung hat eine Datei dieses Annotators; wählen Sie einen anderen Ordner oder ersetzen Sie sie.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/export_files.py" />
            <source>{name} exists already in {folder} and was left as it is.</source>
            <translation>{name} gibt es in {folder} schon und blieb, wie es ist.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/exchange/reported.py" />
            <source>{name} has neither measurements nor confirmed findings to report.</source>
            <translation>{name} hat weder Messwerte noch bestätigte Befunde zu berichten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/annotations.py" />
            <source>{name} has no confirmed findings and none of a reviewer's own: there is nothing to annotate.</source>
            <translation>{name} hat keine bestätigten und keine eigenen Befunde eines Gutachters: es gibt nichts zu annotieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/exchange/reported.py" />
            <source>{name} has no confirmed findings: its report holds measurements only.</source>
            <translation>{name} hat keine bestätigten Befunde: Der Bericht enthält nur Messwerte.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/maps_npz.py" />
            <source>{name} has no maps to export: {reason}</source>
            <translation>{name} hat keine Karten für den Export: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/measurements_csv.py" />
            <source>{name} has no measurements to export.</source>
            <translation>{name} hat keine Messwerte zum Exportieren.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/templates.py" />
            <source>{name} holds no texts for conclusions that this version can read. Choose a file that was exported here.</source>
            <translation>{name} enthält keine Textbausteine für Beurteilungen, die diese Version lesen kann. Eine hier exportierte Datei wählen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>{name} holds {n} columns of numbers, but does not state everything that is needed to show them. The answer is kept for the folder {folder}.</source>
            <translation>{name} enthält {n} Spalten mit Zahlen, gibt aber nicht alles an, was zum Anzeigen nötig ist. Die Antwort wird für den Ordner {folder} behalten.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark.py" />
            <source>{name} is damaged: it is not known which files belong to it. Choose another folder.</source>
            <translation>{name} ist beschädigt: welche Dateien dazugehören, ist unbekannt. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/exchange/sr_writer.py" />
            <source>{name} is no DICOM file that can be pointed at: its report is a Comprehensive SR with times in seconds from the start.</source>
            <translation>{name} ist keine DICOM-Datei, auf die verwiesen werden kann: Der Bericht ist ein Comprehensive SR mit Zeiten in Sekunden ab Beginn.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/work_lists.py" />
            <source>{name} is no list of work that can be read. A list saved by this program is expected, or a table with the columns recording and list.</source>
            <translation>{name} ist keine lesbare Arbeitsliste. Erwartet wird eine mit diesem Programm gespeicherte Liste oder eine Tabelle mit den Spalten recording und list.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/opening_results.py" />
            <source>{name} is shown.</source>
            <translation>Gezeigt wird {name}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/session.py" />
            <source>{name} is still shown.</source>
            <translation>{name} wird weiter gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/write_recording.py" />
            <source>{name} is the recording itself and is never replaced. Choose another folder.</source>
            <translation>{name} ist die Aufzeichnung selbst und wird nie ersetzt. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/page_options.py" />
            <source>{name} lasts {duration} s; there is nothing from {start} s on.</source>
            <translation>{name} dauert {duration} s; ab {start} s ist nichts mehr.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/filters.py" />
            <source>{name} needs at least {least:.0f} samples a second; this recording has {rate:g}.</source>
            <translation>{name} braucht mindestens {least:.0f} Abtastwerte je Sekunde; diese Aufzeichnung hat {rate:g}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/result_words.py" />
            <source>{name} was written to {folder}.</source>
            <translation>{name} wurde in {folder} geschrieben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>{name} {low}–{high} ms</source>
            <translation>{name} {low}–{high} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>{name} {n}</source>
            <translation>{name} {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/beat_marks.py" />
            <source>{name} {n} ms</source>
            <translation>{name} {n} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/beat_marks.py" />
            <source>{name} {n} ms (yours; program none)</source>
            <translation>{name} {n} ms (Ihres; Programm keines)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/beat_marks.py" />
            <source>{name} {n} ms (yours; program {program})</source>
            <translation>{name} {n} ms (Ihres; Programm {program})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{name} {value}, {leads}, {beats}</source>
            <translation>{name} {value}, {leads}, {beats}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/beat_marks.py" />
            <source>{name} –</source>
            <translation>{name} –</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/restore_feature.py" />
            <source>{name}, which was open last, can no longer be found.</source>
            <translation>{name}, zuletzt offen, ist nicht mehr zu finden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{name}, {leads}, {beats}</source>
            <translation>{name}, {leads}, {beats}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark_words.py" />
            <source>{name}, {start} to {end} s: left out: nothing positive; findings not decided: {n}</source>
            <translation>{name}, {start} bis {end} s: ausgelassen: nichts Positives; nicht entschiedene Befunde: {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <source>{name}: could not measure ({reason})</source>
            <translation>{name}: nicht messbar ({reason})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/benchmark_words.py" />
            <source>{name}: left out: {reason}</source>
            <translation>{name}: ausgelassen: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{name}: no average beat could be measured</source>
            <translation>{name}: kein gemittelter Schlag messbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>{name}: {new} of {n} entries are new.</source>
            <translation>{name}: {new} von {n} Einträgen sind neu.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_feature.py" />
            <source>{name}: {n} recordings written.</source>
            <translation>{name}: {n} Aufzeichnungen geschrieben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{name}: {what}</source>
            <translation>{name}: {what}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/tool_bar.py" />
            <source>{name}; the size of this screen is unknown, see View &gt; Speed and gain &gt; Calibrate the screen</source>
            <translation>{name}; die Größe dieses Bildschirms ist unbekannt, siehe Ansicht &gt; Geschwindigkeit und Verstärkung &gt; Bildschirm kalibrieren</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{n} beats</source>
            <translation>{n} Schläge</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n} beats of {total} with another {wave}, {leads}</source>
            <translation>{n} von {total} Schlägen mit anderem {wave}, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{n} beats, {leads} leads</source>
            <translation>{n} Schläge, {leads} Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>{n} conflicts, {open} of them open.</source>
            <translation>{n} Widersprüche, davon {open} offen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{n} cut off at the ends</source>
            <translation>{n} an den Enden abgeschnitten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{n} days before the last</source>
            <translation>{n} Tage vor der letzten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_feature.py" />
            <source>{n} entries were written to {name}.</source>
            <translation>{n} Einträge wurden nach {name} geschrieben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/restore_feature.py" />
            <source>{n} files or folders that were open last can no longer be found.</source>
            <translation>{n} zuletzt offene Dateien oder Ordner sind nicht mehr zu finden.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/side_words.py" />
            <source>{n} findings</source>
            <translation>{n} Befunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{n} have no date and stand at the end.</source>
            <translation>{n} haben kein Datum und stehen am Ende.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>{n} leads</source>
            <translation>{n} Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/describe_dialog.py" />
            <source>{n} leads are named for {columns} columns.</source>
            <translation>{n} Ableitungen sind für {columns} Spalten genannt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>{n} leads, kept apart from the recording</source>
            <translation>{n} Ableitungen, von der Aufzeichnung getrennt gehalten</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{n} listed recordings whose files state the same patient.</source>
            <translation>{n} Aufnahmen der Liste, deren Dateien denselben Patienten angeben.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/caliper_readings.py" />
            <source>{n} mV</source>
            <translation>{n} mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>{n} marked</source>
            <translation>{n} markiert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>{n} mm/mV</source>
            <translation>{n} mm/mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>{n} mm/s</source>
            <translation>{n} mm/s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n} more findings, weaker</source>
            <translation>{n} weitere, schwächere Befunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/paper_notes.py" />
            <source>{n} more in the layout {layout}</source>
            <translation>{n} weitere in der Anordnung „{layout}“</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n} more places of the model's map, weaker</source>
            <translation>{n} weitere, schwächere Stellen der Karte des Modells</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_marks_panel.py" />
            <location filename="ecg_viewer/state/measure/beat_marks.py" />
            <location filename="ecg_viewer/state/measure/caliper_readings.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{n} ms</source>
            <translation>{n} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{n} of another shape</source>
            <translation>{n} anderer Form</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>{n} of shape {name}</source>
            <translation>{n} der Form {name}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>{n} of shape {name} (wide)</source>
            <translation>{n} der Form {name} (breit)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_panel.py" />
            <source>{n} of them yours</source>
            <translation>davon {n} von Ihnen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <source>{n} of {all} intervals ({share} %) lie between two normal beats; only these are used. Poor signal and gaps are left out.</source>
            <translation>{n} von {all} Intervallen ({share} %) liegen zwischen zwei normalen Schlägen; nur diese werden benutzt. Schlechtes Signal und Lücken sind ausgelassen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/document.py" />
            <source>{n} of {m} findings lie in leads that are not shown ({leads})</source>
            <translation>{n} von {m} Befunden liegen in Ableitungen, die nicht gezeigt sind ({leads})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/document.py" />
            <source>{n} of {m} findings lie outside the stretch shown of their lead</source>
            <translation>{n} von {m} Befunden liegen außerhalb des gezeigten Abschnitts ihrer Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>{n} of {shown} recordings shown are scored.</source>
            <translation>{n} von {shown} gezeigten Aufzeichnungen sind bewertet.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/plots_cohort.py" />
            <source>{n} of {shown} recordings shown have a score and reference regions: mean AUROC {auroc:.3f}, lowest {lowest:.3f}.</source>
            <translation>{n} von {shown} gezeigten Aufzeichnungen haben einen Wert und Referenzbereiche: mittlere AUROC {auroc:.3f}, niedrigste {lowest:.3f}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/window/help_dialog.py" />
            <source>{n} of {total}</source>
            <translation>{n} von {total}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n} of {total} beats</source>
            <translation>{n} von {total} Schlägen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/record_words.py" />
            <source>{n} other channels</source>
            <translation>{n} weitere Kanäle</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n} own normals can be used; at least {least} are needed for percentiles whose coverage can be checked.</source>
            <translation>{n} eigene Normale sind verwendbar; mindestens {least} werden für Perzentile gebraucht, deren Abdeckung geprüft werden kann.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n} own normals can be used; at least {least} are needed for percentiles whose coverage can be checked. {left_out} recordings are left out, {count} of them because: {reason}</source>
            <translation>{n} eigene Normale sind verwendbar; mindestens {least} werden für Perzentile gebraucht, deren Abdeckung geprüft werden kann. {left_out} Aufzeichnungen sind ausgelassen, {count} davon, weil: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>{n} places, {span}</source>
            <translation>{n} Stellen, {span}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/holter/holter_words.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{n} premature</source>
            <translation>{n} vorzeitig</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n} premature beats of {total}, {leads}</source>
            <translation>{n} von {total} Schlägen vorzeitig, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n} premature wide beats of {total}, {leads}</source>
            <translation>{n} von {total} Schlägen vorzeitig und breit, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{n} recordings of this patient, as the data set's table says.</source>
            <translation>{n} Aufnahmen dieses Patienten laut Tabelle des Datensatzes.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/cohort_figures.py" />
            <source>{n} recordings with reference regions: mean AUROC {auroc} (95 % interval {low} to {high})</source>
            <translation>{n} Aufzeichnungen mit Referenzbereichen: mittlere AUROC {auroc} (95-%-Intervall {low} bis {high})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{n} recordings, chosen by you: nothing says that they are of one person.</source>
            <translation>{n} von Ihnen gewählte Aufnahmen: Nichts besagt, dass sie von einer Person sind.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{n} wide beats of {total}, {leads}</source>
            <translation>{n} von {total} Schlägen breit, {leads}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>{n} ± {sd}</source>
            <translation>{n} ± {sd}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/caliper_readings.py" />
            <source>{n} µV</source>
            <translation>{n} µV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/caliper_readings.py" />
            <location filename="ecg_viewer/state/measure/header_line.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{n}/min</source>
            <translation>{n}/min</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/caliper_angle.py" />
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{n}°</source>
            <translation>{n}°</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/difference.py" />
            <source>{percentile} (unreliable)</source>
            <translation>{percentile} (unzuverlässig)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/templates_dialog.py" />
            <source>{places} are filled in from the recording; what was not measured is said in brackets and stands out.</source>
            <translation>{places} werden aus der Aufzeichnung eingesetzt; was nicht gemessen wurde, steht hervorgehoben in Klammern.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_maps.py" />
            <source>{place}: not compared with normals</source>
            <translation>{place}: nicht mit Normalen verglichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_maps.py" />
            <source>{place}: not measured in both</source>
            <translation>{place}: nicht in beiden gemessen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_maps.py" />
            <source>{place}: percentile {percentile} among normal ECGs</source>
            <translation>{place}: Perzentil {percentile} unter normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <source>{place}: {distance} mV away – {sex}, {age}, {rate}/min – PTB-XL {ecg_id}</source>
            <translation>{place}: {distance} mV entfernt – {sex}, {age}, {rate}/min – PTB-XL {ecg_id}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_maps.py" />
            <source>{place}: {mv} mV, {ratio} times the tolerance</source>
            <translation>{place}: {mv} mV, das {ratio}-Fache der Toleranz</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{quantity} in {leads}, most in {lead} {value}</source>
            <translation>{quantity} in {leads}, am stärksten in {lead} {value}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>{quantity} {n} {unit}</source>
            <translation>{quantity} {n} {unit}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>{quantity} {theirs} {unit} (here {ours} {unit})</source>
            <translation>{quantity} {theirs} {unit} (hier {ours} {unit})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{quantity} {value}</source>
            <translation>{quantity} {value}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{quantity} {value} in {lead}</source>
            <translation>{quantity} {value} in {lead}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{quantity}: {reason}</source>
            <translation>{quantity}: {reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{rate:.0f} beats a minute, faster than {limit:g}</source>
            <translation>{rate:.0f} Schläge je Minute, schneller als {limit:g}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{rate:.0f} beats a minute, slower than {limit:g}</source>
            <translation>{rate:.0f} Schläge je Minute, langsamer als {limit:g}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/cohort_figures.py" />
            <source>{rate} false alarms in a normal recording (of {n})</source>
            <translation>{rate} Fehlalarme je normaler Aufzeichnung (von {n})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/scoring_strip.py" />
            <source>{rate} per second</source>
            <translation>{rate} je Sekunde</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/study/readers_dialogs.py" />
            <source>{readers} readers, {n} recordings; 95-% intervals by drawing recordings.</source>
            <translation>{readers} Lesende, {n} Aufzeichnungen; 95-%-Intervalle durch Ziehen von Aufzeichnungen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/review/first_read.py" />
            <source>{reader}: results were shown without a first read at {time}.</source>
            <translation>{reader}: Ergebnisse wurden um {time} ohne erste Befundung gezeigt.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/jobs/scoring.py" />
            <source>{reason}</source>
            <translation>{reason}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{reason} It is left out.</source>
            <translation>{reason} Sie bleibt weg.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>{reason}. Departs, perhaps for that, from {start} to {end}</source>
            <translation>{reason}. Weicht, vielleicht deswegen, von {start} bis {end} ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/calibration.py" />
            <source>{scale} · non-standard</source>
            <translation>{scale} · nicht Standard</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>{sentence}, {start} to {end}</source>
            <translation>{sentence}, {start} bis {end}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/overview/overview_bar.py" />
            <location filename="ecg_viewer/qt/overview/overview_painting.py" />
            <source>{share:.0f} % assessed</source>
            <translation>{share:.0f} % bewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/holter_window.py" />
            <source>{share} % analysed</source>
            <translation>{share} % ausgewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>{shown} of {count}: those that were decided, and the strongest on these pages. The tables (CSV) and the JSON hold all.</source>
            <translation>{shown} von {count}: die entschiedenen und die stärksten auf diesen Seiten. Die Tabellen (CSV) und das JSON enthalten alle.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/worklist_panel.py" />
            <source>{shown} of {total} shown · clear filters</source>
            <translation>{shown} von {total} gezeigt · Filter löschen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/worklist/worklist_words.py" />
            <source>{sign} The strongest of {n:,} 10-s windows; the normal cohort has one per ECG.</source>
            <translation>{sign} Das stärkste von {n:,} 10-s-Fenstern; die Normalkohorte hat eines je EKG.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/calibration.py" />
            <source>{speed:.0f} px/s · {gain:.0f} px/mV · display size unavailable</source>
            <translation>{speed:.0f} px/s · {gain:.0f} px/mV · Bildschirmgröße unbekannt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>{speed} mm/s · {gain} mm/mV</source>
            <translation>{speed} mm/s · {gain} mm/mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/model_overlay.py" />
            <source>{start:.1f} to {end:.1f} s</source>
            <translation>{start:.1f} bis {end:.1f} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>{start:.1f} to {end:.1f} s by {model}. Errors and residual are of the filtered input.</source>
            <translation>{start:.1f} bis {end:.1f} s von {model}. Fehler und Residuum beziehen sich auf die gefilterte Eingabe.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/truth_overlay.py" />
            <source>{start:.2f} to {end:.2f} s</source>
            <translation>{start:.2f} bis {end:.2f} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>{start} to {end} s</source>
            <translation>{start} bis {end} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/document.py" />
            <source>{start} to {end} s of {duration} s</source>
            <translation>{start} bis {end} s von {duration} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/frame.py" />
            <location filename="ecg_viewer/export/report_sections.py" />
            <source>{start} to {end} s:</source>
            <translation>{start} bis {end} s:</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>{start}–{end} s</source>
            <translation>{start}–{end} s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/beat_dialog.py" />
            <source>{start}–{end} s, aligned by their QRS. Nothing in it happened at one time: it is not the rhythm. {heat}</source>
            <translation>{start}–{end} s, an ihrem QRS ausgerichtet. Nichts darin geschah zu einer Zeit: es ist nicht der Rhythmus. {heat}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/measure/lead_table_dialog.py" />
            <source>{start}–{end} s: the average beat of each lead</source>
            <translation>{start}–{end} s: der mittlere Schlag jeder Ableitung</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{start}–{end} s: {typical} of {all} beats are typical; {leads} usable leads</source>
            <translation>{start}–{end} s: {typical} von {all} Schlägen sind typisch; {leads} brauchbare Ableitungen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>{state} on what another model found there</source>
            <translation>{state} zu dem, was ein anderes Modell dort fand</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/file_information.py" />
            <source>{steps:,g} steps per {unit}</source>
            <translation>{steps:,g} Stufen je {unit}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>{symbol} other model</source>
            <translation>{symbol} anderes Modell</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/report_head.py" />
            <source>{time} (date left out)</source>
            <translation>{time} (Datum weggelassen)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>{title} (the strongest of {n:,} stretches)</source>
            <translation>{title} (der stärkste von {n:,} Abschnitten)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/review/findings_model.py" />
            <source>{title} (the strongest of {n:,} stretches; {beats:,} beats in all)</source>
            <translation>{title} (der stärkste von {n:,} Abschnitten; insgesamt {beats:,} Schläge)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/overlays.py" />
            <source>{tool} · Esc ends it</source>
            <translation>{tool} · Esc beendet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/caliper_readings.py" />
            <source>{t} s (mV)</source>
            <translation>{t} s (mV)</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_words.py" />
            <source>{used} of {all} beats</source>
            <translation>{used} von {all} Schlägen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{value:+.1f} mV/s</source>
            <translation>{value:+.1f} mV/s</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{value:+.2f} mV</source>
            <translation>{value:+.2f} mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{value:.0f} ms</source>
            <translation>{value:.0f} ms</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{value:.2f}</source>
            <translation>{value:.2f}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{value:.2f} mV</source>
            <translation>{value:.2f} mV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{value:{sign}.{digits}f} {unit}</source>
            <translation>{value:{sign}.{digits}f} {unit}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{value:{sign}.{digits}f}{unit}</source>
            <translation>{value:{sign}.{digits}f}{unit}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{value} ({low} to {high})</source>
            <translation>{value} ({low} bis {high})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}</source>
            <translation>{what}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/worklist/filter_bar.py" />
            <source>{what} in years; 90 stands for everyone over 89</source>
            <translation>{what} in Jahren; 90 steht für alle über 89</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_trends.py" />
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{what} in {lead}</source>
            <translation>{what} in {lead}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/serial/serial_tables.py" />
            <source>{what}, in {unit}</source>
            <translation>{what}, in {unit}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}, maybe paced</source>
            <translation>{what}, evtl. stimuliert</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: above {share:.1f} % of {count:,} normals like this one</source>
            <translation>{what}: über {share:.1f} % von {count:,} Normalen wie diesem</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: above {share:.1f} % of {count:,} {group}</source>
            <translation>{what}: über {share:.1f} % von {count:,} {group}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: below {share:.1f} % of {count:,} normals like this one</source>
            <translation>{what}: unter {share:.1f} % von {count:,} Normalen wie diesem</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: below {share:.1f} % of {count:,} {group}</source>
            <translation>{what}: unter {share:.1f} % von {count:,} {group}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: differs from normals and from the earlier ECG of {when}</source>
            <translation>{what}: weicht von Normalen und vom früheren EKG vom {when} ab</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: differs from normals, not from the earlier ECG of {when}</source>
            <translation>{what}: weicht von Normalen ab, nicht vom früheren EKG vom {when}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: differs from normals; could not be compared with the earlier ECG of {when}</source>
            <translation>{what}: weicht von den Normalen ab; mit dem früheren EKG vom {when} nicht vergleichbar</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: differs from the earlier ECG of {when}, not from normals</source>
            <translation>{what}: weicht vom früheren EKG vom {when} ab, nicht von Normalen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: differs from the earlier ECG of {when}, which departed from normals there</source>
            <translation>{what}: weicht vom früheren EKG vom {when} ab, das dort von Normalen abwich</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{what}: differs from the earlier ECG of {when}; not compared with normals</source>
            <translation>{what}: weicht vom früheren EKG vom {when} ab; nicht mit Normalen verglichen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{what}: not measured in both</source>
            <translation>{what}: nicht in beiden gemessen</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>{what}: not measured, {reason}.</source>
            <translation>{what}: nicht gemessen, {reason}.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>{what}: {earlier} before, {later} now, difference {difference} {unit}; tolerance {tolerance} ({why})</source>
            <translation>{what}: zuvor {earlier}, jetzt {later}, Unterschied {difference} {unit}; Toleranz {tolerance} ({why})</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>{what}: {value} {unit}</source>
            <translation>{what}: {value} {unit}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>{who}, the youngest of the normal ECGs</source>
            <translation>{who}, den jüngsten der normalen EKGs</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/normal_words.py" />
            <location filename="ecg_viewer/state/person.py" />
            <source>{years} years</source>
            <translation>{years} Jahre</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/interval_details.py" />
            <source>± {sd}: standard deviation from beat to beat, {n} of them</source>
            <translation>± {sd}: Standardabweichung von Schlag zu Schlag, bei {n}</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>µV</source>
            <translation>µV</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/words/core_words.py" />
            <source>µV were taken for mV, or the gain was left out</source>
            <translation>µV wurden für mV gehalten, oder die Verstärkung wurde nicht angewandt</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/research/research_words.py" />
            <source>– Not assessed</source>
            <translation>– Nicht bewertet</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/measure/lead_table_words.py" />
            <source>— not measured: choose the cell for the reason. aVR is measured as recorded, never inverted.</source>
            <translation>— nicht gemessen: die Zelle nennt den Grund. aVR wird gemessen wie aufgezeichnet, nie invertiert.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/export/pages/first_page.py" />
            <source>… The whole conclusion is on the page of findings.</source>
            <translation>… Die ganze Beurteilung steht auf der Seite der Befunde.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/summary/summary_panel.py" />
            <source>… and {n:,} more stretches or leads.</source>
            <translation>… und {n:,} weitere Abschnitte oder Ableitungen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/research/research_panel.py" />
            <source>▲ hit, △ miss or ! false alarm</source>
            <translation>▲ Treffer, △ übersehen oder ! Fehlalarm</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/holter/shape_tab.py" />
            <source>◀ Previous beat</source>
            <translation>◀ Voriger Schlag</translation>
        </message>
        <message>
            <location filename="ecg_viewer/state/serial/words.py" />
            <source>● differs by more than 95 of 100 unchanged patients do ({dataset}, folds {folds}: {n} with two normal ECGs, {days} days apart in the median), and than the beats vary; ●● so much that 95 of 100 of them show nothing like it in any measurement of its group.</source>
            <translation>● unterscheidet sich um mehr als bei 95 von 100 unveränderten Patienten ({dataset}, Folds {folds}: {n} mit zwei normalen EKGs, im Median {days} Tage auseinander) und mehr, als die Schläge schwanken; ●● um so viel, dass 95 von 100 von ihnen in keinem Messwert der Gruppe Ähnliches zeigen.</translation>
        </message>
        <message>
            <location filename="ecg_viewer/qt/paper/paper_notes.py" />
            <source>⚠ doubts about this recording: {n}, see Summary</source>
            <translation>⚠ Zweifel an dieser Aufzeichnung: {n}, siehe Übersicht</translation>
        </message>
    </context>
</TS>
