package dev.terrain.stage.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.training.Units;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnitsTest {
  private static final String DATA = "0123456789abcdef";

  private static List<ModelRef> cell(int size) {
    return LongStream.range(0, size)
        .mapToObj(seed -> TinyStudy.spec().setSeed(seed).build())
        .map(spec -> Units.train(spec, DATA).getModels().get(0))
        .toList();
  }

  private static ConnectivitySettings pairs(String pairs) {
    return ConnectivitySettings.newBuilder().setPairs(pairs).build();
  }

  private static List<String> keys(int models, String pairs) {
    return MeasuredUnits.connectivity(cell(models), pairs(pairs)).stream()
        .map(Unit::getKey)
        .toList();
  }

  private static String seeds(Unit unit) {
    List<String> seeds =
        unit.getModels().stream().map(model -> Long.toString(model.getSpec().getSeed())).toList();
    return String.join("-", seeds);
  }

  /** The record with each field but some changed in turn, and the record itself. */
  private static <T extends SpecificRecord> List<T> variations(T record, String... unchanged) {
    List<T> variations = new ArrayList<>(List.of(record));
    for (Schema.Field field : record.getSchema().getFields()) {
      if (!List.of(unchanged).contains(field.name())) {
        T copy = SpecificData.get().deepCopy(record.getSchema(), record);
        copy.put(field.pos(), changed(record.get(field.pos()), field.schema()));
        variations.add(copy);
      }
    }
    return variations;
  }

  private static Object changed(Object value, Schema schema) {
    if (value instanceof Integer number) {
      return number + 1;
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (value instanceof Double number) {
      return Math.nextUp(number);
    }
    if (value instanceof List<?> list) {
      boolean texts = schema.getElementType().getType() == Schema.Type.STRING;
      return list.isEmpty() ? List.of(texts ? "x" : (Object) 7) : list.subList(0, 1);
    }
    return value + "x";
  }

  private static <T> void assertAllKeysDiffer(List<T> variations, Function<T, String> key) {
    Set<String> keys = new HashSet<>(variations.stream().map(key).toList());
    assertThat(variations.size()).isGreaterThan(3);
    assertThat(keys).hasSameSizeAs(variations);
  }

  @Test
  void keyOfATraining_changesWithEverySettingAndWithTheData() {
    ModelSpec spec = TinyStudy.spec().build();
    assertAllKeysDiffer(variations(spec), each -> Units.train(each, DATA).getKey());
    assertThat(Units.train(spec, "fedcba").getKey()).isNotEqualTo(Units.train(spec, DATA).getKey());
    assertThat(Units.train(spec, DATA)).isEqualTo(Units.train(TinyStudy.spec().build(), DATA));
  }

  @Test
  void keyOfAMeasurement_changesWithEverySettingOfItsFamily() {
    List<ModelRef> cell = cell(2);
    assertAllKeysDiffer(
        variations(ConnectivitySettings.newBuilder().build(), "pairs"),
        settings -> MeasuredUnits.connectivity(cell, settings).get(0).getKey());
    assertAllKeysDiffer(
        variations(SimilaritySettings.newBuilder().build()),
        settings -> MeasuredUnits.similarity(cell, settings).getKey());
  }

  @Test
  void keyOfASpectrum_changesWithAllThatItDependsOn() {
    assertKeysChange("spectrum", List.of("measures", "diagonal_products", "max_graph_mib"));
  }

  @Test
  void keyOfADiagonal_changesWithAllThatItDependsOn() {
    assertKeysChange(
        "diagonal",
        allBut(
            "operator",
            "loss",
            "parameters",
            "examples",
            "batches",
            "relative_error",
            "max_memory_mib",
            "diagonal_products"));
  }

  @Test
  void keyOfAMeasureAtAPoint_changesWithAllThatItDependsOn() {
    assertKeysChange(
        "sam_sharpness", allBut("loss", "examples", "max_examples", "batches", "relative_error"));
  }

  /** The key of a part changes with each setting but these, and with these it does not. */
  private static void assertKeysChange(String part, List<String> without) {
    ModelRef model = cell(1).get(0);
    CurvatureSettings settings = CurvatureSettings.newBuilder().build();
    String key = MeasuredUnits.curvature(model, settings, part).getKey();
    assertAllKeysDiffer(
        variations(settings, without.toArray(String[]::new)),
        each -> MeasuredUnits.curvature(model, each, part).getKey());
    assertThat(variations(settings, allBut(without.toArray(String[]::new)).toArray(String[]::new)))
        .allSatisfy(
            each -> assertThat(MeasuredUnits.curvature(model, each, part).getKey()).isEqualTo(key));
  }

  private static List<String> allBut(String... settings) {
    return CurvatureSettings.getClassSchema().getFields().stream()
        .map(Schema.Field::name)
        .filter(name -> !List.of(settings).contains(name))
        .toList();
  }

  @Test
  void oneMoreMeasureAtAPoint_isOneMoreUnit() {
    ModelRef model = cell(1).get(0);
    CurvatureSettings before = CurvatureSettings.newBuilder().build();
    List<String> measures = new ArrayList<>(before.getMeasures());
    measures.add("keskar_sharpness");
    List<Unit> after =
        MeasuredUnits.curvature(
            model,
            CurvatureSettings.newBuilder().setMeasures(measures).setDiagonalProducts(9).build());

    assertThat(after).extracting(Unit::getKey).doesNotHaveDuplicates();
    assertThat(after)
        .extracting(Unit::getKey)
        .containsAll(MeasuredUnits.curvature(model, before).stream().map(Unit::getKey).toList());
    assertThat(after)
        .extracting(Unit::getPart)
        .startsWith("spectrum", "gradient_norm")
        .endsWith("keskar_sharpness", "diagonal");
  }

  @Test
  void keyOfAPair_doesNotChangeWithTheSelectionOfPairs() {
    String first = keys(5, "first").get(0);
    assertThat(keys(5, "ring")).contains(first);
    assertThat(keys(5, "all")).contains(first);
    assertThat(keys(2, "ring")).containsExactly(first);
  }

  @Test
  void keyOfAMeasurement_followsTheTrainingsThatItBuildsOn() {
    List<ModelRef> cell = cell(3);
    List<ModelRef> retrained = new ArrayList<>(cell);
    retrained.set(1, ModelRef.newBuilder(cell.get(1)).setKey("another training").build());
    assertThat(keys(cell)).doesNotHaveDuplicates();
    for (int i = 0; i < keys(cell).size(); i++) {
      assertThat(keys(retrained).get(i)).isNotEqualTo(keys(cell).get(i));
    }
  }

  private static List<String> keys(List<ModelRef> cell) {
    return List.of(
        MeasuredUnits.curvature(cell.get(1), CurvatureSettings.newBuilder().build(), "spectrum")
            .getKey(),
        MeasuredUnits.connectivity(cell, pairs("first")).get(0).getKey(),
        MeasuredUnits.similarity(cell, SimilaritySettings.newBuilder().build()).getKey(),
        MeasuredUnits.distance(cell).getKey());
  }

  @ParameterizedTest
  @CsvSource({
    "2, first, 0-1",
    "2, ring,  0-1",
    "2, all,   0-1",
    "3, first, 0-1",
    "3, ring,  0-1 0-2 1-2",
    "3, all,   0-1 0-2 1-2",
    "5, first, 0-1",
    "5, ring,  0-1 0-4 1-2 2-3 3-4",
    "5, all,   0-1 0-2 0-3 0-4 1-2 1-3 1-4 2-3 2-4 3-4",
  })
  void pairsOfACell_areThoseSelected(int models, String selection, String expected) {
    assertThat(
            MeasuredUnits.connectivity(cell(models), pairs(selection)).stream()
                .map(UnitsTest::seeds))
        .containsExactlyElementsOf(Arrays.asList(expected.split(" ")));
  }

  @Test
  void models_areOrderedBySeedHoweverTheyCome() {
    List<ModelRef> reversed = new ArrayList<>(cell(12));
    Collections.reverse(reversed);
    SimilaritySettings settings = SimilaritySettings.newBuilder().build();
    assertThat(seeds(MeasuredUnits.distance(reversed))).isEqualTo("0-1-2-3-4-5-6-7-8-9-10-11");
    assertThat(MeasuredUnits.distance(reversed)).isEqualTo(MeasuredUnits.distance(cell(12)));
    assertThat(MeasuredUnits.similarity(reversed, settings))
        .isEqualTo(MeasuredUnits.similarity(cell(12), settings));
    assertThat(MeasuredUnits.connectivity(reversed, pairs("ring")))
        .isEqualTo(MeasuredUnits.connectivity(cell(12), pairs("ring")));
  }

  @Test
  void unit_saysItsStageItsCellAndItsModels() {
    List<ModelRef> cell = cell(2);
    Unit unit = MeasuredUnits.connectivity(cell, pairs("first")).get(0);
    assertThat(unit.getStage()).isEqualTo("connectivity");
    assertThat(unit.getModels()).isEqualTo(cell);
    assertThat(unit.getCellId())
        .isEqualTo(cell.get(0).getCellId())
        .isEqualTo(cell.get(1).getCellId());
    assertThat(cell.get(0).getModelId()).isNotEqualTo(cell.get(1).getModelId());
  }

  @Test
  void unknownSelectionOfPairs_isRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeasuredUnits.connectivity(cell(2), pairs("star")))
        .withMessageContaining("pairs (star)")
        .withMessageContaining("first, ring or all");
  }
}
