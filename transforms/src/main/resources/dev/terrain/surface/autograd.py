class Autograd(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def hits(self: __torch__.Autograd, outputs: Tensor, labels: Tensor) -> Tensor:
    return torch.eq(torch.argmax(outputs, 1, False), labels)

  def gradient(self: __torch__.Autograd, loss: Tensor, outputs: Tensor, labels: Tensor, theta: Tensor) -> Tuple[Tensor, Tensor]:
    gradient = torch.autograd.grad([loss], [theta], None, False, False, True)[0]
    if gradient is None:
      slope = torch.zeros_like(theta)
    else:
      slope = gradient
    hits = torch.sum((self).hits(outputs, labels))
    return (torch.stack([torch.to(loss, dtype=7), torch.to(hits, dtype=7)], 0), slope)

  def loss_gradient(self: __torch__.Autograd, losses: Tensor, outputs: Tensor, labels: Tensor, theta: Tensor) -> Tuple[Tensor, Tensor]:
    return (self).gradient(torch.mean(losses), outputs, labels, theta)

  def hessian_graph(self: __torch__.Autograd, losses: Tensor, theta: Tensor) -> List[Tensor]:
    graph = annotate(List[Tensor], [])
    gradient = torch.autograd.grad([torch.mean(losses)], [theta], None, True, True, True)[0]
    if gradient is not None:
      _0 = torch.append(graph, gradient)
    return graph

  def hessian_products(self: __torch__.Autograd, vectors: List[Tensor], graph: List[Tensor], theta: Tensor) -> List[Tensor]:
    products = annotate(List[Tensor], [])
    for i in range(torch.len(vectors)):
      result = torch.zeros_like(theta)
      if torch.gt(torch.len(graph), 0):
        product = torch.autograd.grad([graph[0]], [theta], annotate(List[Optional[Tensor]], [vectors[i]]), True, False, True)[0]
        if product is not None:
          result = product
      _0 = torch.append(products, result)
    return products

  def pulling_graph(self: __torch__.Autograd, outputs: Tensor, theta: Tensor, losses: Tensor, at: Tensor) -> List[Tensor]:
    graph = annotate(List[Tensor], [])
    cotangent = torch.requires_grad_(torch.zeros_like(outputs), True)
    pulled = torch.autograd.grad([outputs], [theta], annotate(List[Optional[Tensor]], [cotangent]), True, True, True)[0]
    slope = unchecked_cast(Tensor, torch.autograd.grad([torch.sum(losses)], [at], None, True, True, False)[0])
    if pulled is not None:
      _0 = torch.append(graph, outputs)
      _1 = torch.append(graph, at)
      _2 = torch.append(graph, slope)
      _3 = torch.append(graph, cotangent)
      _4 = torch.append(graph, pulled)
    return graph

  def pulled_back_products(self: __torch__.Autograd, vectors: List[Tensor], graph: List[Tensor], theta: Tensor, form: int) -> List[Tensor]:
    products = annotate(List[Tensor], [])
    for i in range(torch.len(vectors)):
      result = torch.zeros_like(theta)
      if torch.gt(torch.len(graph), 0):
        outputs = graph[0]
        at = graph[1]
        slope = graph[2]
        pushed = torch.autograd.grad([graph[4]], [graph[3]], annotate(List[Optional[Tensor]], [vectors[i]]), True, False, True)[0]
        if pushed is not None:
          if torch.eq(form, 0):
            curved = unchecked_cast(Tensor, torch.autograd.grad([slope], [at], annotate(List[Optional[Tensor]], [pushed]), True, False, False)[0])
          else:
            if torch.eq(form, 1):
              p = torch.softmax(at, 1, None)
              curved = torch.mul(p, torch.sub(pushed, torch.sum(torch.mul(p, pushed), [1], True)))
            else:
              if torch.eq(form, 2):
                curved = torch.mul(pushed, 2.)
              else:
                curved = torch.mul(slope, torch.sum(torch.mul(slope, pushed), [1], True))
          weighted = torch.div(torch.detach(curved), torch.size(outputs, 0))
          product = torch.autograd.grad([outputs], [theta], annotate(List[Optional[Tensor]], [weighted]), True, False, True)[0]
          if product is not None:
            result = product
      _0 = torch.append(products, result)
    return products

  def gauss_newton_products(self: __torch__.Autograd, vectors: List[Tensor], graph: List[Tensor], theta: Tensor) -> List[Tensor]:
    return (self).pulled_back_products(vectors, graph, theta, 0)

  def categorical_fisher_products(self: __torch__.Autograd, vectors: List[Tensor], graph: List[Tensor], theta: Tensor) -> List[Tensor]:
    return (self).pulled_back_products(vectors, graph, theta, 1)

  def normal_fisher_products(self: __torch__.Autograd, vectors: List[Tensor], graph: List[Tensor], theta: Tensor) -> List[Tensor]:
    return (self).pulled_back_products(vectors, graph, theta, 2)

  def label_fisher_products(self: __torch__.Autograd, vectors: List[Tensor], graph: List[Tensor], theta: Tensor) -> List[Tensor]:
    return (self).pulled_back_products(vectors, graph, theta, 3)

  def evaluate(self: __torch__.Autograd, losses: Tensor, outputs: Tensor, labels: Tensor) -> Tuple[Tensor, Tensor]:
    hits = (self).hits(outputs, labels)
    return (torch.to(losses, dtype=7), torch.to(hits, dtype=0))

  def probabilities(self: __torch__.Autograd, outputs: Tensor) -> Tensor:
    return torch.softmax(torch.to(outputs, dtype=7), 1, None)
