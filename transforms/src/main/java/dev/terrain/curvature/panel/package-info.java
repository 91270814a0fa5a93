/**
 * What is measured of a model: the panel of a curvature matrix, its trace alone or its diagonal,
 * and the choice of the images for it.
 */
@NullMarked
package dev.terrain.curvature.panel;

import org.jspecify.annotations.NullMarked;
