/**
 * What only an unbounded job needs: requests picked up as they come, cells that grow while they are
 * measured, summaries that are revised. Start with {@link dev.terrain.beam.watch.WatchRequests} and
 * {@link dev.terrain.beam.watch.FollowModels}.
 */
@NullMarked
package dev.terrain.beam.watch;

import org.jspecify.annotations.NullMarked;
