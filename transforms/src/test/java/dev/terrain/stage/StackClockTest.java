package dev.terrain.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StackClockTest {
  private long now = 7;

  private void pass(int milliseconds) {
    now += Duration.ofMillis(milliseconds).toNanos();
  }

  @Test
  void aloneAUnitTakesAllOfTheTime() {
    StackClock clock = new StackClock(1, () -> now);
    pass(250);

    assertThat(clock.shareMilliseconds()).isEqualTo(250);
    pass(250);
    assertThat(clock.shareMilliseconds()).isEqualTo(500);
  }

  @Test
  void sharesAddUpToTheTimeOfTheStack() {
    StackClock clock = new StackClock(3, () -> now);
    pass(300);
    long first = clock.shareMilliseconds();
    clock.leave();
    pass(200);
    long second = clock.shareMilliseconds();
    clock.leave();
    pass(50);
    long third = clock.shareMilliseconds();
    clock.leave();
    pass(1000);

    assertThat(first).isEqualTo(100);
    assertThat(second).isEqualTo(100 + 100);
    assertThat(third).isEqualTo(100 + 100 + 50);
    assertThat(first + second + third).isEqualTo(550);
    assertThat(clock.shareMilliseconds()).isEqualTo(third);
  }

  @Test
  void nobodyLeavesAnEmptyStack() {
    StackClock clock = new StackClock(1, () -> now);
    clock.leave();

    assertThatThrownBy(clock::leave).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new StackClock(0)).hasMessageContaining("size (0)");
  }
}
