package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;

@DisplayName("A label cell")
class LabelTest {
  private static List<Example> examples(Label... labels) {
    List<Example> examples = new ArrayList<>();
    for (Label label : labels) {
      String place = "t.jsonl row " + (examples.size() + 1);
      examples.add(new Example(place, Map.of(), Optional.of(label)));
    }
    return examples;
  }

  @Test
  @DisplayName("that is an empty list is a row without labels, and an element with a bar is one")
  void lists() {
    List<Example> examples =
        examples(Label.listed(List.of()), Label.listed(List.of("a|b", "c")), Label.of("c|d"));
    Task task = Task.of("multi-label", examples);
    assertThat(task.labels()).containsExactly("a|b", "c", "d");
    assertThat(task.target(examples.get(0))).containsExactly(0, 0, 0);
    assertThat(task.target(examples.get(1))).containsExactly(1, 1, 0);
    assertThat(task.target(examples.get(2))).containsExactly(0, 1, 1);
  }

  @Test
  @DisplayName("that is a list of none or of several is refused where one label is needed")
  void listsForOne() {
    assertThat(Label.listed(List.of("a")).one()).isEqualTo("a");
    for (String kind : List.of("single-label", "regression")) {
      assertThatThrownBy(() -> Task.check(kind, examples(Label.listed(List.of())).get(0)))
          .isInstanceOf(PmfException.class)
          .hasMessageStartingWith(
              "t.jsonl row 1, column label: an empty list; one label is needed");
      assertThatThrownBy(() -> Task.check(kind, examples(Label.listed(List.of("1", "2"))).get(0)))
          .hasMessageStartingWith("t.jsonl row 1, column label: a list of 2; one label is needed");
    }
  }

  @Test
  @DisplayName("in brackets is a list as JSON and Python write it")
  void brackets() {
    assertThat(Label.of("[]").several()).isEmpty();
    assertThat(Label.of("[\"a|b\", \"c\"]").several()).containsExactly("a|b", "c");
    assertThat(Label.of("['a|b', 'it\\'s', 5]").several()).containsExactly("a|b", "it's", "5");
    assertThat(Label.of("[1.50, -2e3, true, \" a\"]").several())
        .containsExactly("1.50", "-2e3", "true", "a");
    assertThat(Label.of("['\\x41', \"it's\", -1.50]").several())
        .containsExactly("A", "it's", "-1.50");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['a' 'b']",
        "[a]",
        "['a', None]",
        "[['a']]",
        "['']",
        "['a'] ['b']",
        "[NaN]",
        "['a', True]",
        "[1.]"
      })
  @DisplayName("in brackets that hold no list is refused")
  void noLists(String text) {
    assertThatThrownBy(() -> Task.check("multi-label", examples(Label.of(text)).get(0)))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("t.jsonl row 1, column label: ")
        .hasMessageContaining("is no list of labels");
  }

  @Test
  @DisplayName("is written so that it is read again, whatever it holds")
  void written() {
    for (List<String> all :
        List.of(
            List.of("a", "b"),
            List.of("a|b", "c"),
            List.of("[x]", "y"),
            List.of("\"q\"", "|", "line\nbreak"))) {
      for (List<String> some : List.of(all, all.subList(0, 1), List.<String>of())) {
        String text = Label.text(some, all);
        assertThat(text.isEmpty() ? List.of() : Label.of(text).several()).isEqualTo(some);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-inf", "1f", "0x10", "1,5", "1_000", "1e999", "٣"})
  @DisplayName("of a regression that is no finite number as people write them is refused")
  void noNumbers(String text) {
    assertThatThrownBy(() -> Task.check("regression", examples(Label.of(text)).get(0)))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("is not a finite number");
  }

  @Test
  @DisplayName("that looks like a known one tells which may be meant")
  void meant() {
    Task task = Task.of("single-label", examples(Label.of("1"), Label.of("caf\u00E9")));
    assertThatThrownBy(() -> task.target(examples(Label.of("1.0")).get(0)))
        .hasMessageEndingWith("; is '1' meant?");
    assertThatThrownBy(() -> task.target(examples(Label.of("cafe\u0301")).get(0)))
        .hasMessageEndingWith("; is 'caf\u00E9' meant?");
  }
}
