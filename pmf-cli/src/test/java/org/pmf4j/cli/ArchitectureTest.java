package org.pmf4j.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
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
          "org.slf4j..",
          "com.fasterxml.jackson..",
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
          "org.pmf4j.serve..",
          "org.slf4j..",
          "ch.qos.logback..",
          "com.fasterxml.jackson..",
          "org.apache.commons.csv..",
          "picocli..",
          "me.tongfei.progressbar..",
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
  static final ArchRule noPackagesDependOnEachOtherInACircle =
      slices().matching("org.pmf4j.(**)").should().beFreeOfCycles().allowEmptyShould(false);

  @ArchTest
  static final ArchRule whatIsPreparedIsToldByItsPlace =
      noClasses()
          .that()
          .resideInAPackage("org.pmf4j.core..")
          .and()
          .doNotHaveFullyQualifiedName("org.pmf4j.core.data.Example")
          .should()
          .callMethod(Preprocessor.class, "prepare", Source.class)
          .allowEmptyShould(false)
          .because("an example adds file, row and column to what is wrong with its values");

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.pmf4j.cli..")
          .should(ACCESS_STANDARD_STREAMS)
          .allowEmptyShould(false)
          .because("a library reports through its results, its exceptions and its log");

  @ArchTest
  static final ArchRule whatJavaSaysOfAFileIsToldByOneClass =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.pmf4j.api.file.FileErrors")
          .should()
          .callMethodWhere(messagesOfIoExceptions())
          .allowEmptyShould(false)
          .because("such messages hold a bare path, or names of classes; FileErrors has the words");

  @ArchTest
  static final ArchRule jsonIsReadByTheReaderOfTheApi =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.pmf4j.cli.option.YamlText")
          .should()
          .callMethodWhere(parsingByJackson())
          .because("JSON has one dialect, that of org.pmf4j.api.json; Jackson parses YAML alone");

  @ArchTest
  static final ArchRule nobodyLogsThroughJavaUtilLogging =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..")
          .allowEmptyShould(false)
          .because("we log through SLF4J");

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

  private static DescribedPredicate<JavaMethodCall> parsingByJackson() {
    return DescribedPredicate.describe(
        "Jackson parses a text",
        call ->
            call.getTarget().getOwner().getPackageName().startsWith("com.fasterxml.jackson.")
                && call.getTarget().getName().matches("read(Tree|Value|Values)|create.*Parser"));
  }

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

  @Test
  void scriptsForBrowsersComeWithReportsAlone() throws IOException {
    List<String> modules;
    try (Stream<Path> folders = Files.list(Path.of("").toAbsolutePath().getParent())) {
      modules =
          folders
              .map(module -> module.resolve("pom.xml"))
              .filter(Files::isRegularFile)
              .filter(pom -> content(pom).contains("<groupId>org.webjars"))
              .map(pom -> pom.getParent().getFileName().toString())
              .toList();
    }
    assertThat(modules)
        .as("one library draws the charts of all pages; its version is in the root pom.xml alone")
        .containsExactly("pmf-report");
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
