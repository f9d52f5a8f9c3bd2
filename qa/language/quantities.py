"""Finders of dates, clock times, durations, numbers, money and percentages.

Regular expressions, composed from fragments and compiled at first use.
"""

import re
from collections.abc import Callable
from functools import cache

from qa.language.gazetteer import COUNTED, CURRENCIES, FUNCTION_WORDS, MONTHS, ORDINALS, SMALL, TENS, WEEKDAYS, ZONES
from qa.language.kinds import Kind
from qa.language.spans import Span, joined, longest


def number_pattern() -> str:
    """Return the pattern of one number: "1,250.5", "9th", "two hundred and ten"."""
    word = rf"(?:{'|'.join([*SMALL, *TENS])}|half|hundred|dozen|thousand|million|billion|trillion)"
    joint = r"(?:\s|-|\sand\sa\s|\sa\s|(?:(?<=hundred)|(?<=thousand)|(?<=million))\sand\s)"
    spelled = rf"(?:a\s(?=hundred|dozen|thousand|million|billion|trillion|half))?{word}(?:{joint}{word}){{0,6}}s?"
    digits = r"(?<![0-9][.,])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    return rf"(?<!\w)(?:{digits}(?:(?:st|nd|rd|th|bn|mn)(?!\w))?|(?i:{spelled}))(?!\w)"


def _range(one: str) -> str:
    return rf"(?:(?i:between\s){one}\sand\s{one}|{one}(?:(?:\s?[-–—]\s?|\sto\s|\sor\s){one})?)"


def _after(words: str) -> str:
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in words.split()) + ")"


def _dates() -> str:
    """Return the shapes of a date, the more specific first."""
    # "may" and "march" are words of their own unless capitalised
    others = "|".join(name for name in MONTHS if name not in ("march", "may"))
    full = rf"(?:(?i:{others})|Ma(?:rch|y)|MA(?:RCH|Y))"
    month = rf"(?:{full}|(?:(?i:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)|Mar)\b\.?)"
    day = r"(?<![\w.:])[0-3]?[0-9](?:st|nd|rd|th)?\b(?![:.][0-9])"
    days = rf"{day}(?:(?:\s?[-–—/&]\s?|,\s(?:and\s)?|\s(?:to|and|through|until)\s(?:the\s)?){day})" + "{0,3}"
    year = r"(?<![\w.,$€£-])[12][0-9]{3}(?![\w%]|[.,][0-9])(?:\s(?:BCE?|CE|AD)\b)?"
    part = r"(?:\s(?i:morning|afternoon|evening|night|midday|lunchtime))?"
    weekday = rf"\b(?i:(?:{'|'.join(WEEKDAYS)}))\b{part}"
    season = "(?i:spring|summer|autumn|fall|winter)"
    ordinal = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)|(?i:{'|'.join(ORDINALS)}|twenty-first))"
    unit = r"(?:second|minute|hour|day|week|month|year|decade|centur(?:y|ie))s?"
    few = rf"(?:{number_pattern()}|(?i:an?|a\sfew|several|a\scouple\sof))"
    turn = r"(?i:(?:the\s)?(?:last|next|this|that|past|coming)|the\s(?:same|following|previous))"
    shapes = (
        r"(?<![\w-])[12][0-9]{3}-[01][0-9]-[0-3][0-9]\b",
        r"(?<![\w.,/])[0-3]?[0-9](?P<dot>[./])[0-3]?[0-9](?P=dot)(?:[12][0-9]{3}|[0-9]{2})\b",
        rf"\b(?:(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?,?\s)?{month}\s(?:the\s)?{days}(?:,?\s{year})?",
        rf"(?:{day}\sor\s)?{days}\s(?:of\s)?{month}(?:,?\s{year})?(?!\w)",
        rf"\b(?:{month}(?:\sof)?,?|{season}(?:\sof)?)\s{year}",
        rf"\b{ordinal}(?:(?:\s?[-–]\s?|\s(?:and|or|to)\s){ordinal})?[\s-](?i:centur(?:y|ies))\b(?:\sBCE?\b)?",
        r"(?<![\w.,])[12]?[0-9]?[0-9]0s\b",
        rf"{year}\s?[-–/]\s?(?:[12][0-9]{{3}}|[0-9]{{2}})\b",
        r"(?<![\w.,])[0-9]{1,2}(?:,?[0-9]{3})?[0-9]?\s(?:BCE?|BP|AD)\b",
        rf"\b{few}\s{unit}\s(?i:ago|earlier|later|before)\b",
        r"\b(?i:the\sday\s(?:before\syesterday|after\stomorrow|before|after))\b",
        rf"\b(?i:yesterday|today|tomorrow|tonight)\b{part}",
        rf"\b(?:(?i:earlier|later)\s)?{turn}\s(?:{full}\b|{weekday}|{season}\b"
        r"|(?i:day|week|weekend|month|year|decade|century|morning|afternoon|evening|night)\b)",
        r"\b(?:New\sYear['’]s\s(?:Eve|Day)|Christmas(?:\s(?:Eve|Day))?|Easter)\b",
        weekday,
        rf"{_after('in In by of since Since until from to and')}Ma(?:rch|y)\b|\b(?:{others.title()})\b",
        rf"{_after('in In since Since by By until of')}{year}",
        rf"{year}(?!\s[a-z]{{2,}}[^sui\W]s\b)",  # not "2000 troops"
    )  # fmt: skip
    start = (
        r"(?:\b(?i:early|late|mid|the\s(?:beginning|end|start|middle|night|morning|evening|afternoon|eve)\sof)"
        r"(?:\s|-)(?:on\s|in\s)?(?:the\s)?)?"
    )
    return rf"{start}(?:{'|'.join(shapes)})"


