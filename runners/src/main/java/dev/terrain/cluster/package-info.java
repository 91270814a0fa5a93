/**
 * Flink session clusters: what a launcher asks one over REST, and a local one of separate processes
 * from the build's own jars. Start with {@link dev.terrain.cluster.FlinkCluster} and {@link
 * dev.terrain.cluster.LocalCluster}.
 */
package dev.terrain.cluster;
