/**
 * What a study keeps beside its ledger: frozen plans, the data that they are about, the manifest of
 * its tables, the names by which people know its units. Start with {@link
 * dev.terrain.study.PlanFiles}.
 */
package dev.terrain.study;
