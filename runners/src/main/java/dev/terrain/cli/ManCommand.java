package dev.terrain.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code terrain man}: the manual page. */
@Command(
    name = "man",
    description = {
      "Prints the manual page of all commands, for 'man'.",
      "To read it: terrain man | man -l -; to keep it: terrain man >"
          + " DIRECTORY_OF_MANUALS/man1/terrain.1"
    })
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(new ManPage(spec.root()).text());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
