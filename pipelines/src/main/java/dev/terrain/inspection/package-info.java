/**
 * Looks into a study that is there: what an id names, what two things of it differ in, whether it
 * can be reproduced, and what nothing refers to.
 */
package dev.terrain.inspection;
