package org.pmf4j.testkit.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionModel;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.fusion.MixedBatches;
import org.pmf4j.api.fusion.MixedBatches.Share;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;

/** What a method builds, over tokens at random. */
abstract class ModelTests {
  private static final int OUTPUTS = 3;
  private static final int ROWS = 3;

  /** Sums of another batch come in other blocks: a few roundings of FLOAT32, at values of 1. */
  private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

  private static final String LOGITS = "logits";
  private static final String STATES = ".states";
  private static final String MASK = ".mask";

  private final FusionMethodConformance suite;

  ModelTests(FusionMethodConformance suite) {
    this.suite = suite;
  }

  private record Run(
      Settings settings, FusionPlan plan, KeptParameters parameters, FusionModel model) {}

  private interface Check {
    void of(Run run);
  }

  /** Builds the model of each setting and checks it. */
  private void check(Check check) {
    for (Settings settings : suite.allSettings()) {
      with(settings, Map.of(), check);
    }
  }

  private void with(Settings settings, Map<String, HostTensor> saved, Check check) {
    FusionPlan plan = suite.method().plan(suite.shapes(), settings);
    try (KeptParameters parameters = new KeptParameters(suite.opened(), saved)) {
      Named<Encoder> encoders = suite.encoders().map(e -> e);
      FusionModel model = suite.method().build(encoders, OUTPUTS, settings, parameters);
      check.of(new Run(settings, plan, parameters, model));
    }
  }

  /** What enters the first fusion layer, of some modalities: states, and a mask for the text. */
  private Named<HostTensor> tokens(Set<String> modalities, int rows) {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    for (String m : modalities) {
      EncoderShape shape = suite.shapes().get(m);
      int length = m.equals("text") ? 5 : 4;
      float[] states = new float[rows * length * shape.width()];
      Random random = new Random(m.hashCode());
      for (int i = 0; i < states.length; i++) {
        states[i] = (float) random.nextGaussian();
      }
      all.put(m + STATES, HostTensor.of(states, rows, length, shape.width()));
      if (m.equals("text")) {
        all.put(m + MASK, mask(rows, length));
      }
    }
    return Named.of(all);
  }

