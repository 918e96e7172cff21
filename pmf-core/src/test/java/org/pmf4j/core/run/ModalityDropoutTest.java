package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Label;
import org.pmf4j.core.data.ModalityPattern;

class ModalityDropoutTest {
  private static final List<String> ALL = List.of("image", "text", "audio");
  private static final int DRAWS = 20_000;

  private static Example example(List<String> modalities) {
    Map<String, Source> sources = new LinkedHashMap<>();
    modalities.forEach(m -> sources.put(m, new Source.Text(m)));
    return new Example("row", sources, Optional.of(Label.of("x")));
  }

  private static List<Set<String>> draws(ModalityDropout dropout, List<String> there, int epoch) {
    return draws(dropout, there, Set.of(), epoch);
  }

  private static List<Set<String>> draws(
      ModalityDropout dropout, List<String> there, Set<String> needed, int epoch) {
    Example example = example(there);
    ModalityPattern presence = ModalityPattern.of(example, ALL);
    List<Set<String>> seen = new ArrayList<>();
    for (int row = 0; row < DRAWS; row++) {
      seen.add(dropout.apply(example, presence, needed, epoch, row).sources().keySet());
    }
    return seen;
  }

  @Test
  void drawsTheSameForTheSameSeedEpochAndRow() {
    List<Set<String>> first = draws(new ModalityDropout(0.3, 5), ALL, 2);
    assertThat(draws(new ModalityDropout(0.3, 5), ALL, 2)).isEqualTo(first);
    assertThat(draws(new ModalityDropout(0.3, 6), ALL, 2)).isNotEqualTo(first);
    assertThat(draws(new ModalityDropout(0.3, 5), ALL, 3)).isNotEqualTo(first);
  }

  /** Of 20,000 draws the share has a standard deviation of 0.0035; 0.02 is nearly six of them. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.7})
  void dropsEachModalityAsOftenAsAskedAndNeverAll(double p) {
    List<Set<String>> seen = draws(new ModalityDropout(p, 1), ALL, 0);
    assertThat(seen).noneMatch(Set::isEmpty);
    // Where all three would go, one of them stays: each modality a third of the time.
    double gone = p - p * p * p / 3;
    for (String m : ALL) {
      double share = seen.stream().filter(s -> !s.contains(m)).count() / (double) DRAWS;
      assertThat(share).as(m).isCloseTo(gone, within(0.02));
    }
    double both = seen.stream().filter(s -> s.equals(Set.of("audio"))).count() / (double) DRAWS;
    assertThat(both).isCloseTo(p * p * (1 - p) + p * p * p / 3, within(0.02));
  }

  @Test
  void leavesAloneWhatIsThereAlone() {
    assertThat(draws(new ModalityDropout(0.9, 1), List.of("text"), 0)).containsOnly(Set.of("text"));
    assertThat(draws(new ModalityDropout(0, 1), ALL, 0)).containsOnly(Set.copyOf(ALL));
  }

  @Test
  void neverDropsWhatTheMethodCannotDoWithout() {
    List<Set<String>> free = draws(new ModalityDropout(0.5, 1), ALL, 0);
    List<Set<String>> bound = draws(new ModalityDropout(0.5, 1), ALL, Set.of("text"), 0);
    assertThat(bound).allMatch(seen -> seen.contains("text")).contains(Set.of("text"));
    assertThat(free).anyMatch(seen -> !seen.contains("text"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 2, Double.NaN})
  void refusesWhatIsNoProbabilityBelowOne(double p) {
    assertThatThrownBy(() -> new ModalityDropout(p, 0))
        .isInstanceOf(PmfException.class)
        .hasMessage("modality-dropout must be 0 to below 1, got " + p);
  }
}
