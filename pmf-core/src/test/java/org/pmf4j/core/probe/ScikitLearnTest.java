package org.pmf4j.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pmf4j.core.training.TargetRows;

/** The fixture is made by {@code make_fixture.py} beside it. */
@DisplayName("A penalised linear model is that of scikit-learn")
class ScikitLearnTest {
  /**
   * Where no derivative exceeds 1e-9, weights under a penalty of 0.001 are at most 1e-6 from the
   * minimum; unpenalised biases lie flatter.
   */
  private static final double TOLERANCE = 2e-6;

  private static JsonNode fixture;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = ScikitLearnTest.class.getResourceAsStream("/probe/linear.json")) {
      fixture = new ObjectMapper().readTree(in);
    }
  }

  @ParameterizedTest(name = "for {0}")
  @EnumSource(LinearLoss.class)
  void agrees(LinearLoss loss) {
    ProbeRows rows = new ProbeRows(features(), TargetRows.of(targets(loss)));
    int outputs = rows.outputs();
    for (JsonNode expected : fixture.get("cases")) {
      double penalty = expected.get("penalty").asDouble();
      double[] found =
          new Lbfgs(1e-9, 10_000, () -> {})
              .minimize(
                  new PenalizedLoss(rows, loss, penalty), LinearModel.zero(outputs, 4).weights());
      JsonNode model = expected.get(loss.name().toLowerCase(Locale.ROOT));
      for (int c = 0; c < outputs; c++) {
        for (int j = 0; j < 4; j++) {
          assertThat(found[c * 4 + j])
              .as("penalty %s, weight %d %d", penalty, c, j)
              .isCloseTo(model.get("weights").get(c).get(j).asDouble(), within(TOLERANCE));
        }
        // Of softmax, biases count up to what they have in common
        double shift = loss == LinearLoss.SOFTMAX ? found[outputs * 4] : 0;
        double theirs = loss == LinearLoss.SOFTMAX ? model.get("biases").get(0).asDouble() : 0;
        assertThat(found[outputs * 4 + c] - shift)
            .as("penalty %s, bias %d", penalty, c)
            .isCloseTo(model.get("biases").get(c).asDouble() - theirs, within(TOLERANCE));
      }
    }
  }

  private static Features features() {
    JsonNode all = fixture.get("features");
    float[] values = new float[all.size() * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) all.get(i / 4).get(i % 4).asDouble();
    }
    return new Features(4, values);
  }

  private static float[][] targets(LinearLoss loss) {
    int n = fixture.get("features").size();
    float[][] targets = new float[n][loss == LinearLoss.SQUARED ? 1 : 3];
    for (int r = 0; r < n; r++) {
      switch (loss) {
        case SOFTMAX -> targets[r][fixture.get("single").get(r).asInt()] = 1;
        case SIGMOID -> {
          for (int c = 0; c < 3; c++) {
            targets[r][c] = fixture.get("multi").get(r).get(c).asInt();
          }
        }
        case SQUARED -> targets[r][0] = (float) fixture.get("number").get(r).asDouble();
      }
    }
    return targets;
  }
}
