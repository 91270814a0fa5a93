package dev.terrain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(locations = ModuleClasses.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule nobody_knowsTheKernels =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.terrain.model..",
              "dev.terrain.training..",
              "dev.terrain.curvature..",
              "dev.terrain.connectivity..",
              "dev.terrain.similarity..",
              "ai.djl..");

  @ArchTest
  static final ArchRule packages_formNoCycles =
      slices().matching("dev.terrain.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothing_importsUpwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cluster")
          .definedBy("dev.terrain.cluster")
          .layer("engine")
          .definedBy("dev.terrain.engine")
          .layer("cli")
          .definedBy("dev.terrain.cli")
          .whereLayer("cluster")
          .mayNotAccessAnyLayer()
          .whereLayer("engine")
          .mayOnlyAccessLayers("cluster")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .ensureAllClassesAreContainedInArchitecture();
}
