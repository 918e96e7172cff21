package org.pmf4j.core.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.store.TensorStore;

@DisplayName("A file of torch.save")
class PyTorchFileTest {
  @TempDir Path folder;

  static Stream<String> wholeFiles() {
    return Stream.of(
        "zip-2.bin",
        "zip-3.bin",
        "zip-4.bin",
        "zip-5.bin",
        "legacy-2.bin",
        "legacy-3.bin",
        "legacy-4.bin",
        "legacy-5.bin",
        "big-endian.bin");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeFiles")
  @DisplayName("has the bits of the safetensors file of the same tensors, whatever their strides")
  void equalBits(String name) {
    try (PyTorchFile file = PyTorchFile.open(Resources.path(name));
        SafetensorsFile expected = SafetensorsFile.open(Resources.path("tensors.safetensors"))) {
      Set<String> names = new TreeSet<>(expected.names());
      if (name.startsWith("legacy")) {
        names.removeAll(Set.of("u16", "u32"));
      }
      assertThat(file.names()).containsExactlyInAnyOrderElementsOf(names);
      for (String tensor : names) {
        assertThat(file.info(tensor)).as(tensor).isEqualTo(expected.info(tensor));
        assertSame(tensor, file.tensor(tensor), expected.tensor(tensor));
      }
    }
  }

  private static void assertSame(String name, HostTensor actual, HostTensor expected) {
    assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
    assertThat(actual.dtype()).as(name).isEqualTo(expected.dtype());
    assertThat(actual.data()).as(name).isEqualTo(expected.data());
  }

  @Test
  @DisplayName("is read into the caller's memory")
  void memoryOfTheCaller() {
    ByteBuffer memory = ByteBuffer.allocateDirect(4096);
    try (PyTorchFile file = PyTorchFile.open(Resources.path("zip-2.bin"))) {
      HostTensor before = file.tensor("transposed");
      HostTensor tensor = file.read("transposed", size -> memory);
      assertSame("transposed", tensor, before);
      memory.putFloat(0, 42);
      assertThat(tensor.data().getFloat(0)).isNotEqualTo(before.data().getFloat(0));
    }
  }

  @Test
  @DisplayName("gives tensors and parameters to which Python had tied attributes")
  void attributes() {
    try (PyTorchFile file = PyTorchFile.open(Resources.path("attributes.bin"))) {
      assertThat(file.tensor("tensor.attribute").floats()).containsExactly(1, 1);
      assertThat(file.tensor("parameter.attribute").floats()).containsExactly(2, 2);
      assertThat(file.metadata()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"state_dict", "model_state_dict", "model"})
  @DisplayName("of a training gives the model's tensors and leaves the optimizer's")
  void training(String wrapper) {
    Path path = Resources.path("training-" + wrapper + ".bin");
    try (TensorStore file = PyTorchFile.open(path);
        TensorStore expected = SafetensorsFile.open(Resources.path("training.safetensors"))) {
      assertThat(file.names()).containsExactlyInAnyOrderElementsOf(expected.names());
      for (String name : expected.names()) {
        assertSame(name, file.tensor(name), expected.tensor(name));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "training-other.bin|holds no tensors, but the keys weights, epoch, optimizer; save",
        "training-two.bin|holds several models, but the keys model, state_dict; save",
        "whole-model.bin|wants to run `torch.nn.modules.container.Sequential`; it is not a plain",
        "torchscript.bin|is a TorchScript program, not a checkpoint; save"
      })
  @DisplayName("that is something else is refused by what it is")
  void somethingElse(String name, String told) {
    Path path = Resources.path(name);
    assertThatThrownBy(() -> PyTorchFile.open(path))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(path + ": " + told)
        .hasMessageEndingWith("torch.save(model.state_dict(), file)")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "quantized|has the type quantized, which is not supported; save it as F32",
        "sparse|has the type sparse, which",
        "meta|has the type meta, which",
        "complex|has the type complex64, which",
        "conjugated|has the type conjugated or negated, which",
        "negated|has the type conjugated or negated, which",
        "float8|has the type F8_E4M3, which",
        "float8.other|has the type float8_e5m2fnuz, which",
        "u64|has the type U64, which",
        "overlapping|is a view whose windows overlap, which is not read; save it as"
      })
  @DisplayName("opens beside tensors of other kinds, which are refused when they are asked for")
  void otherKinds(String tensor, String told) {
    Path path = Resources.path("unread.bin");
    try (PyTorchFile file = PyTorchFile.open(path)) {
      assertThat(file.tensor("fine").floats()).containsExactly(1);
      assertThat(file.names()).contains(tensor);
      assertThatThrownBy(() -> file.tensor(tensor))
          .isInstanceOf(PmfException.class)
          .hasMessageStartingWith(path + ": tensor " + tensor + " " + told);
    }
  }

  @Test
  @DisplayName("names a tensor that is not there")
  void missingTensor() {
    Path path = Resources.path("attributes.bin");
    try (PyTorchFile file = PyTorchFile.open(path)) {
      assertThatThrownBy(() -> file.tensor("other"))
          .isInstanceOf(PmfException.class)
          .hasMessage(path + ": there is no tensor other among its 3");
    }
  }

  @Test
  @DisplayName("that is written to or cut short while it is open is not read on")
  void changedMeanwhile() throws IOException {
    for (String name : new String[] {"zip-2.bin", "legacy-2.bin"}) {
      Path path = Files.copy(Resources.path(name), folder.resolve(name));
      try (PyTorchFile file = PyTorchFile.open(path)) {
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
        assertThatThrownBy(() -> file.tensor("f32"))
            .isInstanceOf(PmfException.class)
            .hasMessage(path + ": has been written to since it was opened; load the model again");
        Files.write(path, new byte[100]);
        assertThatThrownBy(() -> file.tensor("parameter"))
            .isInstanceOf(PmfException.class)
            .hasMessage(path + ": was truncated while it was read");
      }
    }
  }
}
