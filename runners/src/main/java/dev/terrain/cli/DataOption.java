package dev.terrain.cli;

import picocli.CommandLine.Option;

/** Where the files of data sets are. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Folder or gs:// prefix of the data set's files. Default: where the study's plan says, else where its Debian package puts them.")
  private String location;

  String location() {
    return LocalFolder.check("--data", location);
  }
}
