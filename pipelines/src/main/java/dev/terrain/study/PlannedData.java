package dev.terrain.study;

/**
 * A data set that a plan is about.
 *
 * @param dataset its name
 * @param address where its files were, an absolute path or {@code gs://} address; null for a data
 *     set that is a part of Terrain
 * @param sha256 SHA-256 (hex) of its images and labels
 */
public record PlannedData(String dataset, String address, String sha256) {
  public boolean hasContentOf(PlannedData other) {
    return dataset.equals(other.dataset) && sha256.equals(other.sha256);
  }
}
