package dev.terrain.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.v1.TaxonomySettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rule on the grid that the study's authors released (arXiv 2107.11228; numbers: repository
 * YefanZhou/ModelDiagnosis, MIT licence): ResNet18 on CIFAR-10, clean labels, constant learning
 * rate, mean of five runs. Rows: batch size 16, 24, 32, 44, 64, 92, 128, 180, 256, 364, 512, 724,
 * 1024; columns: width 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 91, 128.
 */
class PublishedGridTest {
  private static final String TRAIN_LOSS =
      """
      1.3749 1.1420 0.9242 0.8204 0.7609 0.6823 0.7155 0.6165 0.6999 0.7040 0.5622 0.5209 0.4966
      1.2374 0.9553 0.9567 0.8117 0.7072 0.6252 0.5807 0.4500 0.5054 0.5022 0.4728 0.4334 0.3740
      1.1264 0.8943 0.8028 0.6860 0.5646 0.5533 0.4443 0.3831 0.3481 0.3187 0.3022 0.2642 0.2676
      0.9838 1.0097 0.7415 0.5900 0.5597 0.4240 0.3526 0.2902 0.2726 0.2759 0.2423 0.2187 0.2010
      0.9796 0.8998 0.6827 0.5570 0.4343 0.3881 0.2245 0.2394 0.1790 0.1963 0.2054 0.2022 0.1340
      1.0073 0.7522 0.5896 0.3997 0.3149 0.2501 0.2278 0.1705 0.1538 0.1752 0.1523 0.1274 0.1430
      0.9695 0.7691 0.5339 0.3774 0.2648 0.2395 0.1952 0.1526 0.1118 0.1128 0.0936 0.1053 0.0654
      1.3228 0.8626 0.4724 0.3712 0.2644 0.1849 0.1151 0.1028 0.0629 0.0520 0.0647 0.0529 0.0162
      0.8980 0.6957 0.4566 0.3438 0.1968 0.1368 0.0925 0.0337 0.0013 0.0013 0.0012 0.0011 0.0012
      1.0291 0.6098 0.4083 0.2375 0.1713 0.0705 0.0015 0.0015 0.0014 0.0013 0.0011 0.0010 0.0010
      0.9076 0.6799 0.3966 0.2128 0.0902 0.0019 0.0016 0.0014 0.0012 0.0011 0.0009 0.0007 0.0008
      0.9099 0.5863 0.4265 0.1138 0.0024 0.0016 0.0012 0.0012 0.0010 0.0009 0.0007 0.0006 0.0006
      0.8283 0.6134 0.4000 0.0027 0.0019 0.0015 0.0012 0.0010 0.0008 0.0007 0.0006 0.0004 0.0004
      """;

  private static final String MODE_CONNECTIVITY =
      """
      -10.69 9.32 9.87 9.35 10.57 11.43 14.13 16.35 16.68 17.46 15.92 14.49 15.69
      -9.90 7.46 10.02 8.65 9.87 10.75 12.44 11.40 11.68 13.19 10.73 10.80 9.45
      7.65 7.71 7.23 8.24 9.25 10.31 10.18 10.67 9.21 7.77 7.26 6.23 6.75
      -7.57 6.55 7.04 8.57 9.04 8.97 8.19 6.66 6.89 6.37 5.56 4.84 5.48
      -7.48 5.69 -8.02 7.97 7.92 7.96 5.82 5.98 5.11 3.70 3.82 3.44 2.86
      -7.68 -10.19 -9.44 -8.28 7.22 6.41 4.30 3.98 2.91 3.08 2.28 3.09 2.53
      -11.77 -12.08 -11.74 -8.30 6.55 3.91 3.83 2.73 2.16 1.91 1.36 1.59 0.89
      -16.47 -12.76 -13.31 -11.38 -5.53 3.66 2.03 1.54 1.09 1.16 0.73 0.67 0.30
      -14.96 -15.78 -16.58 -13.46 -8.19 -2.59 1.03 -0.25 -0.00 0.00 0.00 0.00 0.00
      -15.28 -14.60 -19.42 -13.91 -7.49 -4.25 -0.02 -0.01 -0.00 0.00 0.00 0.00 0.00
      -13.08 -16.85 -19.24 -17.76 -10.34 -1.30 -0.22 -0.03 -0.01 -0.00 0.00 -0.00 0.00
      -15.76 -20.68 -22.72 -18.17 -7.40 -3.45 -0.40 -0.03 -0.00 -0.00 0.00 -0.00 -0.00
      -15.53 -21.42 -25.08 -16.38 -10.25 -2.78 -0.35 -0.05 -0.01 -0.00 -0.00 0.00 -0.00
      """;

