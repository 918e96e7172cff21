package org.pmf4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.progress.Progress;

@DisplayName("A folder of sentence-transformers")
class SentenceFoldersTest {
  private static final String ADVICE = "pooling=family or pooling=mean leaves the modules out";
  private static final String POOLING = "1_Pooling/config.json";
  private static final String DENSE = "2_Dense/config.json";
  private static final String NORMALIZE = "\"sentence_transformers.models.Normalize\"";

  private static PluginRegistry plugins;
  private static Pmf pmf;

  @TempDir private Path temporary;

  @BeforeAll
  static void open() {
    plugins = PluginRegistry.discover(SentenceFoldersTest.class.getClassLoader());
    pmf = Pmf.open(TinyEncoders.BACKEND, BackendOptions.DEFAULT);
  }

  @AfterAll
  static void close() {
    pmf.close();
    plugins.close();
  }

  private static Path fixture(String name) {
    try {
      return Path.of(SentenceFoldersTest.class.getResource("/parity/sentences/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path copy(String name) throws IOException {
    Path from = fixture(name);
    Path to = temporary.resolve("model");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return to;
  }

  private static EncoderSpec spec(Path folder, Map<String, ?> chosen) {
    return EncoderSpec.of(plugins, "text", EncoderDirectory.open(folder), chosen);
  }

  private static String fingerprint(Path folder) {
    return EncoderDirectory.open(folder).fingerprint();
  }

  /** At the latest when its encoder is planned, before weights are read. */
  private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path folder) {
    spec(folder, Map.of("pooling", "family"));
    assertThat(pmf.shape("text", folder, Map.of("pooling", "mean")).width()).isEqualTo(16);
    return assertThatThrownBy(() -> pmf.shape("text", folder, Map.of()))
        .isInstanceOf(PmfException.class)
        .satisfies(e -> assertThat(((PmfException) e).kind()).isEqualTo(ErrorKind.INPUT))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private static void replace(Path file, String old, String now) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, now));
  }

  @Test
  @DisplayName("has a fingerprint that changes with every file that says what becomes of a text")
  void fingerprints() throws IOException {
    Path folder = copy("dense");
    Set<String> seen = new LinkedHashSet<>(Set.of(fingerprint(folder)));
    List<String> counted =
        List.of(
            "modules.json",
            "config_sentence_transformers.json",
            "sentence_bert_config.json",
            POOLING,
            DENSE,
            "2_Dense/model.safetensors",
            "3_Dense/config.json");
    for (String name : counted) {
      Path file = folder.resolve(name);
      byte[] content = Files.readAllBytes(file);
      byte[] longer = java.util.Arrays.copyOf(content, content.length + 1);
      longer[content.length] = ' ';
      Files.write(file, longer);
      assertThat(seen.add(fingerprint(folder))).as(name).isTrue();
    }
    Files.writeString(folder.resolve("README.md"), "about it");
    assertThat(seen).contains(fingerprint(folder));
  }

