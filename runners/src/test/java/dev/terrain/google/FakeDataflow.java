package dev.terrain.google;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.Job;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The REST interface of Dataflow's jobs. A job runs nothing: it is seen running once, and then ends
 * as it is told to.
 */
final class FakeDataflow {
  private final List<Job> jobs = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private String end = "JOB_STATE_DONE";
  private String message = "Worker pool stopped.";
  private String importance = "JOB_MESSAGE_BASIC";
  private Map<String, Long> counters = Map.of();
  private int looks;

  synchronized void endAs(String state, String newImportance, String newMessage) {
    end = state;
    importance = newImportance;
    message = newMessage;
  }

  synchronized void count(Map<String, Long> newCounters) {
    counters = Map.copyOf(newCounters);
  }

  synchronized List<Job> jobs() {
    return List.copyOf(jobs);
  }

  /** Methods and last words of the paths that were asked for. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** Answers a request for {@code /v1b3/projects/P/locations/R/jobs…}. */
  synchronized Reply answer(Request request) throws IOException {
    List<String> path = request.path();
    String what = path.get(path.size() - 1);
    requests.add(request.method() + " " + what);
    if (request.method().equals("POST") && what.equals("jobs")) {
      return submit(request, path.get(2), path.get(4));
    }
    return switch (what) {
      case "messages" -> Reply.json(Map.of("jobMessages", List.of(words())));
      case "metrics" -> Reply.json(Map.of("metrics", metrics()));
      default -> {
        looks++;
        yield Reply.json(
            Map.of(
                "id",
                what,
                "name",
                jobs.get(jobs.size() - 1).getName(),
                "currentState",
                looks > 1 ? end : "JOB_STATE_RUNNING"));
      }
    };
  }

  private Reply submit(Request request, String project, String region) throws IOException {
    Job job =
        GsonFactory.getDefaultInstance()
            .createJsonParser(new ByteArrayInputStream(request.body()), StandardCharsets.UTF_8)
            .parseAndClose(Job.class);
    jobs.add(job);
    looks = 0;
    return Reply.json(
        Map.of(
            "id",
            "job-" + jobs.size(),
            "name",
            job.getName(),
            "projectId",
            project,
            "location",
            region,
            "clientRequestId",
            job.getClientRequestId(),
            "currentState",
            "JOB_STATE_PENDING"));
  }

  private Map<String, String> words() {
    return Map.of(
        "id",
        "m1",
        "time",
        "2026-01-01T00:00:01.000Z",
        "messageText",
        message,
        "messageImportance",
        importance);
  }

  /** Each counter twice, as the service tells them: what is certain and what is not yet. */
  private List<Map<String, Object>> metrics() {
    String step = jobs.get(jobs.size() - 1).getSteps().get(0).getName();
    List<Map<String, Object>> metrics = new ArrayList<>();
    counters.forEach(
        (name, value) -> {
          for (boolean tentative : new boolean[] {false, true}) {
            Map<String, String> context = new LinkedHashMap<>();
            context.put("step", step);
            context.put("namespace", "terrain");
            if (tentative) {
              context.put("tentative", "true");
            }
            metrics.add(
                Map.of(
                    "name",
                    Map.of("origin", "user", "name", name, "context", context),
                    "scalar",
                    value));
          }
        });
    return metrics;
  }
}
