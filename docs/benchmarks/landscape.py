"""Training of a network and what is measured of it: curves, curvature, alignment of outputs."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils import parameters_to_vector, vector_to_parameters
from torch.utils.data import DataLoader, TensorDataset


@dataclass(frozen=True)
class Images:
    """Normalised images (n, channels, height, width) and their classes (n)."""

    pixels: Tensor
    labels: Tensor


@dataclass(frozen=True)
class Descent:
    """Settings of stochastic gradient descent with momentum."""

    epochs: int
    batch_size: int
    learning_rate: float
    momentum: float
    weight_decay: float


@dataclass(frozen=True)
class Plateau:
    """Training stops after `epochs` changes of the running loss by at most `tolerance`."""

    tolerance: float
    epochs: int
    first_epoch: int

    def reached(self, losses: list[float]) -> bool:
        if len(losses) < self.first_epoch or len(losses) <= self.epochs:
            return False
        last = losses[-self.epochs - 1 :]
        return all(abs(b - a) <= self.tolerance for a, b in zip(last, last[1:]))


@dataclass(frozen=True)
class Trained:
    """Weights that a training ended with, and how many steps it took."""

    theta: Tensor
    epochs: int
    steps: int


def batches(images: Images, batch_size: int, loader: bool) -> Iterable[tuple[Tensor, Tensor]]:
    """An epoch's whole batches in a new order; `loader`: by way of PyTorch's DataLoader."""
    if loader:
        data = TensorDataset(images.pixels, images.labels)
        yield from DataLoader(data, batch_size=batch_size, shuffle=True, drop_last=True)
        return
    order = torch.randperm(len(images.labels))
    for start in range(0, len(order) - batch_size + 1, batch_size):
        batch = order[start : start + batch_size]
        yield images.pixels[batch], images.labels[batch]


def sgd(model: nn.Module, descent: Descent) -> torch.optim.Optimizer:
    """The optimiser at the start of a training."""
    return torch.optim.SGD(
        model.parameters(),
        lr=descent.learning_rate,
        momentum=descent.momentum,
        weight_decay=descent.weight_decay,
    )


def train_epoch(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    images: Images,
    batch_size: int,
    loader: bool,
) -> list[float]:
    """Takes the steps of an epoch; loss of each batch before its step."""
    losses = []
    for x, y in batches(images, batch_size, loader):
        optimizer.zero_grad(set_to_none=True)
        loss = cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def train(
    model: nn.Module, images: Images, descent: Descent, plateau: Plateau, loader: bool
) -> Trained:
    """Trains to the plateau, or to the end, where the epoch with the lowest loss counts."""
    optimizer = sgd(model, descent)
    losses: list[float] = []
    best = torch.empty(0)
    steps = 0
    for epoch in range(1, descent.epochs + 1):
        of_batches = train_epoch(model, optimizer, images, descent.batch_size, loader)
        steps += len(of_batches)
        loss = statistics.fmean(of_batches)
        if not math.isfinite(loss):
            raise ArithmeticError(f"the training loss of epoch {epoch} is {loss}")
        ended = plateau.reached([*losses, loss])
        if ended or not losses or loss < min(losses):
            best = parameters_to_vector(model.parameters()).detach()
        losses.append(loss)
        if ended:
            break
    return Trained(best, len(losses), steps)


@torch.no_grad()
def evaluate(model: nn.Module, theta: Tensor, images: Images) -> tuple[float, float]:
    """Mean loss in nats and accuracy in percent, of a network without batch norm."""
    vector_to_parameters(theta, model.parameters())
    logits = model(images.pixels)
    hits = (logits.argmax(1) == images.labels).sum().item()
    return cross_entropy(logits, images.labels).item(), 100 * hits / len(images.labels)


def curve_rate(base: float, progress: float) -> float:
    """Learning rate of a fit, `progress` in (0, 1]: held, then falling to a hundredth."""
    return base * max(0.01, 1 - 0.99 * max(0.0, progress - 0.5) / 0.4)


def on_curve(a: Tensor, control: Tensor, b: Tensor, t: float) -> Tensor:
    """A point of the quadratic Bezier curve."""
    return (1 - t) ** 2 * a + 2 * t * (1 - t) * control + t**2 * b


def fit_curve(
    model: nn.Module, a: Tensor, b: Tensor, images: Images, descent: Descent
) -> tuple[Tensor, int]:
    """Control point of the curve of low loss from a to b (Garipov et al. 2018), and its steps."""
    control = (a + b) / 2
    velocity = torch.zeros_like(control)
    parameters = list(model.parameters())
    steps = 0
    for epoch in range(1, descent.epochs + 1):
        rate = curve_rate(descent.learning_rate, epoch / descent.epochs)
        for x, y in batches(images, descent.batch_size, loader=False):
            t = torch.rand(()).item()
            point = on_curve(a, control, b, t)
            vector_to_parameters(point, parameters)
            gradients = torch.autograd.grad(cross_entropy(model(x), y), parameters)
            slope = parameters_to_vector(gradients).add_(point, alpha=descent.weight_decay)
            velocity.mul_(descent.momentum).add_(slope, alpha=2 * t * (1 - t))
            control.sub_(velocity, alpha=rate)
            steps += 1
    return control, steps


def hessian(model: nn.Module, theta: Tensor, images: Images) -> Callable[[Tensor], Tensor]:
    """Products of the Hessian of the mean loss with flat vectors, on one graph that is kept."""
    vector_to_parameters(theta, model.parameters())
    parameters = list(model.parameters())
    loss = cross_entropy(model(images.pixels), images.labels)
    gradients = torch.autograd.grad(loss, parameters, create_graph=True)
    gradient = parameters_to_vector(gradients)

    def product(vector: Tensor) -> Tensor:
        images_of_vector = torch.autograd.grad(gradient, parameters, vector, retain_graph=True)
        return parameters_to_vector(images_of_vector)

    return product


def top_eigenvalue(
    product: Callable[[Tensor], Tensor], dimension: int, tolerance: float, most: int
) -> tuple[float, int]:
    """Power iteration until two values in a row are alike, as PyHessian does; products made."""
    vector = torch.randn(dimension)
    vector /= vector.norm()
    value = math.nan
    for products in range(1, most + 1):
        image = product(vector)
        before, value = value, torch.dot(vector, image).item()
        vector = image / (image.norm() + 1e-6)
        if abs(value - before) < tolerance * (abs(before) + 1e-6):
            return value, products
    return value, most


def trace(
    product: Callable[[Tensor], Tensor], dimension: int, tolerance: float, most: int
) -> tuple[float, int]:
    """Hutchinson's estimate until one more probe hardly moves the mean, as PyHessian does."""
    total = 0.0
    before = 0.0
    for products in range(1, most + 1):
        probe = torch.randint(0, 2, (dimension,)).float().mul_(2).sub_(1)
        total += torch.dot(probe, product(probe)).item()
        mean = total / products
        if abs(mean - before) < tolerance * (abs(before) + 1e-6):
            return mean, products
        before = mean
    return before, most


