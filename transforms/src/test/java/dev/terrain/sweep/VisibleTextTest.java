package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0x061C, 0x200B, 0x200E, 0x200F,
        0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,
        0xFEFF, 0xD800, 0xFFFF, 0xE0041
      })
  void aCharacterThatIsNotShown_isNamed(int character) {
    String text = "a" + Character.toString(character) + "b";
    String name = "U+%04X".formatted(character);

    assertThat(VisibleText.hidden(text)).contains(name);
    assertThat(VisibleText.of(text)).isEqualTo("a" + name + "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "Größe 😀", "שלום", "می‌خواهم", "👩‍🔬", "a-b_c.d (e)", "é"})
  void aTextOfAnyScript_staysAsItIs(String text) {
    assertThat(VisibleText.hidden(text)).isEmpty();
    assertThat(VisibleText.of(text)).isEqualTo(text);
  }

  @Test
  void lines_stayLines() {
    assertThat(VisibleText.ofLines("a\nb\u001B[2J\r")).isEqualTo("a\nbU+001B[2JU+000D");
  }
}
