package dev.terrain.cli;

import dev.terrain.spec.InvalidSweepException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one message, and picks the exit code. */
final class ErrorReport implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult result) {
    if (Logging.isVerbose()) {
      exception.printStackTrace(commandLine.getErr());
    }
    String message = exception.getMessage();
    if (exception instanceof InvalidSweepException) {
      commandLine.getErr().println(commandLine.getColorScheme().errorText(message));
      return ExitCode.INVALID;
    }
    if (exception instanceof IllegalArgumentException
        || exception instanceof FileNotFoundException
        || exception instanceof NoSuchFileException) {
      commandLine.getErr().println(commandLine.getColorScheme().errorText("terrain: " + message));
      return ExitCode.INVALID;
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
}
