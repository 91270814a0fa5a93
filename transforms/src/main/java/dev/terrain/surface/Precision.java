package dev.terrain.surface;

import ai.djl.ndarray.types.DataType;

/** The floating-point format in which a network computes. */
public enum Precision {
  /** 32 bits: training and measurement. */
  FLOAT32(DataType.FLOAT32),
  /** 64 bits: independent checks. */
  FLOAT64(DataType.FLOAT64);

  private final DataType dataType;

  Precision(DataType dataType) {
    this.dataType = dataType;
  }

  DataType dataType() {
    return dataType;
  }
}
