package dev.terrain;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.engine.Engine;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureProducts;
import dev.terrain.surface.Evaluation;
import dev.terrain.surface.HessianProduct;
import dev.terrain.surface.LossGradient;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Weights;
import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Who may know whom. */
@AnalyzeClasses(packages = "dev.terrain", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyBeam_knowsBeam =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.terrain.beam..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule onlyModelAndSurface_knowTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.terrain.model", "dev.terrain.surface")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule curvatureAndConnectivity_knowANetworkOnlyAsALossSurface =
      classes()
          .that()
          .resideInAnyPackage("dev.terrain.curvature..", "dev.terrain.connectivity")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("dev.terrain.."))
                  .or(
                      resideInAnyPackage(
                          "dev.terrain.curvature..",
                          "dev.terrain.connectivity",
                          "dev.terrain.statistics",
                          "dev.terrain.random",
                          "dev.terrain.v1"))
                  .or(
                      belongToAnyOf(
                          LossSurface.class,
                          Weights.class,
                          Evaluation.class,
                          LossGradient.class,
                          HessianProduct.class,
                          CurvatureMatrix.class,
                          CurvatureProducts.class,
                          ParameterSubset.class)));

  @ArchTest
  static final ArchRule fromOutsideCurvature_onlyOperatorSharpnessAndPanelAreUsed =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.terrain.curvature..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.terrain.curvature..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.terrain.curvature.operator",
                              "dev.terrain.curvature.sharpness",
                              "dev.terrain.curvature.panel"))));

  @ArchTest
  static final ArchRule roomsOfCurvature_formNoCycles =
      slices().matching("dev.terrain.curvature.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule curvatureAndComparisonStages_doNotKnowEachOther =
      slices()
          .matching("dev.terrain.stage.(curvature|comparison)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule kernels_doNotKnowEachOther =
      slices()
          .matching("dev.terrain.(curvature|connectivity|similarity|taxonomy|training)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule packages_formNoCycles =
      slices().matching("dev.terrain.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothing_importsUpwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.terrain..")
          .layer("records")
          .definedBy("dev.terrain.v1")
          .layer("random")
          .definedBy("dev.terrain.random")
          .layer("statistics")
          .definedBy("dev.terrain.statistics")
          .layer("registry")
          .definedBy("dev.terrain.registry")
          .layer("sweep")
          .definedBy("dev.terrain.sweep")
          .layer("store")
          .definedBy("dev.terrain.store")
          .layer("weights")
          .definedBy("dev.terrain.weights")
          .layer("ledger")
          .definedBy("dev.terrain.ledger")
          .layer("data")
          .definedBy("dev.terrain.data")
          .layer("model")
          .definedBy("dev.terrain.model")
          .layer("surface")
          .definedBy("dev.terrain.surface")
          .layer("kernels on surfaces")
          .definedBy("dev.terrain.training", "dev.terrain.curvature..", "dev.terrain.connectivity")
          .layer("kernels on numbers")
          .definedBy("dev.terrain.similarity", "dev.terrain.taxonomy..")
          .layer("stage")
          .definedBy("dev.terrain.stage..")
          .layer("beam units")
          .definedBy("dev.terrain.beam.units")
          .layer("beam tables")
          .definedBy("dev.terrain.beam.tables")
          .layer("beam")
          .definedBy("dev.terrain.beam")
          .layer("beam watch")
          .definedBy("dev.terrain.beam.watch")
          .whereLayer("records")
          .mayNotAccessAnyLayer()
          .whereLayer("random")
          .mayNotAccessAnyLayer()
          .whereLayer("statistics")
          .mayOnlyAccessLayers("random")
          .whereLayer("registry")
          .mayNotAccessAnyLayer()
          .whereLayer("sweep")
          .mayOnlyAccessLayers("records", "random", "registry")
          .whereLayer("store")
          .mayOnlyAccessLayers("records", "random")
          .whereLayer("weights")
          .mayOnlyAccessLayers("records", "store")
          .whereLayer("ledger")
          .mayOnlyAccessLayers("records", "store")
          .whereLayer("data")
          .mayOnlyAccessLayers("records", "random", "registry", "store")
          .whereLayer("model")
          .mayOnlyAccessLayers("records", "random", "registry")
          .whereLayer("surface")
          .mayOnlyAccessLayers("records", "random", "registry", "data", "model")
          .whereLayer("kernels on surfaces")
          .mayOnlyAccessLayers(
              "records", "random", "statistics", "registry", "data", "model", "surface")
          .whereLayer("kernels on numbers")
          .mayOnlyAccessLayers("records", "random", "statistics")
          .whereLayer("stage")
          .mayOnlyBeAccessedByLayers("beam units", "beam tables", "beam", "beam watch")
          .whereLayer("beam units")
          .mayOnlyBeAccessedByLayers("beam tables", "beam", "beam watch")
          .whereLayer("beam tables")
          .mayOnlyBeAccessedByLayers("beam", "beam watch")
          .whereLayer("beam")
          .mayOnlyBeAccessedByLayers("beam watch")
          .whereLayer("beam watch")
          .mayNotBeAccessedByAnyLayer()
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule randomNumbers_comeFromTheCounterBasedGenerator =
      noClasses()
          .should()
          .dependOnClassesThat(
              belongToAnyOf(
                  Random.class,
                  SplittableRandom.class,
                  ThreadLocalRandom.class,
                  SecureRandom.class))
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(Engine.class, "setRandomSeed", int.class);
}
