"""The variants that are timed: each is one step, ready to be called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from building import new_batch, new_full, new_pmf
from full_model import LateConcatenation
from pmf_model import Batch, Pmf
from settings import Settings

WHOLE_LAYERS = "whole-layers step"
TRUNK_CACHED = "whole-layers step, trunk cached"
INFERENCE = "inference"
FULL_FINE_TUNING = "full fine-tuning step"
VARIANTS = (WHOLE_LAYERS, TRUNK_CACHED, INFERENCE, FULL_FINE_TUNING)
PRECISIONS = ("fp32", "bf16")

LEARNING_RATE = 1e-4
WEIGHT_DECAY = 0.01
LARGEST_NORM = 1.0


Model = TypeVar("Model", bound=nn.Module)


class Training(Generic[Model]):
    """A model with its optimizer."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.parameters = [p for p in model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)

    def step(self, logits: Callable[[Model], Tensor], batch: Batch, precision: str) -> Callable[[], None]:
        """One update as a usual loop does it. The backward pass is outside autocast, as PyTorch advises."""

        def update() -> None:
            self.optimizer.zero_grad()
            with in_precision(precision):
                loss = cross_entropy(logits(self.model), batch.labels)
            loss.backward()
            nn.utils.clip_grad_norm_(self.parameters, LARGEST_NORM)
            self.optimizer.step()
            require_finite(loss.detach())

        return update


class Variants:
    """Holds the models, each built when a variant first needs it: a fresh process measures what it uses alone."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.batch = new_batch(settings)

    @cached_property
    def pmf(self) -> Training[Pmf]:
        """Shared by three variants; the two that train go on training the same adapter."""
        return Training(new_pmf(self.settings))

    @cached_property
    def full(self) -> Training[LateConcatenation]:
        """On encoders of its own, as it changes them."""
        return Training(new_full(self.settings))

    def prepare(self, name: str, precision: str) -> Callable[[], None]:
        """Builds what a variant needs and gives one step of it. An unknown name is a ValueError."""
        if precision not in PRECISIONS:
            raise ValueError(f"unknown precision {precision!r}; known: {', '.join(PRECISIONS)}")
        makers = {
            WHOLE_LAYERS: self._whole_layers,
            TRUNK_CACHED: self._trunk_cached,
            INFERENCE: self._inference,
            FULL_FINE_TUNING: self._full_fine_tuning,
        }
        if name not in makers:
            raise ValueError(f"unknown variant {name!r}; known: {'; '.join(VARIANTS)}")
        return makers[name](precision)

    def _whole_layers(self, precision: str) -> Callable[[], None]:
        return self.pmf.step(lambda pmf: pmf(self.batch), self.batch, precision)

    def _trunk_cached(self, precision: str) -> Callable[[], None]:
        with torch.no_grad(), in_precision(precision):
            trunk = self.pmf.model.trunk(self.batch)
        return self.pmf.step(lambda pmf: pmf.fuse(trunk), self.batch, precision)

    def _inference(self, precision: str) -> Callable[[], None]:
        model = self.pmf.model

        def infer() -> None:
            with torch.no_grad(), in_precision(precision):
                require_finite(model(self.batch))

        return infer

    def _full_fine_tuning(self, precision: str) -> Callable[[], None]:
        return self.full.step(lambda full: full(self.batch), self.batch, precision)


def in_precision(precision: str) -> torch.autocast:
    """Autocast to bfloat16, or the same context switched off."""
    return torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16")


def require_finite(value: Tensor) -> None:
    """A step that computes nonsense is not timed."""
    if not bool(torch.isfinite(value).all()):
        raise ArithmeticError("a step gave a value that is not finite")
