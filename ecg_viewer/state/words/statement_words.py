"""What the statement codes of PTB-XL mean, in words.

The 71 codes of SCP-ECG that PTB-XL uses (Wagner et al. 2020, doi 10.1038/s41597-020-0495-6; the dataset's table
`scp_statements.csv`, CC BY 4.0), its wording shortened and its abbreviations spelled out.
"""

from __future__ import annotations

from collections.abc import Iterable

from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.words.language import mark, tr

STATEMENTS = {
    "NDT": mark("non-diagnostic T abnormalities"),
    "NST_": mark("non-specific ST changes"),
    "DIG": mark("digitalis effect"),
    "LNGQT": mark("long QT interval"),
    "NORM": mark("normal ECG"),
    "IMI": mark("inferior myocardial infarction"),
    "ASMI": mark("anteroseptal myocardial infarction"),
    "LVH": mark("left ventricular hypertrophy"),
    "LAFB": mark("left anterior fascicular block"),
    "ISC_": mark("non-specific ischemia"),
    "IRBBB": mark("incomplete right bundle branch block"),
    "1AVB": mark("first degree AV block"),
    "IVCD": mark("non-specific intraventricular conduction disturbance"),
    "ISCAL": mark("ischemia in anterolateral leads"),
    "CRBBB": mark("complete right bundle branch block"),
    "CLBBB": mark("complete left bundle branch block"),
    "ILMI": mark("inferolateral myocardial infarction"),
    "LAO/LAE": mark("left atrial overload or enlargement"),
    "AMI": mark("anterior myocardial infarction"),
    "ALMI": mark("anterolateral myocardial infarction"),
    "ISCIN": mark("ischemia in inferior leads"),
    "INJAS": mark("subendocardial injury in anteroseptal leads"),
    "LMI": mark("lateral myocardial infarction"),
    "ISCIL": mark("ischemia in inferolateral leads"),
    "LPFB": mark("left posterior fascicular block"),
    "ISCAS": mark("ischemia in anteroseptal leads"),
    "INJAL": mark("subendocardial injury in anterolateral leads"),
    "ISCLA": mark("ischemia in lateral leads"),
    "RVH": mark("right ventricular hypertrophy"),
    "ANEUR": mark("ST-T changes compatible with ventricular aneurysm"),
    "RAO/RAE": mark("right atrial overload or enlargement"),
    "EL": mark("electrolytic disturbance or drug"),
    "WPW": mark("Wolff-Parkinson-White syndrome"),
    "ILBBB": mark("incomplete left bundle branch block"),
    "IPLMI": mark("inferoposterolateral myocardial infarction"),
    "ISCAN": mark("ischemia in anterior leads"),
    "IPMI": mark("inferoposterior myocardial infarction"),
    "SEHYP": mark("septal hypertrophy"),
    "INJIN": mark("subendocardial injury in inferior leads"),
    "INJLA": mark("subendocardial injury in lateral leads"),
    "PMI": mark("posterior myocardial infarction"),
    "3AVB": mark("third degree AV block"),
    "INJIL": mark("subendocardial injury in inferolateral leads"),
    "2AVB": mark("second degree AV block"),
    "ABQRS": mark("abnormal QRS"),
    "PVC": mark("ventricular premature complex"),
    "STD_": mark("non-specific ST depression"),
    "VCLVH": mark("voltage criteria for left ventricular hypertrophy"),
    "QWAVE": mark("Q waves present"),
    "LOWT": mark("T waves of low amplitude"),
    "NT_": mark("non-specific T wave changes"),
    "PAC": mark("atrial premature complex"),
    "LPR": mark("prolonged PR interval"),
    "INVT": mark("inverted T waves"),
    "LVOLT": mark("low QRS voltages in frontal and horizontal leads"),
    "HVOLT": mark("high QRS voltage"),
    "TAB_": mark("T wave abnormality"),
    "STE_": mark("non-specific ST elevation"),
    "PRC(S)": mark("premature complexes"),
    "SR": mark("sinus rhythm"),
    "AFIB": mark("atrial fibrillation"),
    "STACH": mark("sinus tachycardia"),
    "SARRH": mark("sinus arrhythmia"),
    "SBRAD": mark("sinus bradycardia"),
    "PACE": mark("artificial pacemaker, working normally"),
    "SVARR": mark("supraventricular arrhythmia"),
    "BIGU": mark("bigeminal pattern of unknown origin, supraventricular or ventricular"),
    "AFLT": mark("atrial flutter"),
    "SVTAC": mark("supraventricular tachycardia"),
    "PSVT": mark("paroxysmal supraventricular tachycardia"),
    "TRIGU": mark("trigeminal pattern of unknown origin, supraventricular or ventricular"),
}
"""Code -> meaning, in the order of the dataset's table."""
SUPERCLASSES = {
    "NORM": mark("normal ECG"), "MI": mark("myocardial infarction"), "STTC": mark("ST or T wave change"),
    "CD": mark("conduction disturbance"), "HYP": mark("hypertrophy"),
}
"""Diagnostic superclass -> meaning."""
SOURCE = mark("Codes of SCP-ECG as PTB-XL uses them (CC BY 4.0)")


def meaning(code: str) -> str:
    """In the language in use; empty for a code that is none of PTB-XL's."""
    words = STATEMENTS.get(code) or SUPERCLASSES.get(code)
    return tr(words) if words else ""


def explained(codes: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """`IMI 100: inferior myocardial infarction` for each code with its likelihood, strongest first; 0 is unknown."""
    lines = []
    for code, likelihood in sorted(codes, key=lambda item: -item[1]):
        shown = f"{code} {likelihood:g}" if likelihood > 0 else code
        words = meaning(code)
        lines.append(f"{shown}: {words}" if words else shown.replace("_", " "))
    return tuple(lines)


def statements_explained(item: RecordItem) -> str:
    """A line for each of a recording's statements; empty without any."""
    return "\n".join(explained(item.statements))
