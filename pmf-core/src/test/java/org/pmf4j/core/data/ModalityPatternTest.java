package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

class ModalityPatternTest {
  private static final List<String> ALL = List.of("image", "text", "audio");

  private static Example example(String... modalities) {
    Map<String, Source> sources =
        Stream.of(modalities).collect(Collectors.toMap(m -> m, m -> new Source.Text(m)));
    return new Example("t.csv row 3", sources, Optional.of(Label.of("x")));
  }

  @Test
  void isInTheOrderOfTheModelAndIgnoresWhatItDoesNotKnow() {
    ModalityPattern found = ModalityPattern.of(example("audio", "smell", "image"), ALL);
    assertThat(found.modalities()).containsExactly("image", "audio");
    assertThat(found).hasToString("image+audio");
  }

  @Test
  void refusesARowWithNothingByItsPlace() {
    assertThatThrownBy(() -> ModalityPattern.of(example("smell"), ALL))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            "t.csv row 3: nothing is there of image, text, audio; one of them is needed at least");
  }

  @Test
  void groupsRowsInTheOrderInWhichPatternsOccur() {
    List<Example> rows =
        List.of(example("text"), example("text", "image"), example("text"), example("audio"));
    Map<ModalityPattern, List<Integer>> expected = new LinkedHashMap<>();
    expected.put(new ModalityPattern(List.of("text")), List.of(0, 2));
    expected.put(new ModalityPattern(List.of("image", "text")), List.of(1));
    expected.put(new ModalityPattern(List.of("audio")), List.of(3));
    assertThat(ModalityPattern.group(rows, ALL)).containsExactlyEntriesOf(expected);
  }

  @Test
  void listsTheFullestPatternsFirst() {
    List<Example> rows =
        List.of(
            example("audio"),
            example("audio", "text"),
            example("text"),
            example("audio", "image"),
            example("audio", "image", "text"));
    assertThat(ModalityPattern.patterns(rows, ALL).keySet())
        .extracting(ModalityPattern::toString)
        .containsExactly("image+text+audio", "image+audio", "text+audio", "text", "audio");
  }

  @Test
  void tellsRowsApartOnlyWhereSomethingIsMissing() {
    Example whole = example("audio", "image", "text");
    assertThat(ModalityPattern.patterns(List.of(whole, whole), ALL)).isEmpty();
    Example less = whole.without(Set.of("audio"));
    assertThat(ModalityPattern.patterns(List.of(less, less), ALL).values())
        .containsExactly(List.of(0, 1));
  }

  @Test
  void refusesABatchOfSeveralPatterns() {
    List<Example> rows = List.of(example("text"), example("audio"));
    assertThatThrownBy(() -> ModalityPattern.common(rows, ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[text, audio]");
  }
}
