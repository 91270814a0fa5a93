package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class EngineArithmeticTest {
  private static final ArithmeticDeviation RIGHT = new ArithmeticDeviation(3e-7, 4e-6);
  private static final ArithmeticDeviation WRONG = new ArithmeticDeviation(0.5, 0.7);
  private static final ArithmeticDeviation NAN =
      new ArithmeticDeviation(1e-7, Double.POSITIVE_INFINITY);

  @Test
  void thisProcess_computesWhatFloat64Does() {
    EngineArithmetic arithmetic = EngineArithmetic.ofThisProcess();

    assertThat(arithmetic.deviation().gradient()).isBetween(1e-9, 1e-5);
    assertThat(arithmetic.deviation().product()).isBetween(1e-9, 1e-5);
    assertThat(EngineLibrary.open().orElseThrow().usesOneDnn()).isEqualTo(arithmetic.oneDnn());
  }

  @Test
  void withoutOneDnn_thisProcessComputesWhatFloat64DoesToo() {
    EngineLibrary engine = library();
    boolean before = engine.usesOneDnn();
    engine.useOneDnn(false);
    try {
      for (ArithmeticProbe probe : ArithmeticProbe.ALL) {
        assertThat(probe.deviation().gradient()).as("%s", probe).isLessThan(1e-5);
        assertThat(probe.deviation().product()).as("%s", probe).isLessThan(1e-5);
      }
    } finally {
      engine.useOneDnn(before);
    }
  }

  @Test
  void freshMemory_isNaN_whileItIsToBeFilled() {
    EngineLibrary engine = library();
    engine.fillFreshMemory(true);
    try (NDManager manager = Torch.newManager()) {
      float[] fresh = manager.create(new Shape(1000), DataType.FLOAT32).toFloatArray();
      assertThat(fresh).containsOnly(Float.NaN);
    } finally {
      engine.fillFreshMemory(false);
    }
  }

  @Test
  void oneDnn_isUsed_whereItIsRight() {
    Switches switches = new Switches();

    EngineArithmetic arithmetic = EngineArithmetic.settle(Optional.of(switches), () -> RIGHT);

    assertThat(arithmetic).isEqualTo(new EngineArithmetic(true, RIGHT, Optional.empty()));
    assertThat(arithmetic.name()).isEqualTo("oneDNN");
    assertThat(switches.turned).containsExactly("fill true", "fill false");
  }

  @Test
  void oneDnn_isGivenUp_whereItIsWrong() {
    for (ArithmeticDeviation wrong : List.of(WRONG, NAN)) {
      Switches switches = new Switches();
      Supplier<ArithmeticDeviation> measure = () -> switches.oneDnn ? wrong : RIGHT;

      EngineArithmetic arithmetic = EngineArithmetic.settle(Optional.of(switches), measure);

      assertThat(arithmetic).isEqualTo(new EngineArithmetic(false, RIGHT, Optional.of(wrong)));
      assertThat(arithmetic.name()).isEqualTo("without oneDNN");
      assertThat(switches.oneDnn).isFalse();
      assertThat(switches.turned).containsExactly("fill true", "oneDNN false", "fill false");
      arithmetic.require();
    }
  }

  @Test
  void nothingIsComputed_whereNoWayIsRight() {
    EngineArithmetic arithmetic = EngineArithmetic.settle(Optional.of(new Switches()), () -> WRONG);

    assertThatThrownBy(arithmetic::require)
        .isInstanceOf(UntrustedArithmeticException.class)
        .hasMessageContaining(Processor.ofThisMachine().name())
        .hasMessageContaining("gradients deviate by 5.0e-01")
        .hasMessageContaining("at most 1e-04 is allowed");
  }

  @Test
  void anEngineWithoutSwitches_isTrustedOnlyIfItIsRight() {
    EngineArithmetic.settle(Optional.empty(), () -> RIGHT).require();

    EngineArithmetic wrong = EngineArithmetic.settle(Optional.empty(), () -> NAN);
    assertThatThrownBy(wrong::require).hasMessageContaining("what is not finite");
  }

  private static EngineLibrary library() {
    Torch.prepareThread();
    return EngineLibrary.open().orElseThrow();
  }

  /** Remembers what was turned. */
  private static final class Switches implements EngineSwitches {
    private final List<String> turned = new ArrayList<>();
    private boolean oneDnn = true;

    @Override
    public boolean usesOneDnn() {
      return oneDnn;
    }

    @Override
    public void useOneDnn(boolean use) {
      oneDnn = use;
      turned.add("oneDNN " + use);
    }

    @Override
    public void fillFreshMemory(boolean withNaN) {
      turned.add("fill " + withNaN);
    }
  }
}
