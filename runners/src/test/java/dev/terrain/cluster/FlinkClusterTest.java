package dev.terrain.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkClusterTest {
  private final Map<String, String> pages = new HashMap<>();
  private final List<String> patched = new CopyOnWriteArrayList<>();
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private MasterAddress master;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    master = new MasterAddress("127.0.0.1", server.getAddress().getPort());
    pages.put(
        "/overview",
        """
        {"taskmanagers": 2, "slots-total": 4, "slots-available": 3, "flink-version": "1.19.3"}""");
    server.createContext(
        "/",
        exchange -> {
          String page = pages.get(exchange.getRequestURI().getPath());
          if (exchange.getRequestMethod().equals("PATCH")) {
            patched.add(exchange.getRequestURI().toString());
            page = "{}";
          }
          if (exchange.getRequestMethod().equals("POST")) {
            posted.add(
                exchange.getRequestURI()
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          }
          byte[] body = (page == null ? "nothing" : page).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(page == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theOverviewIsRead() throws IOException {
    assertThat(FlinkCluster.at(master).overview())
        .isEqualTo(new ClusterOverview("1.19.3", 2, 4, 3));
  }

  @Test
  void taskManagersAreNamed() throws IOException {
    pages.put(
        "/taskmanagers",
        """
        {"taskmanagers": [{"id": "taskmanager-2-b"}, {"id": "taskmanager-1-a"}]}""");

    assertThat(FlinkCluster.at(master).taskManagers())
        .containsExactly("taskmanager-1-a", "taskmanager-2-b");
  }

  @Test
  void whereNothingAnswersIsSaid() {
    server.stop(0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlinkCluster.at(master))
        .withMessageStartingWith("no Flink cluster answers at " + master);
  }

  @Test
  void whatIsNotFlinkIsSaid() {
    for (String page : List.of("<html></html>", "{}", "[]")) {
      pages.put("/overview", page);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FlinkCluster.at(master))
          .withMessageContaining("what answers at " + master + " is not a Flink cluster");
    }
    pages.clear();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlinkCluster.at(master))
        .withMessageContaining("answered 404 to /overview");
  }

  @Test
  void theMachinesOfTheTaskManagersAreEachNamedOnce() throws IOException {
    pages.put(
        "/taskmanagers",
        """
        {"taskmanagers": [{"path": "pekko.tcp://flink@10.0.0.2:6122/user/rpc/taskmanager_0"},
          {"path": "pekko.tcp://flink@10.0.0.1:6122/user/rpc/taskmanager_0"},
          {"path": "pekko.tcp://flink@10.0.0.2:6123/user/rpc/taskmanager_0"}]}""");

    assertThat(FlinkCluster.at(master).hosts()).containsExactly("10.0.0.1", "10.0.0.2");
  }

  @Test
  void onlyRunningJobsOfTheNameAreCancelled() throws IOException {
    pages.put(
        "/jobs/overview",
        """
        {"jobs": [{"jid": "1", "name": "ours", "state": "FINISHED"},
          {"jid": "2", "name": "ours", "state": "RUNNING"},
          {"jid": "3", "name": "theirs", "state": "RUNNING"}]}""");

    FlinkCluster.at(master).cancel("ours");

    assertThat(patched).containsExactly("/jobs/2?mode=cancel");
  }

  @Test
  void aRunningJobIsStoppedWithASavepointInTheFolder() throws IOException {
    pages.put(
        "/jobs/overview",
        """
        {"jobs": [{"jid": "1", "name": "ours", "state": "CANCELED"},
          {"jid": "2", "name": "ours", "state": "RUNNING"}]}""");
    pages.put("/jobs/2/stop", "{\"request-id\": \"abc\"}");
    pages.put(
        "/jobs/2/savepoints/abc",
        "{\"status\": {\"id\": \"COMPLETED\"}, \"operation\": {\"location\": \"file:/s/1\"}}");

    assertThat(FlinkCluster.at(master).isUnderWay("ours")).isTrue();
    FlinkCluster.at(master).stop("ours", Optional.of(URI.create("file:/s")));

    assertThat(posted).singleElement().asString().startsWith("/jobs/2/stop ");
    assertThat(posted.get(0)).contains("\"targetDirectory\":\"file:/s\"", "\"drain\":false");
  }

  @Test
  void aSavepointThatFailsIsToldWithItsCause() {
    pages.put(
        "/jobs/overview",
        "{\"jobs\": [{\"jid\": \"2\", \"name\": \"ours\", \"state\": \"RUNNING\"}]}");
    pages.put("/jobs/2/stop", "{\"request-id\": \"abc\"}");
    pages.put(
        "/jobs/2/savepoints/abc",
        """
        {"status": {"id": "COMPLETED"}, "operation": {"failure-cause":
          {"stack-trace": "java.lang.Exception: x\\nCaused by: java.io.IOException: disk full"}}}""");

    assertThatIOException()
        .isThrownBy(() -> FlinkCluster.at(master).stop("ours", Optional.empty()))
        .withMessage("the job ours has no savepoint: java.io.IOException: disk full");
    assertThat(posted).containsExactly("/jobs/2/stop {\"drain\":false}");
  }

  @Test
  void aJobJarOfOtherLibrariesIsRefused(@TempDir Path folder) throws IOException {
    JobJar jar = JobJar.read(jar(folder.resolve("terrain.jar"), "lib/a-1.0.jar lib/b-1.0.jar"));
    FlinkCluster cluster = FlinkCluster.at(master);

    pages.put("/jobmanager/environment", "{\"classpath\": [\"/x/a-1.0.jar\", \"/x/b-1.0.jar\"]}");
    assertThatNoException()
        .isThrownBy(() -> LibraryCheck.check(jar, PluginJars.of(List.of()), cluster));

    pages.put("/jobmanager/environment", "{\"classpath\": [\"/x/a-1.0.jar\", \"/x/b-1.1.jar\"]}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LibraryCheck.check(jar, PluginJars.of(List.of()), cluster))
        .withMessageContaining("it lacks b-1.0.jar (it has b-1.1.jar); start it with the jars of");

    pages.put("/jobmanager/environment", "{\"classpath\": [\"/x/terrain-0123456789ab.jar\"]}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LibraryCheck.check(jar, PluginJars.of(List.of()), cluster))
        .withMessageContaining("another build of Terrain (terrain-0123456789ab.jar)");
  }

  @Test
  void pluginsTravelWithTheJob_orMustBeWhereTheClustersOwnTerrainIs(@TempDir Path folder)
      throws IOException {
    JobJar jar = JobJar.read(jar(folder.resolve("terrain.jar"), "lib/a-1.0.jar"));
    Path file = jar(folder.resolve("norm.jar"), "");
    PluginJars plugins = PluginJars.of(List.of(file));
    FlinkCluster cluster = FlinkCluster.at(master);
    String ours = "/x/a-1.0.jar\", \"/x/" + jar.uniqueName();

    pages.put("/jobmanager/environment", "{\"classpath\": [\"/x/a-1.0.jar\"]}");
    assertThat(LibraryCheck.check(jar, plugins, cluster)).containsExactly(jar.file(), file);

    pages.put("/jobmanager/environment", "{\"classpath\": [\"" + ours + "\"]}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LibraryCheck.check(jar, plugins, cluster))
        .withMessageContaining(
            "lacks plugins of this command, or has other builds of them: norm.jar");

    String other = ours + "\", \"/x/norm-0123456789ab.jar";
    pages.put("/jobmanager/environment", "{\"classpath\": [\"" + other + "\"]}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LibraryCheck.check(jar, plugins, cluster));

    String same = ours + "\", \"/x/" + plugins.uniqueNames().get(0);
    pages.put("/jobmanager/environment", "{\"classpath\": [\"" + same + "\"]}");
    assertThat(LibraryCheck.check(jar, plugins, cluster)).containsExactly(jar.file());
    assertThat(plugins.uniqueNames().get(0)).matches("norm-[0-9a-f]{12}\\.jar");
  }

  private static Path jar(Path file, String classPath) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
    return file;
  }

  @Test
  void theRootCauseOfAFailedJobIsTold() throws IOException {
    pages.put(
        "/jobs/overview",
        "{\"jobs\": [{\"jid\": \"1\", \"name\": \"ours\", \"state\": \"FAILED\"}]}");
    pages.put(
        "/jobs/1/exceptions",
        """
        {"exceptionHistory": {"entries": [{"stacktrace":
          "java.lang.RuntimeException: outer\\n\\tat x.Y\\nCaused by: java.io.IOException: disk full\\n\\tat z"}]}}""");

    assertThat(FlinkCluster.at(master).failure("ours")).contains("java.io.IOException: disk full");
    assertThat(FlinkCluster.at(master).failure("theirs")).isEmpty();
  }

  @Test
  void ofJobsOfOneNameTheLastCounts() throws IOException {
    pages.put(
        "/jobs/overview",
        """
        {"jobs": [
          {"jid": "2", "name": "ours", "state": "RUNNING", "start-time": 2000},
          {"jid": "1", "name": "ours", "state": "FAILED", "start-time": 1000},
          {"jid": "3", "name": "theirs", "state": "CANCELED", "start-time": 3000}]}""");

    assertThat(FlinkCluster.at(master).last("ours"))
        .contains(new ClusterJob("2", "ours", "RUNNING", 2000));
    assertThat(FlinkCluster.at(master).last("none")).isEmpty();
  }
}
