package org.pmf4j.testkit.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;

/** What cannot be read ends in one line that says which. */
abstract class BadSourceTests {
  private final ModalityConformance suite;

  BadSourceTests(ModalityConformance suite) {
    this.suite = suite;
  }

  @Test
  @DisplayName("are refused in one line that names them, and others are prepared all the same")
  void sources() {
    List<Source> bad = new ArrayList<>(suite.badSources(suite.folder("bad")));
    bad.add(new Source.File(suite.folder("bad").resolve("nowhere.x")));
    bad.add(new Source.File(suite.folder("a folder")));
    try (Preprocessor preprocessor = suite.preprocessor()) {
      List<String> before = describe(preprocessor);
      for (Source source : bad) {
        assertThatThrownBy(() -> preprocessor.prepare(source))
            .as(source.describe())
            .isInstanceOfSatisfying(
                PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INPUT))
            .hasMessageContaining(source.describe())
            .message()
            .doesNotContain("\n");
      }
      assertThat(describe(preprocessor)).isEqualTo(before);
    }
  }

  private List<String> describe(Preprocessor preprocessor) {
    return suite.prepared(preprocessor).stream().map(Object::toString).toList();
  }

  @Test
  @DisplayName("are no reason to guess: a directory without settings is refused by name")
  void emptyDirectory() {
    Path empty = suite.folder("empty");
    assertThatThrownBy(() -> suite.modality().preprocessor(empty, suite.family().modelType()))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(empty.toString());
  }
}
