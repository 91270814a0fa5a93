/**
 * What only an unbounded job needs: requests picked up as they come, cells that grow while they are
 * measured, summaries that are revised. Start with {@link
 * dev.terrain.transforms.watch.WatchRequests} and {@link
 * dev.terrain.transforms.watch.FollowModels}.
 */
package dev.terrain.transforms.watch;
