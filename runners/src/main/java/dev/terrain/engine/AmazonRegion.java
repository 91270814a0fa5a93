package dev.terrain.engine;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * The region of {@code s3://} addresses where none is given. Beam wants one whenever it starts, and
 * Amazon's own search ends with questions to a server that only Amazon's machines have: everywhere
 * else every run would wait for an answer in vain.
 */
final class AmazonRegion {
  private AmazonRegion() {}

  /** The environment's or the profile's region; without either Amazon's first. */
  static Region usual() {
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
    } catch (SdkClientException e) {
      return Region.US_EAST_1;
    }
  }
}
