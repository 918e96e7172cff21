package org.pmf4j.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

class OutputPlaceTest {
  @TempDir private Path folder;
  private Path table;
  private Path encoder;
  private OutputPlace place;

  @BeforeEach
  void inputs() throws IOException {
    table = Files.writeString(folder.resolve("t.csv"), "text\n");
    encoder = Files.createDirectory(folder.resolve("encoder"));
    place = new OutputPlace().file("the table", table).folder("the text encoder", encoder);
  }

  private void refused(Path out, String what) {
    assertThatThrownBy(() -> place.requireFile(out))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessageContaining(out + ": is ")
        .hasMessageContaining(what);
  }

  @Test
  void theSameFileIsRefusedHoweverItIsNamed() {
    refused(table, "the table itself");
    refused(folder.resolve("encoder/../t.csv"), "the table itself");
    refused(folder.resolve("./t.csv"), "the table itself");
    refused(Path.of("").toAbsolutePath().relativize(table), "the table itself");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theSameFileIsRefusedThroughLinks() throws IOException {
    refused(Files.createSymbolicLink(folder.resolve("soft.csv"), table), "the table itself");
    refused(Files.createLink(folder.resolve("hard.csv"), table), "the table itself");
    Path twin = Files.createSymbolicLink(folder.resolve("twin"), folder);
    refused(twin.resolve("t.csv"), "the table itself");
    refused(twin.resolve("encoder/new/x.safetensors"), "the text encoder");
  }

  @Test
  void nothingIsWrittenIntoAnEncoder() {
    refused(encoder.resolve("out.csv"), "the text encoder");
    refused(encoder.resolve("not/yet/there.csv"), "the text encoder");
    assertThatThrownBy(() -> place.requireFolder(encoder)).hasMessageContaining("the text encoder");
    assertThatThrownBy(() -> place.requireFolder(encoder.resolve("model")))
        .hasMessageContaining("the text encoder");
  }

  @Test
  void aFolderMayNotBeTheOneOfTheTableButMayLieInIt() {
    assertThatThrownBy(() -> place.requireFolder(folder)).hasMessageContaining("the table lies in");
    assertThatCode(() -> place.requireFolder(folder.resolve("model"))).doesNotThrowAnyException();
    assertThatCode(() -> place.requireFile(folder.resolve("out.csv"))).doesNotThrowAnyException();
    assertThatCode(() -> place.requireFile(folder.resolve("encoder-2.csv")))
        .doesNotThrowAnyException();
  }
}
