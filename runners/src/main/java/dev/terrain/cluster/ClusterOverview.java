package dev.terrain.cluster;

/**
 * What a cluster has.
 *
 * @param flinkVersion its version of Flink
 * @param taskManagers TaskManagers that have registered
 * @param slots slots of all of them
 * @param freeSlots slots without work
 */
public record ClusterOverview(String flinkVersion, int taskManagers, int slots, int freeSlots) {}
