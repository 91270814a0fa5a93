package dev.terrain.imports;

import static dev.terrain.imports.TrialImport.AXES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.sweep.InvalidSweepException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of mappings that cannot be used: place, value, what is allowed. */
class WrongMappingTest {
  private static final String METRICS = "metrics:\n  train_loss: {column: loss}\n";

  private static Mapping read(String yaml) {
    return MappingReader.read(yaml, "m.yaml", "m");
  }

  /** Axes take the lines 1 to 3, metrics 4 and 5, the first line of the case is 6. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rows: cell | m.yaml:6:1: rows: unknown key 'rows'; did you mean 'row'?",
        "row: model | m.yaml:6:6: row: must be cell or run or epoch, not 'model'",
        "row: run | m.yaml: run: is missing; it lists the columns that tell runs of a cell apart",
        "run: [seed] | m.yaml:6:6: run: a row is a cell, so it has no runs; row: run says that it"
            + " is a run",
        "epoch: e | m.yaml:6:8: epoch: is for 'row: epoch'",
        "runs_per_cell: 0 | m.yaml:6:16: runs_per_cell: must be a whole number in [1, 1000000], not"
            + " '0'",
        "taxonomy: {similar_cka: 2} | m.yaml:6:25: taxonomy.similar_cka: must be a number in [0,"
            + " 1], not '2'",
        "taxonomy: {converged_train_loss: 0} | m.yaml:6:34: taxonomy.converged_train_loss: must be"
            + " a number in (0, 100], not '0'",
        "taxonomy: {similar_ka: 0.5} | m.yaml:6:12: taxonomy.similar_ka: unknown key 'similar_ka';"
            + " did you mean 'similar_cka'?",
        "name: | m.yaml:6:6: name: must be a text, not nothing",
        "missing: {a: b} | m.yaml:6:10: missing: must be a list, not a mapping",
        "name: a%name: b | m.yaml:7:1: name: the key is written twice",
      })
  void aWrongKeyOrValue_isNamed(String lines, String message) {
    assertThatThrownBy(() -> read(AXES + METRICS + lines.replace('%', '\n') + "\n"))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "train_los: {column: l} | m.yaml:5:3: metrics.train_los: unknown key 'train_los'; did you"
            + " mean 'train_loss'?",
        "train_loss: l | m.yaml:5:15: metrics.train_loss: must be a mapping, not 'l'",
        "train_loss: {unit: nats} | m.yaml:5:15: metrics.train_loss: lacks 'column', the column"
            + " with its values",
        "train_loss: {column: l, unit: percent} | m.yaml:5:33: metrics.train_loss.unit: must be"
            + " nats or bits, not 'percent'",
        "test_accuracy: {column: a} | m.yaml:5:18: metrics.test_accuracy: lacks 'unit': percent or"
            + " fraction or percent_error or fraction_error",
        "mode_connectivity: {column: a} | m.yaml:5:22: metrics.mode_connectivity: lacks 'unit':"
            + " percent or fraction",
        "cka: {column: c, variant: papr} | m.yaml:5:29: metrics.cka.variant: must be paper or"
            + " debiased, not 'papr'",
        "cka: {column: c, split: valid} | m.yaml:5:27: metrics.cka.split: must be train or test or"
            + " validation, not 'valid'",
        "hessian_trace: {column: t, scale: log} | m.yaml:5:37: metrics.hessian_trace.scale: must be"
            + " linear or ln or log10, not 'log'",
        "hessian_trace: {column: t, scale: ln, std: s, n: 5} | m.yaml:5:46:"
            + " metrics.hessian_trace.std: the deviation of logarithms cannot be undone; leave it"
            + " out, or give that of the values",
        "train_loss: {column: l, std: s} | m.yaml:5:32: metrics.train_loss.std: needs the number of"
            + " values behind each mean: n (a number or a column) or runs_per_cell",
        "train_loss: {column: l, times: 0} | m.yaml:5:34: metrics.train_loss.times: must be a"
            + " number other than 0, not 0",
        "train_loss: [{column: l}, {column: m}] | m.yaml:5:29: metrics.train_loss[1]: two columns"
            + " are train_loss (default)",
      })
  void aWrongMetric_isNamed(String metric, String message) {
    assertThatThrownBy(() -> read(AXES + "metrics:\n  " + metric + "\n"))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "setting: width, column: w | m.yaml:2:9: axes.load: lacks 'rises', true or false: whether"
            + " load rises with the value",
        "setting: width, rises: false | m.yaml:2:9: axes.load: lacks 'column', the column with its"
            + " values",
        "setting: Width, column: w, rises: false | m.yaml:2:19: axes.load.setting: must be a name"
            + " in lower_snake_case, not 'Width'",
        "setting: width, column: w, rises: down | m.yaml:2:44: axes.load.rises: must be true or"
            + " false, not 'down'",
        "setting: width, column: b, rises: false | m.yaml:3:46: axes.temperature.column: two axes"
            + " have the column 'b'",
        "setting: batch_size, column: w, rises: false | m.yaml:3:46: axes.temperature.column: two"
            + " axes are called 'batch_size'",
      })
  void aWrongAxis_isNamed(String load, String message) {
    assertThatThrownBy(
            () ->
                read(
                    "axes:\n  load: {"
                        + load
                        + "}\n  temperature: {setting: batch_size, column: b, rises: false}\n"
                        + METRICS))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessage(message);
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    assertThatThrownBy(() -> read("row: x\nmetrics: {}\n"))
        .hasMessageContaining("m.yaml: axes: is missing; it names the axes load and temperature")
        .hasMessageContaining("m.yaml:1:6: row: must be cell or run or epoch, not 'x'");
  }

  @Test
  void textThatIsNoYaml_isRefusedWithThePlace() {
    assertThatThrownBy(() -> read("axes: {load: [}"))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageStartingWith("m.yaml:1:15: is not well formed: ");
    assertThatThrownBy(() -> read("")).hasMessage("m.yaml: is empty");
    assertThatThrownBy(() -> read("- a")).hasMessageStartingWith("m.yaml:1:1: must be a mapping");
  }

  @Test
  void aSeparatorThatTablesDoNotHave_isRefused() {
    assertThatThrownBy(() -> read(AXES + METRICS + "separator: x\n"))
        .hasMessage("m.yaml:6:12: separator: must be \",\" or \";\" or \"\\t\" or \"|\", not 'x'");
  }

  @Test
  void theNameOfTheFileIsTheDefaultName() {
    assertThat(read(AXES + METRICS).name()).isEqualTo("m");
    assertThat(read(AXES + METRICS + "name: 7\n").name()).isEqualTo("7");
  }
}
