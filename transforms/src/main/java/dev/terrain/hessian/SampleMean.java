package dev.terrain.hessian;

/**
 * The mean of independent numbers.
 *
 * @param value their mean
 * @param standardError its standard error; null with fewer than two numbers
 */
record SampleMean(double value, Double standardError) {

  static SampleMean of(double[] numbers) {
    double mean = 0;
    for (double number : numbers) {
      mean += number / numbers.length;
    }
    if (numbers.length < 2) {
      return new SampleMean(mean, null);
    }
    double squares = 0;
    for (double number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    return new SampleMean(mean, Math.sqrt(squares / (numbers.length - 1.0) / numbers.length));
  }
}
