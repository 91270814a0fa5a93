/**
 * The tables of a study, read back and written for other tools. Start with {@link
 * dev.terrain.tables.TableReader}.
 */
package dev.terrain.tables;
