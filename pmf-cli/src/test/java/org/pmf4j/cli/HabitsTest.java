package org.pmf4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.List;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;

/** What all code does in one way: {@code ArchitectureTest} says who may know whom. */
@AnalyzeClasses(
    packages = "org.pmf4j",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestJars.class
    })
class HabitsTest {
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
}
