package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import dev.terrain.random.CounterRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the cnn relies on: it rectifies after pooling what it is defined to rectify before. */
final class PoolingOrderTest {
  private static final Shape IMAGES = new Shape(3, 2, 9, 9);
  private static final Shape WINDOW = new Shape(2, 2);

  private record Derivatives(List<Float> gradient, List<Float> product) {}

  @Test
  void poolingAndRectifying_commuteToTheBit_alsoInBothDerivatives() {
    Derivatives poolingLast = derivatives(x -> pool(Activation.relu(x)));
    Derivatives poolingFirst = derivatives(x -> Activation.relu(pool(x)));

    assertThat(poolingFirst).isEqualTo(poolingLast);
    assertThat(poolingFirst.gradient()).anyMatch(slope -> slope > 0);
    assertThat(poolingFirst.product()).anyMatch(slope -> slope != 0);
  }

  private static NDArray pool(NDArray x) {
    return Pool.maxPool2d(x, WINDOW, WINDOW, new Shape(0, 0), false);
  }

  /** Of the mean cube of what a layer makes of seven levels, zero among them: most windows tie. */
  private static Derivatives derivatives(UnaryOperator<NDArray> layer) {
    Torch.prepareThread();
    CounterRandom random = CounterRandom.of("test", "pooling", 0);
    float[] levels = new float[(int) IMAGES.size()];
    float[] direction = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (random.nextInt(7) - 3) * 0.37f;
      direction[i] = (float) random.nextGaussian();
    }
    try (NDManager scope = Torch.newManager()) {
      NDArray theta = scope.create(levels);
      theta.setRequiresGradient(true);
      NDArray outputs = layer.apply(theta.reshape(IMAGES)).reshape(IMAGES.get(0), -1);
      NDArray losses = outputs.pow(3).mean(new int[] {1});
      NDArray labels = scope.create(new long[(int) IMAGES.get(0)]);
      NDArray vector = scope.create(direction);
      vector.setName(AutogradModule.VECTOR);
      NDList graph = AutogradModule.get().hessianGraph(losses, theta);
      NDList product =
          AutogradModule.get().products(ProductForm.HESSIAN, List.of(vector), graph, theta);
      NDList gradient = AutogradModule.get().lossGradient(losses, outputs, labels, theta);
      return new Derivatives(list(gradient.get(1)), list(product.get(0)));
    }
  }

  /** Zero has no sign here. */
  private static List<Float> list(NDArray array) {
    Float[] values = new Float[(int) array.size()];
    float[] numbers = array.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i] + 0f;
    }
    return List.of(values);
  }
}
