/**
 * Google Cloud Storage and Dataflow played by this process, over HTTP on the loopback interface.
 * Start with {@link dev.terrain.google.FakeGoogle}.
 */
package dev.terrain.google;
