package dev.terrain.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A forward pass of a network, written down as statements of TorchScript.
 *
 * <p>A pass is of one network, arrays (n, …) and parameters as in {@link ParameterSlot}; or of a
 * stack of S networks of one shape, arrays (S, n, …), parameters (S, …). What a layer writes holds
 * for both, where there are operations for both.
 */
public final class Pass {
  /** What becomes of batch norm. */
  public enum Mode {
    /** The running statistics are used. */
    EVALUATE("outputs"),
    /** The batch's statistics are used, and the running ones move towards them. */
    TRAIN("training_outputs"),
    /** The batch's statistics are used, and become the running ones. */
    RECORD("recording_outputs");

    private final String method;

    Mode(String method) {
      this.method = method;
    }

    /** Name of the scripted method that goes through the network so. */
    public String method() {
      return method;
    }
  }

  /** PyTorch's default share of the batch in the new running statistics, a float32. */
  private static final double RUNNING_SHARE = 1f - 0.9f;

  /** PyTorch's default, a float32. */
  private static final double EPSILON = 1e-5f;

  /** Whose power of two by which constants are scaled is still a number. */
  private static final double SMALLEST = 0x1p-900;

  private final Mode mode;
  private final boolean stacked;
  private final Map<ParameterSlot, Value> arrays = new HashMap<>();
  private final List<String> statements = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();
  private boolean stackable = true;

  Pass(Mode mode, boolean stacked) {
    this.mode = mode;
    this.stacked = stacked;
  }

  /** Declares the arrays of a flat vector: its parts, each in its shape. */
  void declare(String vector, List<ParameterSlot> slots) {
    if (slots.isEmpty()) {
      return;
    }
    List<Integer> sizes = slots.stream().map(ParameterSlot::size).toList();
    String parts = vector + "_parts";
    statements.add(
        "%s = torch.split_with_sizes(%s, %s, %d)".formatted(parts, vector, sizes, stacked ? 1 : 0));
    for (int i = 0; i < slots.size(); i++) {
      List<Integer> shape = new ArrayList<>();
      if (stacked) {
        shape.add(-1);
      }
      for (int length : slots.get(i).lengths()) {
        shape.add(length);
      }
      arrays.put(slots.get(i), let("torch.reshape(%s[%d], %s)".formatted(parts, i, shape)));
    }
  }

  /** Declares the arrays of a list in which each lies in its shape. */
  void declareList(String list, List<ParameterSlot> slots) {
    for (int i = 0; i < slots.size(); i++) {
      arrays.put(slots.get(i), let("%s[%d]".formatted(list, i)));
    }
  }

  /** An array of θ or of the statistics. */
  public Value array(ParameterSlot slot) {
    return Objects.requireNonNull(arrays.get(slot), () -> slot.name() + " is of another network");
  }

  /**
   * The outcome of an operation that is the same for a stack: it takes each number, or each last
   * dimension, by itself.
   *
   * @param expression in the dialect of TorchScript's archives, {@code %s} for each value
   */
  public Value elementwise(String expression, Value... operands) {
    return let(expression.formatted((Object[]) operands));
  }

  /**
   * The outcome of an operation on (n, …) that is not defined for a stack: a network with one is
   * never computed in a stack.
   *
   * @param expression in the dialect of TorchScript's archives, {@code %s} for each value
   */
  public Value unstacked(String expression, Value... operands) {
    stackable = false;
    return let(expression.formatted((Object[]) operands));
  }

  /**
   * Numbers that do not depend on θ, as one array of the same type as another: float64 to the last
   * bit, but for what is smaller than 2^-62 of the largest.
   */
  public Value constant(Value like, double... numbers) {
    // The engine makes a list of real numbers float32 first, but takes integers as they are.
    double largest = Arrays.stream(numbers).map(Math::abs).reduce(SMALLEST, Math::max);
    int exponent = 61 - Math.getExponent(largest);
    String integers =
        Arrays.stream(numbers)
            .mapToObj(number -> Long.toString((long) Math.rint(Math.scalb(number, exponent))))
            .collect(Collectors.joining(", "));
    return let(
        "torch.to(torch.div(torch.to(torch.tensor([%s]), dtype=7), %s), dtype=ops.prim.dtype(%s))"
            .formatted(integers, number(Math.scalb(1.0, exponent)), like));
  }

  /** max(x, 0). */
  public Value relu(Value x) {
    return elementwise("torch.relu(%s)", x);
  }

  /** x + y. */
  public Value add(Value x, Value y) {
    return elementwise("torch.add(%s, %s)", x, y);
  }

  /** All but the images' dimension as one. */
  public Value flatten(Value x) {
    return let(
        stacked
            ? "torch.reshape(%s, [torch.size(%s, 0), torch.size(%s, 1), -1])".formatted(x, x, x)
            : "torch.reshape(%s, [torch.size(%s, 0), -1])".formatted(x, x));
  }

  /**
   * x Wᵀ + b.
   *
   * @param x (n, inputs)
   * @param weight W (outputs, inputs)
   * @param bias b (outputs)
   */
  public Value linear(Value x, Value weight, Value bias) {
    return let(
        stacked
            ? "torch.baddbmm(torch.unsqueeze(%s, 1), %s, torch.transpose(%s, 1, 2))"
                .formatted(bias, x, weight)
            : "torch.linear(%s, %s, %s)".formatted(x, weight, bias));
  }

  /** A convolution of (n, inputs, h, w), zero-padded, with a kernel (outputs, inputs, k, k). */
  Value convolution(Value x, Value kernel, int stride, int padding) {
    return unstacked(
        "torch.conv2d(%%s, %%s, None, [%1$d, %1$d], [%2$d, %2$d], [1, 1], 1)"
            .formatted(stride, padding),
        x,
        kernel);
  }

  /** Batch norm over the channels of (n, channels, h, w). */
  Value batchNorm(Value x, Value scale, Value shift, Value mean, Value variance) {
    double share = mode == Mode.RECORD ? 1 : RUNNING_SHARE;
    return unstacked(
        "torch.batch_norm(%%s, %%s, %%s, %%s, %%s, %s, %s, %s, True)"
            .formatted(mode == Mode.EVALUATE ? "False" : "True", number(share), number(EPSILON)),
        x,
        scale,
        shift,
        mean,
        variance);
  }

  /** The largest of each 2 x 2 pixels; a last odd row or column is left out. */
  Value maxPool(Value x) {
    return unstacked("torch.max_pool2d(%s, [2, 2], [2, 2], [0, 0], [1, 1], False)", x);
  }

  /** The mean of each channel: (n, channels, h, w) to (n, channels). */
  Value averagePool(Value x) {
    return unstacked(
        "torch.mean(torch.reshape(%s, [torch.size(%s, 0), torch.size(%s, 1), -1]), [2], False)",
        x, x, x);
  }

  /** A number as TorchScript reads it, every bit of it. */
  public static String number(double value) {
    return Double.toString(value).toLowerCase(Locale.ROOT);
  }

  private Value let(String expression) {
    Value value = new Value("v" + values.size());
    statements.add(value + " = " + expression);
    values.add(value);
    return value;
  }

  /** The statements, in their order. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  /** What the statements compute, in their order, parameters included. */
  public List<Value> values() {
    return List.copyOf(values);
  }

  /** Whether it is of a stack. */
  public boolean isStacked() {
    return stacked;
  }

  boolean isStackable() {
    return stackable;
  }
}
