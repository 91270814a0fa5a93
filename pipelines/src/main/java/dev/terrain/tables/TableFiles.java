package dev.terrain.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a study, wherever it lies; names are relative to the study and use slashes. */
public interface TableFiles {

  /** Names of the files directly in a folder, sorted; empty if there is no such folder. */
  List<String> list(String folder) throws IOException;

  /** A file's bytes from the start; the caller closes them. */
  InputStream open(String name) throws IOException;

  /** Where a file is or would be, for messages. */
  String address(String name);

  /** The files of a study on this machine. */
  static TableFiles local(Path study) {
    return new TableFiles() {
      @Override
      public List<String> list(String folder) throws IOException {
        Path directory = study.resolve(folder);
        if (!Files.isDirectory(directory)) {
          return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
          return files
              .filter(Files::isRegularFile)
              .map(file -> folder + "/" + file.getFileName())
              .sorted()
              .toList();
        }
      }

      @Override
      public InputStream open(String name) throws IOException {
        return Files.newInputStream(study.resolve(name));
      }

      @Override
      public String address(String name) {
        return study.resolve(name).toString();
      }
    };
  }
}
