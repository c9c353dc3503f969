package bellwether.batch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between modules run one way, and packages make no circles. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("bellwether");

  @Test
  void theCoreKnowsNothingAboveIt() {
    noClasses()
        .that()
        .resideInAPackage("bellwether.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("bellwether.vector..", "bellwether.mechanisms..", "bellwether.batch..")
        .check(CLASSES);
  }

  @Test
  void onlyTheVectorModuleTouchesTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("bellwether.vector..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jdk.incubator.vector..", "bellwether.vector..")
        .check(CLASSES);
  }

  @Test
  void theVectorModuleKnowsOnlyTheCore() {
    noClasses()
        .that()
        .resideInAPackage("bellwether.vector..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("bellwether.mechanisms..", "bellwether.batch..")
        .check(CLASSES);
  }

  @Test
  void mechanismsDoNotKnowTheBatch() {
    noClasses()
        .that()
        .resideInAPackage("bellwether.mechanisms..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("bellwether.batch..")
        .check(CLASSES);
  }

  @Test
  void packagesMakeNoCircles() {
    slices().matching("bellwether.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
