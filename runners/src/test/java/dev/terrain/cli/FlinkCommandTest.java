package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkCommandTest {
  @TempDir private Path folder;

  @Test
  void whereNoClusterIsThatIsSaid() throws IOException {
    Cli status = Cli.run("flink", "status", "--folder", folder);
    Cli json = Cli.run("flink", "status", "--folder", folder, "--json");
    Cli down = Cli.run("flink", "down", "--folder", folder);

    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(status.out()).contains("no cluster is up in " + folder);
    assertThat(json.exitCode()).isEqualTo(3);
    assertThat(new JsonMapper().readTree(json.out()).path("up").booleanValue()).isFalse();
    assertThat(down.exitCode()).isZero();
    assertThat(down.err()).contains("no cluster was up in " + folder);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--task-managers 0", "--slots 0", "--memory 100m --slots 1"})
  void aSizeThatCannotBeIsRefused(String options) {
    Cli cli = up(options);

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err()).contains(options.split(" ", -1)[0], "must be at least").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--memory much", "--memory 12", "--port x"})
  void whatCannotBeReadIsAUsageError(String options) {
    assertThat(up(options).exitCode()).isEqualTo(2);
  }

  private Cli up(String options) {
    Stream<String> words =
        Stream.concat(
            Stream.of("flink", "up", "--folder", folder.resolve("cluster").toString()),
            Arrays.stream(options.split(" ", -1)));
    return Cli.run(words.toArray());
  }

  @Test
  void aMasterThatIsNoneIsNamed() throws IOException {
    Path sweep = SmallSweep.write(folder);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertRefused(sweep, "no Flink cluster answers at 127.0.0.1:" + port, "flink", port);
    assertRefused(sweep, "--flink-master (127.0.0.1:port) must be HOST:PORT", "flink", "port");
    assertRefused(sweep, "needs --runner flink", "local", port);
  }

  private void assertRefused(Path sweep, String message, String runner, Object port) {
    Path study = folder.resolve("study");

    Cli cli =
        Cli.run(
            "run",
            sweep,
            "--out",
            study,
            "--runner",
            runner,
            "--flink-master",
            "127.0.0.1:" + port);

    assertThat(cli.exitCode()).isEqualTo(3);
    assertThat(cli.err()).contains(message).hasLineCount(1);
    assertThat(Files.exists(study)).isFalse();
  }
}
