package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the messages about an invalid sweep say. */
class InvalidSweepTest {

  /** Each case is one line after the small sweep, which has six. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "base: {lerning_rate: 1} | 7:8: base.lerning_rate: unknown key 'lerning_rate'; did you mean 'learning_rate'?",
        "bsae: {} | 7:1: bsae: unknown key 'bsae'; did you mean 'base'?",
        "taxonomy: {xyzzy: 1} | 7:12: taxonomy.xyzzy: unknown key 'xyzzy'; allowed are converged_train_loss, connected_mode_connectivity, similar_cka, resamples",
        "base: {seed: 3} | 7:14: base.seed: a sweep sets seeds with the key 'seeds'",
        "base: {depth: 2, depth: 2} | 7:18: base.depth: the key 'depth' is written twice",
        "base: {? [a] : 1} | 7:10: base: a key must be a name, not a list or mapping",
        "base: {<<: {depth: 2}} | 7:8: base.<<: unknown key '<<'; allowed are dataset, data_fraction, label_noise, label_noise_seed, architecture, width, depth, hidden_widths, optimizer, learning_rate, learning_rate_schedule, learning_rate_milestones, learning_rate_factor, momentum, weight_decay, batch_size, incomplete_batch, epochs, stop_rule, plateau_tolerance, plateau_epochs, plateau_first_epoch, seed",
        "base: | 7:6: base: must be a mapping, not nothing",
        "base: [] | 7:7: base: must be a mapping, not a list",
        "base: {learning_rate: -1} | 7:23: base.learning_rate: must be a number in (0, 1000], not -1",
        "base: {momentum: 1} | 7:18: base.momentum: must be a number in [0, 1), not 1",
        "base: {momentum: 0.99999999999999999999} | 7:18: base.momentum: must be a number in [0, 1), not 0.99999999999999999999",
        "base: {learning_rate: 1e-400} | 7:23: base.learning_rate: must be a number in (0, 1000], not 1e-400",
        "base: {momentum: .nan} | 7:18: base.momentum: must be a number in [0, 1), not .nan",
        "base: {depth: '3'} | 7:15: base.depth: must be an integer in [0, 64], not the text '3'",
        "base: {depth: 2.5} | 7:15: base.depth: must be an integer in [0, 64], not 2.5",
        "base: {depth: 010} | 7:15: base.depth: must be an integer in [0, 64], not 010",
        "base: {depth: 0x10} | 7:15: base.depth: must be an integer in [0, 64], not 0x10",
        "base: {depth: 1_0} | 7:15: base.depth: must be an integer in [0, 64], not 1_0",
        "base: {epochs: 1:30} | 7:16: base.epochs: must be an integer in [1, 1000000], not 1:30",
        "base: {depth: 1e999999999} | 7:15: base.depth: must be an integer in [0, 64], not 1e999999999",
        "base: {label_noise_seed: 9223372036854775808} | 7:26: base.label_noise_seed: must be an integer in [0, 9223372036854775807], not 9223372036854775808",
        "base: {depth: yes} | 7:15: base.depth: must be an integer in [0, 64], not yes",
        "base: {depth: [1]} | 7:15: base.depth: must be an integer in [0, 64], not a list",
        "base: {incomplete_batch: no} | 7:26: base.incomplete_batch: must be one of skip, keep, not no",
        "base: {dataset: {}} | 7:17: base.dataset: must be one of digits, fashion-mnist, one-dimensional, not a mapping",
        "name: no | 7:7: name: must be a text, not no; put a text in quotes",
        "name: 12 | 7:7: name: must be a text, not 12; put a text in quotes",
        "name: 1e3 | 7:7: name: must be a text, not 1e3; put a text in quotes",
        "name: ~ | 7:7: name: must be a text, not ~; put a text in quotes",
        "name: '' | 7:7: name: must have 1 to 255 characters",
        "name: \"a\\0b\" | 7:7: name: must have no line breaks, control characters or direction marks, but has U+0000",
        "name: \"a\\nb\" | 7:7: name: must have no line breaks, control characters or direction marks, but has U+000A",
        "name: \"a\\tb\" | 7:7: name: must have no line breaks, control characters or direction marks, but has U+0009",
        "name: \"a\\eb\" | 7:7: name: must have no line breaks, control characters or direction marks, but has U+001B",
        "name: \"a\\Nb\" | 7:7: name: must have no line breaks, control characters or direction marks, but has U+0085",
        "name: \"a\\u202eb\" | 7:7: name: must have no line breaks, control characters or direction marks, but has U+202E",
        "name: \"a\\u2067b\" | 7:7: name: must have no line breaks, control characters or direction marks, but has U+2067",
        "name: \"a\\u061cb\" | 7:7: name: must have no line breaks, control characters or direction marks, but has U+061C",
        "name: \"a\\Lb\" | 7:7: name: must have no line breaks, control characters or direction marks, but has U+2028",
        "curvature: {parameters: [\"f\\u2066c\"]} | 7:26: curvature.parameters[0]: must have no line breaks, control characters or direction marks, but has U+2066",
        "checks: [{check: converged, metric: \"a\\e[2J\"}] | 7:37: checks[0].metric: must have no line breaks, control characters or direction marks, but has U+001B",
        "\"na\\e[2Jme\": x | 7:1: naU+001B[2Jme: unknown key 'naU+001B[2Jme'; did you mean 'name'?",
        "base: {hidden_widths: 3} | 7:23: base.hidden_widths: must be a list, not 3",
        "base: {hidden_widths: [3, 0]} | 7:27: base.hidden_widths[1]: must be an integer in [1, 4096], not 0",
        "base: {hidden_widths: [3]} | 3:12: axes.load.width: width has no effect where hidden_widths is set; remove one of the two",
        "base: {learning_rate_schedule: step} | 7:7: base.learning_rate_milestones: schedule 'step' needs an epoch at least, not []",
        "base: {learning_rate_milestones: [9]} | 7:34: base.learning_rate_milestones: schedule 'constant' allows none, not [9]",
        "base: {learning_rate_schedule: step, learning_rate_milestones: [9, 9]} | 7:64: base.learning_rate_milestones: must ascend, not [9, 9]",
        "base: {width: 8} | 7:15: base.width: is also the axis axes.load.width; remove one of the two",
        "base: {batch_size: 32} | 7:20: base.batch_size: is also the axis axes.temperature.batch_size; remove one of the two",
        "metrics: [losses, distance, cka] | 7:29: metrics[2]: must be one of losses, curvature, connectivity, similarity, distance, not cka",
        "metrics: [losses, distance] | 6:8: seeds: 1 makes no pairs of models, which the metrics distance are of; must be at least 2, or leave them out of metrics",
        "metrics: [similarity, connectivity] | 6:8: seeds: 1 makes no pairs of models, which the metrics connectivity, similarity are of; must be at least 2, or leave them out of metrics",
        "metrics: [lossses] | 7:11: metrics[0]: must be one of losses, curvature, connectivity, similarity, distance, not lossses",
        "metrics: [losses, losses] | 7:19: metrics[1]: losses is repeated",
        "curvature: {max_products: 9} | 7:27: curvature.max_products: 9 is less than block_size + eigenvalues + lower_eigenvalues, which is 10",
        "curvature: {keep_eigenvectors: 6} | 7:32: curvature.keep_eigenvectors: 6 is more than eigenvalues, which is 5",
        "curvature: {eigenvalues: 0} | 7:12: curvature.lower_eigenvalues: 1 must be 0, too, where eigenvalues is 0",
        "curvature: {eigenvalues: 0, lower_eigenvalues: 0, max_products: 5} | 7:65: curvature.max_products: 5 is less than a trace without eigenpairs needs, which is 6",
        "curvature: {diagonal_products: 5} | 7:32: curvature.diagonal_products: 5 must be 0 or at least 6",
        "curvature: {parameters: [fc1, fc1]} | 7:31: curvature.parameters[1]: fc1 is repeated",
        "curvature: {measures: [gradient_norm, gradient_norm]} | 7:39: curvature.measures[1]: gradient_norm is repeated",
        "connectivity: {pairs: some} | 7:23: connectivity.pairs: must be one of first, ring, all, not some",
        "only: width == 3 && sed | 7:7: only: 'width == 3 && sed': there is no setting 'sed'; did you mean 'seed'?",
        "only: seed == 1 | 7:7: only: chooses cells, which have all seeds; it cannot name the seed",
        "only: width > 9000 | 7:7: only: holds for no cell of the grid",
        "only: width + 1 | 7:7: only: 'width + 1' is a value, not a condition",
        "base: {epochs: !!int 3} | 7:16: tags such as 'tag:yaml.org,2002:int' are not allowed",
        "base: !!java.net.URL [x] | 7:7: tags such as 'tag:yaml.org,2002:java.net.URL' are not allowed",
        "base: {epochs: 3 | 8:1: is not well formed: while parsing a flow mapping: expected ',' or '}', but got <stream end>",
        "base: *none | 7:7: is not well formed: found undefined alias none",
      })
  void line_names_placePathValueAndWhatIsAllowed(String line, String problem) {
    assertThat(Sweeps.problems(Sweeps.SMALL + line + "\n")).containsExactly(problem);
  }

  /** Each case takes the place of the small sweep's load axis. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 2:9: axes.load: must have exactly one setting, not 0",
        "{width: [1], depth: [1]} | 2:9: axes.load: must have exactly one setting, not 2",
        "{wdith: [1]} | 2:10: axes.load.wdith: unknown key 'wdith'; did you mean 'width'?",
        "{dataset: [digits]} | 2:19: axes.load.dataset: must be a setting that is a number; this axis orders cells",
        "{hidden_widths: [[1]]} | 2:25: axes.load.hidden_widths: must be a setting that is a number; this axis orders cells",
        "{seed: [1, 2]} | 2:16: axes.load.seed: a sweep sets seeds with the key 'seeds'",
        "{width: 4} | 2:17: axes.load.width: must be a list of values or a range {from: , to: , points: }, not 4",
        "{width: []} | 2:17: axes.load.width: must have at least one value",
        "{width: [2, 3, 2.0]} | 2:24: axes.load.width[2]: 2 is repeated",
        "{label_noise: [0, -0.0]} | 2:27: axes.load.label_noise[1]: 0 is repeated",
        "{width: [2, x]} | 2:21: axes.load.width[1]: must be an integer in [1, 4096], not x",
        "{batch_size: [2]} | 4:17: axes.temperature.batch_size: batch_size is also the axis axes.load.batch_size",
        "{width: {from: 2, to: 8}} | 2:17: axes.load.width.points: is missing; a range is {from: , to: , points: }",
        "{width: {from: 2, to: 8, points: 1}} | 2:42: axes.load.width.points: must be an integer in [2, 1000], not 1",
        "{width: {from: 2, to: 8, points: 2.5}} | 2:42: axes.load.width.points: must be an integer in [2, 1000], not 2.5",
        "{width: {from: 2, to: 8, step: 3, points: 2}} | 2:34: axes.load.width.step: unknown key 'step'; allowed are from, to, points",
        "{width: {from: 2, to: 2, points: 3}} | 2:17: axes.load.width: must have different ends, not 2 twice",
        "{width: {from: 2, to: 8000, points: 3}} | 2:31: axes.load.width.to: must be an integer in [1, 4096], not 8000",
        "{label_noise: {from: 0, to: 1, points: 3}} | 2:30: axes.load.label_noise.from: must be above 0: the range is geometric",
      })
  void loadAxis_names_placePathValueAndWhatIsAllowed(String load, String problem) {
    String yaml = "axes:\n  load: " + load + "\n  temperature:\n    batch_size: [32]\nseeds: 1\n";
    assertThat(Sweeps.problems(yaml)).containsExactly(problem);
  }

  /** Each case is a load axis and the base. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "depth: [1, 2] | architecture: resnet18 | 2:17: axes.load.depth: depth has no effect where architecture is resnet18; it matters where it is mlp",
        "depth: [1, 2] | architecture: cnn | 2:17: axes.load.depth: depth has no effect where architecture is cnn; it matters where it is mlp",
        "label_noise_seed: [1, 2] | label_noise: 0 | 2:28: axes.load.label_noise_seed: label_noise_seed has no effect where label_noise is 0; it matters where it is above 0",
        "plateau_epochs: [1, 2] | stop_rule: epochs | 2:26: axes.load.plateau_epochs: plateau_epochs has no effect where stop_rule is epochs; it matters where it is plateau",
        "learning_rate_factor: [0.1] | epochs: 9 | 2:32: axes.load.learning_rate_factor: learning_rate_factor has no effect where learning_rate_schedule is constant; it matters where it is step",
      })
  void loadAxis_withoutEffect_isRefused(String load, String base, String problem) {
    String yaml =
        "axes:\n  load: {%s}\n  temperature:\n    batch_size: [32]\nseeds: 2\nbase: {%s}\n";
    assertThat(Sweeps.problems(yaml.formatted(load, base))).containsExactly(problem);
  }

  @Test
  void otherAxis_ofTextsWithoutEffect_isRefused() {
    String yaml =
        """
        base: {architecture: resnet18}
        axes:
          load: {learning_rate: [0.1]}
          temperature: {batch_size: [2]}
          other: {hidden_widths: [[4], [8]]}
        seeds: 2
        """;
    assertThat(Sweeps.problems(yaml))
        .containsExactly(
            "5:26: axes.other.hidden_widths: hidden_widths has no effect where architecture is"
                + " resnet18; it matters where it is mlp");
  }

  @Test
  void axis_withAnEffectInSomeCells_isAllowedWithAWord() {
    String yaml =
        """
        axes:
          load: {depth: [1, 2]}
          temperature: {batch_size: [2]}
          other: {architecture: [mlp, cnn]}
        seeds: 1
        """;
    assertThat(SweepAdvice.of(Sweeps.parse(yaml)))
        .containsExactly(
            "one seed makes no pairs of models, so there will be no values of connectivity,"
                + " similarity, distance, and no phase that needs them; more seeds make pairs",
            "cells whose architecture is cnn do not differ along the axis depth");
  }

  /** A list of one seed may be there to join those of an earlier run. */
  @Test
  void listOfOneSeed_isAllowedWithMetricsOfPairs() {
    assertThat(
            Sweeps.problems(
                Sweeps.SMALL.replace("seeds: 1", "seeds: [7]") + "metrics: [distance]\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | 6:8: seeds: must be a count in [1, 10000] or a list of distinct seeds, not 0",
        "10001 | 6:8: seeds: must be a count in [1, 10000] or a list of distinct seeds, not 10001",
        "1.5 | 6:8: seeds: must be a count in [1, 10000] or a list of distinct seeds, not 1.5",
        "[] | 6:8: seeds: must be a count in [1, 10000] or a list of distinct seeds, not an empty list",
        "{} | 6:8: seeds: must be a count in [1, 10000] or a list of distinct seeds, not a mapping",
        "[1, 2, 1] | 6:15: seeds[2]: 1 is repeated",
        "[-1] | 6:9: seeds[0]: must be an integer in [0, 9223372036854775807], not -1",
      })
  void seeds_names_placeAndWhatIsAllowed(String seeds, String problem) {
    assertThat(Sweeps.problems(Sweeps.SMALL.replace("seeds: 1", "seeds: " + seeds)))
        .containsExactly(problem);
  }

  @Test
  void otherAxis_textSettingWithRange_isRefused() {
    String yaml =
        """
        axes:
          load: {width: [2]}
          temperature: {batch_size: [2]}
          other: {dataset: {from: 1, to: 2, points: 2}, architecture: cnn}
        seeds: 1
        """;
    assertThat(Sweeps.problems(yaml))
        .containsExactly(
            "4:20: axes.other.dataset: must be a list of values, not a mapping",
            "4:63: axes.other.architecture: must be a list of values, not cnn");
  }

  @Test
  void allProblems_areReportedInTheOrderOfTheirPlaces() {
    String yaml =
        """
        seeds: none
        base:
          widht: 3
          epochs: 0
        axes:
          load: {width: [0]}
        curvature: {batches: 1}
        """;
    assertThat(Sweeps.problems(yaml))
        .containsExactly(
            "1:8: seeds: must be a count in [1, 10000] or a list of distinct seeds, not none",
            "3:3: base.widht: unknown key 'widht'; did you mean 'width'?",
            "4:11: base.epochs: must be an integer in [1, 1000000], not 0",
            "6:3: axes.temperature: is missing; it holds one setting and its values",
            "6:18: axes.load.width[0]: must be an integer in [1, 4096], not 0",
            "7:22: curvature.batches: must be an integer in [2, 10000], not 1");
  }

  @Test
  void emptyMapping_lacksAxesAndSeeds() {
    assertThat(Sweeps.problems("{}"))
        .containsExactly(
            "1:1: axes: is missing; it names the axes load and temperature",
            "1:1: seeds: is missing; it is a count of seeds or a list of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a", "just text", "12"})
  void document_thatIsNoMapping_isRefused(String yaml) {
    assertThat(Sweeps.problems(yaml)).singleElement().asString().contains("must be a mapping, not");
  }

  @Test
  void document_thatIsOneOfSeveral_isRefused() {
    assertThat(Sweeps.problems(Sweeps.SMALL + "---\n" + Sweeps.SMALL))
        .singleElement()
        .asString()
        .startsWith("7:1: is not well formed: expected a single document");
  }

  @Test
  void grid_ofMoreThanAMillionModels_isRefusedUnbuilt() {
    String thousand =
        IntStream.rangeClosed(1, 1000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String yaml =
        "axes: {load: {width: [%s]}, temperature: {batch_size: [%s]}, other: {epochs: [%s]}}\nseeds: 10000"
            .formatted(thousand, thousand, thousand);
    assertThat(Sweeps.problems(yaml))
        .containsExactly(
            "1:7: axes: the grid has 10000000000000 models, but at most 1000000 may be");
    String atMost = "axes: {load: {width: [%s]}, temperature: {batch_size: [%s]}}\nseeds: 1";
    assertThat(Sweeps.problems(atMost.formatted(thousand, thousand))).isEmpty();
  }

  @Test
  void list_ofTooManyItems_isRefused() {
    String items =
        IntStream.rangeClosed(1, 10_001)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    assertThat(Sweeps.problems(Sweeps.SMALL.replace("[2, 4]", "[" + items + "]")))
        .containsExactly("3:12: axes.load.width: has 10001 items, but at most 10000 may be");
  }

  @Test
  void text_thatIsTooLong_isRefused() {
    assertThat(Sweeps.problems("#".repeat(SweepFile.MAX_BYTES + 1)))
        .containsExactly("has more than 1048576 characters");
  }

  @Test
  void nesting_thatIsTooDeep_isRefused() {
    assertThat(Sweeps.problems("base: " + "[".repeat(1_000_000)))
        .containsExactly("1:26: is nested more than 20 deep");
    assertThat(Sweeps.problems("base: " + "[".repeat(19) + "]".repeat(19)))
        .contains("1:7: base: must be a mapping, not a list");
  }

  /** Ten anchors, each a list of ten of the one before: 10^10 items if they were copied. */
  @Test
  void aliases_thatMultiply_areRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i <= 10; i++) {
      String alias = "*a" + (i - 1);
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }
    assertThat(Sweeps.problems(yaml.toString()))
        .singleElement()
        .asString()
        .contains("Number of aliases for non-scalar nodes exceeds the specified max=50");
  }

