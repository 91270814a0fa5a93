package dev.terrain.ledger;

import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Tensor;
import java.nio.IntBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Records with a value in every field. */
public final class Samples {
  private Samples() {}

  static UnitResult unitResult(String stage, String key) {
    return UnitResult.newBuilder((UnitResult) value(UnitResult.getClassSchema()))
        .setStage(stage)
        .setKey(key)
        .build();
  }

  public static ModelSpec spec() {
    return (ModelSpec) value(ModelSpec.getClassSchema());
  }

  /** Names, shapes and bits of tensors, to be compared. */
  public static List<List<Object>> contents(List<Tensor> tensors) {
    List<List<Object>> contents = new ArrayList<>();
    for (Tensor tensor : tensors) {
      float[] values = tensor.values();
      int[] bits = new int[values.length];
      Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
      contents.add(List.of(tensor.name(), IntBuffer.wrap(tensor.shape()), IntBuffer.wrap(bits)));
    }
    return contents;
  }

  private static Object value(Schema schema) {
    return switch (schema.getType()) {
      case STRING -> "größer";
      case INT -> 7;
      case LONG -> schema.getLogicalType() == null ? 1L << 40 : Instant.ofEpochSecond(1, 5_000);
      case DOUBLE -> 0.1;
      case ARRAY -> List.of(value(schema.getElementType()), value(schema.getElementType()));
      case UNION -> value(schema.getTypes().get(1));
      case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().get(1), schema);
      case RECORD -> {
        SpecificRecord record =
            (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        yield record;
      }
      default -> throw new IllegalArgumentException(schema.toString());
    };
  }
}