  /** Row r has r mod 3 tokens of padding. */
  private static HostTensor mask(int rows, int length) {
    float[] real = new float[rows * length];
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < length; t++) {
        real[r * length + t] = t < length - r % 3 ? 1 : 0;
      }
    }
    return HostTensor.of(real, rows, length);
  }

  private Named<Tokens> placed(Named<Tensor> in) {
    Map<String, Tokens> all = new LinkedHashMap<>();
    for (String m : suite.shapes().names()) {
      if (in.has(m + STATES)) {
        Tensor mask = null;
        if (in.has(m + MASK)) {
          Tensor real = in.get(m + MASK);
          mask = real.greaterThan(real.filled(0, DType.FLOAT32));
        }
        all.put(m, new Tokens(in.get(m + STATES), mask));
      }
    }
    return Named.of(all);
  }

  private float[] logits(FusionModel model, Named<HostTensor> tokens) {
    Named<HostTensor> out =
        Programs.evaluate(suite.opened(), tokens, in -> Named.of(LOGITS, model.logits(placed(in))));
    return out.get(LOGITS).floats();
  }

  /** All sets of modalities that a sample may have. */
  private List<Set<String>> patterns(FusionPlan plan) {
    List<String> names = List.copyOf(suite.shapes().names());
    List<Set<String>> all = new ArrayList<>();
    for (int bits = (1 << names.size()) - 1; bits > 0; bits--) {
      Set<String> some = new LinkedHashSet<>();
      for (int i = 0; i < names.size(); i++) {
        if ((bits >> i & 1) == 1) {
          some.add(names.get(i));
        }
      }
      if (some.containsAll(plan.required())) {
        all.add(some);
      }
    }
    return all;
  }

  @Test
  @DisplayName("gives a logit for each output, with any modalities but those required missing")
  void shapes() {
    check(
        run -> {
          for (Set<String> some : patterns(run.plan)) {
            Named<HostTensor> out =
                Programs.evaluate(
                    suite.opened(),
                    tokens(some, ROWS),
                    in -> Named.of(LOGITS, run.model.logits(placed(in))));
            assertThat(out.get(LOGITS).shape()).isEqualTo(Shape.of(ROWS, OUTPUTS));
            for (float v : out.get(LOGITS).floats()) {
              assertThat(v).as("%s with %s", some, run.settings).isFinite();
            }
          }
        });
  }

  @Test
  @DisplayName("gives a sample the same logits alone and among others")
  void rowsAreAlone() {
    check(
        run -> {
          for (Set<String> some : patterns(run.plan)) {
            Named<HostTensor> batch = tokens(some, ROWS);
            float[] together = logits(run.model, batch);
            float[] alone = logits(run.model, tokens(some, 1));
            for (int i = 0; i < OUTPUTS; i++) {
              assertThat(together[i])
                  .as("%s with %s, logit %d", some, run.settings, i)
                  .isCloseTo(alone[i], ROUNDING);
            }
          }
        });
  }

  @Test
  @DisplayName("gives the same bits again, and as many parameters of the same names and shapes")
  void again() {
    check(
        run ->
            with(
                run.settings,
                Map.of(),
                other -> {
                  assertThat(names(other)).isEqualTo(names(run));
                  Named<HostTensor> all = tokens(suite.shapes().names(), ROWS);
                  assertThat(logits(other.model, all)).isEqualTo(logits(run.model, all));
                }));
  }

  private static List<String> names(Run run) {
    return run.parameters.all().stream().map(p -> p.name() + " " + p.shape()).toList();
  }

  @Test
  @DisplayName("is what its parameters are: the same bits over saved ones")
  void saved() {
    check(
        run -> {
          Map<String, HostTensor> values = moved(run);
          Named<HostTensor> all = tokens(suite.shapes().names(), ROWS);
          float[][] found = new float[2][];
          with(run.settings, values, first -> found[0] = logits(first.model, all));
          with(run.settings, values, second -> found[1] = logits(second.model, all));
          assertThat(found[0]).isEqualTo(found[1]).isNotEqualTo(logits(run.model, all));
        });
  }

  /** Other values than it has. */
  private static Map<String, HostTensor> moved(Run run) {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    run.parameters.read().forEach((name, v) -> values.put(name, moved(v)));
    return values;
  }

  private static HostTensor moved(HostTensor value) {
    float[] floats = value.floats().clone();
    for (int i = 0; i < floats.length; i++) {
      floats[i] += 0.1f * (i % 3 + 1);
    }
    return HostTensor.of(floats, value.shape().dims());
  }

  @Test
  @DisplayName("gives each row of a mixed batch the logits of its own model, where it takes such")
  void mixed() {
    check(
        run -> {
          if (run.model instanceof MixedBatches own) {
            with(run.settings, moved(run), other -> mixed(own, other.model, run.plan));
          }
        });
  }

  private void mixed(MixedBatches one, FusionModel other, FusionPlan plan) {
    List<Share> shares = List.of(new Share(other, 1), new Share(one, ROWS - 1));
    for (Set<String> some : patterns(plan)) {
      Named<HostTensor> batch = tokens(some, ROWS);
      float[] found =
          Programs.evaluate(
                  suite.opened(),
                  batch,
                  in -> Named.of(LOGITS, Tensor.concat(0, one.logits(placed(in), shares))))
              .get(LOGITS)
              .floats();
      float[] ofOther = logits(other, batch);
      float[] ofOne = logits(one, batch);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i])
            .as("%s, logit %d", some, i)
            .isCloseTo(i < OUTPUTS ? ofOther[i] : ofOne[i], ROUNDING);
      }
    }
  }

  @Test
  @DisplayName("has parameters each of which some sample's logits move by")
  void gradients() {
    check(
        run -> {
          Set<String> silent = new LinkedHashSet<>();
          run.parameters.all().forEach(p -> silent.add(p.name()));
          for (Set<String> some : patterns(run.plan)) {
            silent.removeAll(moving(run, tokens(some, ROWS)));
          }
          assertThat(silent).as("parameters without a gradient, with %s", run.settings).isEmpty();
        });
  }

  private Set<String> moving(Run run, Named<HostTensor> tokens) {
    List<Parameter> all = run.parameters.all();
    Named<HostTensor> out =
        Programs.train(
            suite.opened(),
            tokens,
            (in, tape) -> {
              Tensor logits = run.model.logits(placed(in));
              Tensor loss = logits.square().sum().reshape(1);
              List<Tensor> gradients = tape.gradients(loss, all);
              Named<Tensor> found = Named.none();
              for (int i = 0; i < all.size(); i++) {
                found = found.with(all.get(i).name(), gradients.get(i));
              }
              return found;
            });
    Set<String> moving = new LinkedHashSet<>();
    out.asMap()
        .forEach(
            (name, gradient) -> {
              for (float g : gradient.floats()) {
                if (g != 0) {
                  moving.add(name);
                }
              }
            });
    return moving;
  }

  @Test
  @DisplayName("adds a penalty that is one number, where it adds any")
  void penalty() {
    check(
        run -> {
          Named<HostTensor> out =
              Programs.evaluate(
                  suite.opened(),
                  tokens(suite.shapes().names(), ROWS),
                  in ->
                      run.model
                          .penalty(placed(in))
                          .map(p -> Named.of("penalty", p))
                          .orElse(Named.none()));
          out.asMap().values().forEach(p -> assertThat(p.shape()).isEqualTo(Shape.of(1)));
        });
  }
}
