package dev.terrain.cli;

import dev.terrain.sweep.VisibleText;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line in one line, and where its help is. */
final class UsageReport implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine commandLine = exception.getCommandLine();
    PrintWriter err = commandLine.getErr();
    if (Logging.isVerbose()) {
      exception.printStackTrace(err);
    }
    String message = VisibleText.ofLines(exception.getMessage());
    err.println(commandLine.getColorScheme().errorText("terrain: " + message));
    boolean suggested = UnmatchedArgumentException.printSuggestions(exception, err);
    if (!suggested && !commandLine.getSubcommands().isEmpty()) {
      err.println("commands: " + String.join(", ", commandLine.getSubcommands().keySet()));
    }
    err.printf("see '%s --help'%n", commandLine.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }
}