def _times() -> str:
    half = r"(?:\s?(?i:a\.m\.|p\.m\.|am\b|pm\b|a\.m\b|p\.m\b))"
    zones = "|".join(ZONES)
    zone = rf"(?:\s?(?:{zones})\b|\s(?:[A-Z]\w+\s){{0,2}}(?:local\s)?(?i:time)\b)"
    hour = r"(?<![\w.,:$])[0-2]?[0-9]"
    early = rf"(?:{hour}(?:[:.][0-5][0-9])?\s?(?:[-–]|to|and)\s?)?"
    return "|".join(
        (
            rf"{early}{hour}(?:[:.][0-5][0-9](?::[0-5][0-9])?)?{half}{zone}?",
            rf"{early}{hour}[:.][0-5][0-9]{zone}",
            rf"{early}{hour}:[0-5][0-9](?::[0-5][0-9])?(?![\w:])",
            rf"(?<=\bat\s){hour}\.[0-5][0-9](?![\w.%]|\s(?:percent|per|million|billion))",
            rf"(?<![\w.,:$])[0-2][0-9][0-5][0-9]\s?(?:{zones})\b",
            rf"\b(?i:noon|midday|midnight)\b{zone}?",
            rf"\b(?i:[0-9]{{1,2}}|{'|'.join(SMALL[1:13])})\so['’]clock\b",
        )
    )


def _durations() -> str:
    unit = (
        r"(?i:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|fortnights?|months?|years?|decades?"
        r"|centur(?:y|ies))"
    )
    number = number_pattern()
    some = r"(?<!\w)(?<!times\s)(?<!days\s)(?<!hours\s)(?i:half\san?|an?|a\sfew|several|(?:a\s)?couple\sof|dozens\sof)"
    more = r"(?:\s(?:full|more|whole|consecutive|straight))?"
    one = rf"(?:{_range(number)}|{some}){more}(?:\s?[-–]\s?|\s){unit}\b(?:\sand\sa\s(?:half|quarter)\b)?"
    rest = rf"(?:,?\s(?:and\s)?{number}[\s-]{unit}\b)"
    return rf"{one}{rest}{{0,3}}(?!['’\s-]?\s?-?old\b|\s(?:ago|earlier|later)\b)"


def _moneys() -> str:
    scale = r"(?:[\s-](?:thousand|million|billion|trillion)\b|\s?(?:bn|mn|m|k)\b)?"
    sign = r"(?<!\w)(?:(?:US|A|C)?\$|[€£¥₽₴]|(?:USD|EUR|GBP)\s)\s?"
    amount = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?" + scale
    name = rf"(?i:(?:{'|'.join(name for name in CURRENCIES if name.isalpha())})s?)\b(?!\sof)"
    return (
        rf"{sign}{amount}(?!\w)(?:(?:\s?[-–]\s?|\sto\s){sign}?{amount}(?!\w))?(?:\s(?:US\s)?{name})?"
        rf"|{_range(number_pattern() + scale)}\s(?:(?:US|U\.S\.)\s)?{name}"
    )


