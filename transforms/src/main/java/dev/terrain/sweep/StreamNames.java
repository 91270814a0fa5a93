package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Names of the random streams of models, from which initial weights, orders of images and probes
 * are drawn.
 *
 * <p>They are what ids were before these said only what differs from the defaults, so that every
 * value has the bits that it always had: SHA-256 over the settings that there were then, all of
 * them. A setting that came later counts where it is not at its default.
 */
public final class StreamNames {
  /** Settings that there were when ids named the streams. */
  private static final List<String> FIRST_SETTINGS =
      List.of(
          "dataset",
          "data_fraction",
          "label_noise",
          "label_noise_seed",
          "architecture",
          "width",
          "depth",
          "hidden_widths",
          "learning_rate",
          "learning_rate_schedule",
          "learning_rate_milestones",
          "learning_rate_factor",
          "momentum",
          "weight_decay",
          "batch_size",
          "incomplete_batch",
          "epochs",
          "stop_rule",
          "plateau_tolerance",
          "plateau_epochs",
          "plateau_first_epoch",
          "seed");

  private static final Schema FIRST = first();
  private static final byte[] FIRST_FORM =
      Fingerprints.sha256(SchemaNormalization.toParsingForm(FIRST));

  private StreamNames() {}

  /** The streams of a model. */
  public static String ofModel(ModelSpec spec) {
    byte[] name = "model".getBytes(StandardCharsets.UTF_8);
    byte[] body = body(spec);
    MessageDigest digest = Fingerprints.sha256();
    digest.update(part('S', name));
    digest.update(part('R', body));
    String first = HexFormat.of().formatHex(digest.digest());
    SortedMap<String, Object> later = Defaults.differing(spec);
    later.keySet().removeAll(FIRST_SETTINGS);
    return later.isEmpty()
        ? first
        : Fingerprints.of(
            "streams", first, List.copyOf(later.keySet()), List.copyOf(later.values()));
  }

  private static byte[] part(char kind, byte[] bytes) {
    return ByteBuffer.allocate(1 + Long.BYTES + bytes.length)
        .put((byte) kind)
        .putLong(bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] body(ModelSpec spec) {
    GenericData.Record record = new GenericData.Record(FIRST);
    for (Schema.Field field : FIRST.getFields()) {
      Object value = spec.get(AxisValues.position(field.name()));
      record.put(
          field.pos(), value instanceof Double number ? Double.valueOf(number + 0.0) : value);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(FIRST_FORM);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<GenericData.Record>(FIRST).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Schema first() {
    List<Schema.Field> fields = new ArrayList<>();
    for (String name : FIRST_SETTINGS) {
      Schema.Field field = AxisValues.field(name);
      fields.add(new Schema.Field(field, field.schema()));
    }
    return Schema.createRecord("ModelSpec", null, "dev.terrain.v1", false, fields);
  }
}
