package org.pmf4j.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;

/**
 * Who may know whom. This module has every other one on its class path, so the rules stand here.
 */
@AnalyzeClasses(packages = "org.pmf4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theApiDependsOnTheJdkAndItselfAlone =
      classes()
          .that()
          .resideInAPackage("org.pmf4j.api..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "javax..", "org.pmf4j.api..");

  @ArchTest
  static final ArchRule aBackendKnowsTensorsAndGradientsAndNothingOfPrompts =
      noClasses()
          .that()
          .resideInAnyPackage("org.pmf4j.djl..", "org.pmf4j.tf..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.pmf4j..")
                  .and(
                      resideOutsideOfPackages(
                          "org.pmf4j.djl..",
                          "org.pmf4j.tf..",
                          "org.pmf4j.api.tensor..",
                          "org.pmf4j.api.backend..",
                          "org.pmf4j.api.lifetime..",
                          "org.pmf4j.api.plugin..",
                          "org.pmf4j.api.error..")));

  @ArchTest
  static final ArchRule aModalityKnowsItsDataAndItsEncodersAndNothingOfBackendsOrFusion =
      noClasses()
          .that()
          .resideInAPackage("org.pmf4j.modalities..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.pmf4j.djl..",
                  "org.pmf4j.tf..",
                  "org.pmf4j.core..",
                  "org.pmf4j.api.fusion.."))
          .orShould()
          .dependOnClassesThat(resideInAnyPackage("ai.djl..", "org.tensorflow.."));

  @ArchTest
  static final ArchRule methodsToCompareWithKnowTheApiAlone =
      classes()
          .that()
          .resideInAPackage("org.pmf4j.methods..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.pmf4j.api..", "org.pmf4j.methods..");

  @ArchTest
  static final ArchRule theHubKnowsTheApiAlone =
      classes()
          .that()
          .resideInAPackage("org.pmf4j.hub..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "javax.net.ssl..", "org.pmf4j.api..", "org.pmf4j.hub..");

  @ArchTest
  static final ArchRule nothingIsFetchedButByTheCommandForIt =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.pmf4j.hub.fetch..", "org.pmf4j.cli.fetch..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.pmf4j.hub.fetch..", "java.net.http.."))
          .because("a name never opens a connection");

  @ArchTest
  static final ArchRule theKitKnowsTheApiAndItsTestLibrariesAlone =
      classes()
          .that()
          .resideInAPackage("org.pmf4j.testkit..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "jdk.jfr..",
              "org.pmf4j.api..",
              "org.pmf4j.testkit..",
              "org.junit..",
              "org.assertj..");

  @ArchTest
  static final ArchRule theMethodKnowsNoBackendAndNoModality =
      noClasses()
          .that()
          .resideInAPackage("org.pmf4j.core..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.pmf4j.djl..",
                  "org.pmf4j.tf..",
                  "org.pmf4j.modalities..",
                  "org.pmf4j.methods..",
                  "org.pmf4j.bench..",
                  "org.pmf4j.cli..",
                  "ai.djl..",
                  "org.tensorflow.."));

  @ArchTest
  static final ArchRule whatIsPreparedIsToldByItsPlace =
      noClasses()
          .that()
          .resideInAPackage("org.pmf4j.core..")
          .and()
          .doNotHaveFullyQualifiedName("org.pmf4j.core.data.Example")
          .should()
          .callMethod(Preprocessor.class, "prepare", Source.class)
          .because("an example adds file, row and column to what is wrong with its values");

  @ArchTest
  static final ArchRule guiceIsSeenInTheWiringAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.pmf4j.core.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.inject..");

  @ArchTest
  static final ArchRule picocliIsSeenInTheCommandLineAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.pmf4j.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule noPackagesDependOnEachOtherInACircle =
      slices().matching("org.pmf4j.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.pmf4j.cli..")
          .should(ACCESS_STANDARD_STREAMS)
          .because("a library reports through its results, its exceptions and its log");

  @ArchTest
  static final ArchRule whatJavaSaysOfAFileIsToldByOneClass =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.pmf4j.api.file.FileErrors")
          .should()
          .callMethodWhere(messagesOfIoExceptions())
          .because("such messages hold a bare path, or names of classes; FileErrors has the words");

  @ArchTest
  static final ArchRule nobodyLogsThroughJavaUtilLogging =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .because("we log through SLF4J");

  private static DescribedPredicate<JavaMethodCall> messagesOfIoExceptions() {
    return DescribedPredicate.describe(
        "the message of an IOException",
        call ->
            List.of("getMessage", "toString").contains(call.getTarget().getName())
                && call.getTarget().getOwner().isAssignableTo(IOException.class)
                && call.getTarget().getOwner().getPackageName().startsWith("java."));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    List<Path> packages;
    try (Stream<Path> files = sourceFiles()) {
      packages = files.map(Path::getParent).distinct().sorted().toList();
    }

    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  private static Stream<Path> sourceFiles() throws IOException {
    Path modules = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> folders = Files.list(modules)) {
      List<Path> sources =
          folders
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .toList();
      return sources.stream().flatMap(ArchitectureTest::javaFiles);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