def _percents() -> str:
    share = r"(?:half|thirds?|quarters?|fifths?|tenths?)"
    count = rf"(?i:{'|'.join(SMALL[1:11])}|[0-9]+)"
    return (
        rf"{_range(number_pattern() + '%?')}(?:\s?%|[\s-](?i:per\s?cent(?:age\spoints?)?)\b)"
        rf"|\b(?i:(?:an?|one|two|three|four)[\s-]{share}|half)\b(?!\san?\b)"
        rf"|\b{count}\s(?:in|out\sof)\s(?:every\s)?{count}\b"
    )


def _numbers() -> str:
    scale = r"(?:[\s-](?i:thousand|million|billion|trillion|dozen)\b)?"
    number = rf"(?:[$€£¥]\s?)?{number_pattern()}{scale}"
    return rf"{_range(number)}(?:\s?%|[\s-](?i:per\s?cent)\b)?|\b(?i:{'|'.join(ORDINALS[1:])})\b"


@cache
def _compiled(source: Callable[[], str]) -> re.Pattern[str]:
    return re.compile(source())


def _matches(source: Callable[[], str]) -> Callable[[str], list[Span]]:
    return lambda text: [m.span() for m in _compiled(source).finditer(text)]


def _find_dates(text: str) -> list[Span]:
    """Join what the pattern finds: "Thursday" with ", December 30", "1914" with "between" and "and 1918"."""

    def join(left: Span, right: Span) -> Span | None:
        gap = text[left[1] : right[0]]
        if len(gap) > 12 or right[1] - left[0] > 90:
            return None
        lead = re.search(r"(?i)\b(from|between)\s$", text[max(0, left[0] - 9) : left[0]])
        word = lead[1].lower() if lead else ""
        if re.fullmatch(r"\s?[-–—]\s?|\s(?:to|until|till|through)\s(?:the\s)?", gap):
            return (left[0] - 5 if word == "from" else left[0], right[1])
        if word == "between" and re.fullmatch(r"\sand\s(?:the\s)?", gap):
            return (left[0] - 8, right[1])
        # a weekday and its date, not a month and a year
        wordy = [text[start:end].lower() for start, end in (left, right) if not re.search("[0-9]", text[start:end])]
        named = len(wordy) == 1 and not any(month in wordy[0] for month in MONTHS)
        return (left[0], right[1]) if named and re.fullmatch(r",?\s(?:on\s)?(?:the\s)?", gap) else None

    return joined(_matches(_dates)(text), join)


def _find_times(text: str) -> list[Span]:
    """Join the same moment on two clocks: "4:25 pm EST (21:25 GMT)"."""

    def join(left: Span, right: Span) -> Span | None:
        gap = text[left[1] : right[0]]
        if gap.strip() == "(" and text[right[1] : right[1] + 1] == ")":
            return left[0], right[1] + 1
        return (left[0], right[1]) if re.fullmatch(r"\s?[-–/]\s?|\sto\s", gap) else None

    return joined(_matches(_times)(text), join)


def _find_numbers(text: str) -> list[Span]:
    """Find numbers with the noun they count, past those of dates and clock times."""
    for start, end in _find_dates(text) + _find_times(text):
        text = text[:start] + "_" * (end - start) + text[end:]
    found = []
    for start, end in _matches(_numbers)(text):
        whole = _with_noun(text, end)
        if whole > end or text[start:end].lower() not in ("one", "second", "half"):
            found.append((start, whole))
    return longest(found)


def _with_noun(text: str, end: int) -> int:
    """Move `end` past the noun that follows a number there: to the first plural of three words, else one word."""
    first, at = end, end
    for _ in range(3):
        word = re.compile(r"[ \u00a0-]([^\W\d_](?:[\w'’-]{0,30}\w)?)(?!\w)").match(text, at)
        if not word or word[1].lower() in FUNCTION_WORDS:
            break
        at = word.end()
        first = at if first == end else first
        if word[1] in COUNTED or re.search(r"[^sui]s$", word[1]):
            return at
    return first


QUANTITIES: dict[Kind, Callable[[str], list[Span]]] = {
    "date": _find_dates,
    "time": _find_times,
    "duration": _matches(_durations),
    "number": _find_numbers,
    "money": _matches(_moneys),
    "percent": _matches(_percents),
}
