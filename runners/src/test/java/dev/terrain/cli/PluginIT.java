package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.model.Architecture;
import dev.terrain.model.ImageShape;
import dev.terrain.model.Network;
import dev.terrain.registry.Extension;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a plugin, built by its own project, as users run it. */
class PluginIT {
  private static final Path EXAMPLE = Path.of("..", "examples", "plugin");
  private static final String JAR = "terrain-example-plugin-1.0.jar";
  private static final String TERRAIN = "dev.terrain.cli.Terrain";

  @TempDir private Path folder;
  private Path plugins;

  @BeforeEach
  void copy() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    Files.copy(EXAMPLE.resolve("target").resolve(JAR), plugins.resolve(JAR));
  }

  @Test
  void itsMetricAndArchitecture_areInSchemaPlanTablesAndProvenance() throws IOException {
    Path study = folder.resolve("study");
    InstalledScript script = new InstalledScript(folder);
    Object[] run = {"run", EXAMPLE.resolve("sweep.yaml"), "--out", study, "--plugins", plugins};

    // With a collector of its own the script makes no archive of classes, which takes seconds.
    Cli first =
        script.run(InstalledScript.ownJava(), Map.of("TERRAIN_JAVA_OPTS", "-XX:+UseSerialGC"), run);

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err())
        .contains("4 cells, 8 models")
        .containsPattern("(\\d+) units: 0 remembered, \\1 computed, 0 failed")
        .doesNotContain("WARN", "ERROR", "Exception");
    checkTables(TableReader.of(study), 8);
    assertThat(Files.readString(study.resolve("plan.json")))
        .contains("\"rounding\" : {", "\"plugin\" : \"org.example.terrain\"");

    Cli second = terrain(run);
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.err()).containsPattern("(\\d+) units: \\1 remembered, 0 computed, 0 failed");
    Cli schema = terrain("config", "schema", "--plugins", plugins);
    assertThat(schema.out()).contains("\"rounding\" : {", "\"bits\"", "skip-perceptron");
    String model = TableReader.of(study).read(Model.class).get(0).getModelId();
    assertThat(terrain("show", model, "--out", study).out())
        .contains(
            "org.example.terrain: architecture skip-perceptron 1",
            "org.example.terrain: stage rounding 1",
            "rounding_loss_increase");

    Cli without = Cli.run("status", "--out", study);
    assertThat(without.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(without.err())
        .contains(
            "plan.json: needs stage 'rounding' of plugin org.example.terrain, which is not here; give the folder of its jar with --plugins",
            "plan.json: needs architecture 'skip-perceptron' of plugin org.example.terrain");
  }

  private static void checkTables(TableReader tables, int models) throws IOException {
    assertThat(tables.read(Failure.class)).isEmpty();
    assertThat(tables.read(Model.class))
        .hasSize(models)
        .allMatch(row -> row.getArchitecture().equals("skip-perceptron"));
    assertThat(tables.read(Measurement.class))
        .filteredOn(row -> row.getMetric().equals("rounding_loss_increase"))
        .hasSize(models)
        .allMatch(row -> row.getStatus() == MeasurementStatus.OK)
        .extracting(Measurement::getValue)
        .doesNotHaveDuplicates()
        .doesNotContain(0.0);
  }

  @Test
  void aSweepThatAsksForNoneOfIt_isTheSameWithIt() throws IOException {
    Path sweep = SmallSweep.write(folder, SmallSweep.YAML);

    Cli with = terrain("config", "show", sweep, "--plugins", plugins);

    assertThat(with.out()).isEqualTo(Cli.run("config", "show", sweep).out());
  }

  @Test
  void aClassThatCannotBeMade_endsTheCommandWithItsReason() throws IOException {
    Path jar = jarOf(Unmakeable.class);

    Cli cli = java(jar, "config", "schema");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(cli.err())
        .isEqualTo(
            "terrain: plugin class %s of %s cannot be made: java.lang.IllegalStateException: no licence\n"
                .formatted(Unmakeable.class.getName(), jar));
  }

  @Test
  void aNameThatIsTaken_endsTheCommandWithBothClasses() throws IOException {
    Cli cli = java(jarOf(Twin.class), "config", "schema");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(cli.err())
        .isEqualTo(
            "terrain: architecture 'mlp' is there twice, as dev.terrain.model.Mlp and %s; each must have a name of its own\n"
                .formatted(Twin.class.getName()));
  }

  @Test
  void aClusterStartedWithIt_computesIt() throws IOException {
    Path cluster = folder.resolve("cluster");
    Path study = folder.resolve("study");
    Path sweep =
        Files.writeString(
            folder.resolve("sweep.yaml"),
            Files.readString(EXAMPLE.resolve("sweep.yaml"))
                .replace("[4, 8]", "[8]")
                .replace("[64, 256]", "[64]"));
    try {
      Object[] up = {"flink", "up", "--folder", cluster, "--slots", 2, "--port", 0};
      Cli started = terrain(up);
      assertThat(started.exitCode()).as(started.err()).isZero();
      assertThat(JarProcess.run(folder, up).err())
          .contains(
              "a cluster with other plugins (terrain-example-plugin-1.0-", "than these (none)");

      Cli cli =
          terrain(
              "run",
              sweep,
              "--out",
              study,
              "--runner",
              "flink",
              "--flink-master",
              started.out().strip());

      assertThat(cli.exitCode()).as(cli.err()).isZero();
      checkTables(TableReader.of(study), 2);
    } finally {
      Cli.run("flink", "down", "--folder", cluster);
    }
  }

  @Test
  void thePipelineOfAUser_trainsMeasuresAndWritesWhatItChose() throws IOException {
    Path chosen =
        Files.writeString(folder.resolve("chosen.txt"), "4 64 0\n4 64 1\n8 256 0\n8 256 1\n");
    Path results = folder.resolve("results");
    try (JarProcess process =
        JarProcess.startWith(
            Path.of("..", "examples", "pipeline", "target", "terrain-example-pipeline-1.0.jar"),
            folder,
            "org.example.pipeline.ChosenModels",
            "--sweep=" + Path.of("..", "examples", "pipeline", "sweep.yaml"),
            "--chosen=" + chosen,
            "--study=" + folder.resolve("study"),
            "--results=" + results)) {
      Cli cli = process.finish();
      assertThat(cli.exitCode()).as(cli.err()).isZero();
    }

    assertThat(Files.readAllLines(folder.resolve("results-failures-00000-of-00001"))).isEmpty();
    assertThat(Files.readAllLines(folder.resolve("results-cells-00000-of-00001")))
        .hasSize(2)
        .anyMatch(line -> line.matches("width 4.0, batch size 64.0: 2 models, test accuracy .*"))
        .anyMatch(line -> line.matches("width 8.0, batch size 256.0: 2 models, test accuracy .*"));
    try (Stream<Path> records = Files.walk(folder.resolve("study/ledger/distance"))) {
      assertThat(records.filter(Files::isRegularFile)).hasSize(2);
    }
  }

  /** The command with the plugin on its class path. */
  private Cli terrain(Object... arguments) throws IOException {
    return java(plugins.resolve(JAR), arguments);
  }

  private Cli java(Path jar, Object... arguments) throws IOException {
    try (JarProcess process = JarProcess.startWith(jar, folder, TERRAIN, arguments)) {
      return process.finish();
    }
  }

  private Path jarOf(Class<? extends Extension> type) throws IOException {
    Path file = folder.resolve("other.jar");
    String name = type.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
        InputStream in = type.getResourceAsStream("/" + name)) {
      jar.putNextEntry(new JarEntry(name));
      in.transferTo(jar);
      jar.putNextEntry(new JarEntry(PluginFolder.SERVICES));
      jar.write(type.getName().getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /** Throws as it is made. */
  public static final class Unmakeable implements Extension {
    public Unmakeable() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public String kind() {
      return "architecture";
    }

    @Override
    public String name() {
      return "unmakeable";
    }

    @Override
    public int version() {
      return 1;
    }
  }

  /** Has the name of a part of Terrain. */
  public static final class Twin implements Architecture {
    @Override
    public String name() {
      return "mlp";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Set<String> settings() {
      return Set.of();
    }

    @Override
    public Network network(ModelSpec spec, ImageShape shape) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long multiplyAdds(ModelSpec spec, ImageShape shape) {
      return 0;
    }
  }
}
