package dev.terrain.cli;

import dev.terrain.stage.Provenance;
import dev.terrain.stage.standard.PluginCheck;
import dev.terrain.sweep.VisibleText;
import dev.terrain.v1.AvroLimits;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code terrain}. */
@Command(
    name = "terrain",
    description = "Charts the loss landscapes of whole populations of neural networks.",
    mixinStandardHelpOptions = true,
    versionProvider = Terrain.Version.class,
    scope = ScopeType.INHERIT,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:internal error",
      " 2:wrong usage",
      " 3:invalid sweep, settings or data",
      " 4:finished, but some units failed",
      " 5:a check did not hold, or a result was not reproduced",
      " 130:interrupted, or the job cancelled where it ran; the same command goes on where it was"
    },
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      WatchCommand.class,
      StatusCommand.class,
      ExportCommand.class,
      CellsCommand.class,
      ListCommand.class,
      ShowCommand.class,
      ExplainCommand.class,
      DiffCommand.class,
      ReproduceCommand.class,
      GcCommand.class,
      CompactCommand.class,
      CheckCommand.class,
      ReportCommand.class,
      FindingsCommand.class,
      DiagnoseCommand.class,
      SuggestCommand.class,
      ImportCommand.class,
      MetricsCommand.class,
      ConfigCommand.class,
      DoctorCommand.class,
      DataflowCommand.class,
      FlinkCommand.class,
      CompletionCommand.class,
      ManCommand.class
    })
public final class Terrain {
  @Spec private CommandSpec spec;

  /** Set by the option; read by the error handler. */
  @Option(
      names = {"-v", "--verbose"},
      description = "Log every unit of work, and show stack traces of errors.",
      scope = ScopeType.INHERIT)
  void setVerbose(boolean verbose) {
    if (verbose) {
      Logging.beVerbose();
    }
  }

  /** Called once for each command that is named; the script has read the option, too. */
  @Option(
      names = "--plugins",
      paramLabel = "FOLDER",
      defaultValue = "${env:TERRAIN_PLUGINS}",
      description =
          "Folder with the jars of plugins, whose data sets, architectures, optimisers, schedules and measurements sweeps may name. Default: the variable TERRAIN_PLUGINS.",
      scope = ScopeType.INHERIT)
  void setPlugins(Path folder) {
    if (folder == null) {
      return;
    }
    try {
      new PluginFolder(folder).check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Runs the command line and exits with its code. */
  public static void main(String[] arguments) {
    AvroLimits.set();
    Optional<String> problem = PluginCheck.problem();
    if (problem.isPresent()) {
      System.err.println("terrain: " + VisibleText.ofLines(problem.get()));
      System.exit(ExitCode.INVALID);
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Terrain())
        .setOut(StandardOutput.writer())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionExceptionHandler(new ErrorReport());
  }

  /** Version of the jar that runs. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"terrain " + Provenance.TERRAIN_VERSION};
    }
  }
}
