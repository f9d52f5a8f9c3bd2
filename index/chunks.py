"""Articles to chunks: windows of whole sentences that fit the encoder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.articles import Article
from index.sentences import Sentence, split_sentences

CHUNKING = "sentence windows 1"  # recorded in an index
MERGE_TOKENS = 128  # short paragraphs are gathered up to so many tokens: about what one paragraph of prose has
_SECTION_TOKENS = 64  # a heading opens a new chunk once the open one has so many
_TITLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Chunk:
    """A window of an article: its sentences in order, furniture left out."""

    article: int  # number of the article in its index
    sentences: tuple[Sentence, ...]

    @property
    def start(self) -> int:
        """Where the first sentence starts, in code points of the article's text."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where the last sentence ends."""
        return self.sentences[-1].end


def cut_article(
    number: int, article: Article, count_tokens: Callable[[Sequence[str]], list[int]], max_tokens: int
) -> list[Chunk]:
    """An article's chunks in order, without overlap: every sentence of prose lies in exactly one.

    A paragraph stays whole where it fits; `max_tokens` is the encoder's limit, title and date included. Only a
    single sentence may be longer: the encoder cuts it. Headings with no prose below them are left out.
    """
    sentences = [s for s in split_sentences(article.text) if s.kind != "noise"]
    lengths = count_tokens([article.text[s.start : s.end] for s in sentences])
    room = max(32, max_tokens - 2 - count_tokens([header(article) + "."])[0])
    windows = _windows(sentences, lengths, room)
    return [Chunk(number, tuple(w)) for w in windows if any(s.kind == "prose" for s in w)]


def _windows(sentences: Sequence[Sentence], lengths: Sequence[int], room: int) -> list[list[Sentence]]:
    windows: list[list[Sentence]] = []
    size = 0
    for paragraph in _by_paragraph(sentences, lengths):
        total = sum(n for _, n in paragraph)
        opens_section = paragraph[0][0].kind == "heading" and size >= _SECTION_TOKENS
        if not windows or opens_section or size + total > min(MERGE_TOKENS, room):
            windows.append([])
            size = 0
        pieces = -(-total // room)
        for sentence, n in paragraph:
            # a paragraph that does not fit is cut into windows of about the same size
            if windows[-1] and (size + n > room or (pieces > 1 and size >= total / pieces)):
                windows.append([])
                size = 0
            windows[-1].append(sentence)
            size += n
    return [w for w in windows if w]


def _by_paragraph(sentences: Sequence[Sentence], lengths: Sequence[int]) -> list[list[tuple[Sentence, int]]]:
    paragraphs: list[list[tuple[Sentence, int]]] = []
    for sentence, n in zip(sentences, lengths, strict=True):
        if not paragraphs or paragraphs[-1][-1][0].paragraph != sentence.paragraph:
            paragraphs.append([])
        paragraphs[-1].append((sentence, n))
    return paragraphs


def header(article: Article) -> str:
    """Title and date, put before a chunk where it is embedded or counted; never quoted."""
    return ". ".join(part for part in (article.title[:_TITLE_CHARS].rstrip(". "), article.date) if part)


def body(article: Article, chunk: Chunk) -> str:
    """A chunk's sentences as one string, for embedding and counting only."""
    return " ".join(article.text[s.start : s.end] for s in chunk.sentences)
