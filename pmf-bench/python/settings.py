"""What is measured: sizes, threads and the attention implementation. Needs no PyTorch."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

PATCH = 16
"""Side of an image patch in pixels, as in ViT-base/16."""

ATTENTIONS = ("eager", "sdpa")


class BadSetting(ValueError):
    """A setting that cannot be; its message is one line that says what to change."""


@dataclass(frozen=True)
class Settings:
    """Sizes of both encoders (they share width, depth, heads and MLP) and of PMF.

    ``image_tokens`` counts the CLS token and the patches. ``text_lengths`` holds the real tokens of each
    sample, or is None where every sample fills ``text_tokens``. ``threads`` of None leaves PyTorch's choice.
    """

    image_tokens: int = 197
    text_tokens: int = 64
    text_lengths: tuple[int, ...] | None = None
    batch: int = 8
    width: int = 768
    depth: int = 12
    heads: int = 12
    mlp: int = 3072
    classes: int = 101
    fusion_layers: int = 2
    prompts: int = 4
    threads: int | None = None
    attention: str = "eager"
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("text_tokens", "batch", "width", "depth", "heads", "mlp", "classes", "fusion_layers", "prompts"):
            if getattr(self, name) < 1:
                raise BadSetting(f"{option(name)} must be at least 1, not {getattr(self, name)}")
        if self.threads is not None and self.threads < 1:
            raise BadSetting(f"--threads must be at least 1, not {self.threads}")
        if self.attention not in ATTENTIONS:
            raise BadSetting(f"--attention must be one of {', '.join(ATTENTIONS)}, not {self.attention}")
        if self.width % self.heads != 0 or self.width % 2 != 0:
            raise BadSetting(f"--width {self.width} must be even and a multiple of --heads {self.heads}")
        if self.fusion_layers > self.depth:
            raise BadSetting(f"--fusion-layers {self.fusion_layers} is more than --depth {self.depth}")
        self._check_image()
        self._check_lengths()

    def _check_image(self) -> None:
        patches = self.image_tokens - 1
        if patches < 1 or math.isqrt(patches) ** 2 != patches:
            raise BadSetting(
                f"--image-tokens {self.image_tokens} is not 1 + a square number of patches (197 = 1 + 14 x 14)"
            )

    def _check_lengths(self) -> None:
        if self.text_lengths is None:
            return
        if len(self.text_lengths) != self.batch:
            raise BadSetting(f"--text-lengths gives {len(self.text_lengths)} lengths for a batch of {self.batch}")
        for length in self.text_lengths:
            if not 1 <= length <= self.text_tokens:
                raise BadSetting(f"--text-lengths: {length} is not between 1 and --text-tokens {self.text_tokens}")

    @property
    def image_size(self) -> int:
        """Side of the square image in pixels."""
        return PATCH * math.isqrt(self.image_tokens - 1)

    def to_json(self) -> dict[str, object]:
        """The settings as a report keeps them."""
        return asdict(self) | {"image_size": self.image_size}

    def to_options(self) -> list[str]:
        """The command-line options that give these settings again."""
        lengths = "none" if self.text_lengths is None else ",".join(map(str, self.text_lengths))
        given = {k: v for k, v in asdict(self).items() if v is not None} | {"text_lengths": lengths}
        return [word for name, value in given.items() for word in (option(name), str(value))]


def option(name: str) -> str:
    """The command-line option of a setting."""
    return "--" + name.replace("_", "-")


def lengths(text: str) -> tuple[int, ...] | None:
    """Reads ``64,57,50`` or ``none``."""
    return None if text == "none" else tuple(int(part) for part in text.split(","))