  @Test
  void alias_ofItself_isRefused() {
    assertThat(Sweeps.problems(Sweeps.SMALL + "base: &b {depth: *b}\n"))
        .containsExactly("7:7: base.depth: must be an integer in [0, 64], not a mapping");
  }

  @Test
  void problems_areAtMostAHundred() {
    String keys =
        IntStream.range(0, 500).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());
    assertThat(Sweeps.problems(keys)).hasSize(100);
  }

  @Test
  void longValues_areCut() {
    assertThat(Sweeps.problems(Sweeps.SMALL + "base: {depth: " + "x".repeat(1000) + "}\n"))
        .containsExactly(
            "7:15: base.depth: must be an integer in [0, 64], not " + "x".repeat(60) + "...");
  }

  @Test
  void checks_whosePartsDoNotFit_areNamedWithTheirPlaces() {
    assertThat(
            Sweeps.problems(
                Sweeps.SMALL
                    + """
                    checks:
                      - {check: range, between: [0, 1]}
                      - {check: range, metric: cka}
                      - {check: range, metric: cka, between: [1, 0]}
                      - {check: range, metric: cka, between: [1]}
                      - {check: completeness, metric: cka}
                      - {check: converged, variant: paper}
                      - {check: range, metric: hessian_trace}
                      - {check: converged, metric: hesian_trace}
                      - {check: converged, metric: cka, variant: unbiased}
                    """))
        .containsExactly(
            "8:5: checks[0].metric: is missing; the check range looks at one metric",
            "10:42: checks[2].between: must be the smallest and the largest value, not [1, 0]",
            "11:42: checks[3].between: must be the smallest and the largest value, not [1]",
            "12:35: checks[4].metric: the check completeness looks at no one metric",
            "13:33: checks[5].variant: without a metric there is none",
            "14:5: checks[6].between: is missing; hessian_trace can have any value, so a check needs"
                + " a range",
            "15:32: checks[7].metric: 'hesian_trace' is no metric that a stage measures; did you"
                + " mean 'hessian_trace'?",
            "16:46: checks[8].variant: must be one of paper, debiased, not 'unbiased'");
  }

  @Test
  void message_hasALineAProblem() {
    assertThatThrownBy(() -> SweepFile.parse("{}", "a.yaml"))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessage(
            "a.yaml:1:1: axes: is missing; it names the axes load and temperature\n"
                + "a.yaml:1:1: seeds: is missing; it is a count of seeds or a list of them");
  }
}
