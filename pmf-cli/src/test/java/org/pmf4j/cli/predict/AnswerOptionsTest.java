package org.pmf4j.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;

class AnswerOptionsTest {
  private static final Task SINGLE = new Task.SingleLabel(List.of("1", "b", "c"));
  private static final Task MULTI = new Task.MultiLabel(List.of("a", "b"));
  private static final Task NUMBER = new Task.Regression(0, 1);

  /** Softmax of log 1, log 3, log 4. */
  private static final Prediction P =
      new Prediction(SINGLE, new float[] {0, (float) Math.log(3), (float) Math.log(4)});

  @Test
  void everyLabelHasAColumnForItsProbability() {
    AnswerOptions options = new AnswerOptions(true, 0, false);
    assertThat(options.columns(SINGLE))
        .containsExactly("probability:1", "probability:b", "probability:c");
    assertThat(options.cells(P)).containsExactly("0.125", "0.375", "0.5");
  }

  @Test
  void theBestHaveTwoColumnsEachWhoseNamesNoLabelCanTake() {
    AnswerOptions options = new AnswerOptions(true, 2, true);
    assertThat(options.columns(SINGLE))
        .containsSubsequence("top:1", "top-probability:1", "top:2", "top-probability:2", "logit:1")
        .doesNotHaveDuplicates();
    assertThat(new AnswerOptions(false, 2, false).cells(P))
        .containsExactly("c", "0.5", "b", "0.375");
  }

  @Test
  void moreThanThereAreAreAllOfThem() {
    AnswerOptions options = new AnswerOptions(false, 9, false);
    assertThat(options.columns(SINGLE)).hasSize(6);
    assertThat(options.cells(P)).hasSize(6);
  }

  @Test
  void theBestOfAMultiLabelTaskAreToldWhetherTheyHoldOrNot() {
    Prediction p = new Prediction(MULTI, new float[] {-9, 0});
    assertThat(new AnswerOptions(false, 2, false).cells(p)).startsWith("b", "0.5", "a");
    assertThat(AnswerOptions.probability(p)).isEqualTo("0.5");
  }

  @Test
  void aJsonObjectNestsThem() throws IOException {
    String json = new ObjectMapper().writeValueAsString(new AnswerOptions(true, 1, true).fields(P));
    assertThat(json)
        .matches(
            "\\{\"probabilities\":\\{\"1\":0\\.12\\d*,\"b\":0\\.37\\d*,\"c\":0\\.(5|49)\\d*},"
                + "\"top\":\\[\\{\"label\":\"c\",\"probability\":0\\.(5|49)\\d*}],"
                + "\"logits\":\\{\"1\":0.0,\"b\":1\\.09\\d*,\"c\":1\\.38\\d*}}");
    assertThat(new AnswerOptions(false, 0, false).fields(P)).isEmpty();
  }

  @Test
  void equalOnesStandInTheOrderOfTheTask() {
    Prediction p = new Prediction(SINGLE, new float[] {1, 1, 1});
    assertThat(p.top(2)).extracting(Prediction.Ranked::label).containsExactly("1", "b");
  }

  @Test
  void aNumberHasNoProbabilities() {
    assertThatThrownBy(() -> new AnswerOptions(true, 0, false).check(NUMBER))
        .hasMessageContaining("--probabilities goes with classes; this model predicts a number");
    assertThatThrownBy(() -> new AnswerOptions(false, 3, false).check(NUMBER))
        .hasMessageContaining("--top goes with classes");
    assertThatCode(() -> new AnswerOptions(false, 0, true).check(NUMBER))
        .doesNotThrowAnyException();
  }

  @Test
  void aNumberOfLabelsBelowOneIsRefused() {
    assertThatThrownBy(() -> new AnswerOptions(false, -1, false).check(SINGLE))
        .hasMessage("--top is a number of labels, 1 or more, not -1");
  }

  @Test
  void columnsThatWouldBeAddedAreKnown() {
    AnswerOptions options = new AnswerOptions(true, 1, false);
    assertThat(List.of("probability:x", "top:1", "top-probability:1")).allMatch(options::adds);
    assertThat(List.of("top", "logit:x", "prob")).noneMatch(options::adds);
  }
}
