package dev.terrain.stage.training;

import dev.terrain.data.Batches;
import dev.terrain.data.Dataset;
import dev.terrain.data.Datasets;
import dev.terrain.data.ExampleSubset;
import dev.terrain.data.ImageSample;
import dev.terrain.data.ImageSet;
import dev.terrain.data.InvalidDataException;
import dev.terrain.data.LabelledImages;
import dev.terrain.data.TrainingData;
import dev.terrain.model.ImageShape;
import dev.terrain.stage.UnitClock;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The images that the models of a cell are trained, tested and measured on. */
public final class CellData implements UnitClock.Source {
  /**
   * Images that pass through a network at a time when it is evaluated, or its batch norm
   * re-estimated, as in the study.
   */
  private static final int EVALUATION_BATCH = 128;

  private final Dataset dataset;
  private final ImageSet training;
  private final String trainingId;

  private CellData(Dataset dataset, ImageSet training, String trainingId) {
    this.dataset = dataset;
    this.training = training;
    this.trainingId = trainingId;
  }

  /**
   * The data of a spec; pixels and labels are shared by all workers of a process.
   *
   * @param location folder or {@code gs://} prefix of the data set's files; null for where it is by
   *     default
   * @throws IOException if the data set is missing or corrupt; the message says how to get it
   */
  public static CellData of(ModelSpec spec, @Nullable String location) throws IOException {
    Dataset dataset = Datasets.get(spec.getDataset(), location);
    String trainingId =
        Fingerprints.of(
            "training data",
            dataset.sha256(),
            spec.getDataFraction(),
            spec.getLabelNoise(),
            spec.getLabelNoiseSeed());
    return new CellData(dataset, TrainingData.of(dataset, spec), trainingId);
  }

  /**
   * The data of a model, which must be those that it is named by.
   *
   * @param location folder or {@code gs://} prefix of the data set's files; null for where it is by
   *     default
   * @throws InvalidDataException if the files hold something else by now, or on this machine
   * @throws IOException if they are missing or corrupt
   */
  public static CellData of(ModelRef model, @Nullable String location) throws IOException {
    CellData data = of(model.getSpec(), location);
    if (!Units.train(model.getSpec(), data.sha256()).getKey().equals(model.getKey())) {
      throw new InvalidDataException(
          "%s: %s there (SHA-256 %s) is not what model %s was planned for; all machines that work on a study must have the same files"
              .formatted(
                  Datasets.address(model.getSpec().getDataset(), location).orElse("the jar"),
                  model.getSpec().getDataset(),
                  data.sha256(),
                  model.getModelId()));
    }
    return data;
  }

  /** Fingerprint of the content of the data set that a spec names. */
  public static String sha256(ModelSpec spec, @Nullable String location) throws IOException {
    return Datasets.get(spec.getDataset(), location).sha256();
  }

  /** Number of training images that a spec leaves of its data set. */
  public static int trainingSize(ModelSpec spec, @Nullable String location) throws IOException {
    return of(spec, location).training.size();
  }

  /** Number of training images. */
  public int trainingSize() {
    return training.size();
  }

  /** Number of test images. */
  public int testSize() {
    return dataset.test().size();
  }

  @Override
  public String sha256() {
    return dataset.sha256();
  }

  /**
   * Names the training images and their labels: models that share them are measured on the same
   * subsets.
   */
  public String trainingId() {
    return trainingId;
  }

  /** Shape and classes of the images. */
  public ImageShape shape() {
    return new ImageShape(
        training.channels(), training.height(), training.width(), training.classes());
  }

  public LabelledImages training() {
    return ImageSample.of(dataset, training);
  }

  int[][] trainingBatches() {
    return evaluationBatches(training.size());
  }

  public LabelledImages test() {
    return ImageSample.of(dataset, dataset.test());
  }

  int[][] testBatches() {
    return evaluationBatches(dataset.test().size());
  }

  private static int[][] evaluationBatches(int size) {
    return Batches.split(size, (size + EVALUATION_BATCH - 1) / EVALUATION_BATCH);
  }

  /** A seeded subset of the training images, all of them if there are no more than {@code size}. */
  public ImageSample subset(String purpose, long seed, int size) {
    int[] positions = ExampleSubset.draw(trainingId, purpose, seed, size, training.size());
    return ImageSample.subset(dataset, training, positions);
  }
}