  private static final String CKA =
      """
      0.282 0.375 0.453 0.483 0.483 0.514 0.434 0.453 0.373 0.374 0.455 0.492 0.477
      0.355 0.454 0.370 0.380 0.508 0.430 0.421 0.509 0.430 0.452 0.428 0.459 0.383
      0.353 0.480 0.454 0.483 0.440 0.511 0.461 0.504 0.427 0.478 0.434 0.507 0.458
      0.449 0.355 0.438 0.481 0.392 0.479 0.485 0.495 0.461 0.420 0.455 0.477 0.466
      0.366 0.424 0.423 0.422 0.420 0.404 0.509 0.411 0.450 0.428 0.401 0.442 0.440
      0.403 0.350 0.422 0.427 0.432 0.430 0.378 0.403 0.430 0.440 0.388 0.446 0.421
      0.330 0.360 0.371 0.355 0.400 0.384 0.439 0.417 0.428 0.437 0.435 0.365 0.437
      0.221 0.359 0.365 0.325 0.342 0.371 0.426 0.431 0.459 0.502 0.439 0.448 0.629
      0.390 0.319 0.355 0.273 0.349 0.390 0.387 0.526 0.720 0.743 0.752 0.742 0.775
      0.241 0.309 0.340 0.329 0.318 0.399 0.604 0.618 0.668 0.692 0.751 0.760 0.749
      0.296 0.281 0.275 0.335 0.309 0.501 0.554 0.615 0.633 0.684 0.708 0.710 0.726
      0.322 0.293 0.240 0.283 0.410 0.449 0.516 0.572 0.603 0.646 0.686 0.681 0.693
      0.304 0.257 0.207 0.341 0.390 0.437 0.489 0.535 0.597 0.613 0.657 0.648 0.670
      """;

  private static final String PHASES =
      """
      I II II II II II II II II II II II II
      I II II II II II II II II II II II II
      II II II II II II II II II II II II II
      I II II II II II II II II II II II II
      I II I II II II II II II II II II II
      I I I I II II II II II II II II II
      I I I I II II II II II II II II II
      I I I I I II II II II II II II II
      I I I I I I II I IV IV IV IV IV
      I I I I I I IV IV IV IV IV IV IV
      I I I I I III IV IV IV IV IV IV IV
      I I I I III III IV IV IV IV IV IV IV
      I I I III III III IV IV IV IV IV IV IV
      """;

  private final PhaseRule rule = new PhaseRule(TaxonomySettings.newBuilder().build());

  private static List<String> cells(String table) {
    return Stream.of(table.trim().split("\\s+", -1)).toList();
  }

  private List<Phase> phases() {
    List<String> losses = cells(TRAIN_LOSS);
    List<String> connectivities = cells(MODE_CONNECTIVITY);
    List<String> alignments = cells(CKA);
    return Stream.iterate(0, i -> i < losses.size(), i -> i + 1)
        .map(
            i ->
                rule.decide(
                        Double.valueOf(losses.get(i)),
                        Double.valueOf(connectivities.get(i)),
                        Double.valueOf(alignments.get(i)))
                    .phase())
        .toList();
  }

  @Test
  void givesTheStudysPhaseInEveryCell() {
    assertThat(phases().stream().map(phase -> phase.label().replaceAll("-.$", "")).toList())
        .hasSize(169)
        .isEqualTo(cells(PHASES));
  }

  @Test
  void countsTheCellsOfEachPhase() {
    Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    phases().forEach(phase -> counts.merge(phase, 1, Integer::sum));

    assertThat(counts)
        .containsEntry(Phase.I, 43)
        .containsEntry(Phase.II, 87)
        .containsEntry(Phase.III, 6)
        .containsEntry(Phase.IV_A, 14)
        .containsEntry(Phase.IV_B, 19);
  }
}
