package dev.terrain.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the quick build leaves out says so, as far as calls can be followed: those of the command
 * line to its commands cannot.
 */
final class TestTiersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              Stream.of("transforms", "pipelines", "runners")
                  .flatMap(
                      module ->
                          Stream.of("classes", "test-classes")
                              .map(classes -> Path.of("..", module, "target", classes)))
                  .toList());

  @Test
  void whatRunsABeamPipeline_isTaggedEngine() {
    Predicate<JavaAccess<?>> runs = isTo("org.apache.beam.sdk.Pipeline", "run");
    Predicate<JavaAccess<?>> testRuns = isTo("org.apache.beam.sdk.testing.TestPipeline", "run");
    Predicate<JavaAccess<?>> finishedStudy =
        access -> access.getTargetOwner().getName().equals("dev.terrain.cli.FinishedStudy");

    assertThat(untagged("engine", runs.or(testRuns).or(finishedStudy))).isEmpty();
  }

  @Test
  void whatStartsAProcess_isTaggedProcess() {
    assertThat(untagged("process", isTo(ProcessBuilder.class.getName(), "start"))).isEmpty();
  }

  private static Predicate<JavaAccess<?>> isTo(String owner, String method) {
    return access ->
        access.getTargetOwner().getName().equals(owner)
            && access.getTarget().getName().equals(method);
  }

  /** Methods of the unit tests' classes that JUnit calls and that lead to such an access. */
  private static List<String> untagged(String tag, Predicate<JavaAccess<?>> wanted) {
    return CLASSES.stream()
        .filter(type -> type.getSimpleName().endsWith("Test") && !isTagged(type, tag))
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(method -> isOfJUnit(method) && !isTagged(method, tag) && leadsTo(method, wanted))
        .map(JavaCodeUnit::getFullName)
        .sorted()
        .toList();
  }

  private static boolean isOfJUnit(JavaCodeUnit method) {
    return method.getAnnotations().stream()
        .map(JavaAnnotation::getRawType)
        .map(JavaClass::getPackageName)
        .anyMatch(name -> name.startsWith("org.junit.jupiter."));
  }

  private static boolean isTagged(HasAnnotations<?> element, String tag) {
    return element.getAnnotations().stream()
        .flatMap(TestTiersTest::repeated)
        .filter(annotation -> annotation.getRawType().isEquivalentTo(Tag.class))
        .anyMatch(annotation -> annotation.get("value").filter(tag::equals).isPresent());
  }

  /** What an annotation that holds others holds, else itself. */
  private static Stream<JavaAnnotation<?>> repeated(JavaAnnotation<?> annotation) {
    return annotation.get("value").orElse(null) instanceof JavaAnnotation<?>[] held
        ? Stream.of(held)
        : Stream.of(annotation);
  }

  private static boolean leadsTo(JavaCodeUnit method, Predicate<JavaAccess<?>> wanted) {
    Set<JavaCodeUnit> seen = new HashSet<>(Set.of(method));
    Deque<JavaCodeUnit> left = new ArrayDeque<>(seen);
    while (!left.isEmpty()) {
      for (JavaAccess<?> access : left.pop().getAccessesFromSelf()) {
        if (wanted.test(access)) {
          return true;
        }
        if (access.getTarget().resolveMember().orElse(null) instanceof JavaCodeUnit next
            && seen.add(next)) {
          left.push(next);
        }
      }
    }
    return false;
  }
}
