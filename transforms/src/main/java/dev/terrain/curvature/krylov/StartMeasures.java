package dev.terrain.curvature.krylov;

import dev.terrain.curvature.forms.ProbeForms;
import dev.terrain.curvature.forms.SpaceForms;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.Quadrature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a block Krylov space that was not restarted yet says of its start vectors.
 *
 * @param quadratures the Gauss quadrature of each, in their order
 * @param forms the forms of each, deflated by the Krylov space of the others; samples of traces
 *     where the vectors are random probes of the length √d. They are exact if the space has two
 *     blocks or is all of R^d
 * @param negativeMassError the standard error that the choice of the data sample gives the share of
 *     negative eigenvalues in the quadratures' mean; null with fewer than two batches
 */
public record StartMeasures(
    List<Quadrature> quadratures, List<ProbeForms> forms, @Nullable Double negativeMassError) {

  static StartMeasures of(KrylovSpace space, RitzDecomposition ritz) {
    List<Quadrature> quadratures = space.quadratures(ritz);
    double[][] starts = space.starts().toArray(double[][]::new);
    Double negativeMassError =
        new NegativeMassError(starts, quadratures, space.blocks())
            .of(
                space.whole().entries(),
                space.batches().withoutEach(space.whole()),
                space.batches().batchSizes());
    return new StartMeasures(quadratures, forms(space, ritz), negativeMassError);
  }

  private static List<ProbeForms> forms(KrylovSpace space, RitzDecomposition ritz) {
    SpaceForms ofSpace = space.forms();
    List<double[]> starts = space.starts();
    boolean spanned = space.nextSize() == 0;
    LeftOutSpaces leftOut = new LeftOutSpaces(ofSpace, starts, Math.max(1, space.blocks() - 1));
    List<ProbeForms> forms = new ArrayList<>();
    for (int j = 0; j < starts.size(); j++) {
      double[] start = starts.get(j);
      ProbeForms plain = ofSpace.of(LeftOutSpaces.square(start));
      ProbeForms deflated =
          spanned
              ? plain.minus(ofSpace.of(SpaceForms.excess(ritz.vectors(), start)))
              : leftOut.deflated(j);
      double[] image = new double[start.length];
      for (int i = 0; i < image.length; i++) {
        image[i] = OrthonormalBasis.dot(ofSpace.whole()[i], start);
      }
      // What the batches' products have outside the space is known of the first block only.
      forms.add(deflated.plusSpread(space.batches().spread(start, image) - plain.spread()));
    }
    return List.copyOf(forms);
  }
}
