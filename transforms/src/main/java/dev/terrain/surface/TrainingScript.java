package dev.terrain.surface;

import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.model.ParameterSlot;
import dev.terrain.model.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of a {@link TrainingModule}: gather, forward, loss, gradient and the optimiser's step.
 *
 * <p>What need not be done step by step is done once for all steps of a call: images are gathered
 * before, losses and hits are taken from the kept outputs afterwards. The parameter arrays are
 * leaves that share the memory of θ, which the optimiser changes in place.
 */
final class TrainingScript {
  /** Name of the class. */
  static final String CLASS = "Training";

  /** Name of the method that takes steps. */
  static final String METHOD = "train";

  private final Network.Script script;
  private final List<ParameterSlot> slots;
  private final Optimizer optimizer;
  private final LabelledImages images;
  private final boolean normalised;
  private final boolean stacked;

  /**
   * @param images their shape, and how bytes are normalised
   * @param normalised whether images are given as normalised pixels instead of bytes
   */
  TrainingScript(Network network, Optimizer optimizer, LabelledImages images, boolean normalised) {
    this.script = network.trainingScript();
    this.slots = network.parameters();
    this.optimizer = optimizer;
    this.images = images;
    this.normalised = normalised;
    this.stacked = script.pass().isStacked();
  }

  String source() {
    StringBuilder text = new StringBuilder();
    text.append("class %s(Module):\n".formatted(CLASS));
    text.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
    String forward =
        "%s: Tensor, %s: Tensor, %s: List[Tensor]"
            .formatted(Network.INPUT, Network.STATISTICS, Network.THETA);
    List<String> pass = script.pass().statements();
    method(text, "outputs", forward, pass, script.outputs().name());
    method(
        text,
        "row",
        "slope: Optional[Tensor], array: Tensor, members: int",
        List.of(
            "if slope is None:",
            "  filled = torch.zeros_like(array)",
            "else:",
            "  filled = unchecked_cast(Tensor, slope)"),
        "torch.reshape(filled, [members, -1])");
    List<String> descend = new ArrayList<>(List.of(Network.THETA, "gradient", "rate", "number"));
    descend.addAll(operands());
    method(text, "descend", tensors(descend), optimizer.statements(), Network.THETA);
    List<String> train = new ArrayList<>(List.of("order", "images", "labels", "rates", "numbers"));
    train.add(Network.THETA);
    train.add(Network.STATISTICS);
    train.addAll(operands());
    method(text, METHOD, tensors(train), steps(), "seen");
    return text.toString();
  }

  private List<String> operands() {
    List<String> operands = new ArrayList<>(optimizer.buffers());
    operands.addAll(optimizer.coefficients());
    return operands;
  }

  private List<String> steps() {
    List<String> lines = new ArrayList<>();
    lines.add("steps = torch.size(order, 0)");
    lines.add("members = torch.size(order, 1)");
    lines.add("batch = torch.size(order, 2)");
    lines.addAll(gathered());
    lines.addAll(leaves());
    lines.add("kept = annotate(List[Tensor], [])");
    lines.add("for i in range(steps):");
    step().forEach(line -> lines.add("  " + line));
    lines.addAll(seen());
    return lines;
  }

  private List<String> gathered() {
    String shape =
        "steps, %sbatch, %d, %d, %d"
            .formatted(
                stacked ? "members, " : "", images.channels(), images.height(), images.width());
    return List.of(
        "picked = torch.reshape(order, [-1])",
        "targets = torch.index_select(labels, 0, picked)",
        "by_step = torch.reshape(targets, [steps, -1])",
        "rows = torch.index_select(images, 0, picked)",
        normalised
            ? "all = torch.reshape(rows, [%s])".formatted(shape)
            : "all = torch.reshape(torch.div(torch.sub(torch.to(rows, dtype=6), %s), %s), [%s])"
                .formatted(
                    Pass.number(images.pixelMean()),
                    Pass.number(images.pixelStandardDeviation()),
                    shape));
  }

  private List<String> leaves() {
    List<String> lines = new ArrayList<>();
    List<Integer> sizes = slots.stream().map(ParameterSlot::size).toList();
    lines.add("parts = torch.split_with_sizes(%s, %s, 1)".formatted(Network.THETA, sizes));
    for (int i = 0; i < slots.size(); i++) {
      String lengths =
          IntStream.of(slots.get(i).lengths())
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", "));
      lines.add(
          "leaf%d = torch.requires_grad_(torch.detach(torch.view(parts[%d], [%s%s])), True)"
              .formatted(i, i, stacked ? "members, " : "", lengths));
    }
    lines.add("leaves = [%s]".formatted(each("leaf%d")));
    return lines;
  }

  private List<String> step() {
    List<String> lines = new ArrayList<>();
    lines.add("target = torch.select(by_step, 0, i)");
    String statistics = stacked ? Network.STATISTICS : "torch.select(statistics, 0, 0)";
    lines.add("logits = (self).outputs(torch.select(all, 0, i), %s, leaves)".formatted(statistics));
    if (stacked) {
      lines.add("flat = torch.reshape(logits, [torch.mul(members, batch), -1])");
      lines.add("sum = torch.cross_entropy_loss(flat, target, None, 2, -100, 0.)");
      lines.add("loss = torch.div(sum, batch)");
    } else {
      lines.add("flat = logits");
      lines.add("loss = torch.cross_entropy_loss(flat, target, None, 1, -100, 0.)");
    }
    lines.add("slopes = torch.autograd.grad([loss], leaves, None, False, False, True)");
    lines.add(
        "gradient = torch.cat([%s], 1)"
            .formatted(each("(self).row(slopes[%1$d], leaf%1$d, members)")));
    lines.add("_0 = torch.append(kept, torch.detach(flat))");
    lines.add(
        "_1 = (self).descend(%s, gradient, torch.select(rates, 0, i), torch.select(numbers, 0, i), %s)"
            .formatted(Network.THETA, String.join(", ", operands())));
    return lines;
  }

  private static List<String> seen() {
    return List.of(
        "outputs = torch.cat(kept, 0)",
        "shape = [steps, members, batch]",
        "each = torch.cross_entropy_loss(outputs, targets, None, 0, -100, 0.)",
        "losses = torch.mean(torch.reshape(torch.to(each, dtype=7), shape), [2])",
        "right = torch.eq(torch.argmax(outputs, 1, False), targets)",
        "hits = torch.to(torch.sum(torch.reshape(right, shape), [2]), dtype=7)",
        "seen = torch.stack([losses, hits], 0)");
  }

  private String each(String format) {
    return IntStream.range(0, slots.size())
        .mapToObj(format::formatted)
        .collect(Collectors.joining(", "));
  }

  private static String tensors(List<String> names) {
    return names.stream().map(name -> name + ": Tensor").collect(Collectors.joining(", "));
  }

  private static void method(
      StringBuilder text, String name, String arguments, List<String> lines, String result) {
    text.append(
        "\n  def %s(self: __torch__.%s, %s) -> Tensor:\n".formatted(name, CLASS, arguments));
    lines.forEach(line -> text.append("    ").append(line).append('\n'));
    text.append("    return ").append(result).append('\n');
  }
}
