package dev.terrain.beam.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.terrain.sweep.InvalidSweepException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are no sweeps, and sweeps without end: refused soon, and never repeated. */
class HostileSweepRequestsTest {
  /** Of the processor: others may keep it busy. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final String FULL =
      """
      name: all
      base: {dataset: digits, architecture: mlp, epochs: 3, hidden_widths: [4, 5]}
      axes:
        load: {learning_rate: [0.1, 0.2]}
        temperature: {batch_size: {from: 16, to: 64, points: 3}}
        other: {label_noise: [0, 0.1], learning_rate_schedule: [constant]}
      seeds: 2
      metrics: [losses, curvature]
      curvature: {examples: 200, eigenvalues: 1, measures: [average_sharpness]}
      connectivity: {epochs: 5}
      similarity: {}
      taxonomy: {similar_cka: 0.65}
      checks:
        - {check: range, metric: train_accuracy, between: [0, 100], severity: warn}
      """;

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.]+");

  private static RequestText.Request parse(String text) {
    return new RequestText(null, null)
        .parse("requests/x.yaml", "requests/x.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static InvalidSweepException refused(String text) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    InvalidSweepException refused =
        catchThrowableOfType(InvalidSweepException.class, () -> parse(text));
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(LONGEST);
    assertThat(refused).hasMessageStartingWith("requests/x.yaml:");
    return refused;
  }

  @Test
  void theFullSweepIsValid() {
    assertThat(parse(FULL).count()).isEqualTo(2 * 3 * 2 * 2);
  }

  static List<String> secrets() {
    return List.of(
        "SECRET",
        "'SECRET'",
        "\"SECRET\"",
        "!SECRET x",
        "&SECRET x",
        "*SECRET",
        "8765432187",
        "[SECRET]",
        "[8765432187, 8765432187]",
        "{SECRET: SECRET}",
        "{8765432187: 1}",
        "%SECRET",
        "@SECRET",
        "`SECRET",
        "\tSECRET",
        "SECRET: SECRET: SECRET",
        "- SECRET",
        "-8765432187.5");
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void whateverWordIsReplaced_noMessageRepeatsIt(String secret) {
    int refused = 0;
    for (MatchResult word : WORD.matcher(FULL).results().toList()) {
      String text = FULL.substring(0, word.start()) + secret + FULL.substring(word.end());
      try {
        parse(text);
      } catch (InvalidSweepException e) {
        refused++;
        assertThat(e.getMessage())
            .as(text)
            .doesNotContain("SECRET", "87654", "8.765", "8,765")
            .contains("requests/x.yaml:");
      }
    }
    assertThat(refused).isGreaterThan(20);
  }

  @Test
  void filesThatAreNoSweeps_areNotRepeated() {
    List<String> files =
        List.of(
            "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:SECRET:/usr/sbin:/usr/sbin/nologin\n",
            "-----BEGIN PRIVATE KEY-----\nSECRETSECRET\n-----END PRIVATE KEY-----\n",
            "[default]\naws_secret_access_key = SECRET\n",
            "{\"password\": \"SECRET\"}",
            "password: SECRET\nuser: {SECRET: 3}\n",
            "SECRET",
            "export PASSWORD='SECRET",
            "\0SECRET",
            "a: b: SECRET",
            "? [SECRET]\n: SECRET");
    for (String file : files) {
      assertThat(refused(file).getMessage()).as(file).doesNotContain("SECRET", "root:", "daemon");
    }
  }

  @Test
  void bytesThatAreNoText_areRefused() {
    RefusedRequestException refused =
        catchThrowableOfType(
            RefusedRequestException.class,
            () ->
                new RequestText(null, null).parse("x.yml", "x.yml", new byte[] {'a', (byte) 0xff}));
    assertThat(refused).hasMessage("x.yml: is not text in UTF-8");
  }

  @Test
  void aliasesThatMultiply_areRefusedSoon() {
    String bomb =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    "a%d: &a%d [%s]"
                        .formatted(i, i, i == 0 ? "x" : ("*a" + (i - 1) + ", ").repeat(9) + "x"))
            .collect(Collectors.joining("\n"));

    refused(bomb);
    refused("base: &b {base: *b}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "{", "- ", "? ", "&a ", "!a ", "'", "\"", "a: ", "|\n", "a,", "{a: ", "\n", "%a\n",
        "--- ", "#"
      })
  void repetitions_endSoon(String part) {
    refused(part.repeat((1 << 20) / part.length()));
  }

  @Test
  void gridsBeyondWhatMayBe_areRefused() {
    String values =
        IntStream.rangeClosed(1, 1000)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", ", "[", "]"));
    String grid =
        """
        axes:
          load: {width: %s}
          temperature: {batch_size: %s}
          other: {epochs: %s}
        seeds: 1
        """
            .formatted(values, values, values);

    assertThat(refused(grid))
        .hasMessageContaining("the grid has 1000000000 models, but at most 1000000 may be");
  }

  @Test
  void axesAsLongAsMayBe_areReadSoon() {
    String numbers =
        IntStream.range(0, 10_000)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", ", "[", "]"));
    List<String> axes = new ArrayList<>();
    for (String setting :
        List.of(
            "depth",
            "label_noise_seed",
            "epochs",
            "weight_decay",
            "plateau_epochs",
            "plateau_first_epoch",
            "plateau_tolerance",
            "learning_rate")) {
      axes.add("    " + setting + ": " + numbers);
    }

    refused(
        """
        axes:
          load: {width: [1]}
          temperature: {batch_size: [1]}
          other:
        %s
        seeds: 10000
        """
            .formatted(String.join("\n", axes)));
  }
}
