package org.pmf4j.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import jdk.jfr.Recording;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

@DisplayName("Messages that tests provoke")
class ProvokedMessagesTest {
  @TempDir private Path folder;

  private ProvokedMessages during(Runnable test) throws IOException {
    Path file = folder.resolve("exceptions.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(ProvokedMessages.EVENT).withStackTrace();
      recording.start();
      test.run();
      recording.stop();
      recording.dump(file);
    }
    return ProvokedMessages.read(file);
  }

  @Test
  @DisplayName("are read with who made them and the test that did, whoever catches them")
  void areRead() throws IOException {
    ProvokedMessages messages =
        during(
            () ->
                assertThatThrownBy(
                        () -> new EncoderConfig("a.json", Map.of("a", "java.util.List")).size("a"))
                    .isInstanceOf(PmfException.class));
    assertThat(messages.offences())
        .hasSize(1)
        .first()
        .asString()
        .contains("the name of a package of classes", "ProvokedMessagesTest");
  }

  @Test
  @DisplayName("do not count where the test itself made the exception")
  void ofTests() throws IOException {
    ProvokedMessages messages =
        during(
            () ->
                assertThatThrownBy(
                        () -> {
                          throw PmfException.input("null: null");
                        })
                    .hasMessage("null: null"));
    assertThat(messages.offences()).isEmpty();
  }
}
