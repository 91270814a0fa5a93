"""The architectures of Terrain as plain PyTorch modules, with PyTorch's own initial weights."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


def mlp(pixels: int, width: int, depth: int, classes: int) -> nn.Sequential:
    """Hidden linear layers of equal width with ReLU between them, on flattened images."""
    layers: list[nn.Module] = [nn.Flatten()]
    inputs = pixels
    for _ in range(depth):
        layers += [nn.Linear(inputs, width), nn.ReLU()]
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, classes))


def cnn(side: int, width: int, classes: int) -> nn.Sequential:
    """Two stages of 3x3 convolution, batch norm, ReLU and 2x2 pooling, then one linear layer."""
    return nn.Sequential(
        *_pooled_stage(1, width),
        *_pooled_stage(width, 2 * width),
        nn.Flatten(),
        nn.Linear(2 * width * (side // 4) ** 2, classes),
    )


def _pooled_stage(inputs: int, outputs: int) -> list[nn.Module]:
    return [*_normalised(inputs, outputs, 3, 1), nn.ReLU(), nn.MaxPool2d(2)]


def _normalised(inputs: int, outputs: int, kernel: int, stride: int) -> list[nn.Module]:
    convolution = nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False)
    return [convolution, nn.BatchNorm2d(outputs)]


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions beside a shortcut, a 1x1 convolution where the shape changes."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.residual = nn.Sequential(
            *_normalised(inputs, outputs, 3, stride),
            nn.ReLU(),
            *_normalised(outputs, outputs, 3, 1),
        )
        self.shortcut: nn.Module = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(*_normalised(inputs, outputs, 1, stride))

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.residual(x) + self.shortcut(x))


class ResNet18(nn.Module):
    """A 3x3 stem without pooling, four stages of two blocks, average pooling, a linear layer."""

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        inputs = width
        for stage in range(4):
            outputs = width << stage
            blocks.append(ResidualBlock(inputs, outputs, 1 if stage == 0 else 2))
            blocks.append(ResidualBlock(outputs, outputs, 1))
            inputs = outputs
        self.stem = nn.Sequential(*_normalised(1, width, 3, 1), nn.ReLU())
        self.blocks = nn.Sequential(*blocks)
        self.output = nn.Linear(inputs, classes)

    def forward(self, x: Tensor) -> Tensor:
        x = self.blocks(self.stem(x))
        return self.output(functional.adaptive_avg_pool2d(x, 1).flatten(1))
