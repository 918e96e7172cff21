package org.pmf4j.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;

/** The protocol, spoken with workers that the shell runs: Python is not everywhere. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PythonOriginalsTest {
  private static final String READY =
      "echo '{\"ready\": true, \"versions\": {\"torch\": \"2.7.1\"}, \"threads\": 2,"
          + " \"attention\": \"eager\", \"total\": 5, \"variants\": [\"step\"]}'\n";

  @TempDir private Path folder;

  private SpeedSettings settings(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("worker.sh"), script);
    return new SpeedSettings(
        Sizes.BASE,
        "djl",
        "cpu",
        0,
        null,
        List.of("fp32"),
        List.of(SpeedVariant.WHOLE_STEP),
        1,
        64,
        folder,
        null,
        "/bin/sh",
        file,
        WholeRuns.NONE);
  }

  @Test
  void aWorkerTellsWhatItIsAndTakesRequests() throws IOException {
    String answers =
        "while read line; do case \"$line\" in"
            + " *'\"run\":\"step\",\"precision\":\"fp32\"'*) echo '{\"milliseconds\": 12.5}';;"
            + " *quit*) exit 0;; *) echo \"{\\\"error\\\": \\\"what?\\\"}\";; esac; done\n";
    try (PythonOriginals worker = PythonOriginals.start(settings(READY + answers))) {
      assertThat(worker.ready().variants()).containsExactly("step");
      assertThat(worker.ready().threads()).isEqualTo(2);
      assertThat(worker.milliseconds("step", "fp32")).isEqualTo(12.5);
      assertThatThrownBy(() -> worker.milliseconds("other", "fp32"))
          .isInstanceOf(PmfException.class)
          .hasMessage("originals.py: what?");
    }
  }

  @Test
  void aWorkerIsToldTheSizes() throws IOException {
    String told = "printf '{\"ready\": true, \"threads\": 1, \"variants\": [\"%s\"]}\\n' \"$*\"\n";
    try (PythonOriginals worker = PythonOriginals.start(settings(told))) {
      assertThat(worker.ready().variants().get(0))
          .contains("--width 768", "--image-tokens 197", "--text-lengths 64,57,50")
          .doesNotContain("vocabulary");
    }
  }

  @Test
  void aWorkerThatEndsIsToldWithItsLastLine() {
    assertThatThrownBy(
            () -> PythonOriginals.start(settings("echo 'no module named torch' >&2; exit 1\n")))
        .isInstanceOf(PmfException.class)
        .hasMessage("originals.py ended before it answered: no module named torch");
  }
}
