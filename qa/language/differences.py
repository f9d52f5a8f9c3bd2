"""Whether two articles' answers to one question cannot both be right.

The opposite of `same` is not enough for that: "about fifty minutes" and "49 minutes", "Geneva" and "Switzerland",
"Friday" and "31 December" differ in words only. A false alarm costs more trust than a difference missed, so what cannot
be compared is no difference.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from qa.language.days import Days, apart, date_fields, days_named, equal_days
from qa.language.gazetteer import BODY_HEADS, COUNTED, PLACES, REGIONS, ZONES
from qa.language.kinds import Kind
from qa.language.polarity import is_negative
from qa.language.sameness import amounts, clock_readings, currency, name_words, place_parts, same, seconds
from qa.language.values import find_values

_Interval = tuple[float, float]
_LEAD = 24  # characters before a value in which a hedge may stand
# What comes before a figure, and between which multiples of it the truth may lie then.
_HEDGES: Mapping[str, _Interval] = {
    r"(?:more than|over|at least|a little over|just over|upwards of|no fewer than|no less than|minimum of)": (1.0, 1.3),
    r"(?:nearly|almost|(?:less|fewer) than|under|up to|not quite|barely|at most|as many as|maximum of)": (0.85, 1.0),
    r"(?:about|around|some|roughly|approximately|close to|an? estimated|circa|or so|an? average of)": (0.88, 1.12),
}
_ROUNDED = 0.025  # of a large round figure
_MINUTES_ROUNDED = 20  # between clock times of which one is "about"
_HOURS = 30  # clock times that lie a multiple of so many minutes apart may be told in two zones
_DAYS_NEAR, _MINUTES_NEAR = 3, 60  # at which nearness has fallen to 1/e
_BODY = rf"(?i)\b(?:{'|'.join(sorted(BODY_HEADS))})\b"
_PHASES = {
    "beginning": r"(?i)\b(?:beg[iau]n\w*|start\w*|open(?:s|ed|ing)?|launch\w*|set off|left|took off)\b",
    "end": r"(?i)\b(?:end(?:s|ed|ing)?|over|finish\w*|clos(?:e|es|ed|ing)|conclud\w+|until|landed|arrived)\b",
}
_PLAIN_VALUES: tuple[Kind, ...] = ("date", "time", "duration", "money", "percent")
_CANNOT_TELL = re.compile(r"(?i)\b(?:few|several|dozens|hundreds|many|later|ago)\b")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as an article tells it: `text[start:end]`, code points, in its sentence."""

    text: str
    start: int
    end: int
    written: date | None  # when the article was

    @property
    def words(self) -> str:
        """The answer's words."""
        return self.text[self.start : self.end]


def kind_told(kind: Kind, words: str) -> Kind:
    """The kind by which an answer is compared: where any words may answer, that of the value that they are."""
    if kind not in ("clause", "definition"):
        return kind
    whole = (0, len(words))
    return next((k for k in _PLAIN_VALUES if [(v.start, v.end) for v in find_values(k, words)] == [whole]), kind)


def agree(kind: Kind, a: Told, b: Told) -> bool:
    """Whether two answers say the same, relative days resolved."""
    if same(kind, a.words, b.words):
        return True
    if kind != "date" or not (a.written and b.written):
        return False
    return equal_days(days_named(a.words, a.written), days_named(b.words, b.written))


def differ(kind: Kind, a: Told, b: Told) -> bool:
    """Whether two answers to a question that asks for `kind` are both of it and incompatible."""
    compare = _COMPARISONS.get(kind)
    if compare is None or agree(kind, a, b) or not compare(a, b):
        return False
    phases = _phases(a), _phases(b)
    return kind not in ("date", "time") or not all(phases) or bool(phases[0] & phases[1])


def _phases(told: Told) -> set[str]:
    """Whether a sentence speaks of a beginning or of an end: two hours of one event are no contradiction then."""
    return {name for name, words in _PHASES.items() if re.search(words, told.text)}


def nearness(kind: Kind, a: Told, b: Told) -> float:
    """How near two values lie, 1 for the same and 0 for far or for names.

    Accounts of one thing differ by a little (21 and 23, 9 and 10 January); what lies far apart is two things.
    """
    if kind in ("date", "time"):
        one, other = _days_of_both(a, b)
        if one and other:
            gap = min(min(abs((x.first - y.first).days), abs((x.last - y.last).days)) for x in one for y in other)
            return math.exp(-gap / _DAYS_NEAR)
        minutes = [abs(x - y) for x, _ in clock_readings(a.words) for y, _ in clock_readings(b.words)]
        return math.exp(-min(min(m, 1440 - m) for m in minutes) / _MINUTES_NEAR) if minutes else 0.0
    figures = [(kind == "duration" and seconds(t.words)) or amounts(t.words) for t in (a, b)]
    if kind not in ("number", "money", "percent", "duration") or not all(f and f[0] > 0 for f in figures):
        return 0.0
    return math.exp(-2 * abs(math.log(figures[0][0] / figures[1][0])))


def _days_of_both(a: Told, b: Told) -> tuple[frozenset[Days], frozenset[Days]]:
    """What days two dates name; an article of unknown date is taken to be of the other's, or of the year it names."""
    years = [int(y) for t in (a, b) for y in date_fields(t.words).get("year", ())]
    day = a.written or b.written or date(years[0] if years else 2000, 6, 30)
    return days_named(a.words, a.written or day), days_named(b.words, b.written or day)