  @Test
  @DisplayName("is known by its old fingerprint to those alone that use it as before")
  void former() throws IOException {
    Path folder = copy("normalized");
    Path plain = temporary.resolve("plain");
    Files.createDirectories(plain);
    for (String name :
        List.of(
            "config.json",
            "model.safetensors",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json")) {
      Files.copy(folder.resolve(name), plain.resolve(name));
    }
    String old = fingerprint(plain);
    assertThat(fingerprint(folder)).isNotEqualTo(old);
    EncoderSpec former = EncoderSpec.former(plugins, "text", EncoderDirectory.open(folder));
    assertThat(former.settings().toMap())
        .containsEntry("pooling", "family")
        .containsEntry("max-length", "longest")
        .containsEntry("prompt", "none")
        .containsEntry("letter-case", "tokenizer");
    assertThat(former.isKnownAs(old)).isTrue();
    assertThat(former.isKnownAs(fingerprint(folder))).isTrue();
    assertThat(spec(folder, Map.of()).isKnownAs(old)).isFalse();
    assertThat(spec(folder, Map.of()).isKnownAs(fingerprint(folder))).isTrue();
  }

  @Test
  @DisplayName("has its encoder in a folder of its own where it is old")
  void nested() throws IOException {
    Path folder = copy("old-folders");
    EncoderSpec spec = spec(folder, Map.of());
    assertThat(spec.path()).isEqualTo(folder);
    assertThat(spec.directory().files()).isEqualTo(folder.resolve("0_Transformer"));
    Files.writeString(
        folder.resolve("config_sentence_transformers.json"),
        "{\"default_prompt_name\": \"query\", \"prompts\": {\"query\": \"a\"}}");
    assertThatThrownBy(() -> spec(folder, Map.of()))
        .hasMessageEndingWith(
            "\"default_prompt_name\" is not read where the encoder is in a folder of its own; take"
                + " it out");
  }

  @Test
  @DisplayName("is refused with several modes, and with the reason")
  void severalModes() throws IOException {
    Path folder = copy("normalized");
    replace(
        folder.resolve(POOLING),
        "\"pooling_mode_max_tokens\": false",
        "\"pooling_mode_max_tokens\": true");
    refused(folder)
        .hasMessage(
            folder.resolve(POOLING)
                + ": joins the vectors of several modes, max and mean, to one that is longer than"
                + " the encoder's states; "
                + ADVICE);
    Files.writeString(folder.resolve(POOLING), "{\"pooling_mode\": [\"cls\", \"mean\"]}");
    refused(folder).hasMessageContaining("several modes, cls and mean,");
    Files.writeString(folder.resolve(POOLING), "{\"pooling_mode\": [\"lasttoken\"]}");
    assertThat(pmf.shape("text", folder, Map.of()).width()).isEqualTo(16);
    Files.writeString(folder.resolve(POOLING), "{}");
    assertThat(pmf.shape("text", folder, Map.of()).width()).isEqualTo(16);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"pooling_mode\": \"median\"} | \"pooling_mode\" must be cls or max or mean or mean_sqrt_len_tokens or weightedmean or lasttoken, found median",
        "{\"pooling_mode\": 3} | \"pooling_mode\" must be cls or max or mean or mean_sqrt_len_tokens or weightedmean or lasttoken, found 3",
        "{\"pooling_mode_cls_token\": \"yes\"} | \"pooling_mode_cls_token\" must be true or false, found yes",
        "{\"word_embedding_dimension\": 768} | \"word_embedding_dimension\" must be 16, as the encoder's states are, found 768",
        "{\"embedding_dimension\": -1} | \"embedding_dimension\" must be a whole number above 0, found -1",
        "{\"pooling_mode\": \"cls\", \"include_prompt\": false} | the first token without that of the prompt is one thing in sentence-transformers 5 and another in 6; choose pooling=first, or set \"include_prompt\" to true",
      })
  @DisplayName("is refused with a Pooling that says")
  void badPooling(String json, String message) throws IOException {
    Path folder = copy("normalized");
    Files.writeString(folder.resolve(POOLING), json);
    refused(folder).hasMessage(folder.resolve(POOLING) + ": " + message);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "sentence_transformers.models.LayerNorm",
        "sentence_transformers.sentence_transformer.modules.word_weights.WordWeights",
        "sentence_transformers.sparse_encoder.models.SpladePooling",
        "custom_st.Normalize",
        "Normalize",
      })
  @DisplayName("is refused with a module that is not read, by its type:")
  void otherModules(String type) throws IOException {
    Path folder = copy("normalized");
    replace(folder.resolve("modules.json"), NORMALIZE, '"' + type + '"');
    refused(folder)
        .hasMessage(
            folder.resolve("modules.json") + ": has a " + type + ", which is not read; " + ADVICE);
  }

  @Test
  @DisplayName("is refused without a Pooling behind a Transformer")
  void order() throws IOException {
    Path folder = copy("normalized");
    Path modules = folder.resolve("modules.json");
    String[] all = Files.readString(modules).split("(?<=}),");
    assertThat(all).hasSize(3);
    Files.writeString(modules, all[0] + "]");
    refused(folder).hasMessageEndingWith("modules.json: has no Pooling; " + ADVICE);
    Files.writeString(modules, all[0] + "," + all[2]);
    refused(folder)
        .hasMessageEndingWith(
            "has a sentence_transformers.models.Normalize where a Pooling must be; " + ADVICE);
    Files.writeString(modules, "[" + all[1] + "," + all[2]);
    refused(folder)
        .hasMessageEndingWith(
            "begins with a sentence_transformers.models.Pooling, and not with a Transformer; "
                + ADVICE);
  }

  @Test
  @DisplayName("is refused with a list of modules that is none, or leads out of it")
  void badModules() throws IOException {
    Path folder = copy("normalized");
    Path modules = folder.resolve("modules.json");
    Map<String, String> wrong =
        Map.of(
            "{}", "must be a list of one module or more",
            "[]", "must be a list of one module or more",
            "[3]", "must be a list of objects, found 3",
            "[{\"path\": \"\"}]", "\"type\" must be the class of a module, found null",
            "[{\"type\": \"a.B\"}]", "\"path\" must be the folder of a module, found null",
            "[{\"type\": \"a.B\", \"path\": \"../other\"}]",
                "\"path\" must be a folder in the folder of the model, found ../other",
            "[{\"type\": \"a.B\", \"path\": \"/etc\"}]",
                "\"path\" must be a folder in the folder of the model, found /etc",
            "[{\"type\": \"a.B\", \"path\": \"C:\\\\x\"}]",
                "\"path\" must be a folder in the folder of the model, found C:\\x");
    List<String> told = new ArrayList<>();
    wrong.forEach(
        (json, message) -> {
          try {
            Files.writeString(modules, json);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          assertThatThrownBy(() -> spec(folder, Map.of()))
              .isInstanceOf(PmfException.class)
              .hasMessage(modules + ": " + message);
          told.add(message);
        });
    assertThat(told).hasSize(8);
    Files.writeString(modules, "[");
    assertThatThrownBy(() -> spec(folder, Map.of())).hasMessageContaining("is not JSON");
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"out_features\": 20 | \"out_features\": 24 | modules.json: 3_Dense takes vectors of 20 numbers and gets 24; ",
        "\"in_features\": 16 | \"in_features\": 32 | modules.json: 2_Dense takes vectors of 32 numbers and gets 16; ",
        "\"bias\": false | \"use_residual\": true | \"use_residual\" must be false; ",
        "\"bias\": false | \"module_input_name\": \"token_embeddings\" | \"module_input_name\" must be sentence_embedding; ",
        "torch.nn.modules.linear.Identity | torch.nn.modules.activation.Softmax | \"activation_function\" is Softmax; known are Identity, Tanh, ReLU, GELU, SiLU and Sigmoid of PyTorch; ",
        "torch.nn.modules.linear.Identity | mine.Identity | \"activation_function\" is mine.Identity; known are ",
      })
  @DisplayName("is refused with a Dense module where")
  void badDense(String old, String now, String message) throws IOException {
    Path folder = copy("dense");
    replace(folder.resolve(DENSE), old, now);
    refused(folder).hasMessageContaining(message).hasMessageContaining(ADVICE);
  }

  @Test
  @DisplayName("is refused where its vector is not as wide as the encoder's states")
  void narrower() throws IOException {
    Path folder = copy("dense");
    replace(folder.resolve("3_Dense/config.json"), "\"out_features\": 16", "\"out_features\": 8");
    refused(folder)
        .hasMessage(
            folder.resolve("modules.json")
                + ": makes a vector of 8 numbers, and here one has 16 as the encoder's states; "
                + ADVICE);
  }

  @Test
  @DisplayName("is refused where a module's files are missing")
  void missing() throws IOException {
    Path folder = copy("dense");
    Files.delete(folder.resolve("2_Dense/model.safetensors"));
    assertThatThrownBy(() -> encode(folder))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(folder.resolve("2_Dense") + ": neither model.safetensors nor");
    Files.delete(folder.resolve(DENSE));
    refused(folder)
        .hasMessage(
            folder.resolve(DENSE)
                + ": is missing, though modules.json lists the module; fetch the model again, or "
                + ADVICE);
  }

  private void encode(Path folder) {
    pmf.encode()
        .table(
            folder,
            Map.of(),
            fixture("texts.csv"),
            "text",
            temporary.resolve("out.safetensors"),
            MatrixPrecision.FLOAT32,
            Progress.SILENT);
  }
}
