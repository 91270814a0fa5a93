package dev.terrain.beam.watch;

import dev.terrain.sweep.SweepExpansion;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.ModelRequest;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Understands requests: sweeps in YAML, and Avro files of single specs. */
final class RequestText implements Serializable {
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
    return !fileName.startsWith(".")
        && (isSpecs(fileName) || fileName.endsWith(".yaml") || fileName.endsWith(".yml"));
  }

  private static boolean isSpecs(String fileName) {
    return fileName.endsWith(".avro");
  }

  /** Bytes that a request may have, by its file's name. */
  static int maxBytes(String fileName) {
    return isSpecs(fileName) ? SpecFile.MAX_BYTES : SweepFile.MAX_BYTES;
  }

  /**
   * The models that a file asks for. No message of an exception repeats what the file says.
   *
   * @param name its address or path
   * @param source what messages call it
   * @throws RefusedRequestException if it is no valid request; the message names the file
   * @throws dev.terrain.sweep.InvalidSweepException if it is no valid sweep, with all that is wrong
   */
  Request parse(String name, String source, byte[] bytes) {
    String fileName = name.substring(name.lastIndexOf('/') + 1);
    if (isSpecs(fileName)) {
      List<ModelSpec> specs = SpecFile.read(bytes, source);
      if (data != null) {
        data.check(specs, frameOfSpecs, source);
      }
      return new Request(frameOfSpecs, specs.size(), specs.stream());
    }
    String yaml = text(source, bytes);
    Sweep sweep = SweepFile.parseUnquoted(yaml, source, SweepFile.defaultName(fileName));
    if (data != null) {
      data.check(sweep, yaml, source);
    }
    SweepExpansion expansion = SweepExpansion.of(sweep);
    return new Request(SweepFrame.of(sweep), expansion.modelCount(), expansion.models());
  }

  private static String text(String source, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedRequestException(source + ": is not text in UTF-8", e);
    }
  }

  /**
   * A request that was understood.
   *
   * @param frame what it asks of its cells
   * @param count models that it asks for
   * @param specs their specs, to be taken once
   */
  record Request(Sweep frame, long count, Stream<ModelSpec> specs) {
    Stream<ModelRequest> models() {
      return specs.map(spec -> new ModelRequest(frame, spec));
    }
  }
}
