package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final StringWriter text = new StringWriter();

  @Test
  void columnsAreAligned_theFirstToTheLeft() {
    assertThat(print(80)).isEmpty();
    assertThat(text.toString().lines())
        .containsExactly("cell   width  loss", "ab        12   0.5", "abcde      3  10.5");
  }

  @Test
  void aNarrowTerminal_hasNarrowGaps_thenFewerColumns() {
    assertThat(print(16)).isEmpty();
    assertThat(text.toString().lines()).contains("abcde     3 10.5");
    assertThat(print(15)).containsExactly("loss");
    assertThat(print(1)).containsExactly("width", "loss");
  }

  private List<String> print(int width) {
    TextTable table = new TextTable(List.of("cell", "width", "loss"));
    table.add(List.of("ab", "12", "0.5"));
    table.add(List.of("abcde", "3", "10.5"));
    text.getBuffer().setLength(0);
    PrintWriter out = new PrintWriter(text);
    List<String> left = table.print(out, width);
    out.flush();
    return left;
  }
}
