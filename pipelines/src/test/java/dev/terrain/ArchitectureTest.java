package dev.terrain;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.standard.MetricCatalogue;

/** Who may know whom. */
@AnalyzeClasses(locations = ModuleClasses.class)
final class ArchitectureTest {
  /** Nested types by name: their enclosing type is not among the classes that are read. */
  private static final Class<?>[] CATALOGUE = {
    MetricCatalogue.class,
    MetricInfo.class,
    MetricInfo.Better.class,
    MetricInfo.Range.class,
    MetricInfo.Scale.class,
    MetricInfo.Summary.class,
    MetricInfo.Variant.class
  };

  @ArchTest
  static final ArchRule onlyJobs_knowBeam =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.terrain.pipelines", "dev.terrain.copy", "dev.terrain.run")
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
  static final ArchRule checks_knowOnlyTheTablesAndTheCatalogueOfMetrics =
      classes()
          .that()
          .resideInAPackage("dev.terrain.checks")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "dev.terrain.checks",
                      "dev.terrain.tables",
                      "dev.terrain.diagrams",
                      "dev.terrain.taxonomy..",
                      "dev.terrain.v1",
                      "java..",
                      "org.apache.avro..")
                  .or(belongToAnyOf(CATALOGUE)));

  @ArchTest
  static final ArchRule report_knowsOnlyTheRecordsAndTheCatalogueOfMetrics =
      classes()
          .that()
          .resideInAPackage("dev.terrain.report")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "dev.terrain.report",
                      "dev.terrain.diagrams",
                      "dev.terrain.taxonomy.diagram",
                      "dev.terrain.v1",
                      "java..",
                      "org.apache.avro..",
                      "com.fasterxml.jackson..",
                      "org.jspecify.annotations",
                      "freemarker..")
                  .or(belongToAnyOf(CATALOGUE)));

  @ArchTest
  static final ArchRule nobody_knowsNumerics =
      noClasses()
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
      slices().matching("dev.terrain.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothing_importsUpwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("tables")
          .definedBy("dev.terrain.tables")
          .layer("diagrams")
          .definedBy("dev.terrain.diagrams")
          .layer("checks")
          .definedBy("dev.terrain.checks")
          .layer("report")
          .definedBy("dev.terrain.report")
          .layer("study")
          .definedBy("dev.terrain.study")
          .layer("findings")
          .definedBy("dev.terrain.findings")
          .layer("imports")
          .definedBy("dev.terrain.imports")
          .layer("plan")
          .definedBy("dev.terrain.plan")
          .layer("status")
          .definedBy("dev.terrain.status")
          .layer("pipelines")
          .definedBy("dev.terrain.pipelines")
          .layer("copy")
          .definedBy("dev.terrain.copy")
          .layer("run")
          .definedBy("dev.terrain.run")
          .layer("inspection")
          .definedBy("dev.terrain.inspection")
          .whereLayer("tables")
          .mayNotAccessAnyLayer()
          .whereLayer("diagrams")
          .mayNotAccessAnyLayer()
          .whereLayer("checks")
          .mayOnlyAccessLayers("tables", "diagrams")
          .whereLayer("report")
          .mayOnlyAccessLayers("diagrams")
          .whereLayer("study")
          .mayOnlyAccessLayers("tables", "checks")
          .whereLayer("findings")
          .mayOnlyAccessLayers("tables", "study", "report", "diagrams")
          .whereLayer("imports")
          .mayOnlyAccessLayers("tables", "study")
          .whereLayer("plan")
          .mayOnlyAccessLayers("tables", "checks", "study")
          .whereLayer("status")
          .mayOnlyAccessLayers("study", "plan")
          .whereLayer("pipelines")
          .mayOnlyAccessLayers("tables", "study", "plan")
          .whereLayer("copy")
          .mayOnlyAccessLayers("tables", "study", "pipelines")
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("inspection")
          .whereLayer("inspection")
          .mayNotBeAccessedByAnyLayer()
          .ensureAllClassesAreContainedInArchitecture();
}
