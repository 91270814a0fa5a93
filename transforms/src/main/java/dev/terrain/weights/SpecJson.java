package dev.terrain.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.v1.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** Specs in Avro's JSON encoding. */
final class SpecJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SpecJson() {}

  static String encode(ModelSpec spec) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      JsonEncoder encoder = EncoderFactory.get().jsonEncoder(spec.getSchema(), out);
      new SpecificDatumWriter<>(ModelSpec.class).write(spec, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Reads a spec; settings that are newer than the text get their defaults. */
  static ModelSpec decode(String text) throws IOException {
    if (!(JSON.readTree(text) instanceof ObjectNode json)) {
      throw new IOException("not a JSON object: " + text);
    }
    Schema reader = ModelSpec.getClassSchema();
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : reader.getFields()) {
      if (json.has(field.name())) {
        fields.add(new Schema.Field(field, field.schema()));
      }
    }
    Schema writer =
        Schema.createRecord(
            reader.getName(), reader.getDoc(), reader.getNamespace(), false, fields);
    // Not the schema alone: by it Avro would find the class that an earlier job of this process
    // had.
    DatumReader<ModelSpec> specs =
        new SpecificDatumReader<>(writer, reader, SpecificData.getForClass(ModelSpec.class));
    return specs.read(null, DecoderFactory.get().jsonDecoder(writer, text));
  }
}
