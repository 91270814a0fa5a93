package dev.terrain.sweep;

import dev.terrain.v1.SectionSettings;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/** The families of metrics that sweeps can ask for, in their order. */
public final class SweepSections {
  /** The family of metrics that comes with the training. */
  static final String ALWAYS_MEASURED = "losses";

  private static final Schema SWEEP = Sweep.getClassSchema();
  private static final String SECTIONS = "sections";
  private static final String METRICS = "metrics";

  private final List<SweepSection<?>> sections;
  private final Schema document;

  private SweepSections(List<SweepSection<?>> sections) {
    this.sections = sections;
    this.document = document(sections);
  }

  /** Says which families there are in this process; one implementation, found as a service. */
  public interface Source {
    /** The families, in their order. */
    List<? extends SweepSection<?>> sections();
  }

  /** Of this process, found once. */
  private static final class OfProcess {
    static final SweepSections SECTIONS =
        of(
            ServiceLoader.load(Source.class, SweepSections.class.getClassLoader()).stream()
                .flatMap(source -> source.get().sections().stream())
                .toList());
  }

  /** The families of a list. */
  public static SweepSections of(List<? extends SweepSection<?>> sections) {
    return new SweepSections(List.copyOf(sections));
  }

  /** The families that there are in this process. */
  public static SweepSections ofProcess() {
    return OfProcess.SECTIONS;
  }

  /** The names of the families, that of the losses first. */
  public List<String> families() {
    return names(sections);
  }

  /** Those that a sweep asks for which does not say what it asks for. */
  List<String> familiesByDefault() {
    return byDefault(sections);
  }

  private static List<String> byDefault(List<SweepSection<?>> sections) {
    return names(sections.stream().filter(SweepSection::isAskedForByDefault).toList());
  }

  private static List<String> names(List<SweepSection<?>> sections) {
    return Stream.concat(Stream.of(ALWAYS_MEASURED), sections.stream().map(SweepSection::name))
        .toList();
  }

  List<SweepSection<?>> all() {
    return sections;
  }

  /** Whether a sweep has this key, or family, whatever stages there are. */
  public static boolean isKey(String name) {
    return name.equals(ALWAYS_MEASURED) || name.equals("axes") || SWEEP.getField(name) != null;
  }

  /** Those that have settings, by the keys of a sweep file. */
  List<String> keys() {
    return withSettings(sections).map(SweepSection::name).toList();
  }

  private static Stream<SweepSection<?>> withSettings(List<SweepSection<?>> sections) {
    return sections.stream()
        .filter(section -> !SettingsJson.schema(section.settingsType()).getFields().isEmpty());
  }

  /** The setting of a sweep that lists families; by default all. */
  Setting metrics() {
    return Setting.of(document, METRICS);
  }

  /**
   * The schema of a sweep as people read it: a section for each family that has settings, in the
   * place of the list of sections.
   */
  Schema document() {
    return document;
  }

  private static Schema document(List<SweepSection<?>> sections) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : SWEEP.getFields()) {
      switch (field.name()) {
        case SECTIONS ->
            withSettings(sections)
                .forEach(
                    section ->
                        fields.add(
                            new Schema.Field(
                                section.name(),
                                SettingsJson.schema(section.settingsType()),
                                "Settings of the family " + section.name() + ".")));
        case METRICS -> {
          Schema.Field metrics =
              new Schema.Field(METRICS, field.schema(), field.doc(), byDefault(sections));
          metrics.addProp("allowed", names(sections));
          fields.add(metrics);
        }
        default -> fields.add(new Schema.Field(field, field.schema()));
      }
    }
    return Schema.createRecord(
        "SweepDocument", SWEEP.getDoc(), SWEEP.getNamespace(), false, fields);
  }

  /**
   * The keys of the sections that are not written for a sweep, as a reader without their plugins
   * could make nothing of them.
   */
  List<String> unwritten(Sweep sweep) {
    return withSettings(sections)
        .filter(section -> !section.isAskedForByDefault() && !section.isAskedFor(sweep))
        .map(SweepSection::name)
        .toList();
  }

  /** A sweep as people read it. */
  IndexedRecord document(Sweep sweep) {
    GenericData.Record record = new GenericData.Record(document);
    for (Schema.Field field : SWEEP.getFields()) {
      if (!field.name().equals(SECTIONS)) {
        record.put(field.name(), sweep.get(field.pos()));
      }
    }
    withSettings(sections).forEach(section -> record.put(section.name(), section.settings(sweep)));
    return record;
  }

  /** The sweep of what people read. */
  Sweep sweep(IndexedRecord document) {
    Sweep sweep = new Sweep();
    for (Schema.Field field : SWEEP.getFields()) {
      Schema.Field read = document.getSchema().getField(field.name());
      if (read != null) {
        sweep.put(field.pos(), document.get(read.pos()));
      }
    }
    List<SectionSettings> settings = new ArrayList<>();
    List<String> unwritten = unwritten(sweep);
    for (String key : keys()) {
      if (unwritten.contains(key)) {
        continue;
      }
      int position = document.getSchema().getField(key).pos();
      String json = SettingsJson.write((IndexedRecord) document.get(position));
      if (!json.equals(SettingsJson.NONE)) {
        settings.add(new SectionSettings(key, json));
      }
    }
    settings.sort(Comparator.comparing(SectionSettings::getFamily));
    sweep.put(SWEEP.getField(SECTIONS).pos(), settings);
    return sweep;
  }

  /** The families of a sweep that need pairs of models. */
  List<String> ofPairs(Sweep sweep) {
    return sections.stream()
        .filter(section -> section.comparesModels() && section.isAskedFor(sweep))
        .map(SweepSection::name)
        .toList();
  }

  /** Reports what must hold between the settings of each section and does not. */
  void check(Sweep sweep, Problems problems) {
    for (SweepSection<?> section : sections) {
      if (!problems.under(section.name())) {
        check(section, sweep, problems);
      }
    }
  }

  private static <S extends org.apache.avro.specific.SpecificRecord> void check(
      SweepSection<S> section, Sweep sweep, Problems problems) {
    section.check(section.settings(sweep), new SettingProblems(section.name(), problems));
  }
}
