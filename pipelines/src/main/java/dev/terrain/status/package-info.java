/** How far a study is, whatever works on it. Start with {@link dev.terrain.status.StatusReader}. */
package dev.terrain.status;
