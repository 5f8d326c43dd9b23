"""What the statement codes of PTB-XL mean, in words.

The 71 codes of SCP-ECG that PTB-XL uses (Wagner et al. 2020, doi 10.1038/s41597-020-0495-6; the data set's table
`scp_statements.csv`, CC BY 4.0), its wording shortened and its abbreviations spelled out.
"""

from __future__ import annotations

from collections.abc import Iterable

from ecg_viewer.state.records import RecordItem
from ecg_viewer.state.words.language import tr, translatable

STATEMENTS = {
    "NDT": translatable("non-diagnostic T abnormalities"),
    "NST_": translatable("non-specific ST changes"),
    "DIG": translatable("digitalis effect"),
    "LNGQT": translatable("long QT interval"),
    "NORM": translatable("normal ECG"),
    "IMI": translatable("inferior myocardial infarction"),
    "ASMI": translatable("anteroseptal myocardial infarction"),
    "LVH": translatable("left ventricular hypertrophy"),
    "LAFB": translatable("left anterior fascicular block"),
    "ISC_": translatable("non-specific ischemia"),
    "IRBBB": translatable("incomplete right bundle branch block"),
    "1AVB": translatable("first degree AV block"),
    "IVCD": translatable("non-specific intraventricular conduction disturbance"),
    "ISCAL": translatable("ischemia in anterolateral leads"),
    "CRBBB": translatable("complete right bundle branch block"),
    "CLBBB": translatable("complete left bundle branch block"),
    "ILMI": translatable("inferolateral myocardial infarction"),
    "LAO/LAE": translatable("left atrial overload or enlargement"),
    "AMI": translatable("anterior myocardial infarction"),
    "ALMI": translatable("anterolateral myocardial infarction"),
    "ISCIN": translatable("ischemia in inferior leads"),
    "INJAS": translatable("subendocardial injury in anteroseptal leads"),
    "LMI": translatable("lateral myocardial infarction"),
    "ISCIL": translatable("ischemia in inferolateral leads"),
    "LPFB": translatable("left posterior fascicular block"),
    "ISCAS": translatable("ischemia in anteroseptal leads"),
    "INJAL": translatable("subendocardial injury in anterolateral leads"),
    "ISCLA": translatable("ischemia in lateral leads"),
    "RVH": translatable("right ventricular hypertrophy"),
    "ANEUR": translatable("ST-T changes compatible with ventricular aneurysm"),
    "RAO/RAE": translatable("right atrial overload or enlargement"),
    "EL": translatable("electrolytic disturbance or drug"),
    "WPW": translatable("Wolff-Parkinson-White syndrome"),
    "ILBBB": translatable("incomplete left bundle branch block"),
    "IPLMI": translatable("inferoposterolateral myocardial infarction"),
    "ISCAN": translatable("ischemia in anterior leads"),
    "IPMI": translatable("inferoposterior myocardial infarction"),
    "SEHYP": translatable("septal hypertrophy"),
    "INJIN": translatable("subendocardial injury in inferior leads"),
    "INJLA": translatable("subendocardial injury in lateral leads"),
    "PMI": translatable("posterior myocardial infarction"),
    "3AVB": translatable("third degree AV block"),
    "INJIL": translatable("subendocardial injury in inferolateral leads"),
    "2AVB": translatable("second degree AV block"),
    "ABQRS": translatable("abnormal QRS"),
    "PVC": translatable("ventricular premature complex"),
    "STD_": translatable("non-specific ST depression"),
    "VCLVH": translatable("voltage criteria for left ventricular hypertrophy"),
    "QWAVE": translatable("Q waves present"),
    "LOWT": translatable("T waves of low amplitude"),
    "NT_": translatable("non-specific T wave changes"),
    "PAC": translatable("atrial premature complex"),
    "LPR": translatable("prolonged PR interval"),
    "INVT": translatable("inverted T waves"),
    "LVOLT": translatable("low QRS voltages in frontal and horizontal leads"),
    "HVOLT": translatable("high QRS voltage"),
    "TAB_": translatable("T wave abnormality"),
    "STE_": translatable("non-specific ST elevation"),
    "PRC(S)": translatable("premature complexes"),
    "SR": translatable("sinus rhythm"),
    "AFIB": translatable("atrial fibrillation"),
    "STACH": translatable("sinus tachycardia"),
    "SARRH": translatable("sinus arrhythmia"),
    "SBRAD": translatable("sinus bradycardia"),
    "PACE": translatable("artificial pacemaker, working normally"),
    "SVARR": translatable("supraventricular arrhythmia"),
    "BIGU": translatable("bigeminal pattern of unknown origin, supraventricular or ventricular"),
    "AFLT": translatable("atrial flutter"),
    "SVTAC": translatable("supraventricular tachycardia"),
    "PSVT": translatable("paroxysmal supraventricular tachycardia"),
    "TRIGU": translatable("trigeminal pattern of unknown origin, supraventricular or ventricular"),
}
"""Code -> meaning, in the order of the data set's table."""
SUPERCLASSES = {
    "NORM": translatable("normal ECG"),
    "MI": translatable("myocardial infarction"),
    "STTC": translatable("ST or T wave change"),
    "CD": translatable("conduction disturbance"),
    "HYP": translatable("hypertrophy"),
}
"""Diagnostic superclass -> meaning, in PTB-XL's order."""
SOURCE = translatable("Codes of SCP-ECG as PTB-XL uses them (CC BY 4.0)")


def meaning(code: str) -> str:
    """The meaning of a code in the current language; empty if PTB-XL has no such code."""
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
