package dev.terrain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(
    packages = {
      "dev.terrain.checks",
      "dev.terrain.pipelines",
      "dev.terrain.report",
      "dev.terrain.tables"
    },
    importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyPipelines_knowBeam =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.terrain.pipelines")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule nobody_knowsTheEngine =
      noClasses().should().dependOnClassesThat().resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule tables_knowOnlyTheRecords =
      classes()
          .that()
          .resideInAPackage("dev.terrain.tables")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.terrain.tables",
              "dev.terrain.v1",
              "java..",
              "org.apache.avro..",
              "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule checks_knowOnlyTheTables =
      classes()
          .that()
          .resideInAPackage("dev.terrain.checks")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.terrain.checks",
              "dev.terrain.tables",
              "dev.terrain.v1",
              "java..",
              "org.apache.avro..");

  @ArchTest
  static final ArchRule report_knowsOnlyTheRecords =
      classes()
          .that()
          .resideInAPackage("dev.terrain.report")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.terrain.report",
              "dev.terrain.v1",
              "java..",
              "org.apache.avro..",
              "freemarker..");

  @ArchTest
  static final ArchRule pipelines_knowNoNumerics =
      noClasses()
          .that()
          .resideInAPackage("dev.terrain.pipelines")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.terrain.model",
              "dev.terrain.surface",
              "dev.terrain.training",
              "dev.terrain.curvature..",
              "dev.terrain.connectivity",
              "dev.terrain.similarity");

  @ArchTest
  static final ArchRule packages_formNoCycles =
      slices().matching("dev.terrain.(*)..").should().beFreeOfCycles();
}
