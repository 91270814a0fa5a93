/**
 * A study's phase diagrams as one offline, interactive HTML file and as pictures. Start with {@link
 * dev.terrain.report.Report}.
 */
@NullMarked
package dev.terrain.report;

import org.jspecify.annotations.NullMarked;
