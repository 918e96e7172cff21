package org.pmf4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.core.batch.ModalityInput.EncoderInput;
import org.pmf4j.core.batch.ModalityInput.PackedPlaces;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

@DisplayName("The names of a batch")
class BatchCodecTest {
  private static final TrunkOutput<String> BARE =
      new TrunkOutput<>("S", Optional.empty(), Optional.empty(), named());

  private static final TrunkOutput<String> FULL =
      new TrunkOutput<>(
          "S", Optional.of("M"), Optional.of(new PackedPlaces<>("R", "P")), named("a", "b.c"));

  /** Inputs that are called as other tensors of a batch are. */
  private static final EncoderInput<String> RAW =
      new EncoderInput<>(named("input_ids", "states", "mask", "settled.a", "target.values"));

  private static org.pmf4j.api.tensor.Named<String> named(String... names) {
    Map<String, String> all = new LinkedHashMap<>();
    Stream.of(names).forEach(n -> all.put(n, "value of " + n));
    return org.pmf4j.api.tensor.Named.of(all);
  }

  private static Batch<String> batch(ModalityInput<String> image, ModalityInput<String> text) {
    return Batch.of(
        org.pmf4j.api.tensor.Named.<ModalityInput<String>>of("image", image).with("text", text));
  }

  static Stream<Named<Batch<String>>> batches() {
    Targets<String> targets = new Targets<>("T", "W");
    return Stream.of(
        Named.of("nothing", Batch.of(org.pmf4j.api.tensor.Named.none())),
        Named.of("trunks", batch(BARE, FULL)),
        Named.of("trunks to train on", batch(FULL, BARE).with(targets)),
        Named.of("inputs of encoders", batch(RAW, RAW)),
        Named.of("both, to train on", batch(RAW, FULL).with(targets)),
        Named.of("one modality", Batch.of("trunk", RAW.named()).with(targets)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("batches")
  @DisplayName("tell all of it: what is read from them is the batch, and no tensor is lost")
  void roundTrip(Batch<String> batch) {
    org.pmf4j.api.tensor.Named<String> names = BatchCodec.names(batch);
    assertThat(BatchCodec.batch(names)).isEqualTo(batch);
    assertThat(names.asMap().values()).containsExactlyElementsOf(batch.tensors());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("batches")
  @DisplayName("may stand beside others, which are passed over")
  void others(Batch<String> batch) {
    assertThat(BatchCodec.batch(BatchCodec.names(batch).with("share", "1"))).isEqualTo(batch);
  }

  @Test
  @DisplayName("are, of what leaves a trunk, those in the files of the cache")
  void namesOfFiles() {
    assertThat(BatchCodec.names(FULL).names())
        .containsExactly(
            "states", "mask", "packing.rows", "packing.places", "settled.a", "settled.b.c");
    assertThat(BatchCodec.trunk(BatchCodec.names(FULL))).isEqualTo(FULL);
    assertThat(BatchCodec.trunk(BatchCodec.names(BARE))).isEqualTo(BARE);
  }

  @Test
  @DisplayName("say what is missing where there are no states, or nothing of a modality")
  void missing() {
    assertThatThrownBy(() -> BatchCodec.trunk(named("mask"))).hasMessageContaining("no 'states'");
    assertThatThrownBy(() -> batch(BARE, FULL).encoderInput("audio"))
        .hasMessageContaining("no 'audio' among [image, text]");
    assertThatThrownBy(() -> batch(BARE, FULL).encoderInput("image"))
        .hasMessage("the trunk of image was computed ahead");
  }
}
