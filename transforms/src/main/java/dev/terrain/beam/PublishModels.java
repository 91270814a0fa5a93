package dev.terrain.beam;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Failures;
import dev.terrain.beam.units.StageCounters;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.stage.training.CheckpointStage;
import dev.terrain.stage.training.Units;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRef;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the files of models to another place, under the names that they have in the study, and
 * hands the models on. A copy that is there already is left alone, other weights under its name are
 * replaced. A copy that cannot be made is a failure of the stage {@code checkpoint}; its model is
 * handed on all the same.
 */
final class PublishModels extends PTransform<PCollection<ModelRef>, VerifiedModels> {
  private static final long serialVersionUID = 1;

  private static final TupleTag<ModelRef> MODELS = new TupleTag<>("models") {};
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final StudyAddress study;
  private final String copies;

  /**
   * @param copies folder or {@code gs://} address
   */
  PublishModels(StudyAddress study, String copies) {
    this.study = study;
    this.copies = copies;
  }

  @Override
  public VerifiedModels expand(PCollection<ModelRef> models) {
    PCollectionTuple published =
        models.apply(
            "Copy",
            ParDo.of(new CopyFn(study, copies)).withOutputTags(MODELS, TupleTagList.of(FAILURES)));
    return new VerifiedModels(
        published.get(MODELS).setCoder(Coders.of(ModelRef.class)),
        published.get(FAILURES).setCoder(Coders.of(Failure.class)));
  }

  private static final class CopyFn extends DoFn<ModelRef, ModelRef> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(PublishModels.class);

    /** More than the header of a model's file, which has the SHA-256 of all that follows. */
    private static final int HEADER = 1 << 16;

    private final Counter copied = Metrics.counter(StageCounters.NAMESPACE, "models_copied");
    private final StageCounters counters = new StageCounters(CheckpointStage.NAME);
    private final StudyAddress study;
    private final String copies;

    CopyFn(StudyAddress study, String copies) {
      this.study = study;
      this.copies = copies;
    }

    @ProcessElement
    public void process(@Element ModelRef model, MultiOutputReceiver out) {
      String name = Checkpoints.name(model.getModelId());
      try {
        ObjectStore from = ObjectStores.open(study.study());
        ObjectStore to = ObjectStores.open(copies);
        if (!isThere(name, from, to)) {
          to.write(name, from.read(name).orElseThrow(() -> absent(name, from)));
          copied.inc();
        }
      } catch (IOException e) {
        LOG.error("copy of model {}: {}", model.getModelId(), e.getMessage());
        counters.unitFailed();
        out.get(FAILURES).output(Failures.of(Units.checkpoint(model), e, 1));
      }
      out.get(MODELS).output(model);
    }

    private static boolean isThere(String name, ObjectStore from, ObjectStore to)
        throws IOException {
      Optional<byte[]> copy = to.readRange(name, 0, HEADER);
      return copy.isPresent()
          && size(name, from) == size(name, to)
          && Arrays.equals(
              copy.get(), from.readRange(name, 0, HEADER).orElseThrow(() -> absent(name, from)));
    }

    private static long size(String name, ObjectStore store) throws IOException {
      return store.describe(name).stream()
          .filter(object -> object.name().equals(name))
          .findFirst()
          .orElseThrow(() -> absent(name, store))
          .size();
    }

    private static IOException absent(String name, ObjectStore store) {
      return new IOException(store.uri(name) + ": the model's file has gone");
    }
  }
}
