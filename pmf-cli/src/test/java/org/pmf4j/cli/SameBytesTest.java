package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In another process, since the JDK orders its small maps by a number drawn at the start. */
@DisplayName("The same command writes the same bytes")
class SameBytesTest {
  @TempDir private Path folder;

  /** The commands, each of which ends in the file that it writes. */
  private static List<Object[]> commands(Path model, Path folder) {
    return List.of(
        new Object[] {
          "evaluate",
          "--model",
          model,
          "--data",
          FixtureSamples.TABLE,
          "--out",
          folder.resolve("m.json")
        },
        new Object[] {
          "predict",
          "--model",
          model,
          "--data",
          FixtureSamples.TABLE,
          "--logits",
          "--out",
          folder.resolve("p.csv")
        },
        new Object[] {
          "encode",
          "--encoder",
          FixtureSamples.TEXT_ENCODER,
          "--data",
          FixtureSamples.TABLE,
          "--column",
          "text",
          "--out",
          folder.resolve("e.safetensors")
        });
  }

  @Test
  @DisplayName("in another process: models, metrics, predictions and hidden states")
  void again() throws Exception {
    Path model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
    Path here = Files.createDirectory(folder.resolve("here"));
    for (Object[] command : commands(model, here)) {
      Outcome.of(command).succeeded();
    }
    Path there = Files.createDirectory(folder.resolve("there"));
    Path second = folder.resolve("second");
    List<Object[]> all = new ArrayList<>(List.<Object[]>of(FixtureSamples.train(second)));
    all.addAll(commands(model, there));
    inAnotherProcess(all);
    for (String file : List.of("m.json", "p.csv", "e.safetensors")) {
      assertThat(here.resolve(file)).hasSameBinaryContentAs(there.resolve(file));
    }
    for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
      assertThat(model.resolve(file)).hasSameBinaryContentAs(second.resolve(file));
    }
    JsonNode metrics = new ObjectMapper().readTree(here.resolve("m.json").toFile());
    assertThat(metrics.fieldNames())
        .toIterable()
        .containsExactly("rows", "missing", "metrics", "classes", "confusion", "notes");
    assertThat(metrics.at("/confusion").fieldNames())
        .toIterable()
        .containsExactly("labels", "counts");
  }

  private void inAnotherProcess(List<Object[]> commands) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Several.class.getName()));
    for (Object[] command : commands) {
      Arrays.stream(command).map(String::valueOf).forEach(words::add);
      words.add(Several.THEN);
    }
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("OPT_OUT_TRACKING", "true");
    Path log = folder.resolve("log.txt");
    int code = builder.redirectOutput(log.toFile()).start().waitFor();
    assertThat(code).as(Files.readString(log)).isZero();
  }

  /** Runs several commands in one process. */
  static final class Several {
    static final String THEN = "-then-";

    private Several() {}

    /** Runs them up to the first that fails. */
    public static void main(String[] args) {
      List<Object> words = new ArrayList<>();
      for (String arg : args) {
        if (arg.equals(THEN)) {
          Outcome.of(words.toArray()).succeeded();
          words.clear();
        } else {
          words.add(arg);
        }
      }
      System.exit(0);
    }
  }
}
