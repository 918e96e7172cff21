package org.pmf4j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.pytorch.PyTorchFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.store.TensorStore;

class EncoderFilesTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void writeShards() {
    first = folder.resolve("model-00001-of-00002.safetensors");
    second = folder.resolve("model-00002-of-00002.safetensors");
    SafetensorsWriter.write(
        first, Map.of("a", HostTensor.of(new float[] {1}, 1)), Map.of("format", "pt"));
    SafetensorsWriter.write(second, Map.of("b", HostTensor.of(new float[] {2}, 1)), Map.of());
  }

  private void index(String weightMap) throws IOException {
    Files.writeString(
        folder.resolve(INDEX),
        "{\"metadata\":{\"total_size\":8},\"weight_map\":" + weightMap + "}");
  }

  private void goodIndex() throws IOException {
    index(
        String.format(
            Locale.ROOT, "{\"a\":\"%s\",\"b\":\"%s\"}", first.getFileName(), second.getFileName()));
  }

  @Test
  void shardsLookLikeOneFile() throws IOException {
    goodIndex();
    try (TensorStore store = EncoderFiles.of(folder).open()) {
      assertThat(store.names()).containsExactlyInAnyOrder("a", "b");
      assertThat(store.tensor("b").floats()).containsExactly(2);
      assertThat(store.info("a").type()).isEqualTo("F32");
      assertThat(store.metadata()).containsEntry("format", "pt");
      assertThat(store.source()).isEqualTo(folder.resolve(INDEX));
      assertThatThrownBy(() -> store.tensor("c"))
          .hasMessage(folder.resolve(INDEX) + ": there is no tensor c among its 2");
    }
    assertThat(EncoderFiles.of(folder).weights())
        .containsExactly(first, second, folder.resolve(INDEX));
  }

  @Test
  void aSingleFileGoesBeforeAnIndex() throws IOException {
    goodIndex();
    Path single = folder.resolve("model.safetensors");
    SafetensorsWriter.write(single, Map.of("s", HostTensor.of(new float[] {3}, 1)), Map.of());
    assertThat(EncoderFiles.of(folder).open().names()).containsExactly("s");
    assertThat(EncoderFiles.of(folder).weights()).containsExactly(single);
  }

  @Test
  void namesAMissingShard() throws IOException {
    goodIndex();
    Files.delete(second);
    assertRefused(
        ": the shard model-00002-of-00002.safetensors is missing; copy all files of the model");
  }

  @Test
  void namesATensorThatItsShardDoesNotHold() throws IOException {
    index(String.format(Locale.ROOT, "{\"b\":\"%s\"}", first.getFileName()));
    assertRefused(": tensor b should be in " + first.getFileName() + ", but is not there");
  }

  @Test
  void refusesAShardOutsideTheFolder() throws IOException {
    index("{\"b\":\"../other.safetensors\"}");
    assertRefused(": tensor b has no plain file name but ../other.safetensors");
  }

  @Test
  void refusesAShardThatNoFileCanBeCalled() throws IOException {
    for (String name : new String[] {"a\\u0000b", "\\ud800"}) {
      index("{\"b\":\"" + name + "\"}");
      assertThatThrownBy(() -> EncoderFiles.of(folder).open())
          .isInstanceOf(PmfException.class)
          .hasMessageContaining(": tensor b has no plain file name but ");
    }
  }

  @Test
  void refusesAnIndexWithoutAMapOrWithoutJson() throws IOException {
    index("{}");
    assertRefused(": \"weight_map\" is missing or empty");
    index("[");
    assertRefused(": line 1 is not JSON: ");
  }

  @Test
  void namesWhatIsThereInAFormatThatIsNotRead() throws IOException {
    Files.writeString(folder.resolve("tf_model.h5"), "");
    assertThatThrownBy(() -> EncoderFiles.of(folder))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder
                + ": only tf_model.h5 is there, which is not read; load the model in Python and save"
                + " it with model.save_pretrained(folder)");
  }

  private Path write(String name, String tensor) {
    Path file = folder.resolve(name);
    SafetensorsWriter.write(file, Map.of(tensor, HostTensor.of(new float[] {1}, 1)), Map.of());
    return file;
  }

  private Path copy(String checkpoint, String name) throws IOException {
    Path from;
    try {
      from = Path.of(PyTorchFile.class.getResource(checkpoint).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return Files.copy(from, folder.resolve(name));
  }

  @Test
  void aPyTorchFileIsReadWhereNoSafetensorsFileIs() throws IOException {
    Path pickle = copy("attributes.bin", "pytorch_model.bin");
    assertThat(EncoderFiles.of(folder).weights()).containsExactly(pickle);
    try (TensorStore store = EncoderFiles.of(folder).open()) {
      assertThat(store.tensor("plain").floats()).containsExactly(0);
    }
    goodIndex();
    assertThat(EncoderFiles.of(folder).entry()).isEqualTo(folder.resolve(INDEX));
    Path single = write("model.safetensors", "s");
    assertThat(EncoderFiles.of(folder).weights()).containsExactly(single);
  }

  @Test
  void shardsOfPyTorchLookLikeOneFile() throws IOException {
    Path one = copy("attributes.bin", "pytorch_model-00001-of-00002.bin");
    Path two = copy("training-model.bin", "pytorch_model-00002-of-00002.bin");
    Path index = folder.resolve("pytorch_model.bin.index.json");
    Files.writeString(
        index,
        "{\"weight_map\": {\"plain\": \"pytorch_model-00001-of-00002.bin\","
            + " \"1.bias\": \"pytorch_model-00002-of-00002.bin\"}}");
    assertThat(EncoderFiles.of(folder).weights()).containsExactly(one, two, index);
    try (TensorStore store = EncoderFiles.of(folder).open()) {
      assertThat(store.names()).containsExactlyInAnyOrder("plain", "1.bias");
      assertThat(store.tensor("1.bias").shape().size()).isEqualTo(2);
    }
    Files.delete(two);
    assertThatThrownBy(() -> EncoderFiles.of(folder).open())
        .isInstanceOf(PmfException.class)
        .hasMessage(
            index
                + ": the shard pytorch_model-00002-of-00002.bin is missing; copy all files of the"
                + " model");
  }

  @Test
  void theOnlyVariantIsReadWhereThePlainOneIsAbsent() throws IOException {
    Path half = write("model.fp16.safetensors", "h");
    assertThat(EncoderFiles.of(folder).weights()).containsExactly(half);
    copy("attributes.bin", "pytorch_model.fp16.bin");
    assertThat(EncoderFiles.of(folder).weights()).containsExactly(half);
    Path plain = copy("attributes.bin", "pytorch_model.bin");
    assertThat(EncoderFiles.of(folder).weights()).containsExactly(plain);
  }

  @Test
  void shardsOfAVariantAreFoundByItsIndex() throws IOException {
    Path index = folder.resolve("model.safetensors.index.fp16.json");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"" + first.getFileName() + "\"}}");
    assertThat(EncoderFiles.of(folder).weights()).containsExactly(first, index);
    try (TensorStore store = EncoderFiles.of(folder).open()) {
      assertThat(store.names()).containsExactly("a");
    }
  }

  @Test
  void severalVariantsAreNamedAndNoneIsChosen() throws IOException {
    write("model.fp16.safetensors", "h");
    copy("attributes.bin", "pytorch_model.non_ema.bin");
    assertThatThrownBy(() -> EncoderFiles.find(folder))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder
                + ": there is no model.safetensors, but the variants fp16, non_ema of it; give the"
                + " one to be read that name");
  }

  @Test
  void weightsInAFolderBelowAreNamed() throws IOException {
    Files.createDirectories(folder.resolve("0_Transformer"));
    Files.move(first, folder.resolve("0_Transformer/model.safetensors"));
    assertThatThrownBy(() -> EncoderFiles.of(folder))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder
                + ": neither model.safetensors nor pytorch_model.bin is there, nor an index of"
                + " shards; there are weights in 0_Transformer: name that folder");
  }

  @Test
  void saysWhatItLookedFor() {
    assertThatThrownBy(() -> EncoderFiles.of(folder).open())
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder
                + ": neither model.safetensors nor pytorch_model.bin is there, nor an index of"
                + " shards");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> EncoderFiles.of(none).open())
        .hasMessage(none + ": there is no such folder");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> EncoderFiles.of(folder).open())
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(folder.resolve(INDEX) + message)
        .hasMessageNotContaining("\n");
  }
}
