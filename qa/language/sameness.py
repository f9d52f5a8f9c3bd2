"""Whether two values say the same, and the canonical form by which most of them are compared."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from qa.language.days import date_fields
from qa.language.gazetteer import CURRENCIES, OFFICES, ORDINALS, SMALL, TENS, TITLES, ZONES
from qa.language.kinds import Kind
from qa.language.quantities import number_pattern

_SCALES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_AMOUNTS: dict[str, float] = (
    {word: n for words in (SMALL, ORDINALS) for n, word in enumerate(words)}
    | {word: 20 + 10 * n for n, word in enumerate(TENS)}
    | {"half": 0.5}
)
_SECONDS = {  # by the unit's first letters
    "se": 1, "mi": 60, "ho": 3600, "hr": 3600, "da": 86400, "ni": 86400, "we": 604800, "fo": 1209600, "mo": 2628000,
    "ye": 31536000, "de": 315360000, "ce": 3153600000,
}  # fmt: skip
_FRACTIONS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_PLACE_ALIASES = {
    "us": "united states", "usa": "united states", "uk": "united kingdom", "britain": "united kingdom",
    "great britain": "united kingdom", "uae": "united arab emirates", "kiev": "kyiv", "odesa": "odessa",
    "washington dc": "washington", "saint petersburg": "st petersburg", "turkiye": "turkey",
}  # fmt: skip


@lru_cache(8192)  # each of an answer's rivals is compared with all that supports it
def key_of(kind: Kind, text: str) -> str:
    """Put a value in a canonical form, equal for spans that differ in wording only.

    "two-hour" and "120 minutes" have one key, "January 9-10" and "9 and 10 January" another; where one span
    says more than the other (a year, a first name, a country), their keys differ and `same` compares them.
    """
    return (_KEYS[kind](text) if kind in _KEYS else "") or _fold(text)


def same(kind: Kind, a: str, b: str) -> bool:
    """Tell whether two values of `kind` say the same, one perhaps in more detail than the other.

    A year, weekday, day part, given name, country or acronym that only one of them has is no difference;
    "January 9-10" and "January 10" is one.
    """
    compare = _COMPARISONS.get(kind)
    return key_of(kind, a) == key_of(kind, b) or (compare is not None and compare(a, b))


def _fold(text: str) -> str:
    """Return the words of `text` without case, accents, punctuation and a leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub(r"(?<=\w)[.'’](?=\w)", "", plain.casefold()))
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


# --- dates and clock times ------------------------------------------------------------------------------


def _same_date(a: str, b: str) -> bool:
    one, other = date_fields(a), date_fields(b)
    if not one and not other:
        return _same_time(a, b)
    common = one.keys() & other.keys()
    return bool(common - {"part"}) and all(one[name] == other[name] for name in common)


def clock_readings(text: str) -> list[tuple[int, int | None]]:
    """Return the clock times in `text`: minutes after midnight there, and in UTC where a known zone is named."""
    pattern = (
        r"(?i)\b(?:(\d\d?)(?:[:.]?(\d\d))?(?::\d\d)?\s?(?:([ap])\.?\s?m\b\.?)?|(noon|midday|midnight))"
        rf"(?:\s?({'|'.join(ZONES)})\b)?"
    )
    readings: list[tuple[int, int | None]] = []
    for hours, minutes, half, named, zone in re.findall(pattern, text):
        if hours and not (minutes or half or zone):
            continue  # a bare "9" may be anything
        hour = int(hours) if hours else 0 if named.lower() == "midnight" else 12
        if half:
            hour = hour % 12 + 12 * (half.lower() == "p")
        local = 60 * hour + int(minutes or 0)
        readings.append((local, (local - ZONES[zone.upper()]) % 1440 if zone else None))
    return readings


def _same_time(a: str, b: str) -> bool:
    for local, universal in clock_readings(a):
        for other_local, other_universal in clock_readings(b):
            zoned = universal is not None and other_universal is not None
            if (universal == other_universal) if zoned else (local == other_local):
                return True
    return False


# --- amounts --------------------------------------------------------------------------------------------


def amounts(text: str) -> list[float]:
    """Return the numbers in `text`, digits, words or ordinals, each with its "hundred", "million", ..."""
    ordinal = "|".join(ORDINALS[1:])
    pattern = rf"({number_pattern()})(?:[\s-]?(thousand|million|billion|trillion)\b)?|\b({ordinal})\b"
    return [_amount(m[1] or m[3], m[2] or "") for m in re.finditer(pattern, text, re.IGNORECASE)]


def _amount(figure: str, scale: str) -> float:
    factor = _SCALES.get(scale.lower(), 1.0)
    digits = re.match(r"[0-9][0-9,]*(?:\.[0-9]+)?", figure)
    if digits:
        return float(digits[0].replace(",", "")) * factor * _SCALES.get(figure[digits.end() :].lower(), 1.0)
    total = current = 0.0
    for word in re.findall(r"\w+", figure.casefold()):
        singular = word.removesuffix("s")
        if singular in _SCALES:
            total, current = total + (current or 1) * _SCALES[singular], 0.0
        elif singular in ("hundred", "dozen"):
            current = (current or 1) * (100 if singular == "hundred" else 12)
        else:
            current += _AMOUNTS.get(word, 0)
    return (total + current) * factor


def _joined(amounts: list[float], unit: str = "") -> str:
    return "-".join(f"{amount:.10g}{unit}" for amount in amounts)


