package org.pmf4j.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * Who may know whom. This module has every other one on its class path, so the rules stand here.
 */
@AnalyzeClasses(
    packages = "org.pmf4j",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestJars.class
    })
class ArchitectureTest {
  /** Tests that another module lends as a jar. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String INJECT = "jakarta.inject.Inject";

  /** Tensors and gradients, and nothing of encoders, modalities or fusion. */
  private static final String[] WORDS_OF_BACKENDS = {
    "org.pmf4j.api.tensor..",
    "org.pmf4j.api.backend..",
    "org.pmf4j.api.lifetime..",
    "org.pmf4j.api.plugin..",
    "org.pmf4j.api.error.."
  };

  @ArchTest static final ArchRule theApiKnowsTheJdkAlone = fence("org.pmf4j.api..");

  @ArchTest
  static final ArchRule theBackendOfDjlKnowsTensorsAndItsEngineAlone =
      fence("org.pmf4j.djl..", and(WORDS_OF_BACKENDS, "ai.djl.."));

  @ArchTest
  static final ArchRule theBackendOfTensorFlowKnowsTensorsAndItsEngineAlone =
      fence("org.pmf4j.tf..", and(WORDS_OF_BACKENDS, "org.tensorflow.."));

  @ArchTest
  static final ArchRule theBackendOfOnnxRuntimeKnowsTensorsGraphsAndItsEngineAlone =
      fence("org.pmf4j.ort..", and(WORDS_OF_BACKENDS, "org.pmf4j.onnx..", "ai.onnxruntime.."));

  @ArchTest
  static final ArchRule graphsInOnnxKnowTensorsAndTheirFormatAlone =
      fence(
          "org.pmf4j.onnx..",
          and(
              WORDS_OF_BACKENDS,
              "org.pmf4j.api.file..",
              "org.pmf4j.api.natives..",
              "ai.onnx.proto..",
              "com.google.protobuf.."));

  @ArchTest
  static final ArchRule modalitiesKnowTheApiAndTheReadersOfTheirFilesAlone =
      fence(
          "org.pmf4j.modalities..",
          "org.pmf4j.api..",
          "org.slf4j..",
          "com.fasterxml.jackson..",
          "org.joni..",
          "org.jcodings..",
          "com.drew..",
          "com.luciad.imageio..",
          "com.twelvemonkeys.imageio..",
          "com.jcraft..",
          "javazoom..",
          "org.jflac..",
          "org.apache.commons.numbers.gamma..",
          "javax.imageio..");

