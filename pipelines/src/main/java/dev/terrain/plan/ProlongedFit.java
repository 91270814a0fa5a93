package dev.terrain.plan;

/**
 * Fits of curves of models that were trained on a share of the data: where there are fewer images,
 * a fit takes more epochs than its setting says.
 *
 * @param dataFraction the share, in (0, 1)
 * @param setting the epochs of the setting
 * @param epochs the epochs that a fit takes
 * @param fits how many fits are to be computed
 * @param work their nominal times together, in seconds
 */
public record ProlongedFit(double dataFraction, int setting, long epochs, int fits, double work) {
  ProlongedFit plus(double nominal) {
    return new ProlongedFit(dataFraction, setting, epochs, fits + 1, work + nominal);
  }
}
