/** HTTP servers of this process, for tests. */
package dev.terrain.loopback;
