package org.pmf4j.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Here and not beside the rules of all others: Spark is on no other module's class path. */
@AnalyzeClasses(packages = "org.pmf4j.spark", importOptions = ImportOption.DoNotIncludeTests.class)
class SparkArchitectureTest {
  @ArchTest
  static final ArchRule sparkKnowsTheCoreAndNoPlugin =
      classes()
          .that()
          .resideInAPackage("org.pmf4j.spark..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.imageio..",
              "org.pmf4j.spark..",
              "org.pmf4j.api..",
              "org.pmf4j.core..",
              "org.pmf4j.console..",
              "org.pmf4j.hub..",
              "org.apache.spark..",
              "org.apache.hadoop..",
              "scala..",
              "org.slf4j..",
              "picocli..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule noPackagesDependOnEachOtherInACircle =
      slices().matching("org.pmf4j.spark.(**)").should().beFreeOfCycles().allowEmptyShould(false);
}
