package dev.terrain.cli;

import dev.terrain.data.InvalidDataException;
import dev.terrain.run.JobCancelledException;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.Problem;
import dev.terrain.sweep.VisibleText;
import dev.terrain.tables.DamagedTablesException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one message, and picks the exit code. */
final class ErrorReport implements IExecutionExceptionHandler {
  /** What file systems and our store say of it. */
  private static final Set<String> MISPLACED =
      Set.of("Not a directory", "Is a directory", "is a folder, not a file");

  /** Values and keys of a sweep, as problems name them, that plugins add to. */
  private static final Pattern NAMED_BY_PLUGINS =
      Pattern.compile(
          "(?:base|axes\\.\\w+(?:\\[\\d+])?)\\.(?:dataset|architecture|optimizer|learning_rate_schedule)(?:\\[\\d+])?"
              + "|metrics\\[\\d+]|[a-z][a-z0-9_]*");

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult result) {
    if (Logging.isVerbose()) {
      exception.printStackTrace(commandLine.getErr());
    }
    String message = VisibleText.ofLines(String.valueOf(message(exception)));
    if (exception instanceof InvalidSweepException invalid) {
      commandLine.getErr().println(commandLine.getColorScheme().errorText(message));
      if (invalid.problems().stream().anyMatch(ErrorReport::mayLackPlugin)) {
        commandLine
            .getErr()
            .println("note: what plugins bring is known where --plugins names their folder");
      }
      return ExitCode.INVALID;
    }
    if (exception instanceof IllegalArgumentException
        || exception instanceof InvalidDataException
        || isMisplaced(exception)
        || exception instanceof FileNotFoundException
        || exception instanceof NoSuchFileException
        || exception instanceof DamagedTablesException) {
      commandLine.getErr().println(commandLine.getColorScheme().errorText("terrain: " + message));
      return ExitCode.INVALID;
    }
    if (exception instanceof JobCancelledException) {
      commandLine.getErr().println(commandLine.getColorScheme().errorText("terrain: " + message));
      return ExitCode.INTERRUPTED;
    }
    if (exception instanceof IOException) {
      commandLine.getErr().println(commandLine.getColorScheme().errorText("terrain: " + message));
      return ExitCode.INTERNAL_ERROR;
    }
    commandLine
        .getErr()
        .println(
            commandLine
                .getColorScheme()
                .errorText("terrain: internal error: " + exception + "; --verbose shows where"));
    return ExitCode.INTERNAL_ERROR;
  }

  /** Whether a sweep has a name or a section that a plugin could give a meaning. */
  private static boolean mayLackPlugin(Problem problem) {
    return NAMED_BY_PLUGINS.matcher(problem.path()).matches()
        && (problem.message().startsWith("must be one of ")
            || (problem.message().startsWith("unknown key ")
                && problem.message().contains("; allowed are ")));
  }

  /** Whether there is a folder in the place of a file, or the other way round. */
  private static boolean isMisplaced(Exception exception) {
    return exception instanceof NotDirectoryException
        || exception instanceof FileAlreadyExistsException
        || (exception instanceof FileSystemException error
            && MISPLACED.contains(String.valueOf(error.getReason())));
  }

  /** Java's message of some of a file system's errors is the file alone. */
  private static String message(Exception exception) {
    if (exception instanceof FileSystemException error && error.getReason() == null) {
      String problem =
          exception instanceof NoSuchFileException
              ? "no such file or folder"
              : exception instanceof AccessDeniedException
                  ? "access denied"
                  : exception instanceof FileAlreadyExistsException
                          || exception instanceof NotDirectoryException
                      ? "is not a folder"
                      : exception.getClass().getSimpleName();
      return error.getFile() + ": " + problem;
    }
    return exception.getMessage();
  }
}
