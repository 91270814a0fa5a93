package dev.terrain.taxonomy.claim;

import java.util.List;

/** The settings that the claims are about. */
enum Setting {
  WIDTH("width"),
  BATCH_SIZE("batch_size"),
  WEIGHT_DECAY("weight_decay"),
  /** How much of the training data is used. */
  DATA("data_fraction", "train_fraction", "train_subset", "n_train", "data_tenths"),
  LABEL_NOISE("label_noise"),
  PIXEL_NOISE("pixel_noise");

  // List.of gives lists that nobody can change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> names;

  Setting(String... names) {
    this.names = List.of(names);
  }

  /** Its name, and those under which imported grids have it. */
  List<String> names() {
    return names;
  }

  String word() {
    return names.get(0);
  }
}
