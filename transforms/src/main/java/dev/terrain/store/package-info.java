/**
 * What a study keeps: bytes under names, the weights of trained models, and the finished units of
 * work. Start with {@link dev.terrain.store.ObjectStores}; {@link dev.terrain.store.Checkpoints}
 * and {@link dev.terrain.store.Ledger} are built on it.
 */
package dev.terrain.store;
