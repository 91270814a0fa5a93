/**
 * The claims of the study that defined the taxonomy, decided on a sweep. Start with {@link
 * dev.terrain.taxonomy.claim.Claims}.
 */
@NullMarked
package dev.terrain.taxonomy.claim;

import org.jspecify.annotations.NullMarked;
