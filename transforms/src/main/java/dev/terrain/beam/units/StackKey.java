package dev.terrain.beam.units;

import org.jspecify.annotations.Nullable;

/**
 * What units have in common that may be computed together.
 *
 * @param study folder or address of their study
 * @param dataLocation where its data are; null for where they are by default
 * @param stage name of their stage
 * @param codeVersion declared version of its code
 * @param key what the stage says of them
 */
record StackKey(
    String study, @Nullable String dataLocation, String stage, int codeVersion, String key) {}
