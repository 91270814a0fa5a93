package dev.terrain.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestKeyTest {
  @Test
  void distance_isThatOfTheTextbooks() {
    assertThat(NearestKey.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestKey.distance("intention", "execution")).isEqualTo(5);
    assertThat(NearestKey.distance("", "abc")).isEqualTo(3);
    assertThat(NearestKey.distance("ca", "abc")).isEqualTo(3);
    assertThat(NearestKey.distance("widht", "width")).isEqualTo(1);
  }

  @Test
  void of_farFromAll_isEmpty() {
    List<String> known = List.of("width", "depth");
    assertThat(NearestKey.of("wide", known)).contains("width");
    assertThat(NearestKey.of("momentum", known)).isEmpty();
    assertThat(NearestKey.of("w".repeat(65), known)).isEmpty();
  }
}
