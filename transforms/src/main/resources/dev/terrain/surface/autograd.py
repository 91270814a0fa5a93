class Autograd(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def loss(self: __torch__.Autograd, outputs: Tensor, targets: Tensor, reduction: int) -> Tensor:
    if torch.is_floating_point(targets):
      squares = torch.sum(torch.square(torch.sub(outputs, targets)), [1])
      if torch.eq(reduction, 1):
        result = torch.mean(squares)
      else:
        result = squares
    else:
      result = torch.cross_entropy_loss(outputs, targets, None, reduction, -100, 0.)
    return result

  def hits(self: __torch__.Autograd, outputs: Tensor, targets: Tensor) -> Tensor:
    if torch.is_floating_point(targets):
      labels = torch.argmax(targets, 1, False)
    else:
      labels = targets
    return torch.eq(torch.argmax(outputs, 1, False), labels)

  def loss_gradient(self: __torch__.Autograd, outputs: Tensor, targets: Tensor, theta: Tensor) -> Tuple[Tensor, Tensor]:
    loss = (self).loss(outputs, targets, 1)
    gradient = torch.autograd.grad([loss], [theta], None, False, False, True)[0]
    if gradient is None:
      slope = torch.zeros_like(theta)
    else:
      slope = gradient
    hits = torch.sum((self).hits(outputs, targets))
    return (torch.stack([torch.to(loss, dtype=7), torch.to(hits, dtype=7)], 0), slope)

  def hessian_product(self: __torch__.Autograd, outputs: Tensor, targets: Tensor, theta: Tensor, v: Tensor) -> Tensor:
    loss = (self).loss(outputs, targets, 1)
    gradient = torch.autograd.grad([loss], [theta], None, True, True, True)[0]
    result = torch.zeros_like(theta)
    if gradient is not None:
      product = torch.autograd.grad([gradient], [theta], annotate(List[Optional[Tensor]], [v]), False, False, True)[0]
      if product is not None:
        result = product
    return result

  def evaluate(self: __torch__.Autograd, outputs: Tensor, targets: Tensor) -> Tuple[Tensor, Tensor]:
    losses = (self).loss(outputs, targets, 0)
    hits = (self).hits(outputs, targets)
    return (torch.to(losses, dtype=7), torch.to(hits, dtype=0))

  def probabilities(self: __torch__.Autograd, outputs: Tensor) -> Tensor:
    return torch.softmax(torch.to(outputs, dtype=7), 1, None)

  def momentum_step(self: __torch__.Autograd, theta: Tensor, velocity: Tensor, gradient: Tensor, rate: float, momentum: float, decay: float) -> Tensor:
    slope = torch.add(gradient, theta, alpha=decay)
    torch.add_(torch.mul_(velocity, momentum), slope)
    return torch.sub_(theta, velocity, alpha=rate)
