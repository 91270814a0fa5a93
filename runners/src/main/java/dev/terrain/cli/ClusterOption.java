package dev.terrain.cli;

import dev.terrain.cluster.LocalCluster;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which local cluster a command is about. */
final class ClusterOption {
  private static final String FOLDER = ".terrain-flink";

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = FOLDER,
      description = "Folder that holds all of the cluster. Default: ${DEFAULT-VALUE}.")
  private Path folder;

  Path folder() {
    return folder;
  }

  LocalCluster cluster() {
    LocalFolder.check("--folder", folder.toString());
    return LocalCluster.in(folder);
  }

  /** The cluster of the working directory, which needs no naming. */
  static LocalCluster usual() {
    return LocalCluster.in(Path.of(FOLDER));
  }
}
