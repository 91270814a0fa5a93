package dev.terrain.stage.training;

import dev.terrain.training.BestWeights;
import dev.terrain.training.EpochSums;
import dev.terrain.training.History;
import dev.terrain.training.ProgressStore;
import dev.terrain.training.TrainingState;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Progress;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of an unfinished training in the model's progress file: arrays as tensors of
 * their names, numbers as metadata, real numbers in hexadecimal so that every bit returns.
 *
 * <p>The file belongs to one key; a state left by a training with another key (another data set,
 * other code) is not used.
 */
final class SavedProgress implements ProgressStore {
  private static final String BEST_THETA = "best_theta";
  private static final String BEST_STATISTICS = "best_statistics";

  /** What the metadata hold beside the key. */
  private static final Set<String> NUMBERS =
      Set.of(
          "best_epoch",
          "step",
          "loss_sum",
          "hits",
          "seen",
          "total_steps",
          "epochs",
          "history_loss",
          "history_accuracy",
          "history_learning_rate");

  private static final Logger LOG = LoggerFactory.getLogger(SavedProgress.class);

  private final Checkpoints checkpoints;
  private final String modelId;
  private final String key;

  SavedProgress(Checkpoints checkpoints, String modelId, String key) {
    this.checkpoints = checkpoints;
    this.modelId = modelId;
    this.key = key;
  }

  @Override
  public Optional<TrainingState> load() {
    try {
      return checkpoints
          .loadProgress(modelId)
          .filter(progress -> key.equals(progress.metadata().get("key")))
          .filter(this::isWhole)
          .map(SavedProgress::state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void save(TrainingState state) {
    try {
      checkpoints.saveProgress(modelId, tensors(state), metadata(state));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void discard() {
    try {
      checkpoints.deleteProgress(modelId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Tensor> tensors(TrainingState state) {
    List<Tensor> tensors = new ArrayList<>();
    state.arrays().forEach((name, values) -> tensors.add(vector(name, values)));
    tensors.add(vector(BEST_THETA, state.best().theta()));
    tensors.add(vector(BEST_STATISTICS, state.best().statistics()));
    return tensors;
  }

  private static Tensor vector(String name, float[] values) {
    return new Tensor(name, new int[] {values.length}, values);
  }

  private Map<String, String> metadata(TrainingState state) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("key", key);
    metadata.put("best_epoch", Integer.toString(state.best().epoch()));
    metadata.put("step", Integer.toString(state.sums().steps()));
    metadata.put("loss_sum", Double.toHexString(state.sums().loss()));
    metadata.put("hits", Long.toString(state.sums().hits()));
    metadata.put("seen", Long.toString(state.sums().images()));
    metadata.put("total_steps", Long.toString(state.totalSteps()));
    metadata.put("epochs", Integer.toString(state.history().epochs()));
    metadata.put("history_loss", text(state.history().losses()));
    metadata.put("history_accuracy", text(state.history().accuracies()));
    metadata.put("history_learning_rate", text(state.history().learningRates()));
    return metadata;
  }

  /** Whether nothing of a state is lacking. */
  private boolean isWhole(Progress progress) {
    Set<String> lacking = new TreeSet<>(NUMBERS);
    lacking.addAll(List.of(BEST_THETA, BEST_STATISTICS));
    lacking.removeAll(progress.metadata().keySet());
    progress.tensors().forEach(tensor -> lacking.remove(tensor.name()));
    if (!lacking.isEmpty()) {
      LOG.warn("The training of model {} starts anew: its saved state lacks {}", modelId, lacking);
    }
    return lacking.isEmpty();
  }

  private static TrainingState state(Progress progress) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    progress.tensors().forEach(tensor -> arrays.put(tensor.name(), tensor.values()));
    float[] bestTheta = arrays.remove(BEST_THETA);
    float[] bestStatistics = arrays.remove(BEST_STATISTICS);
    Map<String, String> numbers = progress.metadata();
    Function<String, List<Double>> list =
        name ->
            Arrays.stream(Objects.requireNonNull(numbers.get(name)).split(" "))
                .filter(s -> !s.isEmpty())
                .map(Double::valueOf)
                .toList();
    return new TrainingState(
        arrays,
        new EpochSums(
            Integer.parseInt(numbers.get("step")),
            Double.parseDouble(numbers.get("loss_sum")),
            Long.parseLong(numbers.get("hits")),
            Long.parseLong(numbers.get("seen"))),
        new BestWeights(Integer.parseInt(numbers.get("best_epoch")), bestTheta, bestStatistics),
        Long.parseLong(numbers.get("total_steps")),
        new History(
            list.apply("history_loss"),
            list.apply("history_accuracy"),
            list.apply("history_learning_rate")));
  }

  private static String text(List<Double> values) {
    return values.stream().map(Double::toHexString).collect(Collectors.joining(" "));
  }
}
