package dev.terrain.pipelines;

import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/** Sends Beam's own file system for {@code gs://} to another server than Google's. */
public final class GcsEndpoint {
  private GcsEndpoint() {}

  /**
   * Sets the server that a job's tables are written through.
   *
   * @param endpoint its URL
   */
  public static void use(String endpoint, PipelineOptions options) {
    GcsOptions gcs = options.as(GcsOptions.class);
    gcs.setGcsEndpoint(endpoint.replaceFirst("/$", "") + "/storage/v1/");
    gcs.setCredentialFactoryClass(NoopCredentialFactory.class);
  }
}
