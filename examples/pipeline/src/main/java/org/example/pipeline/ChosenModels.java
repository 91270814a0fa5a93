package org.example.pipeline;

import dev.terrain.beam.CheckpointModels;
import dev.terrain.beam.Measure;
import dev.terrain.beam.SummariseCells;
import dev.terrain.beam.SummarisedCells;
import dev.terrain.beam.TrainModels;
import dev.terrain.beam.VerifiedModels;
import dev.terrain.beam.tables.UnitRows;
import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.UnitResult;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation.Required;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Trains and measures the models that the lines of a text file name, rather than a whole grid, and
 * writes a line about each of their cells.
 */
public final class ChosenModels {
  private ChosenModels() {}

  /** Where things are. */
  public interface Options extends PipelineOptions {
    @Description("Sweep file: what all models share, the axes, and what to measure")
    @Required
    String getSweep();

    void setSweep(String sweep);

    @Description("Text file; a line is a width, a batch size and a seed, with blanks between them")
    @Required
    String getChosen();

    void setChosen(String chosen);

    @Description("Folder or gs:// address of weights and finished units, which no run does twice")
    @Required
    String getStudy();

    void setStudy(String study);

    @Description("Where the lines go: a prefix of file names")
    @Required
    String getResults();

    void setResults(String results);
  }

  public static void main(String[] arguments) {
    Options options = PipelineOptionsFactory.fromArgs(arguments).withValidation().as(Options.class);
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, options);
    pipeline.run().waitUntilFinish();
  }

  private static void build(Pipeline pipeline, Options options) {
    Sweep sweep = SweepFile.read(Path.of(options.getSweep()));
    ModelSpec base = sweep.getBase();
    StudyAddress study = new StudyAddress(options.getStudy(), null);

    PCollection<ModelSpec> specs =
        pipeline
            .apply("Read chosen", TextIO.read().from(options.getChosen()))
            .apply(
                "Make specs",
                MapElements.into(TypeDescriptor.of(ModelSpec.class)).via(line -> spec(base, line)))
            .setCoder(Coders.of(ModelSpec.class));
    FinishedUnits trained = specs.apply("Train", TrainModels.into(study));
    VerifiedModels verified =
        trained
            .results()
            .apply("Trained", TrainModels.trained())
            .apply("Verify", CheckpointModels.in(study));
    FinishedUnits measured = verified.models().apply("Measure", Measure.of(sweep, study));
    FinishedUnits finished = FinishedUnits.join(pipeline, List.of(trained, measured));
    SummarisedCells cells =
        PCollectionTuple.of(SummariseCells.SPECS, specs)
            .and(
                SummariseCells.MODELS,
                finished.results().apply("Models", UnitRows.of(Model.class, UnitResult::getModels)))
            .and(
                SummariseCells.MEASUREMENTS,
                finished
                    .results()
                    .apply(
                        "Measurements",
                        UnitRows.of(Measurement.class, UnitResult::getMeasurements)))
            .apply("Summarise", SummariseCells.of(sweep));

    cells
        .cells()
        .apply("Cell lines", MapElements.into(TypeDescriptors.strings()).via(ChosenModels::line))
        .apply("Write cells", TextIO.write().to(options.getResults() + "-cells").withNumShards(1));
    PCollectionList.of(finished.failures())
        .and(verified.failures())
        .and(cells.failures())
        .apply("Join failures", Flatten.pCollections())
        .apply("Failure lines", MapElements.into(TypeDescriptors.strings()).via(Failure::toString))
        .apply(
            "Write failures",
            TextIO.write().to(options.getResults() + "-failures").withNumShards(1));
  }

  private static ModelSpec spec(ModelSpec base, String line) {
    String[] words = line.trim().split("\\s+");
    return ModelSpec.newBuilder(base)
        .setWidth(Integer.parseInt(words[0]))
        .setBatchSize(Integer.parseInt(words[1]))
        .setSeed(Long.parseLong(words[2]))
        .build();
  }

  private static String line(Cell cell) {
    return "width %s, batch size %s: %d models, test accuracy %s percent, phase %s"
        .formatted(
            cell.getLoadValue(),
            cell.getTemperatureValue(),
            cell.getNModels(),
            cell.getTestAccuracyMean(),
            cell.getPhase());
  }
}
