package dev.terrain.cli;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.run.Study;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.FrozenPlan;
import dev.terrain.study.PlanFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which study a command looks into. */
final class StudyOption {
  @Option(
      names = "--out",
      paramLabel = "STUDY",
      required = true,
      description = "Folder or gs:// address of the study.")
  private String address;

  @Mixin private GcsEndpoint endpoint;

  String address() {
    return endpoint.through(LocalFolder.check("--out", address));
  }

  /** Another address, as this study is reached. */
  String through(String other) {
    return endpoint.through(other);
  }

  ObjectStore store() {
    return ObjectStores.open(address());
  }

  /**
   * Makes sure that there is a study: a plan, or the tables that a stream has written.
   *
   * @throws FileNotFoundException if there is neither
   */
  void check() throws IOException {
    if (store().list("tables/").isEmpty()) {
      plan();
    }
  }

  /** The study's plan; a study without one is not a study. */
  FrozenPlan plan() throws IOException {
    return new PlanFiles(store()).current().orElseThrow(this::noPlan);
  }

  /** The study with data that the user names, or null. */
  Study study(String dataLocation) {
    return new Study(new StudyAddress(address(), through(dataLocation)));
  }

  FileNotFoundException noPlan() {
    return new FileNotFoundException(
        address
            + " holds no plan.json: it is not a study, or nothing was run in it yet; where 'watch' feeds it, name a request with --sweep");
  }
}
