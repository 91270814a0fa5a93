package dev.terrain.guard;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test that leaves native memory, a thread of ours or a lease behind, and the test class
 * that does so after its last test. JUnit finds it by itself, for the tests of every module.
 *
 * <p>What ends by itself within some seconds, as threads do that were told to, is not left behind.
 */
public final class NothingLeft
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  /** In milliseconds, how long what is left may take to end. */
  static final String PATIENCE = "terrain.guard.patience";

  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_MILLISECONDS = 10;

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(NothingLeft.class);

  private record Before(Set<String> leftovers) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    remember(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    remember(context);
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    check(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    check(context);
  }

  private static void remember(ExtensionContext context) {
    context.getStore(NAMESPACE).put(Before.class, new Before(Leftovers.now()));
  }

  private static void check(ExtensionContext context) throws InterruptedException {
    Before before = context.getStore(NAMESPACE).get(Before.class, Before.class);
    Duration patience =
        context
            .getConfigurationParameter(PATIENCE, Long::parseLong)
            .map(Duration::ofMillis)
            .orElse(USUAL_PATIENCE);
    long end = System.nanoTime() + patience.toNanos();
    Set<String> left = leftSince(before);
    while (!left.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(PAUSE_MILLISECONDS);
      left = leftSince(before);
    }
    if (!left.isEmpty()) {
      throw new AssertionError(context.getDisplayName() + " leaves " + String.join(", ", left));
    }
  }

  private static Set<String> leftSince(Before before) {
    Set<String> left = new TreeSet<>(Leftovers.now());
    left.removeAll(before.leftovers());
    return left;
  }
}
