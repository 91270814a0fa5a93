package dev.terrain.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Flink session cluster that answers at an address. */
public final class FlinkCluster {
  private static final Pattern HOST = Pattern.compile("@([^:/]+)");

  /** How long a job may take to make the savepoint with which it stops. */
  public static final Duration SAVEPOINT_LIMIT = Duration.ofMinutes(1);

  /** How long the cluster may take to hear that a job is to be cancelled: two questions. */
  public static final Duration CANCEL_LIMIT = FlinkRest.TIMEOUT.multipliedBy(2);

  private static final long POLL_MILLISECONDS = 200;

  private final MasterAddress master;
  private final FlinkRest rest;

  private FlinkCluster(MasterAddress master, FlinkRest rest) {
    this.master = master;
    this.rest = rest;
  }

  /**
   * The cluster at an address.
   *
   * @throws IllegalArgumentException if nothing answers there, or something that is not Flink
   */
  public static FlinkCluster at(MasterAddress master) {
    FlinkCluster cluster = new FlinkCluster(master, new FlinkRest(master));
    try {
      cluster.overview();
    } catch (FlinkRest.NotFlinkException e) {
      throw new IllegalArgumentException(
          "what answers at %s is not a Flink cluster (%s); --flink-master wants the JobManager's REST port, by default 8081"
              .formatted(master, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no Flink cluster answers at %s; 'terrain flink up' starts a local one".formatted(master),
          e);
    }
    return cluster;
  }

  /** The address of this cluster. */
  public MasterAddress master() {
    return master;
  }

  /** What the cluster has now. */
  public ClusterOverview overview() throws IOException {
    JsonNode node = rest.get("/overview");
    if (!node.path("slots-total").isInt() || !node.path("flink-version").isTextual()) {
      throw new FlinkRest.NotFlinkException("its /overview names no slots");
    }
    return new ClusterOverview(
        node.path("flink-version").textValue(),
        node.path("taskmanagers").intValue(),
        node.path("slots-total").intValue(),
        node.path("slots-available").intValue());
  }

  /** All jobs that the cluster knows, ended ones too. */
  public List<ClusterJob> jobs() throws IOException {
    List<ClusterJob> jobs = new ArrayList<>();
    for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
      jobs.add(
          new ClusterJob(
              job.path("jid").asText(),
              job.path("name").asText(),
              job.path("state").asText(),
              job.path("start-time").asLong()));
    }
    return jobs;
  }

  /** Names of the TaskManagers that have registered and are not missed yet. */
  Set<String> taskManagers() throws IOException {
    Set<String> names = new TreeSet<>();
    rest.get("/taskmanagers")
        .path("taskmanagers")
        .forEach(taskManager -> names.add(taskManager.path("id").asText()));
    return names;
  }

  /** Names or addresses of the machines that its TaskManagers run on. */
  public List<String> hosts() throws IOException {
    TreeSet<String> hosts = new TreeSet<>();
    for (JsonNode taskManager : rest.get("/taskmanagers").path("taskmanagers")) {
      Matcher host = HOST.matcher(taskManager.path("path").asText());
      if (host.find()) {
        hosts.add(host.group(1));
      }
    }
    return List.copyOf(hosts);
  }

  /** Class path of the JobManager. */
  List<String> classPath() throws IOException {
    List<String> entries = new ArrayList<>();
    rest.get("/jobmanager/environment")
        .path("classpath")
        .forEach(entry -> entries.add(entry.asText()));
    return entries;
  }

  /** Asks the cluster to end the jobs of a name that run. */
  public void cancel(String jobName) throws IOException {
    for (ClusterJob job : jobs()) {
      if (job.name().equals(jobName) && !job.hasEnded()) {
        rest.patch("/jobs/" + job.id() + "?mode=cancel");
      }
    }
  }

  /** Whether a job of a name has not ended. */
  public boolean isUnderWay(String jobName) throws IOException {
    return jobs().stream().anyMatch(job -> job.name().equals(jobName) && !job.hasEnded());
  }

  /**
   * Stops the jobs of a name that run, each with a savepoint: a job that goes on from it goes on
   * where it was.
   *
   * @param folder where the savepoints go; by default where the cluster keeps them
   * @throws IOException if a savepoint fails, or is not there after a minute
   */
  public void stop(String jobName, Optional<URI> folder) throws IOException {
    for (ClusterJob job : jobs()) {
      if (job.name().equals(jobName) && !job.hasEnded()) {
        stop(job, folder);
      }
    }
  }

  private void stop(ClusterJob job, Optional<URI> folder) throws IOException {
    Map<String, Object> body = new HashMap<>();
    body.put("drain", false);
    folder.ifPresent(uri -> body.put("targetDirectory", uri.toString()));
    String request = rest.post("/jobs/" + job.id() + "/stop", body).path("request-id").asText();
    long start = System.nanoTime();
    while (System.nanoTime() - start < SAVEPOINT_LIMIT.toNanos()) {
      JsonNode answer = rest.get("/jobs/" + job.id() + "/savepoints/" + request);
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode cause = answer.path("operation").path("failure-cause");
        if (!cause.isMissingNode()) {
          throw new IOException(
              "the job %s has no savepoint: %s"
                  .formatted(
                      job.name(),
                      StackTrace.rootCause(cause.path("stack-trace").asText()).orElse("no cause")));
        }
        return;
      }
      try {
        Thread.sleep(POLL_MILLISECONDS);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while the job " + job.name() + " stopped");
      }
    }
    throw new IOException(
        "the savepoint of the job %s is not there after %d s"
            .formatted(job.name(), SAVEPOINT_LIMIT.toSeconds()));
  }

  /**
   * The job of a name that began last; empty if the cluster knows none, as one whose JobManager
   * started anew does not.
   */
  public Optional<ClusterJob> last(String jobName) throws IOException {
    return jobs().stream()
        .filter(job -> job.name().equals(jobName))
        .max(Comparator.comparingLong(ClusterJob::started));
  }

  /** Why the last job of a name failed: the first line of its latest exception's root cause. */
  public Optional<String> failure(String jobName) throws IOException {
    Optional<ClusterJob> job = last(jobName);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    JsonNode latest =
        rest.get("/jobs/" + job.get().id() + "/exceptions?maxExceptions=1")
            .path("exceptionHistory")
            .path("entries")
            .path(0);
    return StackTrace.rootCause(latest.path("stacktrace").asText());
  }
}
