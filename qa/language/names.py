"""Finders of people, places and organisations: runs of capitalised words, sorted by the words in and around them."""

import re
from collections.abc import Callable, Iterator, Sequence

from qa.language.capitals import Token, adjoin, is_acronym, is_no_name, is_office, known_places, runs, tokens_of
from qa.language.gazetteer import BODIES, BODY_HEADS, CALENDAR, FUNCTION_WORDS, NOT_NAMES, PLACE_HEADS, PLACES, REGIONS
from qa.language.kinds import Kind
from qa.language.spans import Span, joined, longest

_PLACING = "in at near into outside inside around across throughout".split()  # a place follows these, ...
_DIRECTING = "from to toward towards through via".split()  # ... and these, unless somebody is spoken to
_SPOKEN_TO = "according thanks told said confirmed attributed due spoke talked addressed compared responded".split()
_VERBS = "said says told has had was is will would did".split()


def _span(tokens: Sequence[Token], part: range) -> Span:
    return tokens[part.start].start, tokens[part.stop - 1].end


def _long(text: str, spans: list[Span]) -> list[Span]:
    return [(start, end) for start, end in spans if " " in text[start:end]]


def _inside(span: Span, others: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end and (start, end) != span for start, end in others)


# --- people ---------------------------------------------------------------------------------------------


def _find_people(text: str) -> list[Span]:
    """Find names of people; a lone word that opens the sentence only where nothing better stands."""
    tokens = tokens_of(text)
    ranked: dict[int, list[Span]] = {0: [], 1: [], 2: []}
    bodies = _long(text, _find_organisations(text))
    for run in runs(text):
        for part in _person_parts(tokens, run):
            span = _span(tokens, part)
            ranked[0 if _inside(span, bodies) else _rank_person(tokens, run, part)].append(span)
    return ranked[2] or ranked[1]


def _person_parts(tokens: Sequence[Token], run: range) -> Iterator[range]:
    """Yield the stretches of a run that may be names: "US President Joe Biden" has one, "Joe Biden"."""
    placed = {i for place in known_places(tokens, run) for i in place}
    start = run.start
    for i in [*run, run.stop]:
        if i == run.stop or i in placed or is_no_name(tokens[i]):
            if start < i:
                yield range(start, i)
            start = i + 1


def _rank_person(tokens: Sequence[Token], run: range, part: range) -> int:
    """Judge whether `part` of a run is a person: 0 no, 1 if need be, 2 yes."""
    before = tokens[part.start - 1].low if part.start else ""
    after = tokens[part.stop].low if part.stop < len(tokens) else ""
    titled, alone = is_office(before), len(part) == 1
    if part.stop < run.stop and (after in BODY_HEADS or after in PLACE_HEADS or (alone and not titled)):
        return 0
    if before in _PLACING and part.start == run.start:
        return 0
    if titled or not alone:
        return 2
    word = tokens[part.start].word
    if "-" in word or len(word) < 3 or before in ("the", "a", "an"):
        return 0
    acts = (after.endswith("ed") or after in _VERBS) and not word.endswith("s")
    return 2 if part.start > 0 or after == "and" or acts else 1


# --- places ---------------------------------------------------------------------------------------------


def _find_places(text: str) -> list[Span]:
    """Find places by the gazetteer, by the preposition before them and by words such as "Sea" and "Street"."""
    tokens = tokens_of(text)
    people = _long(text, _find_people(text))
    bodies = _long(text, _find_organisations(text))
    found: list[Span] = []
    for run in runs(text):
        parts = [part for part in known_places(tokens, run) if not _describes(text, tokens, part)]
        parts += [run] if _is_place_run(tokens, run) else []
        for part in parts:
            directed = part.start > run.start and tokens[part.start - 1].low in PLACE_HEADS  # "Eastern Ukraine"
            found.append(_span(tokens, range(part.start - directed, part.stop)))

    def join(left: Span, right: Span) -> Span | None:  # "Brussels" and ", Belgium", but not "Greece, Italy"
        regional = _is_region(text[slice(*right)]) and not _is_region(text[slice(*left)])
        return (left[0], right[1]) if regional and re.fullmatch(r",\s", text[left[1] : right[0]]) else None

    return joined(longest(s for s in found if not _inside(s, bodies) and s not in people), join)


def _is_region(name: str) -> bool:
    return name.rstrip(".").lower() in REGIONS


