package dev.terrain.copy;

import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A file or folder of {@code memory://}.
 *
 * @param address its whole address; a folder's ends with a slash
 */
record MemoryFile(String address) implements ResourceId {
  @Override
  public ResourceId resolve(String other, ResolveOptions options) {
    boolean folder = options.equals(ResolveOptions.StandardResolveOptions.RESOLVE_DIRECTORY);
    return new MemoryFile(address + other + (folder ? "/" : ""));
  }

  @Override
  public ResourceId getCurrentDirectory() {
    return new MemoryFile(address.substring(0, address.lastIndexOf('/') + 1));
  }

  @Override
  public String getScheme() {
    return MemoryFileSystem.SCHEME;
  }

  @Override
  public String getFilename() {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  @Override
  public boolean isDirectory() {
    return address.endsWith("/");
  }

  @Override
  public String toString() {
    return address;
  }
}
