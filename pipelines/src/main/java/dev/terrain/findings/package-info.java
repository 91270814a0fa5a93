/**
 * What the rows of a study's tables say together: its phase diagrams, where their boundaries are,
 * which trends and claims hold, what to change and what to measure next. Start with {@link
 * dev.terrain.findings.StudyFindings}.
 */
package dev.terrain.findings;
