"""The measures of a run over hand-written questions, each with its definition, source and 95 % interval."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from eval.intervals import Figure, mean, of_all, ratio
from eval.metrics import calibration_error, risk_coverage
from eval.scoring import Scored

Rows = Sequence[Scored]


def right(rows: Rows) -> Figure | None:
    """Answerable questions answered right: F1 of a half, or a short answer that holds an accepted one."""
    return mean([r.right for r in rows if r.answerable])


def exact_match(rows: Rows) -> Figure | None:
    """Answerable questions answered in accepted words, after SQuAD's normalisation (Rajpurkar et al. 2016)."""
    return mean([r.em for r in rows if r.answerable])


def token_f1(rows: Rows) -> Figure | None:
    """Mean token F1 against the nearest accepted answer (Rajpurkar et al. 2016); 0 where declined."""
    return mean([r.f1 for r in rows if r.answerable])


def first_citation(rows: Rows) -> Figure | None:
    """Answerable questions whose first citation's quote holds an accepted answer."""
    return mean([bool(r.citations) and r.citations[0].holds for r in rows if r.answerable])


def citation_precision(rows: Rows) -> Figure | None:
    """Citations of answerable questions whose quote holds an accepted answer, of all cited (after Gao et al. 2023)."""
    held = [r for r in rows if r.answerable]
    return ratio([sum(c.holds for c in r.citations) for r in held], [len(r.citations) for r in held])


def citation_recall(rows: Rows) -> Figure | None:
    """Articles that give the answer given, and are cited, of all that give it (after Gao et al. 2023)."""
    held = [r for r in rows if r.right]
    return ratio([r.supporting_cited for r in held], [r.supporting for r in held])


def verbatim(rows: Rows) -> Figure | None:
    """Citations whose quote stands in the stored article, letter for letter, at its offsets."""
    return ratio([sum(c.verbatim for c in r.citations) for r in rows], [len(r.citations) for r in rows])


def answered(rows: Rows) -> Figure | None:
    """Answerable questions that were answered at all, right or wrong."""
    return mean([r.answered for r in rows if r.answerable])


def declined(rows: Rows) -> Figure | None:
    """Questions that nothing answers, and that were declined."""
    return mean([not r.answered for r in rows if not r.answerable])


def differences_found(rows: Rows) -> Figure | None:
    """Questions on which articles differ, and the other version was shown."""
    return mean([r.difference_found for r in rows if r.differs])


def false_alarms(rows: Rows) -> Figure | None:
    """Questions on which no articles differ, and a difference was shown all the same."""
    return mean([bool(r.shown_differing) for r in rows if not r.differs])


def calibration(rows: Rows) -> Figure | None:
    """Expected calibration error of the confidence, ten bins (Guo et al. 2017); declined questions by their guess."""
    return of_all(_over(rows, calibration_error), len(rows))


def auroc(rows: Rows) -> Figure | None:
    """How well the confidence tells right guesses from wrong: area under the ROC curve (Fawcett 2006)."""
    return of_all(_over(rows, _auroc), len(rows))


def risk_area(rows: Rows) -> Figure | None:
    """Area under the risk-coverage curve (Geifman & El-Yaniv 2017): the mean share wrong over all coverages."""
    return of_all(_over(rows, _risk_area), len(rows))


def latency(rows: Rows, share: float) -> Figure | None:
    """A quantile of the milliseconds from question to answer, index and models open."""
    times = np.array([r.milliseconds for r in rows])
    return of_all(lambda which: float(np.quantile(times[which], share)), len(rows))


def _over(
    rows: Rows, statistic: Callable[[npt.NDArray[np.float64], npt.NDArray[np.bool_]], float]
) -> Callable[[npt.NDArray[np.int64]], float]:
    confidence = np.array([r.confidence for r in rows])
    outcome = np.array([r.guess_right for r in rows])
    return lambda which: statistic(confidence[which], outcome[which])


def _auroc(confidence: npt.NDArray[np.float64], outcome: npt.NDArray[np.bool_]) -> float:
    return float(roc_auc_score(outcome, confidence)) if 0 < outcome.sum() < len(outcome) else float("nan")


def _risk_area(confidence: npt.NDArray[np.float64], outcome: npt.NDArray[np.bool_]) -> float:
    n = len(outcome)
    return float(np.mean([risk for _, _, risk in risk_coverage(confidence, outcome, np.arange(1, n + 1) / n)]))


latency_p50 = partial(latency, share=0.5)
latency_p95 = partial(latency, share=0.95)

# By name, in the order of the reports. Those in SHARES are shown as percentages, those in LESS are better when small.
MEASURES: dict[str, Callable[[Rows], Figure | None]] = {
    "right": right,
    "EM": exact_match,
    "F1": token_f1,
    "first citation holds": first_citation,
    "citation precision": citation_precision,
    "citation recall": citation_recall,
    "verbatim": verbatim,
    "answered": answered,
    "declined": declined,
    "differences found": differences_found,
    "false alarms": false_alarms,
    "calibration error": calibration,
    "AUROC": auroc,
    "risk-coverage area": risk_area,
    "p50 ms": latency_p50,
    "p95 ms": latency_p95,
}
PLAIN = {"EM", "F1", "calibration error", "AUROC", "risk-coverage area"}
LESS = {"false alarms", "calibration error", "risk-coverage area", "p50 ms", "p95 ms"}
BY_KIND = ("right", "F1", "first citation holds", "citation recall", "answered", "declined")


def definition_of(name: str) -> str:
    """A measure's definition, in a sentence or two."""
    measure = MEASURES[name]
    return " ".join((getattr(measure, "func", measure).__doc__ or "").split())


def measure_all(rows: Rows, names: Sequence[str] = tuple(MEASURES)) -> dict[str, Figure]:
    """Those of the measures that have a value for these rows."""
    found = {name: MEASURES[name](rows) for name in names}
    return {name: figure for name, figure in found.items() if figure is not None}
