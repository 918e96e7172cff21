package org.pmf4j.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A record whose answer is there")
class AnswerTest {
  private static final int MOST = 3;

  private interface End {
    boolean of(Answer answer);
  }

  private static Stream<Arguments> ends() {
    return Stream.of(
        end("a prediction", answer -> answer.complete(null)),
        end("a failure", answer -> answer.completeExceptionally(new IllegalStateException())),
        end("a cancel", answer -> answer.cancel(false)));
  }

  private static Arguments end(String name, End end) {
    return Arguments.of(name, end);
  }

  @ParameterizedTest(name = "counts as accepted no more, for whoever hears of it, by {0}")
  @MethodSource("ends")
  @SuppressWarnings("FutureReturnValueIgnored") // what hears of it fails at nothing
  void countsNoMore(String name, End end) {
    Admission admission = new Admission(MOST);
    admission.enter(MOST);
    Answer answer = new Answer(admission);
    List<Integer> heard = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      answer.whenComplete((prediction, failure) -> heard.add(admission.accepted()));
    }
    assertThat(end.of(answer)).isTrue();
    assertThat(heard).containsExactly(MOST - 1, MOST - 1);
  }

  @ParameterizedTest(name = "is not counted twice, whatever comes after {0}")
  @MethodSource("ends")
  void countsOnce(String name, End end) {
    Admission admission = new Admission(MOST);
    admission.enter(MOST);
    Answer answer = new Answer(admission);
    end.of(answer);
    assertThat(answer.complete(null)).isFalse();
    assertThat(answer.completeExceptionally(new IllegalStateException())).isFalse();
    assertThat(answer.cancel(false)).isEqualTo(answer.isCancelled());
    assertThat(admission.accepted()).isEqualTo(MOST - 1);
  }
}
