"""What PMF is compared with: both encoders trained whole, and their CLS tokens concatenated."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertModel, ViTModel

from pmf_model import Batch


class LateConcatenation(nn.Module):
    """The encoders as transformers runs them, and one linear layer over both CLS tokens. Everything is trained."""

    def __init__(self, image: ViTModel, text: BertModel, classes: int) -> None:
        super().__init__()
        self.image, self.text = image, text
        self.head = nn.Linear(image.config.hidden_size + text.config.hidden_size, classes)
        self.eval()  # Dropout off, as in the other variants; gradients flow all the same.

    def forward(self, batch: Batch) -> Tensor:
        """Logits [B, classes]."""
        image = self.image(pixel_values=batch.pixels).last_hidden_state[:, 0]
        text = self.text(
            input_ids=batch.token_ids, token_type_ids=batch.token_types, attention_mask=batch.attention_mask
        ).last_hidden_state[:, 0]
        return self.head(torch.cat([image, text], dim=1))
