package dev.terrain.weights;

import dev.terrain.store.StoredObject;
import java.util.Map;
import java.util.Set;

/**
 * The files of models in a study.
 *
 * @param weights ids of the models whose weights are there
 * @param progress the states of trainings, by model id
 */
public record CheckpointFiles(Set<String> weights, Map<String, StoredObject> progress) {}
