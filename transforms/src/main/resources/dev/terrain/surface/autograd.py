class Autograd(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def loss_gradient(self: __torch__.Autograd, logits: Tensor, labels: Tensor, theta: Tensor) -> Tuple[Tensor, Tensor]:
    loss = torch.cross_entropy_loss(logits, labels, None, 1, -100, 0.)
    gradient = torch.autograd.grad([loss], [theta], None, False, False, True)[0]
    if gradient is None:
      slope = torch.zeros_like(theta)
    else:
      slope = gradient
    hits = torch.sum(torch.eq(torch.argmax(logits, 1, False), labels))
    return (torch.stack([torch.to(loss, dtype=7), torch.to(hits, dtype=7)], 0), slope)

  def hessian_product(self: __torch__.Autograd, logits: Tensor, labels: Tensor, theta: Tensor, v: Tensor) -> Tensor:
    loss = torch.cross_entropy_loss(logits, labels, None, 1, -100, 0.)
    gradient = torch.autograd.grad([loss], [theta], None, True, True, True)[0]
    result = torch.zeros_like(theta)
    if gradient is not None:
      product = torch.autograd.grad([gradient], [theta], annotate(List[Optional[Tensor]], [v]), False, False, True)[0]
      if product is not None:
        result = product
    return result

  def evaluate(self: __torch__.Autograd, logits: Tensor, labels: Tensor) -> Tuple[Tensor, Tensor]:
    losses = torch.cross_entropy_loss(logits, labels, None, 0, -100, 0.)
    hits = torch.eq(torch.argmax(logits, 1, False), labels)
    return (torch.to(losses, dtype=7), torch.to(hits, dtype=0))

  def probabilities(self: __torch__.Autograd, logits: Tensor) -> Tensor:
    return torch.softmax(torch.to(logits, dtype=7), 1, None)

  def momentum_step(self: __torch__.Autograd, theta: Tensor, velocity: Tensor, gradient: Tensor, rate: float, momentum: float, decay: float) -> Tensor:
    slope = torch.add(gradient, theta, alpha=decay)
    torch.add_(torch.mul_(velocity, momentum), slope)
    return torch.sub_(theta, velocity, alpha=rate)
