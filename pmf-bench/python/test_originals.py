"""Holds the model against the repository's fixtures of PMF, and the worker to its protocol.

    python -m unittest        (in this folder; the fixtures are read where they lie in the repository)
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn.functional import cross_entropy
from transformers import AutoModel

from building import count, new_batch, new_encoders, new_full, new_pmf
from originals import new_parser
from pmf_model import Batch, Pmf
from settings import BadSetting, Settings
from variants import PRECISIONS, VARIANTS, Variants

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parents[1] / "pmf-parity/src/test/resources/parity/pmf"
ROUNDING = 1e-5
"""Single precision over tiny layers with values near 1: sums in another order differ by less."""

TINY = Settings(
    image_tokens=17,
    text_tokens=8,
    text_lengths=(8, 5, 1),
    batch=3,
    width=32,
    depth=3,
    heads=4,
    mlp=64,
    classes=5,
    threads=1,
)


def load_fixture(name: str, attention: str = "eager") -> tuple[Pmf, Batch, dict[str, Tensor]]:
    """A model with the fixture's encoders and adapter, its inputs, and what is expected."""
    folder = FIXTURES / name
    case = json.loads((folder / "case.json").read_text())
    image, text = (
        AutoModel.from_pretrained(
            FIXTURES / "encoders" / case["encoders"][modality], add_pooling_layer=False, attn_implementation=attention
        )
        for modality in ("image", "text")
    )
    model = Pmf(image, text, case["fusion_layers"], case["prompt_length"], case["outputs"])
    adapter = load_file(folder / "adapter_model.safetensors")
    unknown = model.load_state_dict(adapter, strict=False).unexpected_keys
    assert not unknown and adapter.keys() == model.trainable().keys(), (unknown, adapter.keys())
    inputs = load_file(folder / "inputs.safetensors")
    batch = Batch(
        pixels=inputs["image.pixel_values"],
        token_ids=inputs["text.input_ids"],
        token_types=inputs["text.token_type_ids"],
        attention_mask=inputs["text.attention_mask"],
        labels=inputs["labels"],
    )
    return model, batch, load_file(folder / "expected.safetensors")


def gradients(model: Pmf, logits: Tensor, labels: Tensor) -> dict[str, Tensor]:
    """The gradient of the loss for each trainable tensor."""
    trainable = model.trainable()
    found = torch.autograd.grad(cross_entropy(logits, labels), list(trainable.values()))
    return dict(zip(trainable, found))


class ModelTest(unittest.TestCase):
    """The same function as the literal reference that the Java code is held against."""

    def test_logits_and_every_gradient_equal_the_fixtures(self) -> None:
        for name in ("average", "smallest"):
            for attention in ("eager", "sdpa"):
                with self.subTest(fixture=name, attention=attention):
                    model, batch, expected = load_fixture(name, attention)
                    logits = model(batch)
                    self.close(logits, expected["logits"])
                    self.close(cross_entropy(logits, batch.labels), expected["loss"])
                    found = gradients(model, logits, batch.labels)
                    self.assertEqual({f"grad.{k}" for k in found}, {k for k in expected if k.startswith("grad.")})
                    for key, gradient in found.items():
                        self.close(gradient, expected[f"grad.{key}"], key)

    def test_a_cached_trunk_gives_the_same_logits_and_gradients(self) -> None:
        model, batch, _ = load_fixture("average")
        with torch.no_grad():
            trunk = model.trunk(batch)
        whole, cached = model(batch), model.fuse(trunk)
        self.assertTrue(torch.equal(whole, cached))
        there, here = gradients(model, whole, batch.labels), gradients(model, cached, batch.labels)
        for key in there:
            self.assertTrue(torch.equal(there[key], here[key]), key)

    def test_autograd_records_nothing_of_the_trunk(self) -> None:
        model = new_pmf(TINY)
        trunk = model.trunk(new_batch(TINY))
        self.assertFalse(trunk.image.requires_grad or trunk.text.requires_grad)

    def test_padding_changes_nothing(self) -> None:
        model, batch = new_pmf(TINY), new_batch(TINY)
        other = batch._replace(token_ids=torch.where(batch.attention_mask == 0, 7, batch.token_ids))
        self.close(model(batch), model(other))

    def test_the_base_size_trains_2556106_parameters(self) -> None:
        trainable, total = count(Settings())
        self.assertEqual(trainable, 2_556_106)
        encoders = sum(p.numel() for encoder in self.base_encoders() for p in encoder.parameters())
        self.assertEqual(total, trainable + encoders)

    def test_full_fine_tuning_trains_every_parameter(self) -> None:
        model, batch = new_full(TINY), new_batch(TINY)
        cross_entropy(model(batch), batch.labels).backward()
        without = [name for name, p in model.named_parameters() if p.grad is None]
        self.assertEqual(without, [])

    @staticmethod
    def base_encoders() -> tuple[torch.nn.Module, ...]:
        with torch.device("meta"):
            return new_encoders(Settings())

    def close(self, found: Tensor, expected: Tensor, what: str = "") -> None:
        torch.testing.assert_close(found, expected, rtol=ROUNDING, atol=ROUNDING, msg=lambda m: f"{what}: {m}")


