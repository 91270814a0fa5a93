package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A local cluster of two TaskManagers with two slots each, started and ended by the commands. */
public final class ClusterProcesses {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path scratch;
  private final Path folder;

  /**
   * @param scratch where its folder and what the commands leave behind go
   */
  public ClusterProcesses(Path scratch) {
    this.scratch = scratch;
    this.folder = scratch.resolve("cluster");
  }

  /** Starts it, or what was killed of it; gives its address. */
  public String up() throws IOException {
    return up(JarProcess.JAR);
  }

  /** The same from another build's jar. */
  String up(Path jar) throws IOException {
    Object[] words = {"flink", "up", "--folder", folder, "--task-managers", 2, "--slots", 2};
    try (JarProcess process = JarProcess.startJar(scratch, jar, with(words, "--port", 0))) {
      Cli cli = process.finish();
      assertThat(cli.exitCode()).as(cli.err()).isZero();
      String master = cli.out().strip();
      JsonNode status = status();
      assertThat(status.path("up").booleanValue()).isTrue();
      assertThat(status.path("master").textValue()).isEqualTo(master);
      assertThat(status.path("slots").intValue()).isEqualTo(4);
      return master;
    }
  }

  /** Ends all of it. */
  public void down() throws IOException {
    List<Long> pids = pids().stream().filter(ClusterProcesses::isAlive).toList();

    Cli cli = Cli.run("flink", "down", "--folder", folder);

    assertThat(cli.err()).contains("ended " + pids.size() + " processes");
    assertThat(pids).noneMatch(ClusterProcesses::isAlive);
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** All its processes, the JobManager first. */
  public List<Long> pids() throws IOException {
    return status().path("processes").findValues("pid").stream().map(JsonNode::longValue).toList();
  }

  JsonNode status() throws IOException {
    return new JsonMapper()
        .readTree(Cli.run("flink", "status", "--folder", folder, "--json").out());
  }

  long pid(String role) throws IOException {
    for (JsonNode process : status().path("processes")) {
      if (process.path("role").textValue().equals(role)) {
        return process.path("pid").longValue();
      }
    }
    throw new AssertionError("no process " + role);
  }

  void kill(String role) throws IOException {
    ProcessHandle process = ProcessHandle.of(pid(role)).orElseThrow();
    process.destroyForcibly();
    process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  Path log(int taskManager) {
    return folder.resolve("logs").resolve("taskmanager-" + taskManager + ".log");
  }

  /** An array and some words more. */
  static Object[] with(Object[] words, Object... more) {
    Object[] all = new Object[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
