/**
 * A study's phase diagrams as one offline HTML file. Start with {@link dev.terrain.report.Report}.
 */
package dev.terrain.report;