  @ArchTest
  static final ArchRule aModalityKnowsNothingOfFusion =
      noClasses()
          .that()
          .resideInAPackage("org.pmf4j.modalities..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.pmf4j.api.fusion..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule methodsToCompareWithKnowTheApiAlone =
      fence("org.pmf4j.methods..", "org.pmf4j.api..");

  @ArchTest
  static final ArchRule tablesOfDuckDbKnowTheApiAndTheirEngineAlone =
      fence("org.pmf4j.duckdb..", "org.pmf4j.api..", "org.duckdb..");

  @ArchTest
  static final ArchRule theHubKnowsTheApiAlone =
      fence("org.pmf4j.hub..", "org.pmf4j.api..", "javax.net.ssl..");

  @ArchTest
  static final ArchRule nothingIsFetchedButByTheCommandForIt =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.pmf4j.hub.fetch..", "org.pmf4j.cli.fetch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.pmf4j.hub.fetch..", "java.net.http..")
          .allowEmptyShould(false)
          .because("a name never opens a connection");

  @ArchTest
  static final ArchRule theKitKnowsTheApiAndItsTestLibrariesAlone =
      fence("org.pmf4j.testkit..", "org.pmf4j.api..", "org.junit..", "org.assertj..", "jdk.jfr..");

  @ArchTest
  static final ArchRule theCoreKnowsNoBackendNoModalityAndNothingThatIsBuiltOnIt =
      fence(
          "org.pmf4j.core..",
          "org.pmf4j.api..",
          "org.pmf4j.hub..",
          "org.slf4j..",
          "com.fasterxml.jackson..",
          "org.apache.commons.csv..",
          "com.google.inject..",
          "jakarta.inject..");

  @ArchTest
  static final ArchRule theLowerFloorKnowsNothingOfFusion =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.pmf4j.api.tensor..",
              "org.pmf4j.api.lifetime..",
              "org.pmf4j.api.backend..",
              "org.pmf4j.api.nn..",
              "org.pmf4j.api.encoder..",
              "org.pmf4j.api.modality..",
              "org.pmf4j.core.safetensors..",
              "org.pmf4j.core.transformer..",
              "org.pmf4j.core.encoder..",
              "org.pmf4j.core.trunk..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.pmf4j.api.fusion..",
              "org.pmf4j.core.pmf..",
              "org.pmf4j.core.model..",
              "org.pmf4j.core.training..",
              "org.pmf4j.core.run..",
              "org.pmf4j.core.pretrain..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule whatPeopleSeeOfWorkKnowsTheCoreAndTheLibraryOfBars =
      fence(
          "org.pmf4j.console..", "org.pmf4j.api..", "org.pmf4j.core..", "me.tongfei.progressbar..");

  @ArchTest
  static final ArchRule reportsKnowNothingOfWhatTheyShow =
      fence("org.pmf4j.report..", "org.pmf4j.api.file..", "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule theBenchmarksKnowNoPluginAndNoCommandLine =
      fence(
          "org.pmf4j.bench..",
          "org.pmf4j.api..",
          "org.pmf4j.core..",
          "org.pmf4j.hub..",
          "org.pmf4j.report..",
          "org.apache.commons.numbers.gamma..",
          "org.slf4j..",
          "com.fasterxml.jackson..",
          "javax.imageio..");

  @ArchTest
  static final ArchRule exportsKnowTheCoreGraphsAndTheEngineThatChecksThem =
      fence(
          "org.pmf4j.export..",
          "org.pmf4j.api..",
          "org.pmf4j.core..",
          "org.pmf4j.onnx..",
          "ai.onnxruntime..",
          "javax.imageio..");

  @ArchTest
  static final ArchRule theServerKnowsNoPluginAndNoCommandLine =
      fence(
          "org.pmf4j.serve..",
          "org.pmf4j.api..",
          "org.pmf4j.core..",
          "org.slf4j..",
          "com.fasterxml.jackson..",
          "org.eclipse.jetty..",
          "io.micrometer..");

  @ArchTest
  static final ArchRule jettyIsSeenAtTheDoorAlone =
      seenAlone("org.pmf4j.serve.jetty..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule theCommandLineKnowsNoPlugin =
      fence(
          "org.pmf4j.cli..",
          "org.pmf4j.api..",
          "org.pmf4j.core..",
          "org.pmf4j.hub..",
          "org.pmf4j.report..",
          "org.pmf4j.bench..",
          "org.pmf4j.export..",
          "org.pmf4j.onnx..",
          "org.pmf4j.serve..",
          "org.slf4j..",
          "ch.qos.logback..",
          "com.fasterxml.jackson..",
          "org.apache.commons.csv..",
          "org.pmf4j.console..",
          "picocli..",
          "javax.imageio..",
          "com.sun.management..");

  @ArchTest
  static final ArchRule guiceIsSeenInTheWiringAlone =
      seenAlone("org.pmf4j.core.wiring..", "com.google.inject..");

  @ArchTest
  static final ArchRule allElseThatInjectionNeedsStandsOnConstructors =
      members()
          .that()
          .areAnnotatedWith(INJECT)
          .should(be(aConstructor()))
          .allowEmptyShould(false)
          .because("what a class is made of is told by its constructor");

  @ArchTest
  static final ArchRule servicesAreMadeByTheWiringAlone =
      noClasses()
          .should()
          .callConstructorWhere(target(annotatedWith(INJECT)))
          .allowEmptyShould(false)
          .because("the graph of services is stated in one module, and nowhere by hand");

  @ArchTest
  static final ArchRule picocliIsSeenInTheCommandLineAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.pmf4j.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule sparkIsSeenByItsModuleAlone =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
          .allowEmptyShould(false)
          .because("pmf-spark, whose tests hold its own lines, is on no other class path");

  @ArchTest
  static final ArchRule noPackagesDependOnEachOtherInACircle =
      slices().matching("org.pmf4j.(**)").should().beFreeOfCycles().allowEmptyShould(false);

  /** A module may use the JDK's own packages, itself, and what is named. */
  private static ArchRule seenAlone(String where, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(where)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(false);
  }

  private static ArchRule fence(String module, String... others) {
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(and(others, "java..", module))
        .allowEmptyShould(false);
  }

  private static String[] and(String[] packages, String... more) {
    return Stream.of(packages, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private static DescribedPredicate<JavaMember> aConstructor() {
    return DescribedPredicate.describe("a constructor", JavaConstructor.class::isInstance);
  }
}