def _dates_differ(a: Told, b: Told) -> bool:
    one, other = _days_of_both(a, b)
    relative = [("weekday" in f and "day" not in f) for f in map(date_fields, (a.words, b.words))]
    if one and other and (not any(relative) or (a.written and b.written)):
        return apart(one, other)
    mine, theirs = date_fields(a.words), date_fields(b.words)
    common = mine.keys() & theirs.keys()
    if "day" in common and mine.get("month") and theirs.get("month"):
        return (mine["month"], mine["day"]) != (theirs["month"], theirs["day"])
    if common & {"weekday", "month", "year"}:
        return any(mine[name] != theirs[name] for name in common & {"weekday", "month", "year"})
    return not mine and not theirs and _times_differ(a, b)


def _times_differ(a: Told, b: Told) -> bool:
    one, other = clock_readings(a.words), clock_readings(b.words)
    if not one or not other:
        return False
    hedged = _hedge(a) or _hedge(b)
    zones = [bool(re.search(rf"\b(?:{'|'.join(ZONES)})\b|\b[Tt]ime\b", t.words)) for t in (a, b)]
    for local, universal in one:
        for other_local, other_universal in other:
            known = universal is not None and other_universal is not None
            gap = abs((universal or 0) - (other_universal or 0)) if known else abs(local - other_local)
            gap = min(gap, 1440 - gap)
            if (hedged and gap <= _MINUTES_ROUNDED) or (not known and gap % 720 == 0):
                return False
            if not known and any(zones) and gap % _HOURS == 0:
                return False
    return True


def _durations_differ(a: Told, b: Told) -> bool:
    one, other = seconds(a.words), seconds(b.words)
    if not one and not other:
        return _numbers_differ(a, b)
    return _all_apart(a, one, b, other)


def _numbers_differ(a: Told, b: Told) -> bool:
    nouns = {_noun(a), _noun(b)} - {""}
    return len(nouns) < 2 and _all_apart(a, amounts(a.words), b, amounts(b.words))


def _shares_differ(a: Told, b: Told) -> bool:
    return _all_apart(a, amounts(a.words), b, amounts(b.words))


def _sums_differ(a: Told, b: Told) -> bool:
    if len({currency(a.words), currency(b.words)} - {""}) > 1:
        return False
    return _all_apart(a, amounts(a.words)[:1], b, amounts(b.words)[:1])


def _all_apart(a: Told, one: list[float], b: Told, other: list[float]) -> bool:
    """Whether two figures, or two ranges, are told of which no part can be the same."""
    if not one or not other or len(one) > 2 or len(other) > 2 or _CANNOT_TELL.search(a.words + " " + b.words):
        return False
    (low, high), (other_low, other_high) = _interval(a, one), _interval(b, other)
    return high < other_low or other_high < low


def _interval(told: Told, figures: list[float]) -> _Interval:
    least, most = _hedge(told) or (1.0, 1.0)
    low, high = min(figures), max(figures)
    if any(float(f"{n:.2g}") != n for n in amounts(told.words)):  # nobody rounds to 412
        least, most = max(least, 1 - _ROUNDED), min(most, 1 + _ROUNDED)
    round_by = _ROUNDED if high >= 1000 and float(f"{high:.2g}") == high else 0.0
    return low * (least - round_by), high * (most + round_by)


def _hedge(told: Told) -> _Interval | None:
    before = told.text[max(0, told.start - _LEAD) : told.start] + told.words
    for words, interval in _HEDGES.items():
        if re.search(rf"(?i)\b{words}\b(?:\s(?:a|an|the))?\s*\W?$", before[: -len(told.words) or None]):
            return interval
        if re.match(rf"(?i)\W*{words}\b", told.words):
            return interval
    return None


def _noun(told: Told) -> str:
    """The noun that a number counts, without its plural; "" where none follows."""
    values = [v for v in find_values("number", told.text) if v.start < told.end and v.end > told.start]
    words = re.findall(r"[^\W\d_]+", told.text[values[0].start : values[0].end]) if values else []
    counted = words and (words[-1] in COUNTED or words[-1].endswith("s"))
    return words[-1].lower().removesuffix("s") if counted else ""


def _places_differ(a: Told, b: Told) -> bool:
    """Two countries, or two cities; a building and a city, or a city and a country, are no contradiction."""
    one, other = place_parts(a.words), place_parts(b.words)
    if not one or not other or set(one) & set(other):
        return False
    known = one[0] in PLACES and other[0] in PLACES
    return known and (one[0] in REGIONS) == (other[0] in REGIONS)


def _names_differ(a: Told, b: Told) -> bool:
    """Two people, or two bodies; "Moscow" and "the Russian Foreign Ministry" may be one in two words."""
    if set(name_words(a.words)) & set(name_words(b.words)):
        return False
    kinds: tuple[Kind, ...] = ("person", "organisation")
    return any(all(_is_name(kind, t) for t in (a, b)) for kind in kinds)


def _is_name(kind: Kind, told: Told) -> bool:
    """Whether an answer is one name of the kind, an office before it at most, and no place."""
    names = find_values(kind, told.words)
    other: Kind = "person" if kind == "organisation" else "organisation"
    if len(names) != 1 or names[0].end < len(told.words) or find_values("place", told.words):
        return False
    return kind == "person" or bool(re.search(_BODY, told.words)) or not find_values(other, told.words)


def _polarities_differ(a: Told, b: Told) -> bool:
    """One sentence says that it is so, the other that it is not."""
    return is_negative(a.words) != is_negative(b.words)


_COMPARISONS: dict[Kind, Callable[[Told, Told], bool]] = {
    "date": _dates_differ,
    "time": _times_differ,
    "duration": _durations_differ,
    "number": _numbers_differ,
    "money": _sums_differ,
    "percent": _shares_differ,
    "place": _places_differ,
    "person": _names_differ,
    "organisation": _names_differ,
    "yesno": _polarities_differ,
}
