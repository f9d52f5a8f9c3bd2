"""Training examples made from others: rougher questions, news-like passages, and questions that lost their answer.

Crowd questions on encyclopedia paragraphs are tidy; people who ask a terminal are not, and news has datelines and
people who say things. All of it is drawn from one seeded generator.
"""

import random
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.sentences import split_sentences
from index.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage, and the answer in it: code points, both 0 where it does not answer."""

    question: str
    passage: str
    start: int
    end: int
    title: str = ""

    @property
    def answer(self) -> str:
        """The answer's words; empty where the passage has none."""
        return self.passage[self.start : self.end]


def roughen(question: str, draw: random.Random) -> str:
    """A question as people type it: now and then without its mark, with a slip, or as keywords only."""
    if draw.random() < 0.3:
        question = question.rstrip("?. ")
    if draw.random() < 0.1:
        words = question.split()
        kept = [w for i, w in enumerate(words) if i == 0 or tokenize(w)]
        question = " ".join(kept[draw.random() < 0.5 :]) or question
    if draw.random() < 0.12:
        at = draw.randrange(max(1, len(question) - 1))
        slip = draw.choice([question[at + 1 : at + 2] + question[at : at + 1], "", draw.choice(string.ascii_lowercase)])
        question = question[:at] + slip + question[at + (2 if len(slip) == 2 else 1) :]
    return question


def without_answer(example: Example) -> Example | None:
    """The passage with every sentence taken out that holds the answer's words; None where little is left."""
    words = example.answer.casefold()
    text = example.passage
    kept = [text[s.start : s.end] for s in split_sentences(text) if not s.start <= example.start < s.end]
    kept = [sentence for sentence in kept if words not in sentence.casefold()]
    return replace(example, passage=" ".join(kept), start=0, end=0) if len(" ".join(kept)) > 80 else None


_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")


def swappable(question: str) -> tuple[int, int] | None:
    """The name or number in a question whose change changes what is asked; None where it has none."""
    found = list(_NAME.finditer(question)) or list(_NUMBER.finditer(question))
    return (found[-1].start(), found[-1].end()) if found else None


def swapped(example: Example, others: Sequence[str], draw: random.Random) -> Example | None:
    """The question about another name or number, which the passage does not mention: nothing answers it."""
    place = swappable(example.question)
    if place is None:
        return None
    old = example.question[place[0] : place[1]]
    for other in draw.sample(others, min(20, len(others))):
        there = swappable(other)
        new = other[there[0] : there[1]] if there else ""
        alike = bool(new) and new[0].isdigit() == old[0].isdigit()
        if alike and not set(tokenize(new)) & set(tokenize(example.passage)):
            question = example.question[: place[0]] + new + example.question[place[1] :]
            return replace(example, question=question, start=0, end=0)
    return None


_CITIES = "MOSCOW BRUSSELS GENEVA NAIROBI OSLO LIMA DELHI OTTAWA CAIRO SEOUL HANOI QUITO RIGA ACCRA BERN".split()
_AGENCIES = "AP AFP Reuters Interfax Kyodo ANSA EFE dpa PTI TASS".split()
_MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()


def with_dateline(example: Example, draw: random.Random) -> Example:
    """The passage with a news agency's dateline before it."""
    day = f"{draw.choice(_MONTHS)} {draw.randint(1, 28)}"
    city, agency = draw.choice(_CITIES), draw.choice(_AGENCIES)
    line = draw.choice([f"{city}, {day} ({agency}) -- ", f"{city} ({agency}) — ", f"{city.title()}, {day} - "])
    shift = len(line) if example.end else 0
    return replace(example, passage=line + example.passage, start=example.start + shift, end=example.end + shift)


_GIVEN = (
    "Anna Boris Carla Dmitri Elena Farid Grace Hugo Irina James Karin Luis Maria Nikolai Olga Paul Rosa Sergei Tanya "
    "Umar Vera Walter Yuri Zoe Jen Antony Priya Kofi Mei Hassan"
).split()
_FAMILY = (
    "Abbott Belov Castro Dunne Eriksen Fomin Garcia Hauser Ivanov Jensen Kowalski Lavoie Moreau Novak Okoye Petrov "
    "Quinn Romero Sato Tanaka Ustinov Vogel Weber Yilmaz Zhang Peskov Ryan Osei Haddad Lindgren"
).split()
_ROLES = (
    "spokesman|spokeswoman|press secretary|foreign minister|analyst|professor|ambassador|a senior official|"
    "chief executive|mayor|director|senator|the group's secretary general|deputy minister|coach|owner|reviewer"
).split("|")
_SAYING = (
    "said:say said:say said:say stressed:stress noted:note warned:warn added:add explained:explain "
    "emphasized:emphasize claimed:claim argued:argue announced:announce"
).split()
_PLAIN = re.compile(r"[A-Z][a-z]*(?: [^\s\"“”]+){6,34}[.]")
_LEANS = re.compile(r"(?:It|He|She|They|This|That|These|Those|However|But|And|I)\b")


