import copy
import math
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
    losses, lowest = [], math.inf
    best_weights = copy.deepcopy(model.state_dict())
    for _ in range(epochs):
        model.train()
        for x, y in train_batches:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

        losses.append(mean_loss(model, loss_fn, valid_batches))
        if losses[-1] < lowest:
            lowest = losses[-1]
            best_weights = copy.deepcopy(model.state_dict())

    model.load_state_dict(best_weights)
    model.eval()
    return losses


@torch.no_grad()
def mean_loss(model: nn.Module, loss_fn: Callable, batches: Batches) -> float:
    """Return the mean loss over all examples, in evaluation mode."""
    model.eval()
    total = examples = 0
    for x, y in batches:
        total += loss_fn(model(x), y).item() * len(y)
        examples += len(y)
    return total / examples
