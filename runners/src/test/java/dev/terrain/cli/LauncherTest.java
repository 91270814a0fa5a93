package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script {@code terrain} asks of Java and Maven, and what it says. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("process")
class LauncherTest {
  private static final String SOURCE = "schemas/src/main/Some.java";

  @TempDir private Path folder;
  private LauncherHome home;

  @BeforeEach
  void make() throws IOException {
    home = new LauncherHome(folder).withJava("17.0.15");
  }

  @Test
  void aSourceDatedInTheFuture_isBuiltOnce() throws IOException {
    home.withSources().withJar().withMaven();
    setTime(SOURCE, Duration.ofDays(1));

    Cli first = home.run("status");
    Cli second = home.run("status");

    assertThat(first.err()).contains("building the jar");
    assertThat(second).isEqualTo(new Cli(0, "data\n", ""));
    assertThat(home.count("mvn")).isEqualTo(1);
  }

  @Test
  void aSourceThatOnlyHasANewTime_isNotBuiltAgain() throws IOException {
    home.withSources().withMaven();
    home.run("status");
    setTime(SOURCE, Duration.ofSeconds(5));

    assertThat(home.run("status").err()).isEmpty();
    assertThat(home.count("mvn")).isEqualTo(1);
  }

  @Test
  void aSourceThatIsPutBackWithItsOldTime_isCompiledAnew() throws IOException {
    home.withSources().withMaven();
    home.run("status");
    Path classes = Files.createDirectories(home.path("schemas/target/unchecked-classes"));
    Files.writeString(home.path(SOURCE), "class Some { int older; }");
    setTime(SOURCE, Duration.ofDays(-9));

    Cli again = home.run("status");

    assertThat(again.err()).contains("building the jar");
    assertThat(Files.readString(home.jar())).contains("older");
    assertThat(classes).doesNotExist();
  }

  @Test
  void aJarThatAnotherProgramBuilt_isTakenIfNoSourceIsNewer() throws IOException {
    home.withSources().withJar().withMaven();
    setTime("runners/target/terrain.jar", Duration.ofSeconds(5));

    assertThat(home.run("status").err()).isEmpty();
    assertThat(home.count("mvn")).isZero();
  }

  @Test
  void aBuildThatWasCutShort_isMadeAgain() throws IOException {
    home.withSources();
    home.program(
        "mvn",
        "mkdir -p \"$HOME/a home/runners/target/lib\"; echo half >\"$HOME/a home/runners/target/terrain.jar\"; exit 1\n");
    Cli failed = home.run("status");
    home.withMaven();

    Cli again = home.run("status");

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("the build failed");
    assertThat(again.exitCode()).isZero();
    assertThat(home.count("mvn")).isEqualTo(1);
  }

