package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module made of text: the archive that the engine loads, with a class without
 * attributes but {@code training = True}.
 */
final class ScriptArchive {
  private static final String FOLDER = "terrain";

  /** Pickle of an empty tuple. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private ScriptArchive() {}

  /**
   * Loads a module, which its caller closes.
   *
   * @param name of the class
   * @param source text in the dialect of archives that defines it
   */
  static PtSymbolBlock load(NDManager manager, String name, String source) {
    try {
      return JniUtils.loadModule(
          (PtNDManager) manager, new ByteArrayInputStream(archive(name, source)), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * DJL tells the method by the name of an array among the arguments; the array itself is not
   * passed on.
   */
  static NDArray method(NDManager manager, String name) {
    NDArray marker = manager.create(0f);
    marker.setName("module_method:" + name);
    return marker;
  }

  private static byte[] archive(String name, String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "data.pkl", object(name));
      entry(zip, "constants.pkl", NO_CONSTANTS);
      entry(zip, "version", ascii("3\n"));
      entry(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Pickle of an object of the class. */
  private static byte[] object(String name) {
    return concatenate(
        new byte[] {(byte) 0x80, 2},
        ascii("c__torch__\n" + name + "\n)"),
        new byte[] {(byte) 0x81},
        ascii("}(X"),
        new byte[] {8, 0, 0, 0},
        ascii("training"),
        new byte[] {(byte) 0x88},
        ascii("ub."));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(FOLDER + "/" + name));
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] concatenate(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
