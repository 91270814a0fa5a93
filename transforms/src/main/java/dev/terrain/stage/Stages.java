package dev.terrain.stage;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who computes the units of each stage.
 *
 * @param train trains models
 * @param curvature measures the Hessian of a model
 * @param connectivity connects two models
 * @param similarity compares the outputs of a cell's models
 * @param distance measures the distances of a cell's models
 */
public record Stages(
    Stage train, Stage curvature, Stage connectivity, Stage similarity, Stage distance)
    implements Serializable {
  /** Names of the stages, in the order in which a run comes to them. */
  public static final List<String> NAMES =
      List.of(
          TrainStage.NAME,
          CurvatureStage.NAME,
          ConnectivityStage.NAME,
          SimilarityStage.NAME,
          DistanceStage.NAME);

  /**
   * The stage of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Stage named(String name) {
    return Stream.of(train, curvature, connectivity, similarity, distance)
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "stage (" + name + ") must be one of " + String.join(", ", NAMES)));
  }

  /** The stages that train and measure. */
  public static Stages standard() {
    return new Stages(
        new TrainStage(),
        new CurvatureStage(),
        new ConnectivityStage(),
        new SimilarityStage(),
        new DistanceStage());
  }
}
