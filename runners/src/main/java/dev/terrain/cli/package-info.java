/** The command line. Start with {@link dev.terrain.cli.Terrain}. */
package dev.terrain.cli;
