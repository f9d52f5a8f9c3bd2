"""The span reader: on the shipped weights, and on any other question-answering model."""

from dataclasses import replace
from pathlib import Path

import pytest

from index import Evidence, LocalIndex, Passage, QAError, Sentence, open_index
from qa.spans import WEIGHTS, SpanReader

FERRY = "How long does the ferry to Holm take?"


@pytest.fixture(scope="module")
def index(small_index: Path) -> LocalIndex:
    return open_index(str(small_index))


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    return SpanReader()


def best_words(reader: SpanReader, question: str, passages: tuple[Passage, ...]) -> str:
    (number, _), best = max(reader.mark(question, passages).items(), key=lambda item: item[1].score)
    return passages[number].article.text[best.start : best.end]


def test_the_weights_are_small_enough_to_ship() -> None:
    assert WEIGHTS.stat().st_size < 25e6


def test_a_mark_is_whole_words_inside_its_sentence(reader: SpanReader, index: LocalIndex) -> None:
    passages = index.search("When did the harbour bridge in Oresk open?", 5)
    marks = reader.mark("When did the harbour bridge in Oresk open?", passages)
    assert {n for n, _ in marks} == set(range(len(passages)))
    for (number, sentence_start), mark in marks.items():
        passage = passages[number]
        sentence = next(e.sentence for e in passage.evidence if e.sentence.start == sentence_start)
        assert sentence.start <= mark.start < mark.end <= sentence.end
        assert mark.mass >= mark.score
        text = passage.article.text
        assert mark.start == 0 or not (text[mark.start - 1].isalnum() and text[mark.start].isalnum())
        assert not (text[mark.end - 1].isalnum() and text[mark.end].isalnum())


@pytest.mark.parametrize(
    ("question", "words"), [("When did the harbour bridge in Oresk open?", "4 May 1973"), (FERRY, "40 minutes")]
)
def test_the_best_mark_is_the_answer(reader: SpanReader, index: LocalIndex, question: str, words: str) -> None:
    assert words in best_words(reader, question, index.search(question, 5))


def test_marks_do_not_depend_on_what_else_is_read(reader: SpanReader, index: LocalIndex) -> None:
    passages = index.search(FERRY, 5)
    together = reader.mark(FERRY, passages)
    for number, passage in enumerate(passages):
        for (_, start), mark in reader.mark(FERRY, [passage]).items():
            assert (mark.start, mark.end) == (together[number, start].start, together[number, start].end)


def long_passage(passage: Passage, before: int) -> Passage:
    """A passage of many sentences, the ferry's among them, as one article of its own."""
    filler, ferry = "Nothing of note happened there. ", "The ferry to Holm takes 40 minutes. "
    pieces = [filler] * before + [ferry] + [filler] * 60
    text = "".join(pieces)
    evidence, at = [], 0
    for piece in pieces:
        evidence.append(Evidence(Sentence(at, at + len(piece) - 1, "prose", 0), 0.0, 0.0))
        at += len(piece)
    return replace(
        passage, article=replace(passage.article, text=text), start=0, end=len(text), evidence=tuple(evidence)
    )


@pytest.mark.parametrize("before", [0, 60, 150])
def test_a_long_passage_is_read_to_its_end(reader: SpanReader, index: LocalIndex, before: int) -> None:
    passage = long_passage(index.search(FERRY, 1)[0], before)
    assert len(reader.mark(FERRY, [passage])) == len(passage.evidence)
    assert best_words(reader, FERRY, (passage,)) == "40 minutes"


def test_no_passages_no_question_and_a_question_beyond_all_bounds(reader: SpanReader, index: LocalIndex) -> None:
    assert reader.mark("anything?", ()) == {}
    passages = index.search(FERRY, 2)
    for question in ("", "   ", "how long " * 500, "橋 😀 \x00"):
        assert reader.mark(question, passages)


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A question-answering model with random weights and a tokenizer of its own, without token types."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast, RobertaConfig, RobertaForQuestionAnswering

    words = ["<s>", "<pad>", "</s>", "<unk>", *"abcdefghijklmnopqrstuvwxyz0123456789.,?!'"]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    folder = tmp_path_factory.mktemp("tiny")
    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_input_names=["input_ids", "attention_mask"], model_max_length=510, **special
    )
    fast.save_pretrained(folder)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = RobertaConfig(vocab_size=len(words), max_position_embeddings=514, pad_token_id=1, **sizes)
    RobertaForQuestionAnswering(config).save_pretrained(folder)
    return folder


def test_any_question_answering_model_can_read(tiny_model: Path, index: LocalIndex) -> None:
    passages = index.search(FERRY, 3)
    marks = SpanReader(str(tiny_model)).mark(FERRY, passages)
    assert {n for n, _ in marks} == set(range(len(passages)))
    for (number, start), mark in marks.items():
        sentence = next(e.sentence for e in passages[number].evidence if e.sentence.start == start)
        assert sentence.start <= mark.start < mark.end <= sentence.end


def test_what_is_no_question_answering_model_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(QAError, match=f"cannot load the reader {tmp_path}"):
        SpanReader(str(tmp_path))
