package dev.terrain.sweep;

import dev.terrain.v1.Check;
import dev.terrain.v1.Sweep;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A sweep file: YAML that names a base, a load-like and a temperature-like axis, further axes,
 * seeds, metrics and their settings. {@link SweepJsonSchema} describes it in full.
 *
 * <p>Every setting that the file leaves out takes its default from the Avro schema. Neither the
 * order of keys, nor comments, nor defaults written out, nor the way a number is written changes
 * what is read.
 */
public final class SweepFile {
  /** Bytes that a sweep file may have: 1 MiB. */
  public static final int MAX_BYTES = 1 << 20;

  private SweepFile() {}

  /**
   * Problems that are known by their paths, with the places in the text that these have there.
   *
   * @param yaml the text of a sweep file
   */
  public static InvalidSweepException locate(String yaml, String source, List<Problem> problems) {
    return new InvalidSweepException(source, ProblemPlaces.locate(yaml, source, problems));
  }

  /**
   * The sweep of a file; its default name is the file's name without ending.
   *
   * @throws InvalidSweepException if the file cannot be read or is no valid sweep, with all that is
   *     wrong
   */
  public static Sweep read(Path file) {
    return parse(text(file), file.toString(), defaultName(String.valueOf(file.getFileName())));
  }

  /**
   * The text of a sweep file.
   *
   * @throws InvalidSweepException if the file cannot be read
   */
  public static String text(Path file) {
    return SweepText.read(file, MAX_BYTES);
  }

  /**
   * The checks of a file that holds the section {@code checks} alone.
   *
   * @throws InvalidSweepException if the file cannot be read or holds no valid checks, with all
   *     that is wrong
   */
  public static List<Check> readChecks(Path file) {
    return CheckReader.read(file);
  }

  /** The name that a sweep has if its file gives none: the file's without ending. */
  public static String defaultName(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(0, dot) : fileName;
  }

  /**
   * The sweep of a text.
   *
   * @param name the sweep's default name, and what messages call the text
   * @throws InvalidSweepException if it is no valid sweep, with all that is wrong
   */
  public static Sweep parse(String yaml, String name) {
    return parse(yaml, name, name);
  }

  /**
   * The sweep of a text.
   *
   * @param source what messages call the text
   * @param defaultName the sweep's name if the text gives none
   * @throws InvalidSweepException if it is no valid sweep, with all that is wrong
   */
  public static Sweep parse(String yaml, String source, String defaultName) {
    return parse(yaml, defaultName, SweepSections.ofProcess(), new Problems(source));
  }

  /**
   * The sweep of a text, with other families of metrics than those of this process.
   *
   * @param name the sweep's default name, and what messages call the text
   * @throws InvalidSweepException if it is no valid sweep, with all that is wrong
   */
  public static Sweep parse(String yaml, String name, SweepSections sections) {
    return parse(yaml, name, sections, new Problems(name));
  }

  /**
   * The sweep of a text that may be another's, such as one that a link names.
   *
   * @param source what messages call the text
   * @param defaultName the sweep's name if the text gives none
   * @throws InvalidSweepException if it is no valid sweep, with all that is wrong; the messages
   *     give places and what is allowed there, and repeat nothing of the text
   */
  public static Sweep parseUnquoted(String yaml, String source, String defaultName) {
    return parse(yaml, defaultName, SweepSections.ofProcess(), new Problems(source, false));
  }

  private static Sweep parse(
      String yaml, String defaultName, SweepSections sections, Problems problems) {
    Optional<Node> root = YamlText.compose(yaml, MAX_BYTES, problems);
    problems.throwIfAny();
    return new SweepReader(defaultName, sections, problems).read(root.orElseThrow());
  }
}
