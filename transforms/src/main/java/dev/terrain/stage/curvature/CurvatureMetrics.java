package dev.terrain.stage.curvature;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Better;
import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.MetricInfo.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a curvature matrix A at a model's weights: of the Hessian, the generalized
 * Gauss-Newton matrix and the three Fisher matrices. Eigenvalues are λ_1 ≥ ... ≥ λ_d.
 */
public final class CurvatureMetrics {
  private static final String SQUARED_ERROR = "squared_error";
  private static final String STUDY = "Yang et al. 2021 (arXiv 2107.11228) and code";
  private static final String PANEL = "products of the panel";
  public static final Map<String, String> OPERATORS = operators();

  private CurvatureMetrics() {}

  private static Map<String, String> operators() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("hessian", "Hessian");
    titles.put("gauss_newton", "Gauss-Newton");
    titles.put("fisher", "Fisher");
    titles.put("sampled_fisher", "Sampled Fisher");
    titles.put("empirical_fisher", "Empirical Fisher");
    return titles;
  }

  /** Those of all matrices and losses. */
  static List<MetricInfo> all() {
    List<MetricInfo> metrics = new ArrayList<>();
    OPERATORS.forEach((operator, title) -> metrics.addAll(of(operator, title)));
    return metrics;
  }

  private static List<MetricInfo> of(String operator, String title) {
    boolean hessian = operator.equals("hessian");
    Range ofEigenvalues = hessian ? Range.ALL : Range.NOT_NEGATIVE;
    return List.of(
        extremal(
            operator + "_top_eigenvalue",
            title + " top eigenvalue",
            ofEigenvalues,
            "λ_1, the largest eigenvalue of A, by block Lanczos",
            "Golub and Underwood 1977",
            hessian
                ? "the eigenvalue of the largest modulus, by power iteration on 200 images until"
                    + " it stops moving"
                : null),
        metric(
            operator + "_smallest_eigenvalue",
            title + " smallest eigenvalue",
            Scale.SYMMETRIC,
            Better.NEITHER,
            PANEL,
            Variant.standard(
                "nats",
                ofEigenvalues,
                "λ_d, the smallest eigenvalue of A, by block Lanczos",
                "Golub and Underwood 1977")),
        extremal(
            operator + "_trace",
            title + " trace",
            ofEigenvalues,
            "tr A = Σ λ_i, by deflated random probes, or XTrace where no eigenpairs are wanted",
            "Epperly, Tropp and Webber 2024 (arXiv 2301.07825)",
            hessian
                ? "mean of v'Av over random signs v, on 200 images until it stops moving"
                : null),
        metric(
            operator + "_frobenius_norm",
            title + " Frobenius norm",
            Scale.LINEAR_IN_LOGARITHM,
            Better.NEITHER,
            PANEL,
            Variant.standard(
                "nats",
                Range.NOT_NEGATIVE,
                "‖A‖_F = √(Σ λ_i²)",
                "Hutchinson 1990, of the products of the trace's probes")),
        metric(
            operator + "_effective_rank",
            title + " effective rank",
            Scale.LINEAR,
            Better.NEITHER,
            PANEL,
            Variant.standard(
                "1",
                Range.NOT_NEGATIVE,
                "(tr A)²/‖A‖_F²",
                "Bartlett et al. 2020 (PNAS 117(48)), definition 3")),
        metric(
            operator + "_negative_mass",
            title + " negative mass",
            Scale.LINEAR,
            Better.NEITHER,
            PANEL,
            Variant.standard(
                "1",
                new Range(0, 1),
                "share of the eigenvalues that are below 0, by stochastic Lanczos quadrature",
                "Chen, Trogdon and Ubaru 2021 (arXiv 2105.06595)")),
        metric(
            operator + "_largest_diagonal_entry",
            title + " largest diagonal entry",
            Scale.LINEAR_IN_LOGARITHM,
            Better.NEITHER,
            "diagonal_products products",
            Variant.standard(
                "nats",
                ofEigenvalues,
                "max A_ii, by XDiag",
                "Epperly, Tropp and Webber 2024 (arXiv 2301.07825)")));
  }

  /** A headline, with the study's procedure where it has one. */
  private static MetricInfo extremal(
      String name,
      String title,
      Range range,
      String definition,
      String source,
      @Nullable String study) {
    List<Variant> variants =
        new ArrayList<>(
            forBothLosses(Variant.standard("nats", range, definition, source)).stream()
                .map(study == null ? Function.identity() : Variant::asHeadline)
                .toList());
    if (study != null) {
      variants.add(1, new Variant("paper", "nats", range, study, STUDY, true));
    }
    return new MetricInfo(
        name,
        title,
        variants,
        Scale.LINEAR_IN_LOGARITHM,
        Better.NEITHER,
        Summary.MEAN_OVER_MODELS,
        PANEL);
  }

  static MetricInfo metric(
      String name, String title, Scale scale, Better better, String cost, Variant variant) {
    return new MetricInfo(
        name, title, forBothLosses(variant), scale, better, Summary.MEAN_OVER_MODELS, cost);
  }

  /**
   * A variant of the cross-entropy, and the same of the squared error, which is a pure number where
   * the cross-entropy is in nats.
   */
  static List<Variant> forBothLosses(Variant variant) {
    return List.of(
        variant,
        new Variant(
            variant(SQUARED_ERROR, variant.name()),
            unit(SQUARED_ERROR, variant.unit()),
            variant.range(),
            variant.definition() + "; of the squared error in place of the cross-entropy",
            variant.source(),
            false));
  }

  /** The variant of rows that follow a definition with a loss. */
  static String variant(String loss, String definition) {
    if (!loss.equals(SQUARED_ERROR)) {
      return definition;
    }
    return definition.equals("default") ? loss : loss + " " + definition;
  }

  /** The unit with a loss of a value that is in {@code unit} with the cross-entropy. */
  static String unit(String loss, String unit) {
    return loss.equals(SQUARED_ERROR) && unit.equals("nats") ? "1" : unit;
  }
}