def mixed(images: Images, count: int, batch_size: int, alpha: float, seed: int) -> Tensor:
    """Mixup images (Zhang et al. 2018): each batch has one weight and one permutation."""
    random = numpy.random.default_rng(seed)
    order = random.permutation(len(images.labels))[:count]
    parts = []
    for start in range(0, count - batch_size + 1, batch_size):
        batch = images.pixels[order[start : start + batch_size]]
        weight = random.beta(alpha, alpha)
        parts.append(weight * batch + (1 - weight) * batch[random.permutation(batch_size)])
    return torch.cat(parts)


@torch.no_grad()
def probabilities(model: nn.Module, theta: Tensor, pixels: Tensor) -> Tensor:
    """What a network makes of images: the probabilities of the classes, in double precision."""
    vector_to_parameters(theta, model.parameters())
    return model(pixels).double().softmax(1)


def alignments(x: Tensor, y: Tensor) -> tuple[float, float]:
    """Linear CKA of two representations (Kornblith et al. 2019), as it is and debiased; or NaN."""
    x = x - x.mean(0)
    y = y - y.mean(0)
    return _cosine(_cross, x, y), _cosine(_unbiased, x, y)


def _cosine(product: Callable[[Tensor, Tensor], float], x: Tensor, y: Tensor) -> float:
    of_x, of_y = product(x, x), product(y, y)
    return product(x, y) / math.sqrt(of_x * of_y) if min(of_x, of_y) > 0 else math.nan


def _cross(x: Tensor, y: Tensor) -> float:
    return (x.T @ y).square().sum().item()


def _unbiased(x: Tensor, y: Tensor) -> float:
    """n (n - 3) times the unbiased HSIC of centred features (Song et al. 2012)."""
    n = len(x)
    of_x = x.square().sum(1)
    of_y = y.square().sum(1)
    sums = (of_x.sum() * of_y.sum()).item()
    diagonal = n / (n - 2) * torch.dot(of_x, of_y).item()
    return _cross(x, y) - diagonal + sums / ((n - 1) * (n - 2))
