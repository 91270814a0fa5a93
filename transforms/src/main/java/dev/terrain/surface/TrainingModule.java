package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.model.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Steps of gradient descent as a method of a TorchScript module: any number of them, of all members
 * of a stack, in one call. Networks of one shape under one optimiser share a module.
 *
 * <p>A network with an operation that is not defined for stacks is trained in stacks of one, by the
 * operations of one network.
 */
final class TrainingModule implements AutoCloseable {
  private static final String CLASS = "Training";
  private static final String METHOD = "train";

  private final SharedModule module;

  /**
   * That of a network and an optimiser on images of one kind.
   *
   * @param images their shape, and how bytes are normalised
   * @param normalised whether images are given as normalised pixels instead of bytes
   */
  TrainingModule(
      Network network, Optimizer optimizer, LabelledImages images, boolean normalised) {
    module = SharedModule.acquire(CLASS, source(network, optimizer, images, normalised));
  }

  /**
   * Takes steps, in place.
   *
   * @param images all bytes or normalised pixels, (N, pixels of an image)
   * @param labels (N), int64
   * @param order positions of the images, (steps, S, batch), int64
   * @param rates (steps, S, 1), float32
   * @param numbers of the steps, (steps, S, 1), float64
   * @param state θ and the statistics, (S, …), then the optimiser's buffers and coefficients in
   *     their order
   * @return losses and hits, float64, (2, steps, S), in the scope of {@code order}
   */
  NDArray train(
      NDArray order,
      NDArray images,
      NDArray labels,
      NDArray rates,
      NDArray numbers,
      List<NDArray> state) {
    NDList arguments = new NDList(order, images, labels, rates, numbers);
    arguments.addAll(state);
    return module.call(METHOD, arguments).singletonOrThrow();
  }

  @Override
  public void close() {
    module.release();
  }

  private static String source(
      Network network, Optimizer optimizer, LabelledImages images, boolean normalised) {
    Optional<Network.Script> stacked = network.stackedScript(Pass.Mode.TRAIN);
    Network.Script script = stacked.orElseGet(() -> network.script(Pass.Mode.TRAIN));
    StringBuilder text = new StringBuilder();
    text.append("class %s(Module):\n".formatted(CLASS));
    text.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");

    method(
        text,
        Pass.Mode.TRAIN.method(),
        List.of(Network.INPUT, Network.THETA, Network.STATISTICS),
        script.pass().statements(),
        script.outputs().name());

    List<String> operands = new ArrayList<>(List.of(Network.THETA, "gradient", "rate", "number"));
    operands.addAll(optimizer.buffers());
    operands.addAll(optimizer.coefficients());
    method(text, "descend", operands, optimizer.statements(), Network.THETA);

    List<String> state = new ArrayList<>(List.of(Network.THETA, Network.STATISTICS));
    state.addAll(optimizer.buffers());
    state.addAll(optimizer.coefficients());
    List<String> arguments =
        new ArrayList<>(List.of("order", "images", "labels", "rates", "numbers"));
    arguments.addAll(state);
    method(text, METHOD, arguments, loop(optimizer, images, normalised, stacked.isPresent()), "seen");
    return text.toString();
  }

  private static List<String> loop(
      Optimizer optimizer, LabelledImages images, boolean normalised, boolean stacked) {
    String shape = "%d, %d, %d".formatted(images.channels(), images.height(), images.width());
    List<String> operands = new ArrayList<>(optimizer.buffers());
    operands.addAll(optimizer.coefficients());
    List<String> lines = new ArrayList<>();
    lines.add("losses = annotate(List[Tensor], [])");
    lines.add("hits = annotate(List[Tensor], [])");
    lines.add("members = torch.size(order, 1)");
    lines.add("batch = torch.size(order, 2)");
    lines.add("for i in range(torch.size(order, 0)):");
    List<String> body = new ArrayList<>();
    body.add("picked = torch.reshape(torch.select(order, 0, i), [-1])");
    body.add("target = torch.index_select(labels, 0, picked)");
    body.add("rows = torch.index_select(images, 0, picked)");
    body.add(
        normalised
            ? "pixels = rows"
            : "pixels = torch.div(torch.sub(torch.to(rows, dtype=6), %s), %s)"
                .formatted(
                    Pass.number(images.pixelMean()),
                    Pass.number(images.pixelStandardDeviation())));
    body.add("leaf = torch.requires_grad_(torch.detach(theta), True)");
    if (stacked) {
      body.add("x = torch.reshape(pixels, [members, batch, %s])".formatted(shape));
      body.add("logits = (self).%s(x, leaf, statistics)".formatted(Pass.Mode.TRAIN.method()));
      body.add("flat = torch.reshape(logits, [torch.mul(members, batch), -1])");
      body.add("each = torch.cross_entropy_loss(flat, target, None, 0, -100, 0.)");
      body.add("loss = torch.mean(torch.reshape(each, [members, batch]), [1])");
    } else {
      body.add("x = torch.reshape(pixels, [batch, %s])".formatted(shape));
      body.add(
          "flat = (self).%s(x, torch.select(leaf, 0, 0), torch.select(statistics, 0, 0))"
              .formatted(Pass.Mode.TRAIN.method()));
      body.add(
          "loss = torch.unsqueeze(torch.cross_entropy_loss(flat, target, None, 1, -100, 0.), 0)");
    }
    body.add(
        "gradient = unchecked_cast(Tensor, torch.autograd.grad([torch.sum(loss)], [leaf], None,"
            + " False, False, False)[0])");
    body.add("right = torch.eq(torch.argmax(flat, 1, False), target)");
    body.add("_0 = torch.append(losses, torch.detach(loss))");
    body.add("_1 = torch.append(hits, torch.sum(torch.reshape(right, [members, batch]), [1]))");
    body.add(
        "_2 = (self).descend(theta, gradient, torch.select(rates, 0, i),"
            + " torch.select(numbers, 0, i), %s)".formatted(String.join(", ", operands)));
    body.forEach(line -> lines.add("  " + line));
    lines.add(
        "seen = torch.stack([torch.to(torch.stack(losses, 0), dtype=7),"
            + " torch.to(torch.stack(hits, 0), dtype=7)], 0)");
    return lines;
  }

  private static void method(
      StringBuilder text, String name, List<String> arguments, List<String> lines, String result) {
    text.append(
        arguments.stream()
            .map(argument -> argument + ": Tensor")
            .collect(
                Collectors.joining(
                    ", ",
                    "\n  def %s(self: __torch__.%s, ".formatted(name, CLASS),
                    ") -> Tensor:\n")));
    lines.forEach(line -> text.append("    ").append(line).append('\n'));
    text.append("    return ").append(result).append('\n');
  }
}
