/** The rows of a study's tables as phase diagrams. */
package dev.terrain.diagrams;
