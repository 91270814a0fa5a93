/**
 * Tables of a study copied to where other tools read them. Start with {@link
 * dev.terrain.copy.TablesCopy}.
 */
package dev.terrain.copy;
