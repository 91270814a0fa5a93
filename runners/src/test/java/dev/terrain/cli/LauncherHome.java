package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the script {@code terrain} with a few sources, and programs that play Java and Maven:
 * each writes its arguments to a log.
 */
final class LauncherHome {
  private static final Path SCRIPT = Path.of("..", "terrain");
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cksum",
          "cut",
          "dirname",
          "find",
          "flock",
          "ls",
          "mkdir",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sleep",
          "sort",
          "stat",
          "stty",
          "touch",
          "tr",
          "wc",
          "xargs");
  private static final long LIMIT_SECONDS = 120;

  private final Path folder;
  private final Path home;
  private final Path programs;
  private final Map<String, String> environment = new TreeMap<>();

  /** Makes a home without a jar; its path has blanks. */
  LauncherHome(Path folder) throws IOException {
    this.folder = folder;
    this.home = Files.createDirectories(folder.resolve("a home"));
    this.programs = Files.createDirectories(folder.resolve("programs"));
    for (String tool : TOOLS) {
      script(tool, find("bash"), "exec " + find(tool) + " \"$@\"\n");
    }
    Files.copy(SCRIPT, home.resolve("terrain"));
    environment.put("PATH", programs.toString());
    environment.put("HOME", folder.toString());
  }

  private static Path find(String tool) {
    for (String place : System.getenv("PATH").split(":", -1)) {
      Path program = Path.of(place, tool);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    throw new IllegalStateException("there is no program " + tool);
  }

  LauncherHome withSources() throws IOException {
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    for (String module : List.of("schemas", "transforms", "pipelines", "runners")) {
      Path main = Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>");
      Files.writeString(main.resolve("Some.java"), "class Some {}");
    }
    return this;
  }

  /** Puts a jar there that another program has built. */
  LauncherHome withJar() throws IOException {
    Files.createDirectories(jar().resolveSibling("lib"));
    Files.writeString(jar(), "jar");
    return this;
  }

  /** Maven that makes a jar of what the first source holds. */
  LauncherHome withMaven() throws IOException {
    program(
        "mvn",
        """
        echo "mvn $*" >>"$HOME/log"
        sleep 0.3
        mkdir -p "$HOME/a home/runners/target/lib"
        cat "$HOME/a home/schemas/src/main/Some.java" >"$HOME/a home/runners/target/terrain.jar"
        """);
    return this;
  }

  /** Java that can make archives; its version is what it says of itself. */
  LauncherHome withJava(String version) throws IOException {
    program(
        "java",
        """
        case "$*" in
          -version) echo 'openjdk version "%s" 2021-09-14' >&2; exit ;;
          -XX:ArchiveClassesAtExit=*)
            echo "archive" >>"$HOME/log"; words="${1#*=}"; echo "classes" >"$words"; exit ;;
          *" --version") exit ;;
        esac
        echo "java $*" >>"$HOME/log"
        echo data
        """
            .formatted(version));
    return this;
  }

  LauncherHome with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  void program(String name, String script) throws IOException {
    script(name, find("bash"), script);
  }

  private void script(String name, Path shell, String script) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!" + shell + "\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  void remove(String program) throws IOException {
    Files.delete(programs.resolve(program));
  }

  Path path(String name) {
    return home.resolve(name);
  }

  Path jar() {
    return home.resolve("runners/target/terrain.jar");
  }

  /** What the programs were asked for so far. */
  List<String> log() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** The times that a program was asked for something. */
  long count(String program) throws IOException {
    return log().stream().filter(line -> line.startsWith(program)).count();
  }

  Cli run(String... arguments) throws IOException {
    return finish(start(home.resolve("terrain"), arguments));
  }

  Started start(Path script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Started(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  static Cli finish(Started started) throws IOException {
    try {
      assertThat(started.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      started.process().destroyForcibly();
    }
    return new Cli(
        started.process().exitValue(),
        Files.readString(started.out()),
        Files.readString(started.err()));
  }

  /** A call under way. */
  record Started(Process process, Path out, Path err) {}
}
