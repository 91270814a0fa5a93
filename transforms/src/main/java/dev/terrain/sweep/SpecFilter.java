package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlScript;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/**
 * A condition on the settings of a model, such as {@code width >= 32 && batch_size < 128}.
 *
 * <p>The names are those of the settings, {@code seed} among them; the operators those of Java
 * ({@code == != < <= > >= && || !} and arithmetic, with parentheses), and {@code =~} for one of
 * several: {@code architecture =~ ['mlp', 'cnn']}. The language is JEXL's without methods,
 * assignments and loops.
 */
public final class SpecFilter implements Serializable {
  private static final long serialVersionUID = 1;

  private static final JexlEngine ENGINE =
      new JexlBuilder()
          .strict(true)
          .silent(false)
          .safe(false)
          .permissions(JexlPermissions.RESTRICTED)
          .features(JexlFeatures.createNone().structuredLiteral(true).comparatorNames(true))
          .create();

  private final String text;
  private transient JexlScript script;

  private SpecFilter(String text) {
    this.text = text;
    this.script = ENGINE.createScript(text);
  }

  /**
   * Reads a condition.
   *
   * @throws IllegalArgumentException if it is malformed, has a name that is no setting, or is no
   *     condition
   */
  public static SpecFilter parse(String text) {
    FilterSlips.find(text)
        .ifPresent(
            slip -> {
              throw new IllegalArgumentException("'" + text + "' " + slip);
            });
    SpecFilter filter;
    try {
      // A script would take several statements.
      ENGINE.createExpression(text);
      filter = new SpecFilter(text);
    } catch (JexlException e) {
      throw refused(text, e);
    }
    List<String> settings =
        ModelSpec.getClassSchema().getFields().stream().map(Schema.Field::name).toList();
    for (List<String> variable : filter.script.getVariables()) {
      String name = String.join(".", variable);
      if (!settings.contains(name)) {
        throw new IllegalArgumentException(
            "'%s': there is no setting '%s'%s"
                .formatted(text, name, FilterSlips.nameAdvice(name, settings)));
      }
    }
    filter.matches(ModelSpec.newBuilder().build());
    return filter;
  }

  /**
   * Whether the condition holds for the settings of a model.
   *
   * @throws IllegalArgumentException if it compares what cannot be compared, or is no condition
   */
  public boolean matches(ModelSpec spec) {
    try {
      if (script().execute(new MapContext(settings(spec))) instanceof Boolean answer) {
        return answer;
      }
    } catch (JexlException e) {
      throw refused(text, e);
    }
    throw new IllegalArgumentException("'" + text + "' is a value, not a condition");
  }

  /** Whether the condition names a setting. */
  boolean names(String setting) {
    return script().getVariables().contains(List.of(setting));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpecFilter filter && filter.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private JexlScript script() {
    if (script == null) {
      script = ENGINE.createScript(text);
    }
    return script;
  }

  private static Map<String, Object> settings(ModelSpec spec) {
    Map<String, Object> settings = new HashMap<>();
    for (Schema.Field field : spec.getSchema().getFields()) {
      settings.put(field.name(), spec.get(field.pos()));
    }
    return settings;
  }

  private static IllegalArgumentException refused(String text, JexlException e) {
    String where = e.getInfo() == null ? "" : " at character " + e.getInfo().getColumn();
    return new IllegalArgumentException(
        "'%s': not understood%s (%s); such as: width >= 32 && batch_size < 128"
            .formatted(text, where, e.getDetail()),
        e);
  }
}
