package org.pmf4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

class TaskTest {
  private static List<Example> examples(String... labels) {
    List<Example> examples = new ArrayList<>();
    for (String label : labels) {
      String place = "t.csv row " + (examples.size() + 1);
      examples.add(new Example(place, Map.of(), Optional.of(Label.of(label))));
    }
    return examples;
  }

  @Test
  void singleLabelsAreSortedWhateverTheOrderOfRows() {
    List<Example> examples = examples("dog", "cat", "dog", "ant");
    Task task = Task.of("single-label", examples);
    assertThat(task.labels()).containsExactly("ant", "cat", "dog");
    assertThat(task.target(examples.get(1))).containsExactly(0, 1, 0);
  }

  @Test
  void multiLabelsAreSplitAndNoneIsWrittenAsABar() {
    List<Example> examples = examples("b | a", "c", "|");
    Task task = Task.of("multi-label", examples);
    assertThat(task.labels()).containsExactly("a", "b", "c");
    assertThat(task.target(examples.get(0))).containsExactly(1, 1, 0);
    assertThat(task.target(examples.get(2))).containsExactly(0, 0, 0);
    assertThatThrownBy(() -> task.target(examples("a||b").get(0)))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            "t.csv row 1, column label: label 'a||b' has an empty part; write labels as a|b,"
                + " and none as |");
  }

  @Test
  void regressionTargetsAreScaledAndRestored() {
    List<Example> examples = examples("10", "20", "30");
    Task.Regression task = (Task.Regression) Task.of("regression", examples);
    assertThat(task.target(examples.get(1))).containsExactly(0);
    // One float's rounding, times the deviation
    assertThat(task.restore(task.target(examples.get(2))[0])).isCloseTo(30, within(1e-5));
  }

  @Test
  void namesRowAndKnownLabelsForAnUnknownLabel() {
    Task task = Task.of("single-label", examples("cat", "dog"));
    assertThatThrownBy(() -> task.target(examples("cat", "cow").get(1)))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            "t.csv row 2, column label: label 'cow' is unknown to the model; known: cat, dog");
  }

  @Test
  void refusesLabelsThatAreNotNumbers() {
    for (String label : List.of("x", "NaN", "Infinity", "1,5")) {
      assertThatThrownBy(() -> Task.of("regression", examples("1", label)))
          .isInstanceOf(PmfException.class)
          .hasMessage(
              "t.csv row 2, column label: label '"
                  + label
                  + "' is not a finite number, written as -1.5 or 2e3");
    }
  }

  @Test
  void refusesDataThatLeaveNothingToLearn() {
    assertThatThrownBy(() -> Task.of("single-label", examples("a", "a")))
        .hasMessage("the training data have one label, 'a', in all rows; two or more are needed");
    assertThatThrownBy(() -> Task.of("regression", examples("2", "2")))
        .hasMessage("column label: all training targets are 2.0; there is nothing to learn");
  }

  @Test
  void listsTheKindsForAnUnknownOne() {
    assertThatThrownBy(() -> Task.of("ranking", examples("a", "b")))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessage("unknown task 'ranking'; known: single-label, multi-label, regression");
  }
}
