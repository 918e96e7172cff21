package org.pmf4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Triton's client")
class TritonClientTest {
  private static final Path SCRIPT = Path.of("src/test/python/triton_client.py");

  /** A Python that has it, by the environment variable PMF_PYTHON or on the PATH. */
  private static final String PYTHON = System.getenv().getOrDefault("PMF_PYTHON", "python3");

  @TempDir private Path folder;

  @Test
  @DisplayName("asks, as it asks its own server, where Python has it")
  void asks() throws Exception {
    boolean there = run(PYTHON, "-c", "import tritonclient.http").equals("0:");
    if (!there) {
      System.out.println(
          PYTHON
              + " has no tritonclient[http]: conformance by it is not tried; name one by"
              + " PMF_PYTHON=FILE");
    }
    assumeTrue(there, "no Python with tritonclient[http]");
    try (ServedModels served = new ServedModels(folder)) {
      served.start(o -> o);
      URI address = URI.create(served.server().address());
      assertThat(
              run(
                  PYTHON,
                  SCRIPT.toString(),
                  "localhost:" + address.getPort(),
                  "a",
                  ServedModels.resource("curve/images/00.png").toString()))
          .isEqualTo("0:conforms");
    }
  }

  private static String run(String... words) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() + ":" + out.strip();
    } catch (IOException e) {
      return "no such program";
    }
  }
}
