package dev.terrain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CoverageFactorTest {

  /** Half of Student's quantile t_ν(0.97725), from SciPy. */
  @ParameterizedTest
  @CsvSource({
    "1, 6.983865099622274",
    "2, 2.263268343715083",
    "3, 1.6534110875028254",
    "7, 1.2144025652017845",
    "9, 1.1599029491295716",
    "60, 1.0212653711910817"
  })
  void isHalfOfStudentsQuantile(int degreesOfFreedom, double expected) {
    assertThat(CoverageFactor.of(degreesOfFreedom)).isCloseTo(expected, within(1e-10));
  }
}
