package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The script {@code terrain} with the jar alone, somewhere else than where it was built. */
final class InstalledScript {
  private final Path folder;
  private final Path home;

  /**
   * @param folder where it and what it leaves behind go
   */
  InstalledScript(Path folder) throws IOException {
    this.folder = folder;
    this.home = Files.createDirectories(folder.resolve("moved here"));
    Path target = Files.createDirectories(home.resolve("runners/target"));
    Files.copy(Path.of("..", "terrain"), home.resolve("terrain"));
    Files.copy(JarProcess.JAR, target.resolve("terrain.jar"));
    Files.createSymbolicLink(target.resolve("lib"), JarProcess.JAR.resolveSibling("lib"));
  }

  Path jar() {
    return home.resolve("runners/target/terrain.jar");
  }

  /** Runs it to its end, with additional environment variables. */
  Cli run(Path java, Map<String, String> environment, Object... arguments) throws IOException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    List<String> command = new ArrayList<>(List.of(home.resolve("terrain").toString()));
    List.of(arguments).forEach(word -> command.add(word.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().merge("PATH", java.getParent() + ":", (path, bin) -> bin + path);
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
    return new Cli(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** The JDK of the build. */
  static Path ownJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
