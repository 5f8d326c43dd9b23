"""The card of a file of normal beats: which normals, how many, under which licence, how they are kept and used."""

from __future__ import annotations

from mmae_core.config_arguments import fold_words
from mmae_core.departures.beat_values import BAND_HZ
from mmae_core.departures.limits import BANDWIDTH_YEARS
from mmae_core.departures.person import YOUNGEST
from mmae_core.normal_beats.aligned import FIRST_S, LAST_S, STORED_HZ
from mmae_core.normal_beats.band import BANDWIDTH_BPM, LEAST_NORMALS
from mmae_core.normal_beats.make import N_SHAPES
from mmae_core.normal_beats.nearest import WITHIN_BPM
from mmae_core.normal_beats.store import NormalBeats


def normal_beats_card(normals: NormalBeats) -> str:
    """The card as Markdown."""
    about = normals.about
    quartiles = ", ".join(f"{age:.0f}" for age in about["age_quartiles"])
    rates = ", ".join(f"{rate:.0f}" for rate in about["rate_percentiles"])
    lines = [
        "# Average beats of normal ECGs", "",
        "What the band behind an average beat is made from, and the normal ECGs that it may be laid over. Research use "
        "only; a beat outside the band is no diagnosis.", "",
        f"- **Data**: {about['data']}, {fold_words(about['folds'])}, first 10 s of each. Bundled: PTB-XL v1.0.3 "
        "(Wagner et al. 2020, PhysioNet, doi 10.13026/kfzx-aw45), CC BY 4.0. Changed: averaged, filtered, compressed.",
        f"- **Records**: {about['records']:,} of {about['asked']:,} ({about['women']:,} of women, {about['men']:,} of "
        f"men; age known of {about['age_known']:,}, quartiles {quartiles} years; heart rate {rates}/min at the 2.5th, "
        "25th, 50th, 75th and 97.5th percentile).",
        f"- **Left out**: {about['named']:,} children below {YOUNGEST} years and records whose report remarks on the "
        "form of a wave (ST, T, Q, voltage, QRS) though it calls them normal; "
        f"{about['unmeasured']:,} without twelve usable leads or too few beats of one shape.",
        "- **No person**: of each recording its number in PTB-XL, age, sex and rate are kept, all public; no patient's "
        "number, date or report.",
        "- **Beats**: the mean of the typical beats, above the PQ segment, below "
        f"{BAND_HZ:g} Hz, aligned at the middle of the QRS, from {FIRST_S:g} to {LAST_S:g} s. Not stretched in time.",
        f"- **Kept**: I, II and V1-V6 at {STORED_HZ} Hz as weights of {N_SHAPES} common shapes. That costs "
        f"{about['error_uv']:.1f} µV (root mean square over all leads and times; in the worst hundredth of the records "
        f"{about['error_uv_of_worst_hundredth']:.1f} µV; one sample in a thousand is off by "
        f"{about['error_uv_of_worst_thousandth_of_samples']:.0f} µV or more in the worst lead, within the QRS). P, Q, "
        "R, S, ST and T are kept beside them as measured.",
        f"- **Band**: weighted quantiles at 5, 50 and 95 %; Gaussian weights of age ({BANDWIDTH_YEARS:g} years) and "
        f"heart rate ({BANDWIDTH_BPM:g}/min), the same sex; where age or sex is unknown, any. At each sample one "
        "normal in ten lies outside: it is no band that a whole normal beat stays within.",
        f"- **Refused**: for children, and with fewer than {LEAST_NORMALS} normals by weight.",
        f"- **Nearest**: root mean square difference over all leads, among normals within {WITHIN_BPM:g}/min.",
        f"- **Made by** version {about['program']}: `{about['command']}`", "",
    ]
    return "\n".join(lines)
