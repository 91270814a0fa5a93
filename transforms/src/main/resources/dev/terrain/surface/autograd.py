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

  def hessian_products(self: __torch__.Autograd, outputs: Tensor, targets: Tensor, theta: Tensor, vectors: List[Tensor]) -> List[Tensor]:
    loss = (self).loss(outputs, targets, 1)
    gradient = torch.autograd.grad([loss], [theta], None, True, True, True)[0]
    products = annotate(List[Tensor], [])
    last = torch.sub(torch.len(vectors), 1)
    for i in range(torch.len(vectors)):
      result = torch.zeros_like(theta)
      if gradient is not None:
        product = torch.autograd.grad([gradient], [theta], annotate(List[Optional[Tensor]], [vectors[i]]), torch.lt(i, last), False, True)[0]
        if product is not None:
          result = product
      _0 = torch.append(products, result)
    return products

  def label_covariance_product(self: __torch__.Autograd, outputs: Tensor, targets: Tensor, u: Tensor) -> Tensor:
    if torch.is_floating_point(targets):
      result = torch.mul(u, 2.)
    else:
      p = torch.softmax(outputs, 1, None)
      result = torch.mul(p, torch.sub(u, torch.sum(torch.mul(p, u), [1], True)))
    return result

  def pulled_back_products(self: __torch__.Autograd, outputs: Tensor, targets: Tensor, theta: Tensor, vectors: List[Tensor], form: int) -> List[Tensor]:
    cotangent = torch.requires_grad_(torch.zeros_like(outputs), True)
    pulled = torch.autograd.grad([outputs], [theta], annotate(List[Optional[Tensor]], [cotangent]), True, True, True)[0]
    at = torch.requires_grad_(torch.detach(outputs), True)
    losses = torch.sum((self).loss(at, targets, 0))
    slope = unchecked_cast(Tensor, torch.autograd.grad([losses], [at], None, True, True, False)[0])
    products = annotate(List[Tensor], [])
    last = torch.sub(torch.len(vectors), 1)
    for i in range(torch.len(vectors)):
      result = torch.zeros_like(theta)
      if pulled is not None:
        pushed = torch.autograd.grad([pulled], [cotangent], annotate(List[Optional[Tensor]], [vectors[i]]), True, False, True)[0]
        if pushed is not None:
          if torch.eq(form, 0):
            curved = unchecked_cast(Tensor, torch.autograd.grad([slope], [at], annotate(List[Optional[Tensor]], [pushed]), True, False, False)[0])
          else:
            if torch.eq(form, 1):
              curved = (self).label_covariance_product(at, targets, pushed)
            else:
              curved = torch.mul(slope, torch.sum(torch.mul(slope, pushed), [1], True))
          weighted = torch.div(torch.detach(curved), torch.size(outputs, 0))
          product = torch.autograd.grad([outputs], [theta], annotate(List[Optional[Tensor]], [weighted]), torch.lt(i, last), False, True)[0]
          if product is not None:
            result = product
      _0 = torch.append(products, result)
    return products

  def gauss_newton_products(self: __torch__.Autograd, outputs: Tensor, targets: Tensor, theta: Tensor, vectors: List[Tensor]) -> List[Tensor]:
    return (self).pulled_back_products(outputs, targets, theta, vectors, 0)

  def fisher_products(self: __torch__.Autograd, outputs: Tensor, targets: Tensor, theta: Tensor, vectors: List[Tensor]) -> List[Tensor]:
    return (self).pulled_back_products(outputs, targets, theta, vectors, 1)

  def label_fisher_products(self: __torch__.Autograd, outputs: Tensor, targets: Tensor, theta: Tensor, vectors: List[Tensor]) -> List[Tensor]:
    return (self).pulled_back_products(outputs, targets, theta, vectors, 2)

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
