package dev.terrain.surface;

/** The loss ℓ of one image, of which a surface is the mean. */
public enum Loss {
  /** −ln softmax(f)_y, in nats, for the label y: the study's loss. */
  CROSS_ENTROPY,
  /** ‖f − e_y‖², e_y the unit vector of the label y; no factor ½, no mean over the outputs. */
  SQUARED_ERROR
}
