package org.pmf4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.checkpoint.EncoderFiles;
import org.pmf4j.core.plugin.PluginRegistry;

class EncoderDirectoryTest {
  private static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 440449768\n";

  @TempDir private Path folder;

  private void write(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
  }

  @Test
  void anUnknownFamilyIsNamedWithTheJarThatIsMissing() throws IOException {
    write("config.json", "{\"model_type\": \"x\\u001b[2J\"}");
    write("model.safetensors", "");
    try (PluginRegistry none = new PluginRegistry(List.of())) {
      EncoderDirectory directory = EncoderDirectory.open(folder);
      assertThatThrownBy(() -> directory.families(none))
          .isInstanceOf(PmfException.class)
          .hasMessageStartingWith(
              folder.resolve("config.json") + ": unknown model_type \"x\\u001b[2J\"; known: ")
          .hasMessageEndingWith(
              "the jar org.pmf4j:pmf-modalities, which reads BERT, ViT and many more, is not on the"
                  + " class path");
    }
  }

  @Test
  void whatStandsInTheConfigurationsPlaceIsNamed() throws IOException {
    write("config.json", POINTER);
    assertThatThrownBy(() -> EncoderDirectory.open(folder))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder.resolve("config.json")
                + ": this is a git-lfs pointer, not the file; fetch it with 'git lfs pull'");
    write("config.json", "");
    assertThatThrownBy(() -> EncoderDirectory.open(folder))
        .hasMessage(folder.resolve("config.json") + ": is empty; is the copy complete?");
  }

  @Test
  void anEncoderInAFolderBelowIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("1_Pooling"));
    write("1_Pooling/config.json", "{}");
    Files.createDirectories(folder.resolve("0_Transformer"));
    write("0_Transformer/pytorch_model.bin", "");
    assertThatThrownBy(() -> EncoderDirectory.open(folder))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder.resolve("config.json")
                + ": missing; an encoder directory is what save_pretrained writes; there are weights"
                + " in 0_Transformer: name that folder");
  }

  @ParameterizedTest
  @CsvSource({
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json"
  })
  void whatStandsInTheWeightsPlaceIsNamed(String name) throws IOException {
    write(name, POINTER);
    assertThatThrownBy(() -> EncoderFiles.of(folder).open())
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder.resolve(name)
                + ": this is a git-lfs pointer, not the file; fetch it with 'git lfs pull'");
    write(name, "<!DOCTYPE html>\n<html><body>404</body></html>");
    assertThatThrownBy(() -> EncoderFiles.of(folder).open())
        .hasMessage(
            folder.resolve(name)
                + ": this is a web page, not the file; the download went wrong, fetch it again");
  }
}
