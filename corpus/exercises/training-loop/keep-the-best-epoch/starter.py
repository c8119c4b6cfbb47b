from collections.abc import Callable, Iterable

import torch
from torch import nn

Batches = Iterable[tuple[torch.Tensor, torch.Tensor]]


def fit(
    model: nn.Module,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
    train_batches: Batches,
    valid_batches: Batches,
    epochs: int,
) -> list[float]:
    """Train, return the validation losses, and leave the best weights in the model."""
    raise NotImplementedError
