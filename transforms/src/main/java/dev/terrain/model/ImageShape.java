package dev.terrain.model;

/**
 * What a network reads and tells apart.
 *
 * @param channels colour channels of an image
 * @param height rows of pixels
 * @param width columns of pixels
 * @param classes classes of images
 */
public record ImageShape(int channels, int height, int width, int classes) {
  /** Numbers of one image: channels × height × width. */
  public int pixels() {
    return channels * height * width;
  }
}
