/**
 * What a run of a sweep has to do, why, and how long that takes. Start with {@link
 * dev.terrain.plan.Planner}.
 */
package dev.terrain.plan;
