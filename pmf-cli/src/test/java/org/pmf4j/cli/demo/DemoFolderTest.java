package org.pmf4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.cli.demo.DemoFolder.Existing;

/** A demo replaces nothing but a demo, and that only when told to. */
class DemoFolderTest {
  @TempDir private Path temporary;

  @Test
  void aNewFolderIsMade() {
    Path root = temporary.resolve("deep/demo");

    DemoFolder.claim(root, Existing.REFUSE);

    assertThat(root).isDirectory();
  }

  @Test
  void aDemoThatIsThereIsNotReplacedUnasked() throws IOException {
    Path root = demoWithReport();

    assertThatThrownBy(() -> DemoFolder.claim(root, Existing.REFUSE))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            root
                + " holds a demo; replace it with --overwrite or choose another folder with --out");
    assertThat(root.resolve("report.html")).hasContent("old");
  }

  @Test
  void overwritingDeletesWhatDemosMakeAndNothingElse() throws IOException {
    Path root = demoWithReport();
    Files.createDirectories(root.resolve("models/pmf"));
    Files.writeString(root.resolve("models/pmf/README.md"), "old");
    Files.writeString(root.resolve("notes.txt"), "mine");

    DemoFolder.claim(root, Existing.OVERWRITE);

    assertThat(root.resolve("report.html")).doesNotExist();
    assertThat(root.resolve("models")).doesNotExist();
    assertThat(root.resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void aFolderOfOtherThingsIsRefusedEvenWhenOverwriting() throws IOException {
    Files.createDirectories(temporary.resolve("data"));

    assertThatThrownBy(() -> DemoFolder.claim(temporary, Existing.OVERWRITE))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("is no demo's folder");
    assertThat(temporary.resolve("data")).isDirectory();
  }

  @Test
  void aFileInTheFoldersPlaceIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "mine");

    assertThatThrownBy(() -> DemoFolder.claim(file, Existing.OVERWRITE))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("mine");
  }

  private Path demoWithReport() throws IOException {
    Path root = temporary.resolve("demo");
    DemoFolder.claim(root, Existing.REFUSE);
    Files.writeString(root.resolve("report.html"), "old");
    return root;
  }
}
