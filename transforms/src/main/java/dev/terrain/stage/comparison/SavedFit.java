package dev.terrain.stage.comparison;

import dev.terrain.connectivity.FitProgress;
import dev.terrain.connectivity.FitState;
import dev.terrain.stage.StageContext;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.SealedBytes;
import dev.terrain.v1.PathFit;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of an unfinished fit of a curve in {@code progress/<stage>/<key>.avro}, as one
 * message of Avro's single-object encoding.
 */
final class SavedFit implements FitProgress {
  private static final Logger LOG = LoggerFactory.getLogger(SavedFit.class);

  private final ObjectStore store;
  private final String key;
  private final String name;
  private final Duration saveEvery;
  private long saved = System.nanoTime();

  SavedFit(Unit unit, StageContext context) {
    store = context.store();
    key = unit.getKey();
    name = "progress/" + unit.getStage() + "/" + key + ".avro";
    saveEvery = context.saveEvery();
  }

  @Override
  public Optional<FitState> load() {
    try {
      Optional<byte[]> bytes = store.read(name);
      return bytes.isEmpty() ? Optional.empty() : Optional.of(state(bytes.get()));
    } catch (AvroRuntimeException | IOException e) {
      LOG.warn("{}: the fit starts anew: {}", store.uri(name), e.getMessage());
      return Optional.empty();
    }
  }

  private FitState state(byte[] bytes) throws IOException {
    PathFit fit = PathFit.getDecoder().decode(SealedBytes.open(bytes));
    if (!fit.getKey().equals(key)) {
      throw new IOException("the state belongs to the unit " + fit.getKey());
    }
    return new FitState(
        numbers(fit.getControl()), numbers(fit.getVelocity()), fit.getEpochs(), fit.getGradients());
  }

  @Override
  public void afterEpoch(FitState state) {
    if (System.nanoTime() - saved < saveEvery.toNanos()) {
      return;
    }
    PathFit fit =
        new PathFit(
            key,
            state.epochs(),
            state.gradients(),
            bytes(state.control()),
            bytes(state.velocity()));
    try {
      store.write(name, SealedBytes.seal(PathFit.getEncoder().encode(fit)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    saved = System.nanoTime();
  }

  /** Removes the state; no effect if there is none. */
  void delete() throws IOException {
    store.delete(name);
  }

  private static ByteBuffer bytes(double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes;
  }

  private static double[] numbers(ByteBuffer bytes) {
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
