package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code man} and {@code completion}: what they know is what the command line knows. */
@Tag("process")
class ManualTest {
  @TempDir private Path folder;

  @Test
  void theManualHasEveryCommandAndOption() {
    String manual = Cli.run("man").out();

    assertThat(manual).startsWith(".TH \"TERRAIN\" \"1\"");
    for (CommandLine command : Terrain.commandLine().getSubcommands().values()) {
      assertThat(manual).contains(".SS \"terrain " + command.getCommandName() + "\"\n");
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(manual).contains(option.longestName().replace("-", "\\-"));
      }
    }
    assertThat(manual)
        .contains(".SS \"terrain flink up\"", ".SH \"EXIT STATUS\"")
        .doesNotContain("${", "@|");
    assertThat(manual.chars()).allMatch(c -> c < 128);
  }

  @Test
  void nothingOfTheTextIsTakenForARequest() {
    List<String> requests =
        Cli.run("man").out().lines().filter(line -> line.matches("[.'].*")).toList();

    assertThat(requests).allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|B)( .*)?"));
  }

  @Test
  void manRendersIt() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "no groff here");
    Path page = Files.writeString(folder.resolve("terrain.1"), Cli.run("man").out());

    String text = output("groff", "-man", "-Tutf8", "-ww", page.toString());

    assertThat(text.replaceAll("\u001b\\[[0-9;]*m|.\b", ""))
        .contains("terrain flink up", "EXIT STATUS")
        .doesNotContain("warning", "error:");
  }

  @Test
  void bashTakesTheCompletion_andCompletesCommandsAndOptions() throws Exception {
    for (String shell : List.of("bash", "zsh")) {
      assertThat(Cli.run("completion", shell).out()).contains("complete -F _complete_terrain");
    }
    Path script =
        Files.writeString(folder.resolve("completion"), Cli.run("completion", "bash").out());

    String completed =
        output(
            "bash",
            "-c",
            "compopt() { :; }; source "
                + script
                + "; c() { COMP_WORDS=(terrain \"$@\"); COMP_CWORD=$#; COMPREPLY=();"
                + " _complete_terrain; echo \"${COMPREPLY[@]}\"; };"
                + " c exp; c run --rebuild; c list --state FAI; c flink u; c completion z");

    assertThat(completed.lines().map(String::strip).toList())
        .containsExactly("export explain", "--rebuild-tables", "FAILED", "up", "zsh");
    assertThat(Cli.run("completion", "fish").exitCode()).isEqualTo(2);
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return text;
  }
}
