"""Turns that ask of the last answer itself: whose words it is, and what comes after it. Nothing is looked for."""

import re
from collections.abc import Iterable
from dataclasses import replace

from index import LocalIndex, Sentence
from qa.answers import Answer, Citation
from qa.language.attribution import speakers_in
from qa.language.sameness import same

_BACK = 2  # sentences before the answer's in which the speaker may be named


def said_by(line: str, answer: Answer, index: LocalIndex) -> Answer | None:
    """What "who said that?" gets, in the words of the articles cited for an answer; None where they name nobody."""
    found = [c for citation in answer.citations if (c := _speaker(line, citation, index))]
    if not found:
        return None
    first = _words(found[0])
    agreeing = [c for c in found if any(same(kind, first, _words(c)) for kind in ("person", "organisation"))]
    return _from_citations(answer, agreeing)


def read_on(answer: Answer, quoted: Iterable[Citation], index: LocalIndex) -> Answer | None:
    """The next sentence of the first cited article that was not quoted yet, else of the next; None where all was."""
    seen = [(c.article, c.start, c.end) for c in quoted]

    def is_new(name: str, sentence: Sentence) -> bool:
        return not any(a == name and s < sentence.end and sentence.start < e for a, s, e in seen)

    for citation in answer.citations:
        name = citation.article
        new = [s for s in index.sentences(name) if s.kind == "prose" and is_new(name, s)]
        after = [s for s in new if s.start >= citation.end]
        for sentence in [*after, *reversed(new)][:1]:  # at the article's end what stood before
            place = sentence.start, sentence.end
            return _from_citations(answer, [_cited(citation, place, place, index)])
    return None


def _speaker(line: str, citation: Citation, index: LocalIndex) -> Citation | None:
    """A citation of whoever says what a citation holds; those before it in the paragraph may name them."""
    text = index.find_article(citation.article).text
    before = [s for s in index.sentences(citation.article) if s.start <= (citation.answer_start or 0)]
    for back, sentence in enumerate(before[: -_BACK - 2 : -1]):
        if sentence.paragraph != before[-1].paragraph:
            break
        words = text[sentence.start : sentence.end]
        for start, end in speakers_in(words, line):
            if back == 0 or re.search(r"[A-Z]", words[start:end]):
                place = sentence.start + start, sentence.start + end
                # the quote runs from the sentence that names the speaker up to the answer's
                return _cited(citation, (sentence.start, before[-1].end), place, index)
    return None


def _cited(citation: Citation, quote: tuple[int, int], words: tuple[int, int], index: LocalIndex) -> Citation:
    text = index.find_article(citation.article).text
    return replace(
        citation, start=quote[0], end=quote[1], quote=text[slice(*quote)], answer_start=words[0], answer_end=words[1]
    )


def _words(citation: Citation) -> str:
    start, end = (citation.answer_start or 0) - citation.start, (citation.answer_end or 0) - citation.start
    return citation.quote[start:end]


def _from_citations(answer: Answer, citations: list[Citation]) -> Answer:
    """An answer as sure as the one it is taken from."""
    numbered = tuple(replace(c, n=n) for n, c in enumerate(citations, 1))
    return replace(answer, answer=_words(numbered[0]), citations=numbered, differing=(), agreeing=len(numbered))