class VariantsTest(unittest.TestCase):
    """A step does what its name says."""

    def test_the_training_steps_move_every_trainable_tensor_and_nothing_else(self) -> None:
        for name in VARIANTS[:2]:
            for precision in PRECISIONS:
                with self.subTest(variant=name, precision=precision):
                    variants = Variants(TINY)
                    model = variants.pmf.model
                    before = {k: v.clone() for k, v in model.state_dict().items()}
                    variants.prepare(name, precision)()
                    moved = {k for k, v in model.state_dict().items() if not torch.equal(v, before[k])}
                    self.assertEqual(moved, set(model.trainable()))

    def test_inference_moves_nothing(self) -> None:
        variants = Variants(TINY)
        before = {k: v.clone() for k, v in variants.pmf.model.state_dict().items()}
        variants.prepare("inference", "fp32")()
        for key, value in variants.pmf.model.state_dict().items():
            self.assertTrue(torch.equal(value, before[key]), key)


class SettingsTest(unittest.TestCase):
    """What cannot be is refused in one line."""

    def test_bad_settings_are_refused_by_name(self) -> None:
        cases: list[tuple[dict[str, Any], str]] = [
            ({"image_tokens": 198}, "--image-tokens 198"),
            ({"text_lengths": (3,)}, "1 lengths for a batch of 8"),
            ({"text_lengths": (65,) + (3,) * 7}, "65 is not between"),
            ({"width": 100}, "multiple of --heads"),
            ({"fusion_layers": 13}, "more than --depth"),
            ({"batch": 0}, "--batch must be at least 1"),
            ({"attention": "flash"}, "--attention"),
        ]
        for given, message in cases:
            with self.subTest(**given), self.assertRaisesRegex(BadSetting, message) as refused:
                Settings(**given)
            self.assertNotIn("\n", str(refused.exception))

    def test_options_give_the_settings_again(self) -> None:
        given = vars(new_parser().parse_args(TINY.to_options()))
        self.assertEqual(Settings(**{k: given[k] for k in vars(TINY)}), TINY)


class ProcessTest(unittest.TestCase):
    """The worker and the stand-alone run, as processes."""

    def test_the_worker_answers_each_line_and_outlives_errors(self) -> None:
        requests: list[object] = [
            {"run": name, "precision": precision} for name in VARIANTS for precision in PRECISIONS
        ]
        wrong: list[object] = [
            {"run": "nothing", "precision": "fp32"},
            {"run": "inference", "precision": "fp8"},
            3,
        ]
        memory = {"memory": "full fine-tuning step", "precision": "fp32", "steps": 2}
        lines = [json.dumps(r) for r in [*requests, *wrong]] + ["{", json.dumps(memory), '{"quit": true}', "{"]
        ready, *answers = self.work(lines)
        self.assertTrue(ready["ready"])
        self.assertEqual(ready["variants"], list(VARIANTS))
        self.assertEqual((ready["threads"], ready["attention"]), (1, "eager"))
        self.assertEqual((ready["trainable"], ready["total"]), count(TINY))
        self.assertEqual(len(answers), len(lines) - 2)
        for request, answer in zip(requests, answers):
            self.assertGreater(answer["milliseconds"], 0, request)
        for answer in answers[len(requests) : -1]:
            self.assertEqual(list(answer), ["error"])
        self.assertGreaterEqual(answers[-1]["peak_bytes"], answers[-1]["before_bytes"])

    def test_the_stand_alone_run_writes_every_variant(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder, "out.json")
            self.run_originals("--rounds", "2", "--memory-steps", "1", "--out", str(out), stdin="")
            report = json.loads(out.read_text())
            self.assertEqual([p.name for p in Path(folder).iterdir()], ["out.json"])
        self.assertEqual(len(report["variants"]), len(VARIANTS) * len(PRECISIONS))
        for variant in report["variants"]:
            self.assertEqual(len(variant["milliseconds"]), 2)
            self.assertGreater(variant["peak_bytes"], 0)

    def work(self, lines: list[str]) -> list[dict]:
        done = self.run_originals(stdin="\n".join(lines) + "\n")
        return [json.loads(line) for line in done.stdout.splitlines()]

    @staticmethod
    def run_originals(*more: str, stdin: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(HERE / "originals.py"), *TINY.to_options(), *more]
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=True)


if __name__ == "__main__":
    unittest.main()
