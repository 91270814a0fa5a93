/**
 * Where bytes lie under names: a folder or a bucket, written so that no reader sees half an object.
 * Start with {@link dev.terrain.store.ObjectStores}.
 */
@NullMarked
package dev.terrain.store;

import org.jspecify.annotations.NullMarked;
