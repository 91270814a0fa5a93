/** A server that plays Amazon S3. Start with {@link dev.terrain.amazon.FakeS3}. */
package dev.terrain.amazon;
