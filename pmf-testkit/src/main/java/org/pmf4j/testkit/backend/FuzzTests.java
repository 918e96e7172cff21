package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * Random operations on random tensors, some of them closed: each either gives a result of the shape
 * and type that it says, or is refused by an exception that a caller can read. What would end the
 * process ends these tests.
 */
abstract class FuzzTests extends BackendTests {
  private static final int ROUNDS = 1500;

  FuzzTests(BackendConformance subject) {
    super(subject);
  }

  @Test
  void randomProgramsGiveAResultOrAReadableRefusal(TestReporter reporter) {
    long seed = Long.getLong("pmf.fuzz.seed", System.nanoTime());
    reporter.publishEntry("seed", Long.toString(seed));
    int results = 0;
    for (int i = 0; i < ROUNDS; i++) {
      results += infer(seed + i) ? 1 : 0;
    }
    assertThat(results).as("programs that gave a result, seed %d", seed).isGreaterThan(ROUNDS / 20);
  }

  @Test
  void randomTrainingProgramsGiveGradientsOrAReadableRefusal(TestReporter reporter) {
    assumeCan(Capability.TRAINING);
    long seed = Long.getLong("pmf.fuzz.seed", System.nanoTime());
    reporter.publishEntry("seed", Long.toString(seed));
    int results = 0;
    for (int i = 0; i < ROUNDS; i++) {
      results += train(seed + i) ? 1 : 0;
    }
    assertThat(results).as("programs that gave a result, seed %d", seed).isGreaterThan(ROUNDS / 20);
  }

  private boolean infer(long seed) {
    Random random = new Random(seed);
    RandomOperations operations = new RandomOperations(seed, 1 + random.nextInt(3));
    Map<String, Tensor> inputs = inputs(random);
    try (Program program =
        backend()
            .inference(
                "random",
                in -> Named.of("result", operations.apply(new ArrayList<>(in.asMap().values()))))) {
      if (random.nextInt(20) == 0) {
        inputs.values().iterator().next().close();
      }
      return isReadable(program, inputs, seed);
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  private boolean train(long seed) {
    Random random = new Random(seed);
    RandomOperations operations = new RandomOperations(seed, 1 + random.nextInt(3));
    Map<String, Tensor> inputs = inputs(random);
    try (Parameter parameter = backend().parameter("p", floats(random));
        Program program =
            backend()
                .training(
                    "random",
                    (in, tape) -> {
                      List<Tensor> operands = new ArrayList<>(in.asMap().values());
                      operands.add(parameter.value());
                      operands.add(parameter.value());
                      Tensor loss = operations.apply(operands).sum();
                      List<Tensor> g = tape.gradients(loss.reshape(1), List.of(parameter));
                      tape.assign(parameter, g.get(0));
                      return Named.of("result", g.get(0));
                    })) {
      return isReadable(program, inputs, seed);
    } finally {
      inputs.values().forEach(Tensor::close);
    }
  }

  /** Runs a program; true if it gave a result, false if it was refused as callers expect. */
  private boolean isReadable(Program program, Map<String, Tensor> inputs, long seed) {
    try {
      Tensor result = program.run(Named.of(inputs)).get("result");
      try (result) {
        HostTensor read = backend().read(result);
        assertThat(read.shape()).as("seed %d", seed).isEqualTo(result.shape());
        assertThat(read.dtype()).as("seed %d", seed).isEqualTo(result.dtype());
      }
      return true;
    } catch (IllegalArgumentException | IllegalStateException e) {
      assertThat(e).as("seed %d", seed).hasMessageMatching("(?s).{10,}");
      return false;
    } catch (PmfException e) {
      // Indices outside of a table are known to the engine alone.
      assertThat(e.getMessage()).as("seed %d", seed).matches(".*(?i)(ind(ex|ices)).*");
      return false;
    }
  }

  private Map<String, Tensor> inputs(Random random) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      HostTensor data = floats(random);
      if (random.nextInt(4) == 0) {
        int n = Math.toIntExact(data.shape().size());
        data =
            random.nextBoolean()
                ? HostTensor.of(new boolean[n], data.shape().dims())
                : HostTensor.of(random.longs(n, -1, 3).toArray(), data.shape().dims());
      }
      inputs.put("x" + i, backend().tensor(data));
    }
    return inputs;
  }

  /** Numbers of up to four dimensions, mostly of one size, now and then with none. */
  private static HostTensor floats(Random random) {
    long[] dims = new long[random.nextInt(5)];
    for (int i = 0; i < dims.length; i++) {
      int dice = random.nextInt(12);
      dims[i] = dice == 0 ? 0 : dice < 3 ? 1 : dice < 5 ? 3 : 2;
    }
    float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return HostTensor.of(values, dims);
  }
}
