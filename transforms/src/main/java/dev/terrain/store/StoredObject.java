package dev.terrain.store;

import java.time.Instant;

/**
 * An object of a store, without what it holds.
 *
 * @param name its name
 * @param size its length in bytes
 * @param modified when it was put, by the clock of the storage
 */
public record StoredObject(String name, long size, Instant modified) {}
