package org.pmf4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is looked at")
class FindingsTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("is missing where a folder cannot be made, since a file is in its place")
  void noFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Finding found = FolderCheck.of("trunk cache", file.resolve("below"), "PMF_CACHE", "");
    assertThat(found.state()).isEqualTo(Finding.State.MISSING);
    assertThat(found.found()).isEqualTo(file.resolve("below") + " cannot be written");
    assertThat(found.advice()).contains("PMF_CACHE");
  }

  @Test
  @DisplayName("is well where a folder is not there yet, but can be made")
  void notMadeYet() {
    Finding found = FolderCheck.of("trunk cache", folder.resolve("a/b"), "PMF_CACHE", "");
    assertThat(found.found()).startsWith(folder.resolve("a/b") + ", ");
    assertThat(Files.exists(folder.resolve("a"))).as("nothing is made").isFalse();
  }

  @Test
  @DisplayName("is missing in a locale without UTF-8, whatever its letters' case")
  void locale() {
    assertThat(JavaCheck.encoding("utf-8").state()).isEqualTo(Finding.State.OK);
    assertThat(JavaCheck.encoding("ANSI_X3.4-1968").advice()).contains("LC_ALL=C.UTF-8");
    assertThat(JavaCheck.onWindows("UTF-8").state()).isEqualTo(Finding.State.OK);
    assertThat(JavaCheck.onWindows("Cp1252").advice()).contains("Cp1252").doesNotContain("LC_ALL");
  }
}