def seconds(text: str) -> list[float]:
    """Return a duration in seconds; two figures for a range such as "10 to 15 minutes"."""
    if re.search(r"(?i)\b(?:few|several|dozens|hundreds|many)\b", text):
        return []
    unit = (
        r"(?i)(?<![a-z])(sec|min|hour|hr|day|night|week|fortnight|month|year|decade|centur)[a-z]*"
        r"(\sand\sa\s(?:half|quarter))?"
    )
    at, least, most = 0, 0.0, 0.0
    for m in re.finditer(unit, text):
        length = _SECONDS.get(m[1][:2].casefold(), 0)
        figures = amounts(text[at : m.start()]) or [1.0]
        extra = 0.0 if not m[2] else 0.25 if m[2].endswith("quarter") else 0.5
        least, most = least + (figures[0] + extra) * length, most + (figures[-1] + extra) * length
        at = m.end()
    return list(dict.fromkeys((least, most))) if at else []


def _percentages(text: str) -> list[float]:
    if re.search(r"%|per\s?cent", text, re.IGNORECASE):
        return amounts(text)
    share = re.search(r"(?i)\b(half|third|quarter|fifth|tenth)s?\b", text)
    count = re.match(r"(?i)\W*(two|three|four)\b", text)
    if not share:
        return amounts(text)
    return [_FRACTIONS.get(share[1].casefold(), 0) * (_AMOUNTS[count[1].casefold()] if count else 1)]


def currency(text: str) -> str:
    """Return the currency that `text` names, as one word; "" for none."""
    return next((name for written, name in CURRENCIES.items() if written in text.lower()), "")


def _sums(text: str) -> list[float]:
    """Return sums of money; only here is "5m" five million and not five metres."""
    return amounts(re.sub(r"(?<=[0-9])\s?([mk])\b", lambda m: {"m": " million", "k": " thousand"}[m[1]], text))


def _same_money(a: str, b: str) -> bool:
    currencies = {currency(a), currency(b)} - {""}
    return len(currencies) < 2 and bool(_sums(a)) and _sums(a) == _sums(b)


# --- names ----------------------------------------------------------------------------------------------


def place_parts(text: str) -> list[str]:
    """Return a place and what it lies in, folded: "Geneva, Switzerland" gives both."""
    described = r"(?i)^.{0,60}\b(?:city|town|village|capital|port|region|province|state|district|island)\sof\s"
    text = re.sub(described, "", text)
    parts = [_fold(re.sub(r"(?i)^\s*(?:in|at|to|from|near)\s", "", part)) for part in text.split(",")]
    return [_PLACE_ALIASES.get(part, part) for part in parts if part and part not in ("dc", "d c")]


def _same_place(a: str, b: str) -> bool:
    one, other = set(place_parts(a)), set(place_parts(b))
    return bool(one and other) and (one <= other or other <= one)


def name_words(text: str) -> list[str]:
    """Return the words of a name after any title, so spelt that Yury is Yuri and Zelenskyy Zelensky."""
    words = _fold(re.sub(r"['’]s\b", "", text.split(",")[0])).split()
    office = max((i + 1 for i, word in enumerate(words) if word in OFFICES or word in TITLES), default=0)
    kept = [word for word in words[office:] if word not in ("jr", "sr")] or words
    return [re.sub("i+", "i", word.replace("y", "i")) for word in kept]


def _same_person(a: str, b: str) -> bool:
    one, other = name_words(a), name_words(b)
    if not one or not other or one[-1] != other[-1]:
        return False
    short, long = sorted((one[0], other[0]), key=len)
    if min(len(one), len(other)) == 1 or long.startswith(short):
        return True
    return len(short) < 4 and short[:2] == long[:2]  # Joe, Joseph


def _acronyms(text: str) -> set[str]:
    return set(re.findall(r"\(([A-Z]{2,8})\)", text) or re.findall(r"^\s*([A-Z]{2,8})\s*$", text))


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", re.sub(r"\(.*", "", text)) if word[0].isupper())


def _same_organisation(a: str, b: str) -> bool:
    one, other = _acronyms(a), _acronyms(b)
    if one & (other | {_initials(b)}) or other & {_initials(a)}:
        return True
    shorter, longer = sorted((_fold(re.sub(r"\(.*", "", name)) for name in (a, b)), key=len)
    return " " in shorter and f" {longer}".endswith(f" {shorter}")


_KEYS: dict[Kind, Callable[[str], str]] = {
    "date": lambda text: " ".join(f"{name}:{','.join(found)}" for name, found in date_fields(text).items()),
    "time": lambda text: " ".join(map(str, clock_readings(text))),
    "duration": lambda text: _joined(seconds(text), "s"),
    "number": lambda text: _joined(amounts(text)),
    "money": lambda text: f"{currency(text)} {_joined(_sums(text))}".strip(),
    "percent": lambda text: _joined(_percentages(text), "%"),
    "place": lambda text: ", ".join(place_parts(text)),
    "person": lambda text: " ".join(name_words(text)),
    "organisation": lambda text: min(_acronyms(text), default="").lower(),
}
_COMPARISONS: dict[Kind, Callable[[str, str], bool]] = {
    "date": _same_date,
    "time": _same_time,
    "money": _same_money,
    "place": _same_place,
    "person": _same_person,
    "organisation": _same_organisation,
}
