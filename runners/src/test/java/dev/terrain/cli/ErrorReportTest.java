package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.run.JobCancelledException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

class ErrorReportTest {
  static Stream<Arguments> exceptions() {
    return Stream.of(
        Arguments.of(new IllegalArgumentException("x (1) must be 2"), 3, "x (1) must be 2"),
        Arguments.of(new FileNotFoundException("a: get it"), 3, "a: get it"),
        Arguments.of(new NoSuchFileException("/a"), 3, "/a: no such file or folder"),
        Arguments.of(new AccessDeniedException("/a"), 1, "/a: access denied"),
        Arguments.of(new FileAlreadyExistsException("/a"), 3, "/a: is not a folder"),
        Arguments.of(new NotDirectoryException("/a"), 3, "/a: is not a folder"),
        Arguments.of(
            new FileSystemException("/a", null, "Not a directory"), 3, "/a: Not a directory"),
        Arguments.of(new FileSystemException("/a", null, "No space left"), 1, "/a: No space left"),
        Arguments.of(
            new JobCancelledException("the job x", null),
            130,
            "the job x was cancelled there; the same command goes on where it was"),
        Arguments.of(new AccessDeniedException("/a", null, "because"), 1, "/a: because"),
        Arguments.of(new IOException("disk full"), 1, "disk full"),
        Arguments.of(
            new IllegalStateException("odd"),
            1,
            "internal error: java.lang.IllegalStateException: odd; --verbose shows where"));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void anErrorIsOneLineAndAnExitCode(Exception exception, int exitCode, String message) {
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Terrain.commandLine()
            .setErr(new PrintWriter(err, true))
            .setColorScheme(Help.defaultColorScheme(Ansi.OFF));

    int code = new ErrorReport().handleExecutionException(exception, commandLine, null);

    assertThat(code).isEqualTo(exitCode);
    assertThat(err.toString().strip()).isEqualTo("terrain: " + message);
  }
}
