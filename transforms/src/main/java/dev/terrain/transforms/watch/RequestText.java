package dev.terrain.transforms.watch;

import dev.terrain.spec.SweepExpansion;
import dev.terrain.spec.SweepFile;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Understands requests: sweeps in YAML, and Avro files of single specs. */
final class RequestText implements Serializable {
  /** Bytes that a request may have; a sweep's limit is lower. */
  static final int MAX_BYTES = 1 << 26;

  private static final long serialVersionUID = 1;

  private final Sweep frameOfSpecs;
  private final @Nullable RequestData data;

  /**
   * @param template the sweep whose frame single specs take; null for the default settings
   * @param data what requests must fit; null if that is not known
   */
  RequestText(@Nullable Sweep template, @Nullable RequestData data) {
    this.frameOfSpecs = template == null ? SpecFile.defaultFrame() : SweepFrame.of(template);
    this.data = data;
  }

  /** Whether a file of this name is a request. */
  static boolean isRequest(String fileName) {
    return !fileName.startsWith(".") && (isSpecs(fileName) || fileName.matches(".*\\.ya?ml"));
  }

  private static boolean isSpecs(String fileName) {
    return fileName.endsWith(".avro");
  }

  /**
   * The models that a file asks for.
   *
   * @throws IllegalArgumentException if it is no valid request; the message names the file
   * @throws dev.terrain.spec.InvalidSweepException if it is no valid sweep, with all that is wrong
   */
  Request parse(String name, byte[] bytes) {
    String fileName = name.substring(name.lastIndexOf('/') + 1);
    if (isSpecs(fileName)) {
      List<ModelSpec> specs = SpecFile.read(bytes, name);
      if (data != null) {
        data.check(specs, frameOfSpecs, name);
      }
      return new Request(name, frameOfSpecs, specs.size(), specs.stream());
    }
    return sweep(name, text(name, bytes), SweepFile.defaultName(fileName));
  }

  /** The models that the text of a sweep asks for. */
  private Request sweep(String source, String yaml, String defaultName) {
    Sweep sweep = SweepFile.parse(yaml, source, defaultName);
    if (data != null) {
      data.check(sweep, yaml, source);
    }
    SweepExpansion expansion = SweepExpansion.of(sweep);
    return new Request(source, SweepFrame.of(sweep), expansion.modelCount(), expansion.models());
  }

  private static String text(String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(name + ": is not text in UTF-8", e);
    }
  }

  /**
   * A request that was understood.
   *
   * @param source what the user calls it
   * @param frame what it asks of its cells
   * @param count models that it asks for
   * @param specs their specs, to be taken once
   */
  record Request(String source, Sweep frame, long count, Stream<ModelSpec> specs) {
    Stream<ModelRequest> models() {
      return specs.map(spec -> new ModelRequest(frame, spec));
    }
  }
}
