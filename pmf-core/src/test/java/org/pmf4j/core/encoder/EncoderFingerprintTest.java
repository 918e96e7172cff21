package org.pmf4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.core.TinyEncoders;

@DisplayName("An encoder's fingerprint")
class EncoderFingerprintTest {
  @TempDir private Path folder;
  private Path encoder;

  @BeforeEach
  void copy() throws IOException {
    encoder = Files.createDirectory(folder.resolve("encoder"));
    try (Stream<Path> files = Files.list(TinyEncoders.directories().get("text"))) {
      for (Path file : files.toList()) {
        Files.copy(file, encoder.resolve(file.getFileName()));
      }
    }
  }

  private String now() {
    return EncoderDirectory.open(encoder).fingerprint();
  }

  @ParameterizedTest(name = "does not change with {0}, which nobody reads")
  @ValueSource(
      strings = {
        ".model.safetensors.4711-0123456789abcdef.tmp",
        "adapter_model.safetensors",
        "model.fp16.safetensors",
        "model.safetensors.bak",
        "model-00001-of-00002.safetensors",
        "README.md"
      })
  void strayFiles(String name) throws IOException {
    String before = now();
    Files.writeString(encoder.resolve(name), "stray");
    assertThat(now()).isEqualTo(before);
  }

  @ParameterizedTest(name = "changes with {0}, which is read")
  @ValueSource(
      strings = {"config.json", "model.safetensors", "tokenizer.json", "added_tokens.json"})
  void readFiles(String name) throws IOException {
    String before = now();
    Path file = encoder.resolve(name);
    byte[] old = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    byte[] more = Arrays.copyOf(old, old.length + 1);
    more[old.length] = ' ';
    Files.write(file, more);
    assertThat(now()).isNotEqualTo(before);
  }

  @Test
  @DisplayName("is also known as version 1 took it, with stray files and after they have gone")
  void formerly() throws IOException {
    Path stray = Files.writeString(encoder.resolve("model.safetensors.bak"), "stray");
    List<String> names =
        List.of(
            "config.json",
            "model.safetensors",
            "tokenizer.json",
            "tokenizer_config.json",
            "vocab.txt",
            "special_tokens_map.json");
    List<Path> read = names.stream().map(encoder::resolve).filter(Files::exists).toList();
    String without = Fingerprint.of(read);
    String with = Fingerprint.of(Stream.concat(read.stream(), Stream.of(stray)).toList());
    assertThat(without).as("the encoder has these files alone").isEqualTo(now());
    assertThat(EncoderDirectory.open(encoder).isKnownAs(with)).isTrue();
    assertThat(EncoderDirectory.open(encoder).isKnownAs(without)).isTrue();
    assertThat(EncoderDirectory.open(encoder).isKnownAs("0".repeat(64))).isFalse();
    Files.delete(stray);
    assertThat(EncoderDirectory.open(encoder).isKnownAs(without)).isTrue();
  }

  @Test
  @DisplayName("is that of the files that symbolic links lead to, as in a hub's snapshot")
  void links() throws IOException {
    Path blobs = Files.move(encoder, folder.resolve("blobs"));
    Path snapshot = Files.createDirectory(folder.resolve("snapshot"));
    try (Stream<Path> files = Files.list(blobs)) {
      for (Path file : files.toList()) {
        Path link = snapshot.resolve(file.getFileName());
        Files.createSymbolicLink(link, snapshot.relativize(file));
      }
    }
    Path link = Files.createSymbolicLink(folder.resolve("link"), snapshot);
    assertThat(EncoderDirectory.open(link).fingerprint())
        .isEqualTo(EncoderDirectory.open(blobs).fingerprint());
  }
}
