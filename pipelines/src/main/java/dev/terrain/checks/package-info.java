/**
 * Expectations over the tables of a study: which values each check examines, and whether enough of
 * them lie where they should.
 */
package dev.terrain.checks;
