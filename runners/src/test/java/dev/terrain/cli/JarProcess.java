package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The built jar as a process of its own, which ends at the latest when it is closed. */
public final class JarProcess implements AutoCloseable {
  /** The jar under test. */
  public static final Path JAR = Path.of("target", "terrain.jar").toAbsolutePath();

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Process process;
  private final Path folder;

  private JarProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * Starts {@code java -jar terrain.jar} with arguments.
   *
   * @param scratch where it may leave temporary files
   */
  static JarProcess start(Path scratch, Object... arguments) throws IOException {
    return startJar(scratch, JAR, arguments);
  }

  /** Starts another jar in the same way. */
  static JarProcess startJar(Path scratch, Path jar, Object... arguments) throws IOException {
    return java(scratch, Map.of(), List.of("-jar", jar), arguments);
  }

  /** Starts the jar with additional environment variables. */
  static JarProcess startIn(Map<String, String> environment, Path scratch, Object... arguments)
      throws IOException {
    return java(scratch, environment, List.of("-jar", JAR), arguments);
  }

  /** Starts a main class of the jar or of the libraries beside it. */
  static JarProcess startMain(Path scratch, String mainClass, Object... arguments)
      throws IOException {
    return startMainIn(Map.of(), scratch, mainClass, arguments);
  }

  /** Starts the same with additional environment variables. */
  static JarProcess startMainIn(
      Map<String, String> environment, Path scratch, String mainClass, Object... arguments)
      throws IOException {
    return java(scratch, environment, List.of("-cp", JAR, mainClass), arguments);
  }

  /**
   * Starts a main class of another jar, which the class path ends with; long enough for the
   * optimising compiler.
   */
  public static JarProcess startWith(
      Path other, Path scratch, String mainClass, Object... arguments) throws IOException {
    String classPath = JAR + File.pathSeparator + other;
    return java(
        scratch,
        Map.of(),
        List.of("-XX:TieredStopAtLevel=4", "-cp", classPath, mainClass),
        arguments);
  }

  private static JarProcess java(
      Path scratch, Map<String, String> environment, List<Object> program, Object... arguments)
      throws IOException {
    Path folder = Files.createTempDirectory(scratch, "process-");
    List<String> command = new ArrayList<>();
    if (System.getProperty("os.name").equals("Linux")) {
      // A build that runs in a shell's background ignores interrupts, and so do its children.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // These processes are too short-lived for the optimising compiler to pay.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djava.io.tmpdir=" + folder);
    program.forEach(word -> command.add(word.toString()));
    List.of(arguments).forEach(word -> command.add(word.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    return new JarProcess(process, folder);
  }

  /** Runs the jar to its end. */
  static Cli run(Path scratch, Object... arguments) throws IOException {
    try (JarProcess process = start(scratch, arguments)) {
      return process.finish();
    }
  }

  /** Waits for the end. */
  public Cli finish() throws IOException {
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .as("ended within %s: %s", LIMIT, Files.readString(folder.resolve("err")))
          .isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Cli(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  /** The process itself. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** What it has told so far. */
  public String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Waits for something that this process does before it ends. */
  void await(String what, Condition condition) throws IOException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      assertThat(process.isAlive())
          .as("runs until %s: %s", what, Files.readString(folder.resolve("err")))
          .isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(LIMIT);
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What is waited for. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Ends it at once, as a lost machine would. */
  Cli kill() throws IOException {
    process.destroyForcibly();
    return finish();
  }

  /** Ends it as Ctrl-C does. */
  Cli interrupt() throws IOException {
    sendInterrupt();
    return finish();
  }

  /** Presses Ctrl-C, and does not wait for what comes of it. */
  void sendInterrupt() throws IOException {
    Process kill =
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start();
    kill.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    finish();
  }
}