@dataclass(frozen=True, slots=True)
class _Speaker:
    name: str
    full: str  # with the role
    said: str
    say: str

    @property
    def family(self) -> str:
        return self.name.split()[-1]


def _speaker(draw: random.Random) -> _Speaker:
    name, role = f"{draw.choice(_GIVEN)} {draw.choice(_FAMILY)}", draw.choice(_ROLES)
    said, say = draw.choice(_SAYING).split(":")
    title = " ".join(w[0].upper() + w[1:] for w in role.removeprefix("a ").removeprefix("the ").split())
    full = draw.choice([name, f"{title} {name}", f"{name}, {role},", f"{role} {name}", name.split()[-1]])
    return _Speaker(name, full, said, say)


def _attributed(sentence: str, speaker: _Speaker, draw: random.Random) -> tuple[str, str]:
    """A sentence as somebody's words, and those words as they then stand there."""
    words = sentence.rstrip(".")
    low = words if re.match(r"[A-Z]\w* [A-Z]", words) else words[0].lower() + words[1:]
    opened, closed = draw.choice([('"', '"'), ("“", "”")])
    quoted, full = f"{opened}{words},{closed}", speaker.full.removesuffix(",")
    full = full[0].upper() + full[1:]
    forms = [
        (f"{quoted} {speaker.said} {speaker.full.removesuffix(',')}.", words),
        (f"{quoted} {speaker.full} {speaker.said}.", words),
        (f"{full} {speaker.said} that {low}.", low),
        (f"{full} {speaker.said} on {draw.choice('Monday Tuesday Thursday Friday'.split())} that {low}.", low),
        (f"According to {speaker.full.removesuffix(',')}, {low}.", low),
        (f"{full} {speaker.said}, {opened}{words}.{closed}", words),
    ]
    return draw.choice(forms)


def said(example: Example, draw: random.Random) -> Example | None:
    """The passage with a sentence or two put into people's mouths, and a question on who said what.

    One question in six is on somebody who says nothing there: nothing answers it. None where no sentence is plain.
    """
    text = example.passage
    plain = [
        s for s in split_sentences(text) if _PLAIN.fullmatch(text[s.start : s.end]) and not _LEANS.match(text, s.start)
    ]
    if not plain:
        return None
    chosen = draw.sample(plain, min(len(plain), draw.choice([1, 2, 2])))
    speakers = [_speaker(draw) for _ in chosen]
    asked = draw.randrange(len(chosen))
    pieces: list[str] = []
    at = start = end = 0
    for sentence, speaker in sorted(zip(chosen, speakers, strict=True), key=lambda c: c[0].start):
        pieces.append(text[at : sentence.start])
        new, words = _attributed(text[sentence.start : sentence.end], speaker, draw)
        if sentence is chosen[asked]:
            begin = sum(map(len, pieces))
            who = draw.random() < 0.3
            held = speaker.name if speaker.name in new else speaker.family
            target = held if who else words
            start = begin + new.index(target)
            end = start + len(target)
            question = _who_question(words, speaker, draw) if who else _what_question(words, speaker, draw)
        pieces.append(new)
        at = sentence.end
    passage = "".join(pieces) + text[at:]
    if draw.random() < 1 / 6:
        other = _speaker(draw)
        if other.family not in passage:
            start = end = 0
            question = _what_question(text[chosen[asked].start : chosen[asked].end], other, draw)
    return Example(question, passage, start, end, example.title)


def _topic(words: str, draw: random.Random) -> str:
    """A few words of a clause, as a question would name what it is about."""
    held = words.split()
    content = [i for i, w in enumerate(held) if i and tokenize(w) and len(w) > 3]
    if not content:
        return "that"
    first = draw.choice(content)
    return " ".join(held[first : first + draw.choice([1, 2, 2, 3])]).strip(",;:()")


def _what_question(words: str, speaker: _Speaker, draw: random.Random) -> str:
    topic = _topic(words, draw)
    who = draw.choice([speaker.name, speaker.family, speaker.full.removesuffix(",")])
    return draw.choice(
        [
            f"What did {who} {speaker.say} about {topic}?",
            f"What did {who} say about {topic}?",
            f"What does {who} say about {topic}?",
            f"What did {who} {speaker.say}?",
            f"According to {who}, what about {topic}?",
            f"what has {who} said on {topic}",
            f"How did {who} comment on {topic}?",
            f"{who} on {topic}",
        ]
    )


def _who_question(words: str, speaker: _Speaker, draw: random.Random) -> str:
    cut = draw.choice([words, " ".join(words.split()[: draw.randint(4, 12)])])
    low = cut[0].lower() + cut[1:]
    return draw.choice(
        [f"Who {speaker.said} that {low}?", f"Who said that {low}?", f"Who spoke about {_topic(words, draw)}?"]
    )
