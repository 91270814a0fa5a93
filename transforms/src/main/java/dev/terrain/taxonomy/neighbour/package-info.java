/** A check of a grid by itself: cells that depart from their neighbours as faulty ones do. */
@NullMarked
package dev.terrain.taxonomy.neighbour;

import org.jspecify.annotations.NullMarked;