  @Test
  void twoCallsAtOnce_buildOnce() throws IOException {
    home.withSources().withMaven();
    List<LauncherHome.Started> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(home.start(home.path("terrain"), "status"));
    }
    for (LauncherHome.Started call : calls) {
      Cli cli = LauncherHome.finish(call);
      assertThat(cli.exitCode()).as(cli.err()).isZero();
      assertThat(cli.out()).isEqualTo("data\n");
    }
    assertThat(home.count("mvn")).isEqualTo(1);
  }

  @Test
  void aJarAlone_runsWithoutAWord() throws IOException {
    home.withJar();

    assertThat(home.run("status")).isEqualTo(new Cli(0, "data\n", ""));
  }

  @Test
  void aLinkToTheScript_runsTheJarBesideTheScript() throws IOException {
    home.withJar();
    Path link = Files.createSymbolicLink(folder.resolve("linked"), home.path("terrain"));

    Cli cli = LauncherHome.finish(home.start(link, "status", "--out", "a study"));

    assertThat(cli).isEqualTo(new Cli(0, "data\n", ""));
    assertThat(home.log())
        .last()
        .asString()
        .endsWith("-jar " + home.jar() + " status --out a study");
  }

  @Test
  void jarsOfPlugins_joinTheClassPathWithWhatTheManifestOpens() throws IOException {
    home.withJar();
    Path plugins = Files.createDirectories(folder.resolve("my plugins"));
    Files.writeString(plugins.resolve("a.jar"), "");
    Files.writeString(plugins.resolve("b.jar"), "");
    Files.writeString(plugins.resolve("notes.txt"), "");
    String classPath = "%s:%s/a.jar:%s/b.jar".formatted(home.jar(), plugins, plugins);
    String opens =
        Files.readString(Path.of("..", "pom.xml"))
            .replaceAll("(?s).*<jvm.opens>(.*)</jvm.opens>.*", "$1");

    home.run("status", "--plugins", plugins.toString());
    home.run("status", "--plugins=" + plugins, "--", "--plugins=/elsewhere");
    home.with("TERRAIN_PLUGINS", plugins.toString()).run("status");

    assertThat(home.log())
        .filteredOn(line -> line.startsWith("java"))
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(
                        " %s -cp %s dev.terrain.cli.Terrain status".formatted(opens, classPath)));
  }

  @Test
  void aFolderWithoutJars_isLeftToTheProgram() throws IOException {
    home.withJar().run("status", "--plugins", folder.resolve("absent").toString());

    assertThat(home.log()).last().asString().contains("-jar " + home.jar() + " status --plugins ");
  }

  @Test
  void nothingToRun_isSaid() throws IOException {
    Cli cli = home.run("status");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err())
        .hasLineCount(1)
        .contains("terrain.jar is missing, and so are the sources");
  }

  @Test
  void noMaven_isSaid() throws IOException {
    home.withSources();
    Cli missing = home.run("status");
    home.withJar();
    setTime(SOURCE, Duration.ofDays(1));
    Cli old = home.run("status");

    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).hasLineCount(1).contains("terrain.jar is missing", "no 'mvn'");
    assertThat(old.exitCode()).isZero();
    assertThat(old.out()).isEqualTo("data\n");
    assertThat(old.err()).hasLineCount(1).contains("made from other sources", "no 'mvn'");
  }

  @Test
  void noJava_isSaid() throws IOException {
    home.withJar().remove("java");

    Cli cli = home.run("status");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).hasLineCount(1).contains("needs Java 17 or newer", "no 'java'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.2", "1.8.0_292", "16"})
  void anOldJava_isNamed(String version) throws IOException {
    Cli cli = home.withJar().withJava(version).run("status");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).hasLineCount(1).contains("needs Java 17 or newer", "is Java " + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21-ea", "25.0.1"})
  void aNewJava_runs(String version) throws IOException {
    assertThat(home.withJar().withJava(version).run("status").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "TERRAIN_JAVA_OPTS, -XX:+UseZGC",
    "JAVA_TOOL_OPTIONS, -XX:+UseParallelGC",
    "JDK_JAVA_OPTIONS, -Xmx1g -XX:+UseG1GC",
    "_JAVA_OPTIONS, -XX:+UseShenandoahGC"
  })
  void aCollectorThatTheUserChooses_takesThePlaceOfOurs(String variable, String options)
      throws IOException {
    home.withJar().run("status");
    home.with(variable, options).run("status");

    assertThat(home.log()).filteredOn(line -> line.startsWith("java")).hasSize(2);
    assertThat(home.log()).first().isEqualTo("archive");
    assertThat(home.log().get(1)).contains("-XX:+UseSerialGC", "-XX:SharedArchiveFile=");
    assertThat(home.log().get(2)).doesNotContain("-XX:+UseSerialGC", "-XX:SharedArchiveFile=");
  }

  @Test
  void whatTheJvmLogs_goesToStandardError() throws IOException {
    home.withJar().with("TERRAIN_JAVA_OPTS", "-Xlog:gc*=info -Xlog:safepoint:file=x").run("status");

    assertThat(home.log())
        .last()
        .asString()
        .contains(
            "-XX:+DisplayVMOutputToStderr -Xlog:all=off:stdout -Xlog:all=warning:stderr",
            " -Xlog:gc*=info:stderr ",
            " -Xlog:safepoint:file=x ");
  }

  @Test
  void anotherJdk_getsAnArchiveOfItsOwn() throws IOException {
    home.withJar().run("status");
    Path first = archives().get(0);
    home.withJava("25").run("status");

    assertThat(home.count("archive")).isEqualTo(2);
    assertThat(archives()).hasSize(2);
    assertThat(home.log()).last().asString().doesNotContain(first.toString());
    home.run("status");
    home.withJava("17.0.15").run("status");
    assertThat(home.count("archive")).isEqualTo(2);
    assertThat(home.log()).last().asString().contains(first.toString());
  }

  @Test
  void aRun_getsAnArchiveOfARunAndALateSecondCompiler() throws IOException {
    home.withJar().run("status");
    Cli first = home.run("run", "sweep.yaml");
    Cli second = home.run("run", "sweep.yaml");

    assertThat(first.err()).hasLineCount(1).contains("preparing later runs");
    assertThat(second).isEqualTo(new Cli(0, "data\n", ""));
    assertThat(home.count("archive")).isEqualTo(2);
    assertThat(archives()).hasSize(2);
    assertThat(home.log())
        .last()
        .asString()
        .contains("/terrain-run-", "-XX:Tier4InvocationThreshold=")
        .doesNotContain("-XX:+UseSerialGC", "-XX:TieredStopAtLevel");
    home.run("status");
    assertThat(home.log())
        .last()
        .asString()
        .contains("-XX:SharedArchiveFile=")
        .doesNotContain("/terrain-run-", "-XX:Tier4InvocationThreshold=");
  }

  @Test
  void aBuild_preparesRunsAndLooks() throws IOException {
    home.withSources().withMaven();

    home.run("status");
    assertThat(home.log()).last().asString().doesNotContain("/terrain-run-");
    home.run("run", "sweep.yaml");

    assertThat(home.count("archive")).isEqualTo(2);
    assertThat(home.log()).last().asString().contains("/terrain-run-");
  }

  @Test
  void aRunThatIsEndedWhileItPrepares_leavesNothing() throws Exception {
    home.withJar();
    home.program(
        "java",
        """
        case "$*" in
          -version) echo 'java version "17"' >&2 ;;
          -XX:Archive*) echo archive >>"$HOME/log"; echo half >"${1#*=}"; sleep 1 ;;
          *) echo "java $*" >>"$HOME/log" ;;
        esac
        """);
    LauncherHome.Started run = home.start(home.path("terrain"), "run", "sweep.yaml");
    while (home.count("archive") == 0) {
      Thread.sleep(10);
    }
    run.process().destroy();

    assertThat(LauncherHome.finish(run).exitCode()).isEqualTo(143);
    assertThat(archives()).isEmpty();
    assertThat(home.count("java")).isZero();
  }

  @Test
  void aRunWhileAnotherPrepares_goesWithout() throws IOException {
    home.withJar();
    Path lock = Files.createFile(home.jar().resolveSibling("terrain.lock"));
    Process holder =
        new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; exec sleep 60")
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('h');

      assertThat(home.run("run", "sweep.yaml")).isEqualTo(new Cli(0, "data\n", ""));
      assertThat(home.count("archive")).isZero();
    } finally {
      holder.descendants().forEach(ProcessHandle::destroyForcibly);
      holder.destroyForcibly();
    }
  }

  @Test
  void jarsWithOtherTimes_getAnArchiveThatTakesThePlaceOfTheOld() throws IOException {
    home.withJar().run("status");
    Path first = archives().get(0);
    setTime("runners/target/terrain.jar", Duration.ofHours(-1));
    home.run("status");

    assertThat(archives()).hasSize(1).doesNotContain(first);
  }

  @Test
  void halfAnArchive_isNotUsed() throws IOException {
    home.withJar().run("status");
    Files.writeString(archives().get(0), "x", StandardOpenOption.TRUNCATE_EXISTING);

    home.run("status");

    assertThat(home.count("archive")).isEqualTo(2);
    assertThat(Files.readString(archives().get(0))).isEqualTo("classes\n");
  }

  @Test
  void aJdkThatMakesNoArchive_isAskedOnce() throws IOException {
    home.withJar();
    home.program(
        "java",
        """
        case "$*" in
          -version) echo 'java version "17"' >&2 ;;
          -XX:Archive*) echo archive >>"$HOME/log"; exit 1 ;;
          *) echo "java $*" >>"$HOME/log" ;;
        esac
        """);
    home.run("status");
    home.run("status");

    assertThat(home.count("archive")).isEqualTo(1);
    assertThat(home.log()).last().asString().doesNotContain("SharedArchiveFile");
  }

  private List<Path> archives() throws IOException {
    List<Path> archives = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home.jar().getParent(), "*.jsa*")) {
      files.forEach(archives::add);
    }
    return archives;
  }

  private void setTime(String name, Duration fromNow) throws IOException {
    Files.setLastModifiedTime(home.path(name), FileTime.from(Instant.now().plus(fromNow)));
  }
}
