package dev.terrain.training;

import java.util.ArrayList;
import java.util.List;

/**
 * The completed epochs of a training, each list one element an epoch.
 *
 * @param losses running training loss in nats: mean over the epoch in train mode, each batch before
 *     its step
 * @param accuracies running training accuracy in percent
 * @param learningRates learning rates
 */
public record History(List<Double> losses, List<Double> accuracies, List<Double> learningRates) {
  /** No epoch yet. */
  static History empty() {
    return new History(List.of(), List.of(), List.of());
  }

  History plus(double loss, double accuracy, double learningRate) {
    return new History(
        append(losses, loss), append(accuracies, accuracy), append(learningRates, learningRate));
  }

  private static List<Double> append(List<Double> list, double value) {
    List<Double> longer = new ArrayList<>(list);
    longer.add(value);
    return List.copyOf(longer);
  }

  /** Number of epochs. */
  public int epochs() {
    return losses.size();
  }
}