def _describes(text: str, tokens: Sequence[Token], place: range) -> bool:
    """Tell whether a place only describes the next word: "US counterpart", "Russia President"."""
    if place.stop >= len(tokens) or not adjoin(text, tokens[place.stop - 1], tokens[place.stop]):
        return False
    after = tokens[place.stop].low
    return is_office(after) or (tokens[place.start].low in ("us", "u.s", "uk", "u.k") and after not in FUNCTION_WORDS)


def _is_place_run(tokens: Sequence[Token], run: range) -> bool:
    words = [tokens[i].low for i in run]
    paired = "-" in words[0] and any(part in PLACES for part in words[0].split("-"))  # "Russia-US"
    if paired or any(is_office(word) or word in CALENDAR for word in words):
        return False
    if len(run) > 1 and words[-1] in PLACE_HEADS:
        return True
    if any(word in BODY_HEADS for word in words):
        return False
    if all(tokens[i].low in NOT_NAMES or is_acronym(tokens[i].word) for i in run):
        return False
    at = run.start - 1
    at -= at > 0 and tokens[at].low in ("the", "a")
    before = tokens[at].low if at >= 0 else ""
    spoken_to = at > 0 and tokens[at - 1].low in _SPOKEN_TO
    directed = before in _DIRECTING and not spoken_to and not tokens[run.stop - 1].owns
    return before in _PLACING or (directed and " ".join(words) not in BODIES)


# --- organisations --------------------------------------------------------------------------------------


def _find_organisations(text: str) -> list[Span]:
    """Find bodies by words such as "Ministry", by acronyms and by a short list; else any other name."""
    tokens = tokens_of(text)
    found: list[Span] = []
    loose: list[Span] = []
    for run in runs(text):
        whole = _body(text, tokens, run)
        found += [whole] if whole else []
        for i in run:
            for stop in range(i + 1, min(i + 2, run.stop) + 1):
                name = " ".join(token.low for token in tokens[i:stop])
                if name in BODIES or (stop == i + 1 and is_acronym(tokens[i].word)):
                    found.append(_span(tokens, range(i, stop)))
        plain = not any(is_no_name(tokens[i]) or "-" in tokens[i].low for i in run)
        if plain and not known_places(tokens, run):
            loose.append(_span(tokens, run))
    return longest(found or loose)


def _body(text: str, tokens: Sequence[Token], run: range) -> Span | None:
    """Span of the body a run names, "Organization for Security and Cooperation in Europe (OSCE)" and all."""
    heads = [i for i in run if tokens[i].low in BODY_HEADS]
    if not heads:
        return None
    start = max((i + 1 for i in range(run.start, heads[0]) if is_office(tokens[i].low)), default=run.start)
    stop = heads[-1] + 1
    if stop == run.stop:
        stop = _past_connectors(text, tokens, stop, tokens[heads[0]].low.startswith("organi"))
    if stop - start == 1 and tokens[start].low not in ("congress", "parliament", "senate"):
        return None
    bracket = re.compile(r"\s\([A-Z]{2,8}\)").match(text, tokens[stop - 1].end)
    return tokens[start].start, bracket.end() if bracket else tokens[stop - 1].end


def _past_connectors(text: str, tokens: Sequence[Token], stop: int, seated: bool) -> int:
    """Move `stop` past "of", "for" and what they join: "Ministry" + "of Foreign Affairs".

    Only a body that is `seated` goes on with "in": "Organization for ... in Europe", not "Ministry in Moscow".
    """
    allowed = {"of", "for"}
    for _ in range(5):
        at = stop
        while at < min(stop + 2, len(tokens)) and tokens[at].low in (allowed if at == stop else {"the"}):
            at += 1
        if at == stop or at >= len(tokens) or not tokens[at].capital or is_office(tokens[at].low):
            break
        if any(len(text[tokens[i - 1].end : tokens[i].start]) != 1 for i in range(stop, at + 1)):
            break
        stop = at + 1
        while stop < len(tokens) and tokens[stop].capital and adjoin(text, tokens[stop - 1], tokens[stop]):
            stop += 1
        allowed = {"of", "for", "and", *(["in"] if seated else [])}
    return stop


NAMES: dict[Kind, Callable[[str], list[Span]]] = {
    "place": _find_places,
    "person": _find_people,
    "organisation": _find_organisations,
}
