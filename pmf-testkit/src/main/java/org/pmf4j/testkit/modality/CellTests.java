package org.pmf4j.testkit.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/** How the cells of a table become sources. */
abstract class CellTests {
  private final ModalityConformance suite;

  CellTests(ModalityConformance suite) {
    this.suite = suite;
  }

  @Test
  @DisplayName("of equal content give equal sources, described in one short line")
  void equalCells() {
    Path folder = suite.folder("samples");
    Source source = suite.modality().parse("a value.x", folder);
    assertThat(source).isEqualTo(suite.modality().parse("a value.x", folder));
    assertThat(source.describe()).isNotBlank().doesNotContain("\n");
  }

  @Test
  @DisplayName("with a path start from the table's folder")
  void relativePaths() {
    Path folder = suite.folder("samples");
    if (suite.modality().parse("a.x", folder) instanceof Source.File file) {
      assertThat(file.path()).isEqualTo(folder.resolve("a.x"));
      Path absolute = suite.folder("elsewhere").resolve("b.x").toAbsolutePath();
      assertThat(suite.modality().parse(absolute.toString(), folder))
          .isEqualTo(new Source.File(absolute));
      assertThat(suite.modality().parse(" a.x\t", folder)).isEqualTo(file);
    }
  }

  /** The host keeps blank cells away; whoever calls from Java may not. */
  @ParameterizedTest(name = "that are odd are read or refused in one line [{index}]")
  @ValueSource(strings = {"", "  ", "\t", "a\0b", "\uD800", "*?<>|:\"", "\n"})
  void oddCells(String cell) {
    try {
      assertThat(suite.modality().parse(cell, suite.folder("samples"))).isNotNull();
    } catch (PmfException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  @DisplayName("that are absent are refused at once")
  void absentCells() {
    assertThatThrownBy(() -> suite.modality().parse(null, suite.folder("samples")))
        .isInstanceOfAny(NullPointerException.class, PmfException.class);
  }

  @Test
  @DisplayName("belong to a modality with a name that columns and options can have")
  void names() {
    assertThat(suite.modality().name()).matches("[a-z][a-z0-9-]*");
    assertThat(suite.modality().description()).isNotBlank().doesNotContain("\n");
    assertThat(suite.family().modality()).isEqualTo(suite.modality().name());
  }
}
