"""Training: a run goes on where it stopped, and the loss compares a question's passages."""

import json
from pathlib import Path

import pytest
import torch

from eval.examples import Encoded
from eval.train import Dropout, loss_of, main, open_model


def made_set(folder: Path) -> Path:
    """A SQuAD-format file of 20 small paragraphs."""
    paragraphs = []
    for n in range(20):
        text = f"The harbour of town {n} lies in the north. Its ferry takes {n + 10} minutes. The bridge is old."
        answer = f"{n + 10} minutes"
        qa = {
            "id": str(n),
            "question": f"How long does the ferry of town {n} take?",
            "answers": [{"answer_start": text.index(answer), "text": answer}],
        }
        paragraphs.append({"context": text, "qas": [qa]})
    file = folder / "towns.json"
    file.write_text(json.dumps({"data": [{"title": "Towns", "paragraphs": paragraphs}]}))
    return file


def test_training_resumes_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, work = made_set(tmp_path), tmp_path / "work"
    monkeypatch.setattr("eval.train.EVERY", 2)
    for steps in ("2", "4"):
        monkeypatch.setattr("sys.argv", ["train", str(file), "--work", str(work), "--steps", steps])
        main()
    log = [json.loads(line) for line in (work / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in log] == [2, 4]
    assert all(0 <= line["em"] <= line["f1"] <= 1 for line in log)
    assert (work / "model" / "model.safetensors").exists()


def test_two_passages_of_a_question_are_compared() -> None:
    model = open_model().eval()
    answering = Encoded([101, 2129, 102, 2322, 2781, 102], [0, 0, 0, 1, 1, 1], 3, 4, 3)
    other = Encoded([101, 2129, 102, 2214, 2958, 102], [0, 0, 0, 1, 1, 1], 0, 0, 3)
    with torch.no_grad():
        apart, together = loss_of(model, [[answering], [other]]), loss_of(model, [[answering, other]])
    assert together > apart


def test_dropout_leaves_the_mean_and_does_nothing_outside_training() -> None:
    torch.manual_seed(1)
    x = torch.ones(100, 101)
    dropped = Dropout()(x)
    assert 0.05 < (dropped == 0).float().mean() < 0.15 and dropped.mean().item() == pytest.approx(1, abs=0.03)
    assert torch.equal(Dropout().eval()(x), x)
